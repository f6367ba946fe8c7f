"""A record that is kept as JSON is the same record when it comes back; nothing else is one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcase.load import load
from showcase.model import KINDS, Fields, fields_of
from showcase.model.plain import plain, restored
from tests.projects import HOUSE, SITES

RECORDS = [
    entry.record
    for project in (HOUSE, *sorted(SITES.iterdir()))
    for entry in load(project).entries
    if entry.sound
]
KINDS_SEEN = {type(record) for record in RECORDS}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


def examples(cls: type[Fields]) -> Fields:
    """Return what the examples of all fields of a class make."""
    return cls.model_validate(
        {
            field.name: examples(field.nested) if field.nested else field.label.example
            for field in fields_of(cls)
            if field.label.example or field.nested
        }
    )


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_record_with_every_field_comes_back(kind: Any) -> None:
    assert_comes_back(examples(kind.record))


def test_every_record_of_every_project_comes_back() -> None:
    assert {kind.record for kind in KINDS.values()} == KINDS_SEEN
    for record in RECORDS:
        assert_comes_back(record)


def assert_comes_back(record: Fields) -> None:
    again = restored(type(record), json.loads(json.dumps(plain(record))))
    assert again == record
    assert again.model_fields_set == record.model_fields_set
    assert list(vars(again)) == list(vars(record))
    assert repr(again) == repr(record)


@given(st.sampled_from(RECORDS), st.data())
def test_what_no_record_gave_is_refused_or_a_record(record: Fields, data: st.DataObject) -> None:
    """Whoever wrote it: nothing but these errors, and no field that holds another sort of thing."""
    value = json.loads(json.dumps(plain(record)))
    name = data.draw(st.sampled_from([*value, "title", "没有的"]))
    value[name] = data.draw(json_values)
    try:
        again = restored(type(record), value)
    except (ValueError, TypeError, KeyError):
        return
    assert plain(again) == value
    for field in fields_of(type(again)):
        before, after = getattr(record, field.name), getattr(again, field.name)
        assert before is None or after is None or type(before) is type(after)


@given(json_values)
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        restored(KINDS["brand"].record, value)

"""Nothing in a file makes reading or checking fail, and what was typed comes back as typed."""

from __future__ import annotations

import json
import tempfile
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcase.diagnostics import Diagnostic, Severity
from showcase.load import load
from showcase.model import KINDS, PartialDate, is_field
from showcase.model.dates import propose, read_date
from showcase.model.template import new_record
from showcase.pipeline import Checked, check_project
from showcase.publication import public
from showcase.report import as_github, as_json, as_text
from showcase.source import Document, read_record, read_yaml
from tests.projects import project
from tests.property.strategies import PROJECT, mutated, texts


def assert_sane(document: Document) -> None:
    """Every place of a document lies inside it, and what it says can be said."""
    lines = document.lines.text.split("\n")
    for span in [
        *(item.span for item in document.diagnostics),
        *(document.key_span(path) for path in document.keys),
        *(document.value_span(path) for path in document.values),
    ]:
        assert 1 <= span.line <= span.end_line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1
        assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1
        assert (span.line, span.column) <= (span.end_line, span.end_column)
    assert document.sound == all(
        item.severity is not Severity.ERROR for item in document.diagnostics
    )
    assert document.complete or not document.sound
    assert document.lines.text.endswith(document.body)
    assert_said(list(document.diagnostics))


def assert_said(found: list[Diagnostic]) -> None:
    for item in found:
        assert item.message
        assert item.help
        assert len(item.message) < 500, item.code
        assert "{first}" not in item.help
    assert len(set(found)) == len(found), "each fault once"


@given(st.one_of(st.binary(max_size=400), texts.map(str.encode)))
def test_any_bytes_can_be_read(data: bytes) -> None:
    assert_sane(read_record("content/brands/甲.md", data, is_field))
    assert_sane(read_record("content/brands/甲.md", b"---\n" + data + b"\n---\n", is_field))
    assert_sane(read_yaml("content/themes.yml", data, is_field))


@given(
    st.sampled_from(sorted(PROJECT)).flatmap(lambda f: st.tuples(st.just(f), mutated(PROJECT[f])))
)
def test_any_accident_is_reported_and_nothing_fails(change: tuple[str, str]) -> None:
    name, text = change
    with tempfile.TemporaryDirectory() as folder:
        made = project(Path(folder) / "p", {**PROJECT, name: ""})
        (made / "content" / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        checked = check_project(made)
    for document in checked.graph.documents.values():
        assert_sane(document)
    assert_said(list(checked.diagnostics))
    assert_reported(checked)
    graph = public(checked.graph, date(2026, 5, 1))
    assert all(entry.sound and entry.document.sound for entry in graph.entries)


def assert_reported(checked: Checked) -> None:
    found = checked.diagnostics
    assert len(list(as_text(found, checked.text_of))) == len(found) + 1
    assert len(json.loads(as_json(found))) == len(found)
    assert len(list(as_github(found))) == len(found)
    # What is left out of the site is left out with a word about it.
    errors = [item for item in found if item.severity is Severity.ERROR]
    assert errors or all(entry.sound for entry in checked.graph.entries)


@pytest.mark.parametrize("name", sorted(PROJECT))
def test_every_single_character_may_be_lost(name: str) -> None:
    text = PROJECT[name]
    read = read_record if name.endswith(".md") else read_yaml
    for at in range(len(text)):
        assert_sane(read(f"content/{name}", (text[:at] + text[at + 1 :]).encode(), is_field))
        assert_sane(read(f"content/{name}", text[:at].encode(), is_field))


def without_unusable(text: str) -> str:
    """Return text without the characters that the reader reports and reads as spaces."""
    return "".join(char for char in text if char in "\n\t" or usable(char))


def usable(char: str) -> bool:
    return unicodedata.category(char) != "Cc" and char not in "\u2028\u2029\ufeff\ufffe\uffff"


usable_texts = texts.map(without_unusable)


@given(usable_texts, st.sampled_from(["single", "double", "list", "escaped"]))
def test_text_in_quotation_marks_comes_back_as_typed(text: str, form: str) -> None:
    one_line = text.replace("\n", " ")
    written, expected = {
        "single": ("'" + one_line.replace("'", "''") + "'", one_line),
        "double": (json.dumps(text, ensure_ascii=False), text),
        "escaped": (json.dumps("".join(c for c in text if ord(c) < 0x10000)), None),
        "list": ("['" + one_line.replace("'", "''") + "']", [one_line]),
    }[form]
    if expected is None:
        expected = "".join(c for c in text if ord(c) < 0x10000)
    document = read_record("甲.md", f"---\n口号: {written}\n---\n".encode(), is_field)
    assert document.diagnostics == ()
    assert document.data == {"口号": expected}


@given(usable_texts)
def test_text_in_a_block_comes_back_as_typed(text: str) -> None:
    lines = [line for line in text.replace("\t", " ").split("\n") if line.strip()]
    if not lines:
        return
    block = "\n".join(f"  {line.strip()}" for line in lines)
    document = read_record("甲.md", f"---\n备注: |\n{block}\n---\n".encode(), is_field)
    kept = [line.strip() for line in lines]
    if all(kept):
        assert document.data == {"备注": "\n".join(kept) + "\n"}
        assert document.diagnostics == ()


@given(usable_texts)
def test_the_body_comes_back_as_typed(body: str) -> None:
    document = read_record("甲.md", f"---\n名称: 甲\n---\n{body}".encode(), is_field)
    assert document.data == {"名称": "甲"}
    assert document.body == body


@given(usable_texts, st.sampled_from(sorted(KINDS)))
def test_a_new_record_keeps_any_title(title: str, kind: str) -> None:
    title = " ".join(title.split())
    if not title:
        return
    document = read_record("甲.md", new_record(KINDS[kind], title).encode(), is_field)
    assert document.diagnostics == ()
    assert isinstance(document.data, dict)
    assert document.data["名称"] == title


@given(
    st.dictionaries(
        st.sampled_from(["名称", "口号", "标签", "成效", "荣誉", "款项"]),
        st.recursive(
            texts,
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
            max_leaves=6,
        ),
    )
)
def test_any_shape_of_data_becomes_a_record(data: dict[str, object]) -> None:
    # JSON is YAML: the quickest way to write any shape down.
    text = json.dumps([{"id": "甲", **data}], ensure_ascii=True)
    with tempfile.TemporaryDirectory() as folder:
        loaded = load(project(Path(folder) / "p", {"brands.yml": text, "activities.yml": text}))
    assert len(loaded.entries) in (0, 2)
    assert_said(list(loaded.diagnostics))


@given(st.dates(min_value=date(1000, 1, 1)), st.integers(1, 3))
def test_dates_are_read_as_they_are_written(day: date, parts: int) -> None:
    written = PartialDate(*(day.year, day.month, day.day)[:parts])
    assert read_date(str(written)) == written
    assert written.first <= day <= written.last
    assert propose(written.chinese) == str(written)


@given(texts)
def test_any_text_may_stand_where_a_date_is_wanted(text: str) -> None:
    found = read_date(text)
    if isinstance(found, tuple):
        assert found[0] in ("DAT001", "DAT002")
    else:
        assert str(found) == text

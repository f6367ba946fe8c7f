"""What the search is given: all that a record's page says, and nothing that it does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from showcase.load import Entry
from showcase.model import Fields, fields_of
from showcase.model.types import UNSTATED
from showcase.outputs.find import document
from showcase.outputs.search import SearchDocument
from showcase.pages import Catalogue
from tests.outputs import made
from tests.projects import site

_NOT_SHOWN = {"slug", "status", "publish_on", "expire_on", "withdrawal", "body"}
"""Fields that direct the site; no page says what stands in them."""
_LABELS = {"file", "alt", "url", "minors", "map", "review_number"}
"""Parts of photos and sources that pages show as pictures, links and notes."""
_UNSEARCHED = _NOT_SHOWN | _LABELS


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return made(site(tmp_path_factory.mktemp("find") / "p", "every-kind")).catalogue


def words(record: Fields) -> Iterator[tuple[str, str]]:
    """Every text that somebody typed into a field which is public and names no record."""
    for declared in fields_of(type(record)):
        value = getattr(record, declared.name)
        if declared.label.private or declared.ref is not None:
            continue
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Fields):
                yield from words(one)
            elif (
                isinstance(one, str)
                and one != UNSTATED
                and declared.name not in _NOT_SHOWN | _LABELS | {"body"}
            ):
                yield declared.name, " ".join(one.split())


def whole(found: SearchDocument) -> str:
    facets = (value for values in found.facets.values() for value in values)
    parts = (found.title, found.summary, found.text, *found.names, *found.related, *facets)
    return " ".join("\n".join(parts).split())


def test_every_word_of_a_public_field_can_be_found(catalogue: Catalogue) -> None:
    def missing(entry: Entry) -> list[tuple[str, str, str]]:
        text = whole(document(catalogue, entry))
        return [(entry.key, name, word) for name, word in words(entry.record) if word not in text]

    assert [one for entry in catalogue.graph.entries for one in missing(entry)] == []


def test_the_numbers_of_an_activity_can_be_found(catalogue: Catalogue) -> None:
    texts = [document(catalogue, entry).text for entry in catalogue.of("activity")]
    assert any("参与" in text for text in texts)

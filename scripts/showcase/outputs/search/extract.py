"""What the index needs of one document: a pure function of it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from showcase.outputs.search.aloud import Aloud
from showcase.outputs.search.document import SearchDocument
from showcase.outputs.search.terms import (
    code_units,
    compact,
    folded,
    gaps,
    normal_form,
    pairs,
    whole_name_term,
    words,
)

#: Where a term stands, from worst to best. Short titles before long ones: a name is most of a
#: short title, so among the titles that hold what was typed the shorter is nearer.
CLASSES = ("text", "summary", "related", "names", "title>13", "title>8", "title")
TEXT, _SUMMARY, _RELATED, _NAMES, _LONG, _MIDDLE, _SHORT = range(len(CLASSES))


class Extract(Struct, frozen=True):
    """The part of one document in the index. Each term stands in its best class only."""

    #: What the reader shows; see `SearchDocument.record`.
    record: bytes
    #: What the terms do not say of the characters that occur: those that are folded, as written,
    #: those of words that are written so, and those of two code units.
    characters: AbstractSet[str]
    #: By class, the pairs (see `terms.pairs`), ascending.
    pairs: tuple[array[int], ...]
    #: By class, all other terms.
    words: tuple[AbstractSet[str], ...]


def extract(document: SearchDocument, aloud: Aloud | None = None) -> Extract:
    """The extract of `document`; only if read `aloud` with the sounds of its names."""
    pairs_in: list[set[int]] = [set() for _ in CLASSES]
    words_in: list[set[str]] = [set() for _ in CLASSES]
    characters: set[str] = set()
    for place, found in _fields(document, aloud):
        pairs_in[place] |= found.pairs
        words_in[place] |= found.words
        characters |= found.characters
    for place in range(len(CLASSES)):
        pairs_in[place].difference_update(*pairs_in[place + 1 :])
        words_in[place].difference_update(*words_in[place + 1 :])
    return Extract(
        record=document.record,
        characters=characters,
        pairs=tuple(array("i", sorted(found)) for found in pairs_in),
        words=tuple(words_in),
    )


class _Terms(NamedTuple):
    """The terms of one field."""

    pairs: AbstractSet[int]
    words: AbstractSet[str]
    #: See `Extract`.
    characters: AbstractSet[str]


def _fields(document: SearchDocument, aloud: Aloud | None) -> Iterator[tuple[int, _Terms]]:
    """The terms of each field with its class."""
    plain, title = _own_name(document.title, aloud)
    length = len(compact(plain))
    yield _SHORT if length <= 8 else _MIDDLE if length <= 13 else _LONG, title
    for name in document.names:
        yield _NAMES, _own_name(name, aloud)[1]
    for name in document.related:
        yield _RELATED, _heard(_name(name), name, aloud)
    yield _SUMMARY, _read(document.summary)[1]
    yield TEXT, _read(document.text)[1]


def _read(text: str) -> tuple[str, _Terms]:
    """The normal form of a text, and its terms."""
    plain, variants = folded(text)
    plain = normal_form(plain)
    found = words(plain)
    characters = variants.union("".join(found))
    if code_units(text) is not text:
        characters |= {char for char in text if char > "\uffff"}
    return plain, _Terms(pairs(plain), found, characters)


@lru_cache(maxsize=4096)
def _name(name: str) -> _Terms:
    """The terms of a name; cached, as many records name the same brand."""
    return _read(name)[1]


def _own_name(name: str, aloud: Aloud | None) -> tuple[str, _Terms]:
    plain, found = _read(name)
    whole = whole_name_term(plain)
    found = found._replace(words=found.words | gaps(plain) | ({whole} if whole else set()))
    return plain, _heard(found, name, aloud)


def _heard(found: _Terms, name: str, aloud: Aloud | None) -> _Terms:
    return found if aloud is None else found._replace(words=found.words | aloud.terms(name))

"""What the index needs of one document: a pure function of it."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import filterfalse
from typing import NamedTuple

from showcase.outputs.search.codec import literal
from showcase.outputs.search.document import SearchDocument
from showcase.outputs.search.terms import (
    code_units,
    compact,
    folded,
    gaps,
    normal,
    normal_form,
    pairs,
    sound_terms,
    whole_name_term,
    words,
)

#: Where a term stands, from worst to best. Short titles before long ones: a name is most of a
#: short title, so among the titles that hold what was typed the shorter is nearer.
CLASSES = ("text", "summary", "related", "names", "title>13", "title>8", "title")
TEXT, _SUMMARY, _RELATED, _NAMES, _LONG, _MIDDLE, _SHORT = range(len(CLASSES))


@dataclass(frozen=True, slots=True)
class Extract:
    """The part of one document in the index. Each term stands in its best class only."""

    #: What the reader shows: the arguments of `record` after the first two, as JavaScript.
    record: bytes
    #: What the terms do not say of the characters that occur: those that are folded, as written,
    #: those of words that are written so, and those of two code units.
    characters: AbstractSet[str]
    #: By class, the pairs (see `terms.pairs`), ascending.
    pairs: tuple[array[int], ...]
    #: By class, all other terms.
    words: tuple[AbstractSet[str], ...]


def extract(document: SearchDocument, *, aloud: bool = True) -> Extract:
    """The extract of `document`; only if `aloud` with the sounds of its names."""
    by_class: list[tuple[list[int], set[str]]] = [([], set()) for _ in CLASSES]
    known_pairs: set[int] = set()
    known_words: set[str] = set()
    characters: set[str] = set()
    for place, found in _fields(document, aloud=aloud):
        pairs_of_class, words_of_class = by_class[place]
        pairs_of_class += filterfalse(known_pairs.__contains__, found.pairs)
        words_of_class |= found.words - known_words
        characters |= found.characters
        if place != TEXT:
            known_pairs.update(found.pairs)
            known_words |= found.words
    return Extract(
        record=recorded(document),
        characters=characters,
        pairs=tuple(array("i", sorted(found)) for found, _ in by_class),
        words=tuple(found for _, found in by_class),
    )


class _Terms(NamedTuple):
    """The terms of one field."""

    #: Ascending.
    pairs: list[int]
    words: AbstractSet[str]
    #: See `Extract`.
    characters: AbstractSet[str]


def _fields(document: SearchDocument, *, aloud: bool) -> Iterator[tuple[int, _Terms]]:
    """The terms of each field with its class, the best class first and the text last."""
    length = len(compact(normal(document.title)))
    title = _SHORT if length <= 8 else _MIDDLE if length <= 13 else _LONG
    own = [(title, document.title), *((_NAMES, name) for name in document.names)]
    for place, name in own:
        yield place, _heard(_own_name(name), name, aloud=aloud)
    for name in document.related:
        yield _RELATED, _heard(_name(name), name, aloud=aloud)
    yield _SUMMARY, _prose(document.summary)
    yield TEXT, _prose(document.text)


def _prose(text: str) -> _Terms:
    plain, variants = folded(text)
    plain = normal_form(plain)
    found = words(plain)
    characters = variants.union("".join(found))
    if code_units(text) is not text:
        characters |= {char for char in text if char > "\uffff"}
    return _Terms(pairs(plain), found, characters)


@lru_cache(maxsize=4096)
def _name(name: str) -> _Terms:
    """The terms of a name; cached, as many records name the same brand."""
    return _prose(name)


def _own_name(name: str) -> _Terms:
    found = _name(name)
    plain = normal(name)
    whole = whole_name_term(plain)
    return found._replace(words=found.words | gaps(plain) | ({whole} if whole else set()))


def _heard(found: _Terms, name: str, *, aloud: bool) -> _Terms:
    return found._replace(words=found.words | sound_terms(name)) if aloud else found


def recorded(document: SearchDocument) -> bytes:
    """What the file of a record says of a document."""
    fields = [
        document.key,
        document.url,
        document.title,
        document.kind_label,
        document.when,
        document.summary,
        [*document.names, *document.related],
        document.text,
    ]
    return literal(fields).encode()


def document_of(record: bytes, names: int) -> SearchDocument:
    """A document of which the file of a record says this, with so many names of its own.

    It has the same terms; its facets and its date are not known.
    """
    key, url, title, kind_label, when, summary, every, text = json.loads(record)
    return SearchDocument(
        key=key,
        url=url,
        title=title,
        kind_label=kind_label,
        names=tuple(every[:names]),
        related=tuple(every[names:]),
        summary=summary,
        text=text,
        when=when,
    )

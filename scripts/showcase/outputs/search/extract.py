"""What the index needs of one document: a pure function of it, so that it can be kept.

Cutting a text into terms is most of the work of indexing. An `Extract` depends on its document and
on nothing else; `pack` writes it as bytes for a cache, `unpack` reads them without touching more
than their first line, so that an index of thousands of kept extracts is begun quickly.
"""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from showcase.outputs.search.codec import literal
from showcase.outputs.search.document import SearchDocument
from showcase.outputs.search.terms import (
    compact,
    gaps,
    normal,
    pairs,
    sound_terms,
    whole_name_term,
    words,
)

#: Where a term stands, from worst to best. Short titles before long ones: a name is most of a
#: short title, so among the titles that hold what was typed the shorter is nearer.
CLASSES = ("text", "summary", "related", "names", "title>13", "title>8", "title")
TEXT, _SUMMARY, _RELATED, _NAMES, _LONG, _MIDDLE, _SHORT = range(len(CLASSES))

#: Changes whenever the same document gives another extract: a cache must ask for it.
VERSION = 1

_Terms = tuple[AbstractSet[int], AbstractSet[str]]


@dataclass(frozen=True, slots=True)
class Extract:
    """The part of one document in the index. Each term stands in its best class only."""

    key: str
    url: str
    #: ISO date, or "" for none.
    date: str
    facets: Mapping[str, tuple[str, ...]]
    #: What the reader shows: the arguments of `record` after the first, as JavaScript.
    record: bytes
    #: Every character that occurs, as written, once.
    characters: str
    #: By class, the pairs (see `terms.pairs`): ascending numbers of four bytes, the lowest first.
    pairs: tuple[bytes, ...]
    #: By class, all other terms, sorted and joined by spaces.
    words: tuple[str, ...]
    #: A checksum of all of it.
    digest: bytes


def extract(document: SearchDocument) -> Extract:
    """The extract of `document`."""
    by_class: list[tuple[set[int], set[str]]] = [(set(), set()) for _ in CLASSES]
    known_pairs: set[int] = set()
    known_words: set[str] = set()
    for place, (found_pairs, found_words) in _fields(document):
        by_class[place][0].update(found_pairs - known_pairs)
        by_class[place][1].update(found_words - known_words)
        known_pairs |= found_pairs
        known_words |= found_words
    texts = (document.title, document.summary, document.text, *document.names, *document.related)
    record = _record(document)
    facets = {name: tuple(titles) for name, titles in document.facets.items() if titles}
    return Extract(
        key=document.key,
        url=document.url,
        date=document.date,
        facets=facets,
        record=record,
        characters="".join(dict.fromkeys("".join(texts))),
        pairs=tuple(_numbers(found) for found, _ in by_class),
        words=tuple(" ".join(sorted(found)) for _, found in by_class),
        digest=_digest(record, document.date, facets),
    )


def _fields(document: SearchDocument) -> Iterator[tuple[int, _Terms]]:
    """The terms of each field with its class, the best class first."""
    length = len(compact(normal(document.title)))
    yield _SHORT if length <= 8 else _MIDDLE if length <= 13 else _LONG, _own_name(document.title)
    for name in document.names:
        yield _NAMES, _own_name(name)
    for name in document.related:
        yield _RELATED, _other_name(name)
    yield _SUMMARY, _prose(document.summary)
    yield TEXT, _prose(document.text)


def _prose(text: str) -> _Terms:
    plain = normal(text)
    return pairs(plain), words(plain)


@lru_cache(maxsize=4096)
def _other_name(name: str) -> _Terms:
    """The terms of a name; cached, as many records name the same brand."""
    plain = normal(name)
    return pairs(plain), words(plain) | sound_terms(name)


def _own_name(name: str) -> _Terms:
    found_pairs, found_words = _other_name(name)
    plain = normal(name)
    whole = whole_name_term(plain)
    return found_pairs, found_words | gaps(plain) | ({whole} if whole else set())


def _digest(record: bytes, date: str, facets: Mapping[str, tuple[str, ...]]) -> bytes:
    """A checksum of what an extract is made of: the record's file says all the rest."""
    whole = hashlib.blake2b(record, digest_size=8)
    whole.update(repr((VERSION, date, sorted(facets.items()))).encode())
    return whole.digest()


def _record(document: SearchDocument) -> bytes:
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


# -- as bytes --------------------------------------------------------------------------------------


def _numbers(found: AbstractSet[int]) -> bytes:
    numbers = array("I", sorted(found))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def numbers(packed: bytes) -> array[int]:
    """Pairs as numbers again."""
    found = array("I", packed)
    if sys.byteorder == "big":
        found.byteswap()
    return found


def pack(found: Extract) -> bytes:
    """`found` as bytes: a line of JSON, and what it says the lengths of."""
    words_written = [text.encode("utf-8", "surrogatepass") for text in found.words]
    parts = [found.digest, found.record, found.characters.encode("utf-8", "surrogatepass")]
    parts += [*words_written, *found.pairs]
    head = [found.key, found.url, found.date, found.facets, [len(part) for part in parts]]
    return b"\n".join((json.dumps(head).encode(), b"".join(parts)))


def unpack(data: bytes) -> Extract:
    """What `pack` wrote. `ValueError` if that is not what `data` is."""
    line, _, rest = data.partition(b"\n")
    key, url, date, facets, lengths = json.loads(line)
    if len(lengths) != 3 + 2 * len(CLASSES) or sum(lengths) != len(rest):
        raise ValueError(key)
    parts: list[bytes] = []
    at = 0
    for length in lengths:
        parts.append(rest[at : at + length])
        at += length
    texts = [part.decode("utf-8", "surrogatepass") for part in parts[2 : 3 + len(CLASSES)]]
    return Extract(
        key=key,
        url=url,
        date=date,
        facets={name: tuple(titles) for name, titles in facets.items()},
        record=parts[1],
        characters=texts[0],
        pairs=tuple(parts[3 + len(CLASSES) :]),
        words=tuple(texts[1:]),
        digest=parts[0],
    )

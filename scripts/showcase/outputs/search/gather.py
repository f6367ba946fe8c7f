"""The terms of many documents → posting lists: for every term the records that have it.

Nearly all of it are the pairs of prose, millions of them. They are merged one range of first
characters at a time, so that the lists under way stay in the processor's cache: half the time, and
memory for the lists of one range only. Until then they wait on the disk, if they are many, in
batches of documents: of each, what belongs to one range lies together.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from tempfile import SpooledTemporaryFile
from typing import Self, TypeVar

from showcase.outputs.search.codec import Numbers, joined
from showcase.outputs.search.extract import CLASSES, TEXT, Extract
from showcase.outputs.search.terms import END_UNIT, FIRST_HAN

#: So many ranges are merged one after the other.
_RANGES = 48
#: So many documents make a batch.
_BATCH = 256
#: So many bytes wait in memory; more are put on the disk.
_IN_MEMORY = 48_000_000
_BEYOND = 1 << 31
#: A record's number and a class as one number: of three bits is the class.
_PLACE_BITS = 3
_PLACE = (1 << _PLACE_BITS) - 1

T = TypeVar("T", int, str)
_Piece = tuple[int, list[int]]


class Gathered:
    """Gathers extracts in the order of their numbers; then they can be merged."""

    def __init__(self) -> None:
        """Begin with none."""
        self._batch: list[Extract] = []
        self._waiting = _Waiting()
        self._numbered = 0
        self._pair_stops: list[int] = []
        self._word_stops: list[str] = []
        self._prose: list[list[_Piece]] = []
        self._better: list[list[_Piece]] = []
        self._words: list[list[_Piece]] = []
        #: How many entries of posting lists the pairs will have.
        self.postings = 0
        #: In how many documents each of the characters occurs that extracts name.
        self.characters: Counter[str] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.close()

    def add(self, found: Extract) -> None:
        """Take the extract of the next document."""
        self._batch.append(found)
        self.postings += sum(map(len, found.pairs))
        self.characters.update(found.characters)
        if len(self._batch) == _BATCH:
            self._put_away()

    def _put_away(self) -> None:
        prose = [found.pairs[TEXT] for found in self._batch]
        better, words = _better(self._batch, self._numbered), _words(self._batch, self._numbered)
        if not self._numbered:
            # Where the ranges end: the result does not depend on it.
            self._pair_stops = _pair_stops(prose)
            self._word_stops = _word_stops(sorted(words))
            self._prose = [[] for _ in self._pair_stops]
            self._better = [[] for _ in self._pair_stops]
            self._words = [[] for _ in range(len(self._word_stops) + 1)]
        self._put_prose(prose)
        codes = _parts(sorted(better), self._pair_stops)
        for pieces, part in zip(self._better, codes, strict=True):
            values = [better[code] for code in part]
            pieces.append(self._waiting.put(array("i", part), *_flat(values)))
        terms = _parts(sorted(words), [*self._word_stops, None])
        for pieces, some in zip(self._words, terms, strict=True):
            written = " ".join(some).encode("utf-8", "surrogatepass")
            pieces.append(self._waiting.put(written, *_flat([words[term] for term in some])))
        self._numbered += len(self._batch)
        self._batch = []

    def _put_prose(self, prose: Sequence[array[int]]) -> None:
        starts = [0] * len(prose)
        for pieces, stop in zip(self._prose, self._pair_stops, strict=True):
            ends = list(map(bisect_left, prose, [stop] * len(prose), starts))
            parts = [text[a:b] for text, a, b in zip(prose, starts, ends, strict=True)]
            pieces.append(self._waiting.put(array("I", map(len, parts)), b"".join(parts)))
            starts = ends

    # -- merged ------------------------------------------------------------------------------------

    def pairs(self, coding: Numbers) -> Iterator[tuple[int, str]]:
        """Each pair with its written lists, those of one first character after each other.

        `阳$` has the records that have a 阳 at all.
        """
        if self._batch:
            self._put_away()
        for prose, better in zip(self._prose, self._better, strict=True):
            table = self._prose_of(prose)
            named, singles = self._better_of(better)
            table.update((code, []) for code in named.keys() - table.keys())
            for first, group in groupby(sorted(table), _first):
                codes = list(group)
                if codes[0] >= FIRST_HAN:
                    single = first << 16 | END_UNIT
                    lists = [table[code] for code in codes]
                    yield single, _single(lists, singles.get(first, {}), coding)
                    codes = [code for code in codes if code != single]
                for code in codes:
                    if code in named:
                        yield code, joined({**_by_place(named[code]), TEXT: table[code]}, coding)
                    else:
                        yield code, coding.ids(table[code])

    def _prose_of(self, pieces: Sequence[_Piece]) -> defaultdict[int, list[int]]:
        table: defaultdict[int, list[int]] = defaultdict(list)
        number = 0
        for piece in pieces:
            lengths, codes = self._waiting.get(piece)
            found = array("i", codes)
            at = 0
            for length in array("I", lengths):
                for ids in map(table.__getitem__, found[at : at + length]):
                    ids.append(number)
                at += length
                number += 1
        return table

    def _better_of(
        self, pieces: Sequence[_Piece]
    ) -> tuple[dict[int, list[int]], dict[int, dict[int, int]]]:
        """The entries in the classes above prose, and for each first character its best ones."""
        named: defaultdict[int, list[int]] = defaultdict(list)
        singles: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for piece in pieces:
            codes, *flat = self._waiting.get(piece)
            for code, values in zip(array("i", codes), _parted(*flat), strict=True):
                named[code] += values
                best = singles[code >> 16]
                for value in values:
                    number, place = value >> _PLACE_BITS, value & _PLACE
                    if best.get(number, TEXT) < place:
                        best[number] = place
        return named, singles

    def words(self, coding: Numbers) -> Iterator[tuple[str, str]]:
        """All other terms with their written lists, sorted."""
        if self._batch:
            self._put_away()
        for pieces in self._words:
            table: defaultdict[str, list[int]] = defaultdict(list)
            for piece in pieces:
                terms, *flat = self._waiting.get(piece)
                found = terms.decode("utf-8", "surrogatepass").split()
                for term, values in zip(found, _parted(*flat), strict=True):
                    table[term] += values
            for term in sorted(table):
                yield term, joined(_by_place(table[term]), coding)


def _better(batch: Sequence[Extract], start: int) -> dict[int, list[int]]:
    """The pairs of the classes above prose: for each the numbers of records with the class."""
    table: defaultdict[int, list[int]] = defaultdict(list)
    for number, found in enumerate(batch, start):
        for place in range(TEXT + 1, len(CLASSES)):
            value = number << _PLACE_BITS | place
            for code in found.pairs[place]:
                table[code].append(value)
    return table


def _words(batch: Sequence[Extract], start: int) -> dict[str, list[int]]:
    table: defaultdict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(batch, start):
        for place, terms in enumerate(found.words):
            value = number << _PLACE_BITS | place
            for term in terms:
                table[term].append(value)
    return table


def _first(code: int) -> int:
    return code >> 16


def _pair_stops(texts: Sequence[array[int]]) -> list[int]:
    """Where each range ends: beginnings of first characters."""
    firsts = sorted(code >> 16 for text in texts[:: len(texts) // 64 + 1] for code in text)
    stops = {firsts[place] << 16 for place in range(0, len(firsts), len(firsts) // _RANGES + 1)}
    return [*sorted(stops), _BEYOND]


def _word_stops(terms: Sequence[str]) -> list[str]:
    return list(terms[:: len(terms) // _RANGES + 1])[1:]


def _parts(keys: Sequence[T], stops: Sequence[T | None]) -> Iterator[Sequence[T]]:
    """Sorted `keys` up to each of the stops; the last may be none."""
    start = 0
    for stop in stops:
        end = len(keys) if stop is None else bisect_left(keys, stop, start)
        yield keys[start:end]
        start = end


def _flat(lists: Sequence[Sequence[int]]) -> tuple[array[int], array[int]]:
    """Lists of numbers as their lengths, and all numbers."""
    return array("I", map(len, lists)), array("Q", [value for one in lists for value in one])


def _parted(lengths: bytes, values: bytes) -> Iterator[list[int]]:
    """The lists that `_flat` was given."""
    every = array("Q", values).tolist()
    at = 0
    for length in array("I", lengths):
        yield every[at : at + length]
        at += length


def _by_place(values: Sequence[int]) -> dict[int, list[int]]:
    lists: dict[int, list[int]] = {}
    for value in values:
        lists.setdefault(value & _PLACE, []).append(value >> _PLACE_BITS)
    return lists


def _single(prose: Sequence[Sequence[int]], best: dict[int, int], coding: Numbers) -> str:
    """The lists of one character, which has these lists in prose, and classes above it."""
    lists: dict[int, list[int]] = {TEXT: sorted(set().union(*prose).difference(best))}
    for number in sorted(best):
        lists.setdefault(best[number], []).append(number)
    return joined(lists, coding)


class _Waiting:
    """Bytes that wait on the disk, or in memory while they are few."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by who has it
        self._end = 0

    def close(self) -> None:
        """Let go of them."""
        self._file.close()

    def put(self, *parts: bytes | array[int]) -> _Piece:
        """Put some parts away, and return where."""
        start = self._end
        whole = [bytes(part) for part in parts]
        self._file.seek(start)
        self._file.write(b"".join(whole))
        self._end += sum(map(len, whole))
        return start, [len(part) for part in whole]

    def get(self, piece: _Piece) -> list[bytes]:
        """Return parts as they were."""
        start, lengths = piece
        self._file.seek(start)
        return [self._file.read(length) for length in lengths]

"""Where a term stands: in which of the index's files, and how that file is written.

A term of Han characters is found without asking: its first and its last character say the file.
So files can be as many and as small as they should be, no list of them has to be loaded, and a
change of one text changes the files of its terms only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise

from msgspec import Struct

from showcase.outputs.search.codec import (
    arguments_of,
    front_coded,
    front_decoded,
    grouped,
    script,
    ungrouped,
)
from showcase.outputs.search.terms import END, LAST_WORD_UNIT, code_units

#: So many entries of posting lists stand in a file at most, on average: about 5 kB.
POSTINGS = 3_000
#: More files than this no host should have to keep; beyond, the files grow.
MOST_SHARDS = 96 * 128
#: Bytes of a file of words before compression, about.
WORD_BYTES = 8_000

_SIDES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128)


class Grid(Struct, frozen=True):
    """The files of pairs as a grid: the first character chooses the row, the second the column.

    So one row has all pairs of a first character, and a file several of them, which is shorter to
    write; and no character is so common that it fills a file, since each is spread over a row.
    """

    rows: int
    columns: int

    @property
    def columns_by_unit(self) -> Mapping[int, int]:
        """The column of each code unit."""
        return _columns(self.columns)

    def row(self, first: int) -> int:
        """The number of the first file of the row for a code unit."""
        return _part(first, 40_503, self.rows) * self.columns

    def number(self, first: int, second: int) -> int:
        """The number of the file for a pair of code units."""
        return self.row(first) + self.columns_by_unit[second]

    def home(self, term: str) -> int | None:
        """The number of the file in which `term` stands; None for a word."""
        if term[1:2] == END and term[0] > LAST_WORD_UNIT:
            return self.number(ord(term[0]), ord(term[0]))
        if term[1:2] == "*":
            return self.number(ord(term[0]), ord(term[2]))
        if "=" in term or (len(term) == 2 and max(term) > LAST_WORD_UNIT):
            return self.number(ord(term[0]), ord(term[1]))
        return None


def _part(unit: int, factor: int, parts: int) -> int:
    """Which of so many parts a code unit falls in, neighbours in distant ones (Knuth, 6.4)."""
    return (unit * factor & 0xFFFF) * parts >> 16


@cache
def _columns(count: int) -> Mapping[int, int]:
    return _Columns(count)


class _Columns(dict[int, int]):
    """Columns by code unit, each found when it is first asked for."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def __missing__(self, unit: int) -> int:
        self[unit] = column = _part(unit, 25_717, self._count)
        return column


def grid(postings: int) -> Grid:
    """The grid for so many entries of posting lists; grows by steps, so that it rarely changes."""
    wanted = min(postings / POSTINGS, MOST_SHARDS)
    for side, longer in pairwise(_SIDES):
        for columns in (side, longer):
            if side * columns >= wanted:
                return Grid(side, columns)
    return Grid(*_SIDES[-2:])


# -- files of pairs --------------------------------------------------------------------------------


def write_pairs(check: str, number: int, postings: Mapping[str, str]) -> bytes:
    """One file of the grid: its terms with their written lists."""
    pairs: list[str] = []
    gaps: list[str] = []
    names: list[str] = []
    for term in sorted(postings):
        (names if "=" in term else gaps if term[1] == "*" else pairs).append(term)
    terms = (*pairs, *gaps, *names)
    return script(
        "pairs",
        check,
        number,
        grouped(pairs),
        grouped([gap[0] + gap[2] for gap in gaps]),
        " ".join(names),
        " ".join([postings[term] for term in terms]),
    )


def read_pairs(written: bytes) -> dict[str, str]:
    """The terms of a file of the grid with their written lists."""
    # Two halves of one character are escaped one by one, but read as a whole.
    pairs, gaps, names, postings = [code_units(str(text)) for text in arguments_of(written)[2:]]
    terms = [*ungrouped(pairs), *(f"{gap[0]}*{gap[1]}" for gap in ungrouped(gaps)), *names.split()]
    return dict(zip(terms, postings.split(" "), strict=True)) if terms else {}


# -- files of words --------------------------------------------------------------------------------


def word_files(terms: Sequence[str], sizes: Iterable[int]) -> list[range]:
    """The places of sorted words parted into files, in order; `sizes` are those of their lists.

    Parted by their beginnings, as a tree is: what is added in one place moves no border elsewhere.
    """
    sums = list(accumulate((size + 6 for size in sizes), initial=0))
    borders = sorted(set(_borders(terms, sums, range(len(terms)), 0)) | {0})
    return [range(a, b) for a, b in pairwise((*borders, len(terms)))]


def _borders(terms: Sequence[str], sums: Sequence[int], within: range, depth: int) -> Iterator[int]:
    """Where files begin among the terms `within`, which share their first `depth` characters."""
    if sums[within.stop] - sums[within.start] <= WORD_BYTES:
        return
    filled = 0
    for part in _groups(terms, within, depth):
        size = sums[part.stop] - sums[part.start]
        if filled + size > WORD_BYTES and filled:
            yield part.start
            filled = 0
        if size > WORD_BYTES and len(terms[part.start]) > depth:
            yield from _borders(terms, sums, part, depth + 1)
            filled = WORD_BYTES
        else:
            filled += size


def _groups(terms: Sequence[str], within: range, depth: int) -> Iterator[range]:
    """The parts of `within` of which all terms share the character after the first `depth`."""
    start = within.start
    while start < within.stop:
        shared = terms[start][: depth + 1]
        end = start + 1
        if len(shared) > depth:
            end = bisect_left(terms, shared[:-1] + chr(ord(shared[-1]) + 1), end, within.stop)
        yield range(start, end)
        start = end


def write_words(check: str, number: int, terms: Iterable[str], postings: Iterable[str]) -> bytes:
    """One file of words with their written lists."""
    return script("terms", check, number, " ".join(front_coded(terms)), " ".join(postings))


def read_words(written: bytes) -> dict[str, str]:
    """The words of a file with their written lists."""
    terms, postings = list(map(str, arguments_of(written)))[2:]
    return dict(zip(front_decoded(terms), postings.split(" "), strict=True)) if terms else {}

"""Extracts → posting lists: for every term the records that have it.

Nearly all of it are the pairs of prose, millions of them. They are merged one range of first
characters at a time, so that the lists under way stay in the processor's cache: half the time, and
memory for the lists of one range only.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from showcase.outputs.search.codec import Numbers, joined
from showcase.outputs.search.extract import CLASSES, TEXT, Extract, numbers
from showcase.outputs.search.terms import END, LAST_WORD_UNIT

#: So many ranges of first characters are merged one after the other.
_RANGES = 48
#: So many texts are looked at for where to part the ranges. The result does not depend on it.
_SAMPLE = 40
_BEYOND = 1 << 32
_END, _LAST_WORD_UNIT = ord(END), ord(LAST_WORD_UNIT)


def merged_pairs(extracts: Sequence[Extract], coding: Numbers) -> Iterator[tuple[int, str]]:
    """Each pair, ascending, with its written lists; `阳$` has the records that have a 阳 at all."""
    better = _Better(extracts)
    texts = [numbers(found.pairs[TEXT]) for found in extracts]
    places = [0] * len(texts)
    for stop in _stops(texts):
        table: defaultdict[int, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            start = places[number]
            end = places[number] = bisect_left(text, stop, start)
            for ids in map(table.__getitem__, text[start:end]):
                ids.append(number)
        better.until(stop, table)
        for first, group in groupby(sorted(table), _first):
            codes = list(group)
            if first > _LAST_WORD_UNIT:
                single = first << 16 | _END
                yield single, better.single(first, [table[code] for code in codes], coding)
                codes = codes[1:] if codes[0] == single else codes
            for code in codes:
                named = better.pairs.get(code)
                if named is None:
                    yield code, coding.ids(table[code])
                else:
                    yield code, joined({**named, TEXT: table[code]}, coding)


def _first(code: int) -> int:
    return code >> 16


def _stops(texts: Sequence[array[int]]) -> list[int]:
    """Where each range ends: beginnings of first characters."""
    step = len(texts) // _SAMPLE + 1
    sample = sorted(code >> 16 for text in texts[::step] for code in text)
    stops = {sample[place] << 16 for place in range(0, len(sample), len(sample) // _RANGES + 1)}
    return [*sorted(stops), _BEYOND]


class _Better:
    """The pairs of the classes above prose: few, so they are merged at once."""

    def __init__(self, extracts: Sequence[Extract]) -> None:
        self.pairs: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(_lists)
        self._singles: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(_lists)
        for number, found in enumerate(extracts):
            known: set[int] = set()
            for place in range(len(CLASSES) - 1, TEXT, -1):
                codes = numbers(found.pairs[place])
                for code in codes:
                    self.pairs[code][place].append(number)
                singles = {code >> 16 for code in codes} - known
                known |= singles
                for first in singles:
                    self._singles[first][place].append(number)
        self._waiting = sorted(self.pairs, reverse=True)

    def until(self, stop: int, table: defaultdict[int, list[int]]) -> None:
        """See to it that `table` has a list, be it empty, for each pair up to `stop`."""
        while self._waiting and self._waiting[-1] < stop:
            table.setdefault(self._waiting.pop(), [])

    def single(self, first: int, prose: list[list[int]], coding: Numbers) -> str:
        """The lists of one character, which has these lists in prose."""
        lists: dict[int, list[int]] = self._singles.get(first, {})
        ids = set().union(*prose).difference(*lists.values())
        return joined({**lists, TEXT: sorted(ids)}, coding)


def _lists() -> defaultdict[int, list[int]]:
    return defaultdict(list)


def merged_words(extracts: Sequence[Extract], coding: Numbers) -> dict[str, str]:
    """All other terms with their written lists."""
    table: defaultdict[str, defaultdict[int, list[int]]] = defaultdict(_lists)
    for number, found in enumerate(extracts):
        for place, terms in enumerate(found.words):
            for term in terms.split():
                table[term][place].append(number)
    return {term: joined(lists, coding) for term, lists in table.items()}

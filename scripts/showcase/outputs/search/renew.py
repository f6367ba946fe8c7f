"""The files of terms after a change of some documents: those of the build before, mended.

A change of a text touches the lists of the terms that it gained or lost, some dozens among hundreds
of thousands. They are read from the files of the build before, changed and written again; all other
files stay as they are. That works while records keep their numbers and terms their files; else the
index is made anew. `tests/property` compares the two ways.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from showcase.outputs.search.codec import Numbers, joined, parted
from showcase.outputs.search.extract import CLASSES, Extract, numbers
from showcase.outputs.search.shards import Grid, read_pairs, read_words, write_pairs
from showcase.outputs.search.terms import END, LAST_WORD_UNIT, spelt

#: Term → number of a record → its class before and now; None where the record has it not.
Changes = dict[str, dict[int, tuple[int | None, int | None]]]


def changed_terms(before: Sequence[Extract], now: Sequence[Extract]) -> Changes:
    """What changed between two extracts of each record; both in the order of numbers."""
    changes: defaultdict[str, dict[int, tuple[int | None, int | None]]] = defaultdict(dict)
    for number, (old, new) in enumerate(zip(before, now, strict=True)):
        if old.digest == new.digest:
            continue
        had, has = _classes(old), _classes(new)
        for term in had.keys() | has.keys():
            if had.get(term) != has.get(term):
                changes[term][number] = (had.get(term), has.get(term))
    return dict(changes)


def _classes(found: Extract) -> dict[str, int]:
    """Each term of a document, single characters among them, with its class."""
    classes: dict[str, int] = {}
    for place in range(len(CLASSES)):
        classes.update(dict.fromkeys(_terms(found, place), place))
    return classes


def _terms(found: Extract, place: int) -> Iterator[str]:
    for code in numbers(found.pairs[place]):
        if code >> 16 > ord(LAST_WORD_UNIT):
            yield chr(code >> 16) + END
        if code & 0xFFFF != ord(END):
            yield spelt(code)
    yield from found.words[place].split()


def same_characters(before: Sequence[Extract], now: Sequence[Extract]) -> bool:
    """Whether the same characters occur in all documents together, before and now."""
    changed = {
        char
        for old, new in zip(before, now, strict=True)
        if old.digest != new.digest
        for char in set(old.characters) ^ set(new.characters)
    }
    return all(_occurs(char, before) == _occurs(char, now) for char in changed)


def _occurs(char: str, extracts: Sequence[Extract]) -> bool:
    return any(char in found.characters for found in extracts)


def mended(postings: Mapping[str, str], changes: Changes, coding: Numbers) -> dict[str, str]:
    """The written lists of some terms after `changes` to them."""
    after = dict(postings)
    for term, records in changes.items():
        lists = parted(after.pop(term, ""))
        for number, (had, has) in records.items():
            if had is not None:
                lists[had].remove(number)
            if has is not None:
                insort(lists.setdefault(has, []), number)
        if any(lists.values()):
            after[term] = joined(lists, coding)
    return after


def by_file(changes: Changes, grid: Grid) -> tuple[dict[int, Changes], Changes]:
    """Changes by the file of the grid in which the terms stand, and those to words."""
    cells: defaultdict[int, Changes] = defaultdict(dict)
    words: Changes = {}
    for term, records in changes.items():
        home = grid.home(term)
        (words if home is None else cells[home])[term] = records
    return dict(cells), words


def mended_pairs(
    written: Callable[[int], bytes], cells: Mapping[int, Changes], check: str, coding: Numbers
) -> Iterator[tuple[int, bytes]]:
    """The files of the grid to which there are changes."""
    for number, changes in cells.items():
        postings = mended(read_pairs(written(number)), changes, coding)
        yield number, write_pairs(check, number, postings)


def all_words(files: Iterable[bytes]) -> dict[str, str]:
    """All words of an index with their written lists."""
    words: dict[str, str] = {}
    for data in files:
        words.update(read_words(data))
    return words

"""What a change of some documents does to posting lists: which terms they gained and lost."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from showcase.outputs.search.codec import Numbers, joined, parted
from showcase.outputs.search.extract import CLASSES, Extract
from showcase.outputs.search.shards import Grid
from showcase.outputs.search.terms import END, END_UNIT, FIRST_HAN, character, spelt

#: Term → number of a record → its class before and now; None where the record has it not.
Changes = dict[str, dict[int, tuple[int | None, int | None]]]


def changed_terms(before: Mapping[int, Extract], now: Mapping[int, Extract]) -> Changes:
    """What changed between two extracts of some records; one that is new or gone has but one."""
    changes: defaultdict[str, dict[int, tuple[int | None, int | None]]] = defaultdict(dict)
    for number in sorted(before.keys() | now.keys()):
        had, has = _classes(before.get(number)), _classes(now.get(number))
        for term in had.keys() | has.keys():
            if had.get(term) != has.get(term):
                changes[term][number] = (had.get(term), has.get(term))
    return dict(changes)


def _classes(found: Extract | None) -> dict[str, int]:
    """Each term of a document, single characters among them, with its class."""
    classes: dict[str, int] = {}
    if found is not None:
        for place in range(len(CLASSES)):
            classes.update(dict.fromkeys(_terms(found, place), place))
    return classes


def _terms(found: Extract, place: int) -> Iterator[str]:
    for code in found.pairs[place]:
        if code >= FIRST_HAN:
            yield character(code >> 16) + END
        if code & 0xFFFF != END_UNIT:
            yield spelt(code)
    yield from found.words[place]


def by_file(changes: Changes, grid: Grid) -> tuple[dict[int, Changes], Changes]:
    """Changes by the file of the grid in which the terms stand, and those to words."""
    cells: defaultdict[int, Changes] = defaultdict(dict)
    words: Changes = {}
    for term, records in changes.items():
        home = grid.home(term)
        (words if home is None else cells[home])[term] = records
    return dict(cells), words


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


def renumbered(
    postings: Mapping[str, str], numbers: Sequence[int | None], coding: Numbers
) -> dict[str, str]:
    """The written lists of some terms where each record has another number, or none (None).

    The order of the records is the same. A term that no record has any more is left out.
    """
    after: dict[str, str] = {}
    for term, written in postings.items():
        lists: dict[int, list[int]] = {}
        for place, ids in parted(written).items():
            lists[place] = [now for now in map(numbers.__getitem__, ids) if now is not None]
        if any(lists.values()):
            after[term] = joined(lists, coding)
    return after

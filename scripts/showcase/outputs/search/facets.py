"""`search/facets.js`: the facets of all records, written and read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

from showcase.outputs.search.codec import Numbers, arguments_of, each, script
from showcase.outputs.search.document import FACETS

PATH = "search/facets.js"

#: The titles that a record has of each of `FACETS`.
Titles: TypeAlias = tuple[tuple[str, ...], ...]


def titles_of(facets: Mapping[str, Sequence[str]]) -> Titles:
    """The facets of a document."""
    return tuple(tuple(facets.get(name, ())) for name in FACETS)


def write_facets(check: str, records: Sequence[Titles]) -> bytes:
    """The file for records in the order of their numbers."""
    return script("facets", check, list(_facets(records)))


def read_facets(written: bytes, count: int) -> list[Titles]:
    """What was written of so many records."""
    _, facets = arguments_of(written)
    if not isinstance(facets, list):
        raise TypeError(facets)
    by_name: dict[str, list[tuple[str, ...]]] = {name: [()] * count for name in FACETS}
    for facet in facets:
        sets = [tuple(facet["values"][value] for value in one) for one in facet["sets"]]
        by_name[facet["name"]] = [sets[place] for place in each(facet["of"])]
    return list(zip(*by_name.values(), strict=True))


def _facets(records: Sequence[Titles]) -> Iterator[dict[str, object]]:
    """Each facet that any record has: its values and, record by record, which of them."""
    for place, (name, label) in enumerate(FACETS.items()):
        of = [titles[place] for titles in records]
        if not any(of):
            continue
        sets = {values: position for position, values in enumerate(sorted(set(of)))}
        values = {value: number for number, value in enumerate(_values(name, of))}
        yield {
            "name": name,
            "label": label,
            "values": list(values),
            "sets": [[values[value] for value in combination] for combination in sets],
            "of": Numbers(len(sets)).each(sets[combination] for combination in of),
        }


def _values(name: str, of: Sequence[tuple[str, ...]]) -> list[str]:
    """The values of a facet as its list shows them.

    Places as a tree (each after its ancestors), years from the last, others from the commonest.
    """
    if name == "place":
        return list(dict.fromkeys(chain.from_iterable(sorted(set(of)))))
    counts = Counter(chain.from_iterable(of))
    if name == "year":
        return sorted(counts, reverse=True)
    return sorted(counts, key=lambda value: (-counts[value], value))

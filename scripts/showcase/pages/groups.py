"""The records of a kind by place, theme and year, found once for all pages that ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from showcase.load import Entry
from showcase.pages.shelf import Catalogue

Groups: TypeAlias = Mapping[str, list[Entry]]
"""Records in the reading order of their kind: by the key of a place or theme, or by year."""


def by_place(catalogue: Catalogue, kind: str) -> Groups:
    """Return the records that lie in each place, or below it."""
    return _grouped(catalogue, kind, "place", lambda one: _keys(catalogue.places_of(one)))


def by_theme(catalogue: Catalogue, kind: str) -> Groups:
    """Return the records of each theme."""
    graph = catalogue.graph
    return _grouped(catalogue, kind, "theme", lambda one: _keys(graph.targets(one, "themes")))


def by_year(catalogue: Catalogue, kind: str) -> Groups:
    """Return the records of each year, those without a date left out."""
    return _grouped(catalogue, kind, "year", _year)


def counted(groups: Iterable[Groups]) -> Counter[str]:
    """Return how many records there are in some groups of several kinds together."""
    counts = Counter[str]()
    for of_kind in groups:
        for name, found in of_kind.items():
            counts[name] += len(found)
    return counts


def _grouped(
    catalogue: Catalogue, kind: str, name: str, names: Callable[[Entry], Iterable[str]]
) -> Groups:
    def make() -> Groups:
        found: dict[str, list[Entry]] = {}
        for entry in catalogue.of(kind):
            for one in names(entry):
                found.setdefault(one, []).append(entry)
        return found

    return catalogue.groups.get((kind, name), make)


def _keys(entries: Iterable[Entry]) -> list[str]:
    return [entry.key for entry in entries]


def _year(entry: Entry) -> list[str]:
    date = entry.date
    return [f"{date.year}"] if date is not None else []

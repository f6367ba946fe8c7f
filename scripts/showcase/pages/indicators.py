"""The indicators: numbers that are stated, with date and source, compared where they may be.

Below them, what this site itself holds, counted: by year, theme and place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from msgspec import Struct

from showcase.load import Entry
from showcase.model import KINDS
from showcase.pages import groups
from showcase.pages.charts import Chart, comparable, proportions, tally
from showcase.pages.plan import Planned
from showcase.pages.shelf import Catalogue, Shelf
from showcase.pages.views import Card, Crumb, NumberItem, PageView

_ADDRESS = "indicators/"
_KEPT = ("brand", "activity")
_ONLY_HERE = "这里数的是本站收录的记录，不是实际开展的全部。"


class NumberRow(Struct, frozen=True):
    """An indicator in the table of all, with the place and themes it is about."""

    number: NumberItem
    place: Card | None
    themes: tuple[Card, ...]


class NumbersView(Struct, frozen=True):
    """The indicators, the charts they allow, and what the site itself holds."""

    kind: str
    kind_label: str
    about: str
    crumbs: tuple[Crumb, ...]
    numbers: tuple[NumberItem, ...]
    count: int
    rows: tuple[NumberRow, ...]
    charts: tuple[Chart, ...]
    kept: tuple[Chart, ...]


def pages(catalogue: Catalogue) -> Iterator[Planned]:
    """Yield the page of indicators."""
    yield Planned(_ADDRESS, partial(_page, catalogue), given="")


def _page(catalogue: Catalogue) -> PageView:
    kind = KINDS["indicator"]
    shelf = catalogue.at(_ADDRESS)
    entries = catalogue.of("indicator")
    charts = (*comparable(shelf, entries), proportions(shelf, entries))
    kept = (_by_year(shelf), _by_theme(shelf), _by_place(shelf))
    view = NumbersView(
        kind="indicator",
        kind_label=kind.label,
        about=kind.about,
        crumbs=shelf.crumbs(title=kind.label),
        numbers=tuple(shelf.number(entry) for entry in entries),
        count=len(entries),
        rows=tuple(_row(shelf, entry) for entry in entries),
        charts=tuple(chart for chart in charts if chart is not None and chart.bars),
        kept=tuple(chart for chart in kept if chart is not None),
    )
    return PageView(_ADDRESS, "pages/indicators.html", kind.label, kind.about, view)


def _row(shelf: Shelf, entry: Entry) -> NumberRow:
    place = shelf.graph.target(entry, "place")
    themes = shelf.graph.targets(entry, "themes")
    return NumberRow(
        number=shelf.number(entry),
        place=shelf.card(place) if place is not None else None,
        themes=shelf.cards(themes),
    )


def _by_year(shelf: Shelf) -> Chart | None:
    found = groups.by_year(shelf.catalogue, "activity")
    order = sorted(found, key=int)
    years = ((f"{year}年", shelf.link(f"years/{year}/"), len(found[year])) for year in order)
    about = f"写明日期的活动，按开始的年份。{_ONLY_HERE}"
    return tally("每年的活动", about, "年份", years, latest=True)


def _by_theme(shelf: Shelf) -> Chart | None:
    counts = _counted(shelf, "theme", groups.by_theme)
    about = f"品牌和活动，有几个主题就在几处各计一次。{_ONLY_HERE}"
    return tally("各主题的品牌和活动", about, "主题", _named(shelf, counts))


def _by_place(shelf: Shelf) -> Chart | None:
    """Count by places that lie side by side: a town's number is within its city's already."""
    counts = _counted(shelf, "place", groups.by_place)
    beside = [one for one in counts if shelf.graph.target(one, "parent") not in counts]
    while len(beside) == 1:
        beside = [one for one in counts if shelf.graph.target(one, "parent") is beside[0]]
    about = f"品牌和活动，含下辖地区。{_ONLY_HERE}"
    side_by_side = {one: counts[one] for one in beside}
    return tally("各地区的品牌和活动", about, "地区", _named(shelf, side_by_side))


def _counted(
    shelf: Shelf, kind: str, find: Callable[[Catalogue, str], groups.Groups]
) -> dict[Entry, int]:
    """Return how many records each place or theme has, if it has any."""
    counts = groups.counted(find(shelf.catalogue, kept) for kept in _KEPT)
    return {one: counts[one.key] for one in shelf.catalogue.of(kind) if counts[one.key]}


def _named(shelf: Shelf, counts: Mapping[Entry, int]) -> Iterator[tuple[str, str, int]]:
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0].key))
    return ((entry.title, shelf.url(entry), count) for entry, count in order)

"""The timeline: what happened in which year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from showcase.model import KINDS
from showcase.pages.plan import Planned
from showcase.pages.shelf import Catalogue, Dated, Shelf, dated
from showcase.pages.views import PageView, Way, YearGroup, YearPart, YearsView, YearView

_ADDRESS = "years/"
_TITLE = "年份"
_ABOUT = "按时间看：活动、品牌启用和荣誉"
_FEW = 6
"""Of a year with more, so many of the latest stand among all years; the rest on its own page."""
_SHORT = 12
"""So many events are read without headings; a year with more is divided into its months."""
_WITHOUT_MONTH = "只知道是这一年"


def pages(catalogue: Catalogue) -> Iterator[Planned]:
    """Yield the timeline of all years and a page for each year, latest first."""
    years = events_by_year(catalogue)
    yield Planned(_ADDRESS, partial(_all, catalogue, years))
    order = list(years)
    for index, year in enumerate(order):
        neighbours = (order[index + 1 : index + 2], order[:index][-1:])
        make = partial(_year, catalogue, year, years[year], *neighbours)
        told = [(event.entry.key, event.what, event.date.chinese) for event in years[year]]
        yield Planned(_address(year), make, repr((told, neighbours)))


def _address(year: int) -> str:
    return f"{_ADDRESS}{year}/"


def _all(catalogue: Catalogue, years: dict[int, list[Dated]]) -> PageView:
    shelf = catalogue.at(_ADDRESS)
    view = YearsView(
        title=_TITLE,
        about=_ABOUT,
        crumbs=shelf.crumbs(title=_TITLE),
        years=tuple(_group(shelf, year, events) for year, events in years.items()),
    )
    return PageView(_ADDRESS, "pages/years.html", _TITLE, _ABOUT, view)


def _year(
    catalogue: Catalogue, year: int, events: list[Dated], before: list[int], after: list[int]
) -> PageView:
    page = _address(year)
    shelf = catalogue.at(page)
    title = f"{year}年"

    def way(years: list[int]) -> Way | None:
        return next((Way(f"{y}年", shelf.link(_address(y)), 0) for y in years), None)

    parts = tuple(_parts(shelf, events))
    view = YearView(
        title=title,
        about=_ABOUT,
        crumbs=shelf.crumbs((_TITLE, _ADDRESS), title=title),
        count=len(events),
        parts=parts,
        ways=tuple(Way(part.title, f"#{part.id}", len(part.items)) for part in parts if part.title),
        previous=way(before),
        next=way(after),
    )
    return PageView(page, "pages/year.html", title, f"{title}的活动、品牌和荣誉", view)


def _group(shelf: Shelf, year: int, events: list[Dated]) -> YearGroup:
    shown = shelf.timeline(events[-_FEW:])
    return YearGroup(f"{year}年", shelf.link(_address(year)), shown, len(events))


def _parts(shelf: Shelf, events: list[Dated]) -> Iterator[YearPart]:
    """Yield the months of a year, first what is known to the year only."""
    months: dict[int, list[Dated]] = defaultdict(list)
    for event in events:
        months[event.date.month or 0].append(event)
    if len(events) <= _SHORT or len(months) == 1:
        yield YearPart("", "", shelf.timeline(events))
        return
    for month in sorted(months):
        title = f"{month}月" if month else _WITHOUT_MONTH
        yield YearPart(title, f"month-{month}" if month else "year", shelf.timeline(months[month]))


def events_by_year(catalogue: Catalogue) -> dict[int, list[Dated]]:
    """Return everything dated, by year: the latest year first, within it the earliest day."""
    groups: dict[int, list[Dated]] = defaultdict(list)
    for kind in KINDS:
        for entry in catalogue.of(kind):
            for event in dated(catalogue.graph, entry):
                groups[event.date.year].append(event)
    return {
        year: sorted(groups[year], key=lambda event: event.date.first)
        for year in sorted(groups, reverse=True)
    }

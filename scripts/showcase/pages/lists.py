"""The list of each kind, in pages of a fixed size, with the ways into it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from showcase.addresses import CALENDAR, feed_of
from showcase.load import Entry
from showcase.model import KINDS, Kind
from showcase.pages import groups, months
from showcase.pages.plan import Planned
from showcase.pages.shelf import Catalogue, Shelf, on_days
from showcase.pages.views import Crumb, ListView, PageView, Paging, Way, Ways

PER_PAGE = 24

_LISTED_ELSEWHERE = frozenset({"venue", "theme", "place", "honour", "team", "indicator"})
"""The kinds whose list is more than a list: each has a page module of its own."""


_ALSO = {
    "brand": (("各地的品牌", "places/", "place"),),
    "figure": (("荣誉榜", "honours/", "honour"),),
    "activity": ((months.TITLE, months.ADDRESS, "activity"),),
}
"""Pages that show the same records another way: title, address, and what they are empty without."""


def pages(catalogue: Catalogue) -> Iterator[Planned]:
    """Yield the pages of the plain lists: ``brands/``, ``brands/page/2/`` …"""
    for kind in KINDS.values():
        if kind.name not in _LISTED_ELSEWHERE:
            yield from _list(catalogue, kind)


def _list(catalogue: Catalogue, kind: Kind) -> Iterator[Planned]:
    for number in range(1, _total(catalogue, kind) + 1):
        page = list_address(kind, number)
        yield Planned(page, partial(_page, catalogue, kind, number), given="")


def _total(catalogue: Catalogue, kind: Kind) -> int:
    return max(1, -(-len(catalogue.of(kind.name)) // PER_PAGE))


def _page(catalogue: Catalogue, kind: Kind, number: int) -> PageView:
    page, total = list_address(kind, number), _total(catalogue, kind)
    shelf = catalogue.at(page)
    entries = catalogue.of(kind.name)
    shown = entries[(number - 1) * PER_PAGE : number * PER_PAGE]
    view = ListView(
        kind=kind.name,
        kind_label=kind.label,
        about=kind.about,
        crumbs=_crumbs(shelf, kind, number),
        cards=shelf.cards(shown),
        paging=_paging(shelf, kind, number, total, len(entries)),
        facets=facets(shelf, kind.name) if number == 1 else (),
        also=tuple(
            Crumb(name, shelf.link(where))
            for name, where, needed in _ALSO.get(kind.name, ())
            if shelf.catalogue.of(needed)
        ),
        files=tuple(_files(shelf, kind, entries)) if number == 1 else (),
    )
    title = kind.label if number == 1 else f"{kind.label}（第 {number} 页）"
    return PageView(page, "pages/list.html", title, f"{kind.label}：{kind.about}", view)


def _files(shelf: Shelf, kind: Kind, entries: list[Entry]) -> Iterator[Crumb]:
    if kind.name == "activity" and any(map(on_days, entries)):
        yield Crumb("加到日历", shelf.link(CALENDAR))
    yield Crumb("订阅", shelf.link(feed_of(list_address(kind))))


def list_address(kind: Kind, number: int = 1) -> str:
    """Return the address of a page of a kind's list."""
    return f"{kind.plural}/" if number == 1 else f"{kind.plural}/page/{number}/"


def _crumbs(shelf: Shelf, kind: Kind, number: int) -> tuple[Crumb, ...]:
    if number == 1:
        return shelf.crumbs(title=kind.label)
    return shelf.crumbs((kind.label, list_address(kind)), title=f"第 {number} 页")


def _paging(shelf: Shelf, kind: Kind, number: int, total: int, count: int) -> Paging:
    def link(other: int) -> str:
        return shelf.link(list_address(kind, other)) if 1 <= other <= total else ""

    near = sorted({1, total, *range(max(1, number - 2), min(total, number + 2) + 1)})
    return Paging(
        number=number,
        total=total,
        count=count,
        previous_url=link(number - 1),
        next_url=link(number + 1),
        links=tuple(Crumb(str(other), link(other) if other != number else None) for other in near),
    )


def facets(shelf: Shelf, *kinds: str) -> tuple[Ways, ...]:
    """Return the places, themes and years that lead to some of the records of kinds."""
    catalogue = shelf.catalogue
    places, themes, years = (
        groups.counted(find(catalogue, kind) for kind in kinds)
        for find in (groups.by_place, groups.by_theme, groups.by_year)
    )
    by_year = tuple(
        Way(f"{year}年", shelf.link(f"years/{year}/"), years[year])
        for year in sorted(years, key=int, reverse=True)
    )
    ways = (
        shelf.ways("按地区", "place", lambda entry: places[entry.key]),
        shelf.ways("按主题", "theme", lambda entry: themes[entry.key]),
        Ways("按年份", by_year, shelf.link("years/")),
    )
    return tuple(way for way in ways if way.ways)

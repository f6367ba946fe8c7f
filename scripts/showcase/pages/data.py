"""The open data: which files there are, what stands in them, how to use them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from showcase.addresses import CALENDAR, FEED, MANIFEST, dataset, feed_of
from showcase.model import KINDS, Kind
from showcase.pages.plan import Planned
from showcase.pages.shelf import Catalogue, Shelf, on_days
from showcase.pages.views import DataSet, DataView, PageView

_ADDRESS = "data/"
_TITLE = "开放数据"
_ABOUT = "全部公开内容的表格、订阅和日历，可以下载使用"


def pages(catalogue: Catalogue) -> Iterator[Planned]:
    """Yield the page of the open data."""
    yield Planned(_ADDRESS, partial(_page, catalogue), given="")


def _page(catalogue: Catalogue) -> PageView:
    shelf = catalogue.at(_ADDRESS)
    dated = any(map(on_days, catalogue.of("activity")))
    view = DataView(
        crumbs=shelf.crumbs(title=_TITLE),
        sets=tuple(_set(shelf, kind) for kind in KINDS.values()),
        feed_url=shelf.link(FEED),
        calendar_url=shelf.link(CALENDAR) if dated else "",
        dictionary_url=shelf.link(dataset("dictionary", "csv")),
        dictionary_json_url=shelf.link(dataset("dictionary", "json")),
        package_url=shelf.link(dataset("datapackage", "json")),
        addresses_url=shelf.link(MANIFEST),
    )
    return PageView(_ADDRESS, "pages/data.html", _TITLE, _ABOUT, view)


def _set(shelf: Shelf, kind: Kind) -> DataSet:
    page = f"{kind.plural}/"
    return DataSet(
        label=kind.label,
        about=kind.about,
        count=len(shelf.catalogue.of(kind.name)),
        url=shelf.link(page),
        sheet_url=shelf.link(dataset(kind.plural, "csv")),
        json_url=shelf.link(dataset(kind.plural, "json")),
        feed_url=shelf.link(feed_of(page)),
    )

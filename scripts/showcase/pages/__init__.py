"""Public graph → page views: the table of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from showcase.pages import (
    boards,
    data,
    honours,
    indicators,
    lists,
    months,
    places,
    records,
    sitemap,
    teams,
    trees,
    ways,
    years,
)
from showcase.pages.shelf import Catalogue
from showcase.pages.views import PageView

PAGES: Mapping[str, Callable[[Catalogue], Iterator[PageView]]] = MappingProxyType(
    {
        "ways": ways.pages,
        "records": records.pages,
        "boards": boards.pages,
        "lists": lists.pages,
        "trees": trees.pages,
        "places": places.pages,
        "years": years.pages,
        "months": months.pages,
        "sitemap": sitemap.pages,
        "honours": honours.pages,
        "teams": teams.pages,
        "indicators": indicators.pages,
        "data": data.pages,
    }
)
"""Every module that makes pages, in the order in which they are composed."""


def views(catalogue: Catalogue) -> Iterator[PageView]:
    """Yield the view of every page of the site that is made from records."""
    for pages in PAGES.values():
        yield from pages(catalogue)


__all__ = ["PAGES", "Catalogue", "PageView", "views"]

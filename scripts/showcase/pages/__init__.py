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
from showcase.pages.plan import Planned
from showcase.pages.shelf import Catalogue
from showcase.pages.views import PageView

PAGES: Mapping[str, Callable[[Catalogue], Iterator[Planned]]] = MappingProxyType(
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


def plan(catalogue: Catalogue) -> Iterator[Planned]:
    """Yield every page of the site that is made from records, none of them made yet."""
    for pages in PAGES.values():
        yield from pages(catalogue)


__all__ = ["PAGES", "Catalogue", "PageView", "Planned", "plan"]

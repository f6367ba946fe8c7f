"""The ways in: every list by kind, place, theme and year, with what it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from showcase.model import KINDS
from showcase.pages.linked import linked_site
from showcase.pages.lists import facets
from showcase.pages.plan import Planned
from showcase.pages.shelf import Catalogue, Shelf
from showcase.pages.views import ExploreView, HomeView, PageView, Way, Ways

_EXPLORE = "explore/"
_FEW = 6


def ways_in(shelf: Shelf) -> tuple[Ways, ...]:
    """Return the ways into everything that is public."""
    kinds = tuple(
        Way(kind.label, shelf.link(f"{kind.plural}/"), len(shelf.catalogue.of(kind.name)))
        for kind in KINDS.values()
        if shelf.catalogue.of(kind.name)
    )
    return (Ways("按种类", kinds), *facets(shelf, *KINDS)) if kinds else ()


def pages(catalogue: Catalogue) -> Iterator[Planned]:
    """Yield the home page and the page that leads everywhere."""
    yield Planned("", partial(_home, catalogue), given="")
    yield Planned(_EXPLORE, partial(_explore, catalogue), given="")


def _explore(catalogue: Catalogue) -> PageView:
    shelf = catalogue.at(_EXPLORE)
    count = sum(len(catalogue.of(kind)) for kind in KINDS)
    view = ExploreView(shelf.crumbs(title="查找"), ways_in(shelf), count)
    return PageView(_EXPLORE, "pages/explore.html", "查找", "查找品牌、人物、活动和阵地", view)


def _home(catalogue: Catalogue) -> PageView:
    shelf = catalogue.at("")
    graph = catalogue.graph
    site = graph.site.record
    featured = [link.target for link in graph.featured if link.target is not None]
    chosen = featured or catalogue.of("brand")[:3]
    shown = set(chosen)
    figures, activities = (
        [entry for entry in catalogue.of(kind) if entry not in shown][:_FEW]
        for kind in ("figure", "activity")
    )
    view = HomeView(
        name=site.name,
        slogan=site.slogan or "",
        intro=site.intro or "",
        featured=shelf.cards(chosen),
        figures=shelf.cards(figures),
        activities=shelf.cards(activities),
        numbers=tuple(shelf.number(entry) for entry in catalogue.of("indicator")[:_FEW]),
        ways=ways_in(shelf),
        linked=linked_site(catalogue),
    )
    description = site.description or site.intro or site.slogan or site.name
    return PageView("", "pages/home.html", site.name, description, view, graph.site.document.file)

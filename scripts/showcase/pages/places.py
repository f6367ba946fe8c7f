"""The places, and which brands each of them has: 一镇一品、一村一品."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from showcase.model import KINDS
from showcase.pages.groups import by_place
from showcase.pages.plan import Planned
from showcase.pages.shelf import Catalogue
from showcase.pages.trees import tree
from showcase.pages.views import CoverageRow, CoverageView, PageView, TreeNode

_ADDRESS = "places/"


def pages(catalogue: Catalogue) -> Iterator[Planned]:
    """Yield the page of places with their brands."""
    yield Planned(_ADDRESS, partial(_page, catalogue), given="")


def _page(catalogue: Catalogue) -> PageView:
    kind = KINDS["place"]
    shelf = catalogue.at(_ADDRESS)
    brands, activities = by_place(catalogue, "brand"), by_place(catalogue, "activity")
    rows = tuple(
        CoverageRow(
            place=node.card,
            depth=depth,
            brands=shelf.cards(brands.get(node.card.key, ())),
            activities=len(activities.get(node.card.key, ())),
        )
        for node, depth in _walk(tree(shelf, catalogue.of("place")), 0)
    )
    view = CoverageView(
        kind="place",
        kind_label=kind.label,
        about="哪个地区有哪些品牌",
        crumbs=shelf.crumbs(title=kind.label),
        rows=rows,
        covered=sum(bool(row.brands) for row in rows),
        count=len(rows),
    )
    return PageView(_ADDRESS, "pages/coverage.html", kind.label, "各地区的品牌和活动", view)


def _walk(nodes: tuple[TreeNode, ...], depth: int) -> Iterator[tuple[TreeNode, int]]:
    for node in nodes:
        yield node, depth
        yield from _walk(node.children, depth + 1)

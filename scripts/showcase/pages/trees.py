"""Lists that are trees: the venue network and the themes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from showcase.load import Entry
from showcase.model import KINDS
from showcase.model.venue import TIERS, Venue
from showcase.pages.plan import Planned
from showcase.pages.shelf import Catalogue, Shelf
from showcase.pages.views import PageView, TreeNode, TreeView, Way


def pages(catalogue: Catalogue) -> Iterator[Planned]:
    """Yield the venue network and the tree of themes."""
    for name, title in (("venue", "阵地网络"), ("theme", "主题")):
        make = partial(_page, catalogue, name, title)
        yield Planned(f"{KINDS[name].plural}/", make, given="")


def _page(catalogue: Catalogue, name: str, title: str) -> PageView:
    kind = KINDS[name]
    shelf = catalogue.at(f"{kind.plural}/")
    entries = catalogue.of(name)
    view = TreeView(
        kind=name,
        kind_label=title,
        about=kind.about,
        crumbs=shelf.crumbs(title=title),
        # What has no place in the network stands after it.
        roots=tuple(sorted(tree(shelf, entries), key=lambda node: not node.children)),
        count=len(entries),
        tiers=_tiers(entries) if name == "venue" else (),
    )
    return PageView(f"{kind.plural}/", "pages/tree.html", title, f"{title}：{kind.about}", view)


def _tiers(entries: list[Entry]) -> tuple[Way, ...]:
    counts = dict.fromkeys(TIERS.values, 0)
    for entry in entries:
        counts[entry.as_a(Venue).tier] += 1
    return tuple(Way(tier, "", count) for tier, count in counts.items() if count)


def tree(shelf: Shelf, entries: list[Entry]) -> tuple[TreeNode, ...]:
    """Return records as a forest by their ``parent``; one whose parent is not shown is a root."""
    children: dict[Entry | None, list[Entry]] = {}
    inside = set(entries)
    for entry in entries:
        above = shelf.graph.target(entry, "parent")
        children.setdefault(above if above in inside else None, []).append(entry)
    return tuple(_node(shelf, entry, children) for entry in children.get(None, ()))


def _node(shelf: Shelf, entry: Entry, children: dict[Entry | None, list[Entry]]) -> TreeNode:
    # A circle of parents has no root, so it is never entered; REF003 reports it.
    below = tuple(_node(shelf, child, children) for child in children.get(entry, ()))
    return TreeNode(shelf.card(entry), below, sum(node.count + 1 for node in below))

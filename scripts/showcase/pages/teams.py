"""The teams by level."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from showcase.model import KINDS
from showcase.model.team import Team
from showcase.pages.plan import Planned
from showcase.pages.shelf import Catalogue
from showcase.pages.views import Group, GroupsView, PageView

_ADDRESS = "teams/"
_LEVELS = {"市": "市级队伍", "镇": "镇级队伍", "村": "村级队伍"}


def pages(catalogue: Catalogue) -> Iterator[Planned]:
    """Yield the page of teams: city, town, village, then by force where no level is stated."""
    yield Planned(_ADDRESS, partial(_page, catalogue), given="")


def _page(catalogue: Catalogue) -> PageView:
    kind = KINDS["team"]
    shelf = catalogue.at(_ADDRESS)
    entries = catalogue.of("team")
    named = [
        Group(title, shelf.cards(e for e in entries if e.as_a(Team).level == level))
        for level, title in _LEVELS.items()
    ]
    others = [entry for entry in entries if entry.as_a(Team).level not in _LEVELS]
    forces = [entry for entry in others if entry.as_a(Team).force]
    rest = [entry for entry in others if entry not in forces]
    groups = [
        *named,
        Group("按力量", shelf.cards(forces)),
        Group("其他队伍", shelf.cards(rest)),
    ]
    view = GroupsView(
        kind="team",
        kind_label=kind.label,
        about=kind.about,
        crumbs=shelf.crumbs(title=kind.label),
        groups=tuple(group for group in groups if group.cards),
        count=len(entries),
    )
    return PageView(_ADDRESS, "pages/groups.html", kind.label, kind.about, view)

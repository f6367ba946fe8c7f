"""The honours with those who hold them, by tier."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from showcase.load import Entry
from showcase.model import KINDS
from showcase.model.honour import TIERS, Award, Honour
from showcase.pages.plan import Planned
from showcase.pages.shelf import Catalogue, Shelf, tier_of
from showcase.pages.views import HonourRow, HonoursView, PageView, TimelineItem

_ADDRESS = "honours/"
_TIERS = (*TIERS, "")


def pages(catalogue: Catalogue) -> Iterator[Planned]:
    """Yield the page of honours."""
    yield Planned(_ADDRESS, partial(_page, catalogue), given="")


def _page(catalogue: Catalogue) -> PageView:
    kind = KINDS["honour"]
    shelf = catalogue.at(_ADDRESS)
    entries = sorted(catalogue.of("honour"), key=lambda entry: _TIERS.index(_tier(entry)))
    view = HonoursView(
        kind="honour",
        kind_label=kind.label,
        about=kind.about,
        crumbs=shelf.crumbs(title=kind.label),
        rows=tuple(_row(shelf, entry) for entry in entries),
        count=len(entries),
    )
    return PageView(_ADDRESS, "pages/honours.html", kind.label, kind.about, view)


def _tier(entry: Entry) -> str:
    return entry.as_a(Honour).tier or ""


def _row(shelf: Shelf, entry: Entry) -> HonourRow:
    return HonourRow(
        honour=shelf.card(entry),
        tier=tier_of(entry),
        issuer=entry.as_a(Honour).issuer or "",
        holders=tuple(_holders(shelf, entry)),
        below=shelf.cards(shelf.graph.sources(entry, "honour", "parent")),
    )


def _holders(shelf: Shelf, entry: Entry) -> Iterator[TimelineItem]:
    for link in shelf.graph.into(entry):
        place = link.path[1] if link.path[0] == "honours" else None
        if link.source is not None and isinstance(place, int):
            award: Award = link.source.record.stated("honours")[place]
            year = award.year.chinese if award.year else ""
            yield TimelineItem(year, link.source.kind.label, shelf.card(link.source))

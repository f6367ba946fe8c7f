"""Boards: a record on one A4 sheet to print and hang up, with a code that leads to its page.

Its picture is the record's first photo, or the cover that is set from the record's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice

from msgspec import Struct

from showcase.addresses import address
from showcase.load import Entry
from showcase.model import KINDS
from showcase.pages.facts import facts
from showcase.pages.plan import Planned
from showcase.pages.records import BOARD, honours, numbers
from showcase.pages.shelf import Catalogue, Shelf
from showcase.pages.views import (
    Crumb,
    Fact,
    FactValue,
    HonourItem,
    NumberItem,
    PageView,
    PhotoView,
)

_SUMMARY = 120
_FEW = 3
_LINES = 8
"""So many honours, numbers and facts have room on a sheet, whatever the length of the others."""
_LONG = 36
"""Characters of a fact up to which it stands there; beyond, the record's page has it."""
_LISTED = {"steps": " → ", "platforms": "、"}
"""What a kind lists on its page under a heading of its own, and the sheet among the facts."""
_MASK = 0
"""One of the eight patterns of ISO/IEC 18004: any can be read. Trying all of them for the one that
looks best would take four fifths of the time of a code."""
_QUIET = 4
"""Modules of white around a code (ISO/IEC 18004, quiet zone)."""


class Code(Struct, frozen=True):
    """A QR code as a drawing: its side in modules and the path of the dark ones."""

    side: int
    path: str


class BoardView(Struct, frozen=True):
    """A record on one sheet."""

    title: str
    kind: str
    kind_label: str
    slogan: str
    summary: str
    numbers: tuple[NumberItem, ...]
    honours: tuple[HonourItem, ...]
    facts: tuple[Fact, ...]
    crumbs: tuple[Crumb, ...]
    site: str
    host: str
    draft: bool
    lead: PhotoView | None
    url: str
    code: Code | None


def pages(catalogue: Catalogue) -> Iterator[Planned]:
    """Yield the board of every record."""
    for kind in KINDS:
        for entry in catalogue.of(kind):
            page = address(entry) + BOARD
            yield Planned(page, partial(_board, catalogue, entry, page), given="")


def _board(catalogue: Catalogue, entry: Entry, page: str) -> PageView:
    shelf = catalogue.at(page)
    record, site = entry.record, catalogue.graph.site.record
    title = f"{record.title}（展板）"
    url = catalogue.site_url + address(entry) if catalogue.site_url else ""
    above = ((entry.kind.label, f"{entry.kind.plural}/"), (record.title, address(entry)))
    won, stated = tuple(honours(shelf, entry))[:_FEW], numbers(shelf, entry)[:_FEW]
    view = BoardView(
        title=record.title,
        kind=entry.kind.name,
        kind_label=entry.kind.label,
        slogan=record.stated("slogan") or "",
        summary=catalogue.summary(entry, _SUMMARY),
        numbers=stated,
        honours=won,
        facts=tuple(islice(_facts(shelf, entry), _LINES - len(won) - len(stated))),
        crumbs=shelf.crumbs(*above, title="展板"),
        site=site.name,
        host=site.host or "",
        draft=catalogue.is_draft(entry),
        lead=next(iter(shelf.photos(catalogue.listed(entry)[:1])), None),
        url=url,
        code=code_of(url) if url else None,
    )
    # A sheet to print says no more than the record's page, which is the one to be found.
    about = f"{record.title}：A4 展板，可以打印"
    shared = catalogue.shared(entry)
    image = shared.path if shared else ""
    return PageView(page, "pages/board.html", title, about, view, hidden=True, image=image)


def _facts(shelf: Shelf, entry: Entry) -> Iterator[Fact]:
    """Yield what a sheet has room for: neither addresses on the web nor whole paragraphs."""
    for fact in (*_listed(entry), *facts(shelf, entry)):
        length = sum(len(value.text) + len(value.note) for value in fact.values)
        if length <= _LONG and not fact.leads_out:
            yield fact


def _listed(entry: Entry) -> Iterator[Fact]:
    for declared in entry.kind.fields:
        between = _LISTED.get(declared.name)
        if between and (items := getattr(entry.record, declared.name)):
            yield Fact(declared.label.name, (FactValue(between.join(items)),))


def code_of(url: str) -> Code:
    """Return the QR code of an address, with error correction M and its quiet zone."""
    import segno  # noqa: PLC0415 - slow to load; many a site has no address yet

    made = segno.make_qr(url, error="m", mask=_MASK, boost_error=False)
    rows = list(made.matrix)
    path = "".join(_runs(row, number + _QUIET) for number, row in enumerate(rows))
    return Code(len(rows) + 2 * _QUIET, path)


def _runs(row: bytes | bytearray, y: int) -> str:
    """Return a row's dark modules as boxes one module high, neighbours in one."""
    found, start = [], None
    for x, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            found.append(f"M{start + _QUIET} {y}h{x - start}v1h-{x - start}z")
            start = None
    return "".join(found)

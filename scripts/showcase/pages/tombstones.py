"""What stands at the address of a record that was withdrawn, where its office wants something to.

The page says that there was something, and never what: no name, no kind, no picture. The address
itself stays as it was, and with it the pinyin in it; that is what a tombstone is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from showcase.addresses import address
from showcase.graph import Graph
from showcase.model import WITHDRAWN
from showcase.pages.plan import Planned
from showcase.pages.views import PageView

TITLE = "此内容已撤下"


class TombstoneView(Struct, frozen=True):
    """A withdrawn record's former page: why it is gone, in the office's words."""

    title: str
    note: str
    root: str


def tombstones(graph: Graph) -> Iterator[Planned]:
    """Yield the pages of the withdrawn records that leave one, from the graph of all records."""
    for entry in graph.entries:
        record = entry.record
        if entry.sound and record.status == WITHDRAWN and record.tombstone:
            page = address(entry)
            yield Planned(page, partial(_page, page, record.tombstone))


def _page(page: str, note: str) -> PageView:
    view = TombstoneView(TITLE, note, "../" * page.count("/"))
    return PageView(page, "pages/tombstone.html", TITLE, TITLE, view, hidden=True)

"""What is public on a day, and the graph that is left when everything else is taken out.

Pages and outputs are made from that graph only, so what is not public cannot reach them.
"""

from __future__ import annotations

from datetime import date

from showcase.graph import Graph
from showcase.load import Entry
from showcase.model import DRAFT, PUBLISHED, Record


def is_public(record: Record, day: date) -> bool:
    """Tell whether a record may be seen on a day: its status and its two dates allow it."""
    published, expires = record.publish_on, record.expire_on
    return (
        record.status == PUBLISHED
        and (published is None or published.first <= day)
        and (expires is None or day < expires.first)
    )


def public(graph: Graph, day: date) -> Graph:
    """Return the graph of what is public on a day."""
    return graph.only(
        entry for entry in graph.entries if entry.sound and is_public(entry.record, day)
    )


def preview(graph: Graph, day: date) -> tuple[Graph, frozenset[str]]:
    """Return what an editor previews, and the keys of the records shown only there.

    Drafts and records whose day has not come are shown, marked; what was withdrawn or has
    expired stays away, in the preview too.
    """
    shown = [entry for entry in graph.entries if _previewed(entry, day)]
    marked = frozenset(entry.key for entry in shown if not is_public(entry.record, day))
    return graph.only(shown), marked


def _previewed(entry: Entry, day: date) -> bool:
    record = entry.record
    expired = record.expire_on is not None and record.expire_on.first <= day
    return entry.sound and record.status in (PUBLISHED, DRAFT) and not expired

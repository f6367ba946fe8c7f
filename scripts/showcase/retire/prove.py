"""Proves on the built site that nothing of a record is left."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from showcase.audit import audit, traces_of
from showcase.audit.traces import Traces
from showcase.diagnostics import Diagnostic
from showcase.graph import Graph
from showcase.load import Entry
from showcase.pinyin import slug
from showcase.publication import is_public
from showcase.retire.places import names_of


def prove(site: Path, graph: Graph, entry: Entry, day: date) -> tuple[Diagnostic, ...]:
    """Return every place of a built site in which a name of a record is still found.

    Pinyin that belongs to a public record as well proves nothing and is let go; so is the address
    of a tombstone, which was wanted. The names themselves are never let go.
    """
    traces = traces_of(names_of(entry))
    traces.add(entry.spelling, "应当消失的网址")
    others = [
        slug(name)
        for other in graph.entries
        if other is not entry and is_public(other.record, day)
        for name in (other.record.title, *other.record.aliases, other.spelling)
    ]
    if entry.record.tombstone:
        others += [entry.spelling, slug(entry.record.title), slug(entry.id)]
    kept = Traces()
    for wanted, label in traces.han.items():
        kept.add(wanted, label)
    kept.latin.update(traces.without(others).latin)
    left = audit(site, day, None, kept).diagnostics
    return tuple(one for one in left if one.code == "AUD028")

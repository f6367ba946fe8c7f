"""Whether a project read with a memory is the project read afresh: everything that can be told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from showcase.graph import Graph, Link, link
from showcase.load import Entry, load
from showcase.memory import Memory
from showcase.pipeline import Checked, check_project, remembering
from showcase.rules import check
from showcase.source import Document


def told(graph: Graph) -> dict[str, Any]:
    """Return all that a graph says, in values that can be compared."""
    return {
        "entries": [_entry(entry) for entry in graph.entries],
        "links": [_link(link) for link in (*graph.links, *graph.featured)],
        "documents": {file: _document(document) for file, document in graph.documents.items()},
        "scans": {entry.key: scan for entry, scan in graph.scans.items()},
        "site": (graph.site.record, graph.site.paths),
        "rest": (graph.pictures, graph.diagnostics, graph.unread, graph.terms),
    }


def _document(document: Document) -> tuple[object, ...]:
    read = (document.lines.text, document.data, document.keys, document.values)
    found = (document.diagnostics, document.sound, document.complete, document.repairable)
    return (*read, *found, document.body, document.body_start)


def _entry(entry: Entry) -> tuple[object, ...]:
    record = entry.record
    named = (entry.key, entry.file, entry.base, entry.sound, entry.slugs, entry.folded_names)
    made = (type(record), record, record.model_fields_set)
    return (*named, *made, entry.paths, entry.body, entry.body_start, entry.scan, entry.references)


def _link(link: Link) -> tuple[object, ...]:
    source = link.source.key if link.source is not None else ""
    targets = [target.key for target in link.targets]
    return (source, link.file, link.path, link.text, link.ref, targets, link.stretch, link.span)


def afresh(project: Path) -> Checked:
    """Check a project with nothing but what it holds now."""
    graph = link(load(project))
    return Checked(project, graph, tuple(check(graph)))


def through_the_store(project: Path) -> Checked:
    """Check a project as another process would, with what the former ones left."""
    with remembering(project) as memory:
        return check_project(project, memory)


def assert_same(project: Path, memory: Memory) -> None:
    """Check a project with a memory, through the store and afresh, and compare all there is."""
    right = afresh(project)
    everything = told(right.graph)
    for checked in (check_project(project, memory), through_the_store(project)):
        assert checked.diagnostics == right.diagnostics
        assert told(checked.graph) == everything

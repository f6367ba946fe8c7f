"""Where a record appears: references, mentions, photos, and text that merely has its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec import Struct

from showcase.audit.traces import Traces, squeezed
from showcase.graph import Graph, Link
from showcase.load import Entry
from showcase.model import KINDS

_MOST_NAMED = 10


class NotOne(Exception):
    """A text names no record, or several; the message says which there are."""


class Place(Struct, frozen=True):
    """A line in which a record appears; ``link`` where it is a reference to it."""

    file: str
    line: int
    what: str
    link: Link | None = None


def the_one(graph: Graph, text: str) -> Entry:
    """Return the record that a text names the way references do; raises :class:`NotOne`."""
    found = graph.names.find(text, tuple(KINDS))
    if len(found) == 1:
        return found[0]
    if found:
        listed = "、".join(f"{entry.kind.label}/{entry.id}" for entry in found[:_MOST_NAMED])
        raise NotOne(f"「{text}」不止一条，请写明是哪一条：{listed}")
    near = graph.names.nearest(text, tuple(KINDS))
    hint = f"，是不是：{'、'.join(f'「{name}」' for name in near)}？" if near else ""
    raise NotOne(f"没有名为「{text}」的记录{hint}")


def names_of(entry: Entry) -> tuple[str, ...]:
    """Return everything a record is called by."""
    names = (entry.record.title, *entry.record.aliases, entry.id)
    return tuple(dict.fromkeys(name for name in names if name.strip()))


def places(graph: Graph, entry: Entry) -> list[Place]:
    """Return where a record appears outside itself, then what lies beside it, in order."""
    found = [*_links(graph, entry), *_named(graph, entry), *_pictures(graph, entry)]
    # What is a reference is not said a second time for the name that stands in it.
    told = {(place.file, place.line) for place in found if place.link is not None}
    kept = [one for one in found if one.link is not None or (one.file, one.line) not in told]
    return sorted(kept, key=lambda place: (place.file, place.line, place.what))


def _links(graph: Graph, entry: Entry) -> Iterator[Place]:
    for link in (*graph.links, *graph.featured):
        if entry in link.targets and link.source is not entry:
            what = "正文里的引用" if link.mention else f"字段「{link.label}」"
            yield Place(link.file, link.span.line, what, link)


def _named(graph: Graph, entry: Entry) -> Iterator[Place]:
    """Yield the lines, of records and of hand-written pages, that have one of its names."""
    traces = Traces()
    for name in names_of(entry):
        traces.add(name, name)
    for file, text in _texts(graph):
        own = file == entry.file
        if own and not entry.in_list:
            continue
        whole = squeezed(text.replace("\n", ""))
        if not any(wanted in whole for wanted in traces.han) and not traces.latin:
            continue
        first, last = _lines_of(entry) if own else (0, -1)
        for number, line in enumerate(text.split("\n"), 1):
            if not first <= number <= last and any(traces.hits(line)):
                yield Place(file, number, "文字里有它的名字")


def _lines_of(entry: Entry) -> tuple[int, int]:
    """Return the first and the last line of a record that stands in a list."""
    document = entry.document
    start, end = document.values[entry.base]
    last = document.lines.position(max(start, end - 1))[0]
    return document.lines.position(start)[0], last


def _texts(graph: Graph) -> Iterator[tuple[str, str]]:
    for file, document in graph.documents.items():
        yield file, document.lines.text
    pages = graph.project / "docs"
    for path in sorted(pages.rglob("*.md")) if pages.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            text = path.read_text("utf-8", errors="replace").replace("\r\n", "\n")
            yield path.relative_to(graph.project).as_posix(), text


def _pictures(graph: Graph, entry: Entry) -> Iterator[Place]:
    path = PurePosixPath(entry.file)
    if path.name == "index.md":
        for picture in graph.pictures:
            if path.parent in PurePosixPath(picture).parents:
                yield Place(picture, 1, "它的照片，撤下后不再公开")

"""Which field a place in a file belongs to: rules that search raw text report the field by it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from enum import Enum, auto

from msgspec import Struct

from showcase.convert import ID_KEYS, field_label
from showcase.graph import Graph
from showcase.layout import SETTINGS
from showcase.load import Entry
from showcase.model import Field, Fields, fields_along, fields_of
from showcase.source import Document, Path


class Part(Enum):
    """What a stretch of a file is for: the same character harms more in a name than in prose."""

    KEY = auto()
    """The name of a field."""
    ID = auto()
    """A record's id in a list file; rules about ids report it."""
    NAME = auto()
    """What records are found and referred to by."""
    REFERENCE = auto()
    ADDRESS = auto()
    """A web address, an address on this site, or the name of a file."""
    TEXT = auto()
    PROSE = auto()


class Place(Struct, frozen=True):
    """A field's name as reports show it, what it is for, and where its text starts and ends."""

    label: str
    part: Part
    start: int
    end: int
    name: str = ""
    """The field's own name (``references``), empty for what is no field of a record."""
    entry: Entry | None = None
    """The record; ``None`` in the settings and where no record was made of the text."""
    path: Path = ()
    private: bool = False
    """Whether the field stays in the office."""


class _Node(Struct, frozen=True):
    start: int
    end: int
    path: Path
    key: bool


class Places:
    """Tells what stands at an offset of a document; made when a rule has found something."""

    def __init__(self, graph: Graph) -> None:
        self._site = graph.site
        self._entries: dict[str, dict[Path, Entry]] = defaultdict(dict)
        for entry in graph.entries:
            self._entries[entry.file][entry.base] = entry
        self._nodes: dict[str, tuple[list[int], list[_Node]]] = {}
        self._typed: dict[tuple[str, Path], Mapping[Path, Path]] = {}

    def at(self, document: Document, offset: int) -> Place | None:
        """Return the place that holds an offset; ``None`` for comments and YAML's own signs."""
        if offset >= document.body_start:
            end, entry = len(document.lines.text), self._entries.get(document.file, {}).get(())
            return Place("正文", Part.PROSE, document.body_start, end, "body", entry, ("body",))
        if document.file not in self._nodes:
            nodes = _nodes(document)
            self._nodes[document.file] = [node.start for node in nodes], nodes
        starts, nodes = self._nodes[document.file]
        index = bisect_right(starts, offset) - 1
        node = nodes[index] if index >= 0 else None
        if node is None or node.end <= offset:
            return None
        return self._place(document, node)

    def _place(self, document: Document, node: _Node) -> Place:
        typed = str(node.path[-1]) if node.path else ""
        if node.key:
            return Place(typed, Part.KEY, node.start, node.end)
        cls, base, paths = self._record(document, node.path)
        entry = self._entries.get(document.file, {}).get(base)
        if typed in ID_KEYS and len(node.path) == len(base) + 1 and base:
            return Place("id", Part.ID, node.start, node.end, entry=entry)
        fields = self._fields(document.file, base, paths)
        path = fields.get(node.path)
        field = _field(cls, path) if cls is not None and path else None
        if cls is None or path is None or field is None:
            return Place(typed, Part.TEXT, node.start, node.end, entry=entry)
        outermost = _named(cls, str(path[0]))
        return Place(
            field_label(cls, path),
            _part(field),
            node.start,
            node.end,
            field.name,
            entry,
            path,
            private=field.label.private or (outermost is not None and outermost.label.private),
        )

    def _record(
        self, document: Document, path: Path
    ) -> tuple[type[Fields] | None, Path, Mapping[Path, Path]]:
        """Return the class, base and typed paths of the record that a typed path lies in."""
        if document.file == SETTINGS:
            return type(self._site.record), (), self._site.paths
        entries = self._entries.get(document.file, {})
        for base in (path[:1], ()):
            if base in entries:
                entry = entries[base]
                return type(entry.record), base, entry.paths
        return None, (), {}

    def _fields(self, file: str, base: Path, paths: Mapping[Path, Path]) -> Mapping[Path, Path]:
        if (file, base) not in self._typed:
            # A single mapping that stands for a list of one has two paths: the longer is exact.
            self._typed[file, base] = {
                typed: path for path, typed in sorted(paths.items(), key=lambda item: len(item[0]))
            }
        return self._typed[file, base]


def _nodes(document: Document) -> list[_Node]:
    """Return the names and the texts of a document in order; none lies within another."""
    containers = {path[:-1] for path in document.values}
    nodes = [_Node(*where, path, key=True) for path, where in document.keys.items()]
    nodes += (
        _Node(*where, path, key=False)
        for path, where in document.values.items()
        if path not in containers
    )
    return sorted(nodes, key=lambda node: (node.start, node.end))


def _field(cls: type[Fields], path: Path) -> Field | None:
    """Return the declared field at a path; of a bare text, the field that it stands for."""
    steps = [found for step, found in fields_along(cls, path) if isinstance(step, str)]
    found = steps[-1] if steps else None
    if found is not None and found.nested is not None:
        return _named(found.nested, found.nested.shorthand)
    return found


def _named(cls: type[Fields], name: str) -> Field | None:
    return next((field for field in fields_of(cls) if field.name == name), None)


def _part(field: Field) -> Part:
    if field.ref is not None:
        return Part.REFERENCE
    if field.name in ("title", "name", "aliases", "tags"):
        return Part.NAME
    if field.name in ("slug", "url", "file"):
        return Part.ADDRESS
    return Part.PROSE if field.name == "body" else Part.TEXT

"""All records with their references resolved, in both directions.

Linking never fails: what names nothing, or more than one record, is a :class:`Link` with no
target or several, for the rules to report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path as FilePath
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from showcase.album import Album, folders
from showcase.diagnostics import Diagnostic, Span
from showcase.entry import Entry, SiteEntry
from showcase.fold import key as folded
from showcase.load import Loaded
from showcase.model import KINDS, Ref, Term, kind_named
from showcase.near import alike
from showcase.personal import Found, find
from showcase.photos import Survey
from showcase.prose import Scan
from showcase.source import Document, Path
from showcase.trace import look

OUT, INTO = ">", "<"
"""What a trace says of who looked at a record's links, beside the record."""

_NEAR = 50.0


class Link(Struct, frozen=True):
    """A place that names another record.

    ``targets`` holds the record named: none when it dangles, several when the name is ambiguous.
    ``stretch`` is where in the body a name stands that is mentioned there.
    """

    written: Entry | SiteEntry
    path: Path
    text: str
    ref: Ref
    targets: tuple[Entry, ...]
    stretch: tuple[int, int] | None = None

    @property
    def source(self) -> Entry | None:
        """The record it stands in; ``None`` for the site's settings."""
        return self.written if isinstance(self.written, Entry) else None

    @property
    def file(self) -> str:
        """The file it stands in, relative to the project."""
        return self.written.file

    # Where it stands is asked of faulty links only.
    @property
    def span(self) -> Span:
        """The place of the name."""
        if self.stretch is not None and isinstance(self.written, Entry):
            return self.written.body_span(*self.stretch)
        return self.written.span(*self.path)

    @property
    def label(self) -> str:
        """The field's name as reports show it."""
        return self.written.label(*self.path)

    @property
    def target(self) -> Entry | None:
        """The one record that is named, if it is one."""
        return self.targets[0] if len(self.targets) == 1 else None

    @property
    def mention(self) -> bool:
        """Whether it stands in prose rather than in a field."""
        return self.stretch is not None


_Index: TypeAlias = Mapping[str, list[Entry]]
"""Entries by name, of all kinds: nearly every name is one record's."""


class Names:
    """Finds records by the way people write them: id, title or alias, in either script."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._entries = entries
        self._found: dict[tuple[str, tuple[str, ...]], tuple[Entry, ...]] = {}

    @cached_property
    def _exact(self) -> _Index:
        return _index((entry, entry.names) for entry in self._entries)

    @cached_property
    def _folded(self) -> _Index:
        return _index((entry, entry.folded_names) for entry in self._entries)

    @cached_property
    def _ids(self) -> Mapping[tuple[str, str], list[Entry]]:
        found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self._entries:
            found[entry.kind.name, entry.id].append(entry)
        return found

    def find(self, text: str, kinds: tuple[str, ...]) -> tuple[Entry, ...]:
        """Return the records that a text names among some kinds.

        The exact spelling goes before the folded one. ``品牌/向阳花开`` (or ``品牌:…``) names a
        record by kind and id, for names that are shared.
        """
        found = self._found.get((text, kinds))
        if found is None:
            found = self._named(text, kinds) or self._qualified(text, kinds)
            self._found[text, kinds] = found
        return found

    def _named(self, text: str, kinds: tuple[str, ...]) -> tuple[Entry, ...]:
        text = text.strip()
        found = _under(self._exact, text, kinds)
        return found or _under(self._folded, folded(text), kinds)

    def _qualified(self, text: str, kinds: tuple[str, ...]) -> tuple[Entry, ...]:
        for mark in "/:：":
            word, found, name = text.partition(mark)
            kind = kind_named(word.strip()) if found else None
            if kind is not None and kind.name in kinds:
                by_id = self._ids.get((kind.name, name.strip()))
                return tuple(by_id) if by_id else self._named(name, (kind.name,))
        return ()

    def nearest(self, text: str, kinds: tuple[str, ...], limit: int = 3) -> list[str]:
        """Return the titles that are most like a text, best first."""
        titles = {
            name: one.record.title
            for kind in kinds
            for name, entries in self._folded.items()
            for one in [entry for entry in entries if entry.kind.name == kind][:1]
        }
        wanted = folded(text)
        found = alike(wanted, list(titles), _NEAR, limit * 2)
        shared = [name for name in found if set(name) & set(wanted)]
        return list(dict.fromkeys(titles[name] for name in shared))[:limit]


def _under(index: _Index, name: str, kinds: tuple[str, ...]) -> tuple[Entry, ...]:
    found = index.get(name, ()) if name else ()
    if len(found) < 2:
        return tuple(entry for entry in found if entry.kind.name in kinds)
    return tuple(entry for kind in kinds for entry in found if entry.kind.name == kind)


def _index(named: Iterable[tuple[Entry, Iterable[str]]]) -> _Index:
    index: dict[str, list[Entry]] = {}
    for entry, names in named:
        for name in names:
            found = index.get(name)
            if found is None:
                index[name] = [entry]
            elif found[-1] is not entry:
                found.append(entry)
    return index


class Graph(Struct, frozen=True, dict=True):
    """Records and the links between them, in a fixed order."""

    project: FilePath
    entries: tuple[Entry, ...]
    links: tuple[Link, ...]
    featured: tuple[Link, ...]
    site: SiteEntry
    pictures: Mapping[str, FilePath]
    names: Names
    survey: Survey
    diagnostics: tuple[Diagnostic, ...] = ()
    scans: Mapping[Entry, Scan] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    terms: tuple[Term, ...] = ()

    @cached_property
    def private(self) -> Mapping[str, tuple[Found, ...]]:
        """What in each file's text is private data, for the rules that ask one sort each."""
        texts = ((file, document.lines.text) for file, document in self.documents.items())
        return {file: found for file, text in texts if (found := find(text))}

    @cached_property
    def private_names(self) -> Mapping[str, tuple[Found, ...]]:
        """What in the names of files and folders is private data: they become addresses."""
        names = (*self.documents, *self.pictures)
        return {file: found for file in names if (found := find(file))}

    @cached_property
    def album(self) -> Album:
        """What finds the pictures that records name."""
        return Album(self.pictures)

    @cached_property
    def pictured(self) -> tuple[Entry, ...]:
        """The records that list photos or show pictures in their prose: most have none."""
        shown = {entry for entry, scan in self.scans.items() if scan.images}
        return tuple(one for one in self.entries if one in shown or one.record.photos)

    @cached_property
    def withheld(self) -> frozenset[str]:
        """The pictures that some record says must not be published, whichever record shows them."""
        return frozenset(
            self.album.find(entry, photo.file).file
            for entry in self.pictured
            for photo in entry.record.photos
            if photo.withheld
        )

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Entry, ...]]:
        groups: dict[str, list[Entry]] = {name: [] for name in KINDS}
        for entry in self.entries:
            groups[entry.kind.name].append(entry)
        return {name: tuple(group) for name, group in groups.items()}

    @cached_property
    def _out(self) -> Mapping[Entry, list[Link]]:
        groups: dict[Entry, list[Link]] = defaultdict(list)
        for link in self.links:
            if isinstance(link.written, Entry):
                groups[link.written].append(link)
        return groups

    @cached_property
    def _into(self) -> Mapping[Entry, list[Link]]:
        groups: dict[Entry, list[Link]] = defaultdict(list)
        for link in self.links:
            if len(link.targets) == 1:
                groups[link.targets[0]].append(link)
        return groups

    def of(self, kind: str) -> tuple[Entry, ...]:
        """Return the entries of a kind."""
        return self._by_kind[kind]

    def found(self, code: str) -> Iterator[Diagnostic]:
        """Yield what was already found under a code while the files were read."""
        return (found for found in self.diagnostics if found.code == code)

    def refused(self, entry: Entry, name: str) -> bool:
        """Tell whether a file in a record's folders was not opened, which is reported already."""
        return any(f"{folder}/{name}" in self.unread for folder in folders(entry))

    def out(self, entry: Entry) -> list[Link]:
        """Return the links that an entry makes."""
        look((entry, OUT))
        return self._out.get(entry, [])

    def into(self, entry: Entry) -> list[Link]:
        """Return the links that lead to an entry: the mirror of :meth:`out`."""
        look((entry, INTO))
        return self._into.get(entry, [])

    def target(self, entry: Entry, *path: str | int) -> Entry | None:
        """Return the record that a field names."""
        return next((link.target for link in self.out(entry) if link.path == path), None)

    def targets(self, entry: Entry, name: str) -> list[Entry]:
        """Return the records that a field names, in order, each once."""
        found = (link.target for link in self.out(entry) if link.path[0] == name)
        return list(dict.fromkeys(target for target in found if target is not None))

    def sources(self, entry: Entry, kind: str, name: str) -> list[Entry]:
        """Return the records of a kind whose field names this one."""
        found = (
            link.source
            for link in self.into(entry)
            if link.source is not None and link.source.kind.name == kind and link.path[0] == name
        )
        return list(dict.fromkeys(found))

    def ancestors(self, entry: Entry) -> list[Entry]:
        """Return the records above one, nearest first; a circle ends where it closes."""
        if not entry.kind.nests:
            return []
        chain: list[Entry] = []
        above = self.target(entry, "parent")
        while above is not None and above is not entry and above not in chain:
            chain.append(above)
            above = self.target(above, "parent")
        return chain

    def part(self, files: Collection[str], pictures: Mapping[str, FilePath]) -> Graph:
        """Return what some files hold, as if there were no others, for rules about one file."""
        entries = tuple(entry for entry in self.entries if entry.file in files)
        return replace(
            self,
            entries=entries,
            links=(),
            featured=(),
            pictures=pictures,
            names=Names(entries),
            survey=Survey(self.project, pictures),
            diagnostics=tuple(found for found in self.diagnostics if found.file in files),
            scans={entry: entry.scan for entry in entries if entry in self.scans},
            documents={file: self.documents[file] for file in files if file in self.documents},
            unread=frozenset(file for file in self.unread if file in files),
        )

    def only(self, kept: Iterable[Entry]) -> Graph:
        """Return the graph of some of the entries: nothing of the others remains in it."""
        inside = set(kept)
        # There are thousands of links: a set to look into takes less time than a question to each.
        holders = {*inside, self.site}

        def narrowed(links: Iterable[Link]) -> tuple[Link, ...]:
            return tuple(
                [
                    link
                    for link in links
                    if len(link.targets) == 1
                    and link.targets[0] in inside
                    and link.written in holders
                ]
            )

        entries = tuple(entry for entry in self.entries if entry in inside)
        return Graph(
            project=self.project,
            entries=entries,
            links=narrowed(self.links),
            featured=narrowed(self.featured),
            site=self.site,
            pictures={
                file: path for file, path in self.pictures.items() if file not in self.withheld
            },
            names=Names(entries),
            survey=self.survey,
        )


def link(loaded: Loaded, former: Graph | None = None) -> Graph:
    """Resolve every reference of what was read; never fails.

    With the graph of a ``former`` state only those are resolved that may lead elsewhere than then.
    """
    names = Names(loaded.entries)
    if former is None or not _same_names(former.entries, loaded.entries):
        links = _links(loaded.entries, names)
    else:
        links = tuple(_relinked(loaded.entries, former, names))
    scans = {entry: entry.scan for entry in loaded.entries}
    return Graph(
        project=loaded.project,
        entries=loaded.entries,
        links=links,
        featured=_links([loaded.site], names),
        site=loaded.site,
        pictures=loaded.pictures,
        names=names,
        survey=Survey(loaded.project, loaded.pictures),
        diagnostics=loaded.diagnostics,
        scans=scans,
        documents=loaded.documents,
        unread=loaded.unread,
        terms=loaded.terms,
    )


def _links(holders: Iterable[Entry | SiteEntry], names: Names) -> tuple[Link, ...]:
    return tuple(
        Link(one, at.path, at.text, at.ref, names.find(at.text, at.ref.kinds), at.stretch)
        for one in holders
        for at in one.references
    )


def _same_names(former: tuple[Entry, ...], entries: tuple[Entry, ...]) -> bool:
    """Tell whether every name leads to the record of the same place among all as it did."""
    return len(former) == len(entries) and all(
        one is other or (one.key == other.key and one.names == other.names)
        for one, other in zip(former, entries, strict=True)
    )


def _relinked(entries: tuple[Entry, ...], former: Graph, names: Names) -> Iterator[Link]:
    """Yield the links of some entries, whose names are those of a former state."""
    stay = {*former.entries}.intersection(entries)
    for entry in entries:
        if entry not in stay:
            yield from _links([entry], names)
            continue
        for link in former.out(entry):
            if stay.issuperset(link.targets):
                yield link
            else:
                yield replace(link, targets=names.find(link.text, link.ref.kinds))

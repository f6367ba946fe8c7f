"""A project's folder → entries and diagnostics. Content never makes it raise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path as FilePath
from typing import TypeAlias

from msgspec import Struct, field

from showcase.diagnostics import START, Diagnostic, Severity
from showcase.entry import Entry, SiteEntry
from showcase.layout import Placed, Role, place
from showcase.model import Term
from showcase.piece import Piece, no_settings, read_piece
from showcase.source import Document, Found, Refused, read_bytes, walk

__all__ = [
    "Entry",
    "Files",
    "Loaded",
    "Placed",
    "Reader",
    "SiteEntry",
    "load",
    "load_one",
    "look_around",
    "read_all",
]

Sources: TypeAlias = Sequence[tuple[Found, Placed]]
"""Files that hold text, with what they are for."""
Reader: TypeAlias = Callable[[Sources], Iterable[Piece | Refused]]
"""Says in turn what each of some files says."""


class Loaded(Struct, frozen=True):
    """Everything read from a project's ``content/``."""

    project: FilePath
    entries: tuple[Entry, ...]
    site: SiteEntry
    pictures: Mapping[str, FilePath]
    diagnostics: tuple[Diagnostic, ...]
    documents: Mapping[str, Document] = field(default_factory=dict)
    """Every file that was read, those without a record too."""
    unread: frozenset[str] = frozenset()
    """The files of which something was not: a name that is missing may stand there."""
    terms: tuple[Term, ...] = ()
    """The staff's own wording, in the order of its file; faulty ones are left out."""


def read_all(sources: Sources) -> Iterator[Piece | Refused]:
    """Read some files, each from its beginning to its end."""
    for found, placed in sources:
        data = read_bytes(found)
        yield data if isinstance(data, Refused) else read_piece(placed, data)


class Files(Struct, frozen=True):
    """What lies in a project's ``content/``."""

    sources: Sources
    others: Sources
    """Files that are not read: pictures, and what lies where it should not."""
    refused: Sequence[Refused]


def look_around(project: FilePath) -> Files:
    """Return what lies in a project's ``content/``; nothing of it is opened."""
    sources, others = list[tuple[Found, Placed]](), list[tuple[Found, Placed]]()
    refused = list[Refused]()
    for item in walk(project):
        if isinstance(item, Refused):
            refused.append(item)
            continue
        placed = place(item.file)
        (sources if placed.is_text else others).append((item, placed))
    return Files(sources, others, refused)


def load(project: FilePath, reader: Reader = read_all, files: Files | None = None) -> Loaded:
    """Read every record and the settings of a project; faults become diagnostics.

    ``files`` are those that it has, if that is known.
    """
    files = files or look_around(project)
    gathering = _Gathering()
    for item in files.refused:
        gathering.refuse(item)
    for found, placed in files.others:
        gathering.pass_by(found, placed)
    for piece in reader(files.sources):
        if isinstance(piece, Refused):
            gathering.refuse(piece)
        else:
            gathering.take(piece)
    return gathering.result(project)


def load_one(project: FilePath, file: str, data: bytes) -> Loaded:
    """Read one file as :func:`load` would if it held ``data``: to try a change out unwritten."""
    gathering = _Gathering()
    gathering.take(read_piece(place(file), data))
    return gathering.result(project)


class _Gathering:
    """Puts together what the files of one project say."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._found: list[Diagnostic] = []
        self._pictures: dict[str, FilePath] = {}
        self._documents: dict[str, Document] = {}
        self._unread: set[str] = set()
        self._terms: list[Term] = []
        self._site: SiteEntry | None = None

    def pass_by(self, item: Found, placed: Placed) -> None:
        """Note a file that is not read: a picture, or one that lies where it should not."""
        if placed.problem is not None:
            self._found.append(placed.problem)
            if placed.problem.severity is Severity.ERROR:
                self._unread.add(item.file)
        elif placed.role is Role.PICTURE:
            self._pictures[item.file] = item.path

    def refuse(self, item: Refused) -> None:
        """Report a path that was not read."""
        self._unread.add(item.file)
        self._found.append(
            Diagnostic("SRC001", Severity.ERROR, item.file, START, "", item.reason, item.help)
        )

    def take(self, piece: Piece) -> None:
        """Add what a file says."""
        self._documents[piece.document.file] = piece.document
        self._entries += piece.entries
        self._found += piece.diagnostics
        self._terms += piece.terms
        self._site = piece.site or self._site
        if not piece.whole:
            self._unread.add(piece.document.file)

    def result(self, project: FilePath) -> Loaded:
        """Return everything read."""
        return Loaded(
            project=project,
            entries=tuple(self._entries),
            site=self._site or no_settings(),
            pictures=self._pictures,
            diagnostics=tuple(dict.fromkeys(self._found)),
            documents=self._documents,
            unread=frozenset(self._unread),
            terms=tuple(self._terms),
        )

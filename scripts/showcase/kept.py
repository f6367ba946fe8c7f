"""What one file says, as bytes to keep, and back again.

JSON, since a cache may come from someone else: nothing that is read here can be executed. A file
that has faults is read anew each time, and only what the rules found in it is kept: reports are
made from places, and places from the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct
from msgspec.json import Decoder
from msgspec.structs import replace

from showcase.compact import as_json
from showcase.diagnostics import Diagnostic
from showcase.entry import Entry
from showcase.layout import Placed, Role
from showcase.model import Kind, is_field
from showcase.model.plain import plain, restored
from showcase.piece import Piece
from showcase.prose import Scan
from showcase.source import Document, reread


class _Entry(Struct, array_like=True):
    """An entry: its id, the fields it was given, what its prose holds, how names are spelt."""

    id: str
    given: dict[str, Any]
    scan: Scan
    slugs: dict[str, str]


class _File(Struct, array_like=True):
    """What rules found in a file and, if it is without fault, its entries.

    ``at`` is where its fields stand, and where its body starts.
    """

    found: tuple[Diagnostic, ...]
    at: tuple[int, int, int] = (0, 0, 0)
    entries: tuple[_Entry, ...] = ()


_read_file = Decoder(_File).decode
_read_found = Decoder(tuple[Diagnostic, ...]).decode


def as_bytes(piece: Piece, found: Iterable[Diagnostic]) -> bytes:
    """Return a piece, and what rules found in its file."""
    if not piece.faultless or not piece.entries:
        return as_json(_File(tuple(found)))
    document = piece.document
    entries = tuple(
        _Entry(entry.id, plain(entry.record), entry.scan, dict(entry.slugs))
        for entry in piece.entries
    )
    return as_json(_File(tuple(found), (*document.yaml, document.body_start), entries))


def from_bytes(
    placed: Placed, text: Callable[[], str], kept: bytes, stands: bytes = b""
) -> tuple[Piece | None, tuple[Diagnostic, ...]] | None:
    """Return the piece that a file gave, if it can be known, and what rules found.

    ``text`` gives what it says, when that is wanted.

    ``None`` if the bytes were not made by :func:`as_bytes` for this file.
    """
    try:
        file = _read_file(kept)
        piece = None
        if file.entries and placed.kind is not None:
            start, end, body_start = file.at
            document = reread(placed.file, text, is_field, (start, end), body_start, stands)
            piece = Piece(document, tuple(_entries(placed, placed.kind, document, file)))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return piece, _of_file(placed.file, file.found)


def found_as_bytes(found: Iterable[Diagnostic]) -> bytes:
    """Return what rules found in a file."""
    return as_json(tuple(found))


def found_from_bytes(file: str, kept: bytes) -> tuple[Diagnostic, ...] | None:
    """Return what rules found in a file; ``None`` for bytes that do not say it."""
    try:
        return _of_file(file, _read_found(kept))
    except (ValueError, RecursionError):
        return None


def _of_file(file: str, found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(replace(one, file=file) for one in found)


def _entries(placed: Placed, kind: Kind, document: Document, file: _File) -> Iterable[Entry]:
    in_list = placed.role is Role.LIST
    for index, kept in enumerate(file.entries):
        yield Entry(
            record=restored(kind.record, kept.given),
            document=document,
            base=(index,) if in_list else (),
            kind=kind,
            id=kept.id,
            scanned=kept.scan,
            spelt=kept.slugs,
        )

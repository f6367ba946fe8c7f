"""What one file says, as bytes to keep, and back again.

JSON, since a cache may come from someone else: nothing that is read here can be executed. A file
that has faults is read anew each time, and only what the rules found in it is kept: reports are
made from places, and places from the file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from showcase.diagnostics import Diagnostic, Severity, Span
from showcase.entry import Entry
from showcase.layout import Placed, Role
from showcase.model import Kind, is_field
from showcase.model.plain import plain, restored
from showcase.piece import Piece
from showcase.prose import Finding, Image, Link, Scan, WikiLink
from showcase.source import Document, reread


def as_bytes(piece: Piece, found: Iterable[Diagnostic]) -> bytes:
    """Return a piece, and what rules found in its file."""
    value: dict[str, Any] = {"found": _found_as_json(found)}
    if piece.faultless and piece.entries:
        document = piece.document
        value["at"] = [*document.yaml, document.body_start]
        value["entries"] = [
            [entry.id, plain(entry.record), _scan_as_json(entry), [*entry.slugs.items()]]
            for entry in piece.entries
        ]
    return _dumps(value)


def from_bytes(
    placed: Placed, text: Callable[[], str], kept: bytes, stands: bytes = b""
) -> tuple[Piece | None, tuple[Diagnostic, ...]] | None:
    """Return the piece that a file gave, if it can be known, and what rules found.

    ``text`` gives what it says, when that is wanted.

    ``None`` if the bytes were not made by :func:`as_bytes` for this file.
    """
    try:
        value = json.loads(kept)
        found = _found_from_json(placed.file, value["found"])
        piece = None
        if "entries" in value and placed.kind is not None:
            start, end, body_start = map(int, value["at"])
            document = reread(placed.file, text, is_field, (start, end), body_start, stands)
            piece = Piece(document, tuple(_entries(placed, placed.kind, document, value)))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return piece, found


def found_as_bytes(found: Iterable[Diagnostic]) -> bytes:
    """Return what rules found in a file."""
    return _dumps(_found_as_json(found))


def found_from_bytes(file: str, kept: bytes) -> tuple[Diagnostic, ...] | None:
    """Return what rules found in a file; ``None`` for bytes that do not say it."""
    try:
        return _found_from_json(file, json.loads(kept))
    except (ValueError, TypeError, RecursionError):
        return None


def _entries(
    placed: Placed, kind: Kind, document: Document, value: dict[str, Any]
) -> Iterable[Entry]:
    in_list = placed.role is Role.LIST
    for index, (id, given, scan, slugs) in enumerate(value["entries"]):
        yield Entry(
            record=restored(kind.record, given),
            document=document,
            base=(index,) if in_list else (),
            kind=kind,
            id=id,
            scanned=_scan_from_json(scan),
            spelt=dict(slugs),
        )


def _dumps(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Half of a pair of characters may stand in a text that was typed as an escape.
    return text.encode("utf-8", "surrogatepass")


def _found_as_json(found: Iterable[Diagnostic]) -> list[Any]:
    return [
        [
            one.code,
            one.severity.value,
            [one.span.line, one.span.column, one.span.end_line, one.span.end_column],
            one.field,
            one.message,
            one.help,
        ]
        for one in found
    ]


def _found_from_json(file: str, found: list[Any]) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(code, Severity(severity), file, Span(*span), field, message, help)
        for code, severity, span, field, message, help in found
    )


def _scan_as_json(entry: Entry) -> list[Any]:
    scan = entry.scan
    return [
        [[one.start, one.end, one.target, one.text] for one in scan.wiki_links],
        [[one.start, one.end, one.target, one.alt, one.title] for one in scan.images],
        [[one.start, one.end, one.target, one.text] for one in scan.links],
        [[one.code_name, one.start, one.end, one.detail] for one in scan.findings],
    ]


def _scan_from_json(value: list[Any]) -> Scan:
    wiki_links, images, links, findings = value
    return Scan(
        tuple(WikiLink(*one) for one in wiki_links),
        tuple(Image(*one) for one in images),
        tuple(Link(*one) for one in links),
        tuple(Finding(*one) for one in findings),
    )

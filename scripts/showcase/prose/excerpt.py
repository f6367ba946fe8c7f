"""The first words of a body, for lists and descriptions."""

from __future__ import annotations

from collections.abc import Iterator

from showcase.pattern import pattern
from showcase.prose.found import WikiLink
from showcase.prose.line import Kind
from showcase.prose.pieces import Code, ImagePiece, Inline, LinkPiece, Markup
from showcase.prose.reading import Reading, read
from showcase.prose.stretches import text_in

_EMPHASIS = pattern(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)")
_ESCAPE = pattern(r"\\([!-/:-@\[-`{-~])")
_SHOWN = frozenset({Kind.TEXT, Kind.ITEM, Kind.QUOTE})


def excerpt(body: str, length: int) -> str:
    """Return at most ``length`` characters of what a body says first, cut with ``…``.

    Headings, tables and code are passed over. Far cheaper than rendering the body.
    """
    reading = read(body)
    text = ""
    for part in _parts(reading):
        joint = "" if not text or not (text[-1].isascii() and part[0].isascii()) else " "
        text += joint + part
        if len(text) > length:
            break
    return cut(text, length)


def cut(text: str, length: int) -> str:
    """Return at most ``length`` characters of a text, as excerpts are cut: also of a longer one."""
    return text if len(text) <= length else text[: max(0, length - 1)].rstrip() + "…"


def _parts(reading: Reading) -> Iterator[str]:
    if not reading.within_bounds:
        yield from (part for part in reading.text[:2_000].split() if part)
        return
    for line, inline in reading.lines:
        text = reading.text[line.start : line.end]
        if line.kind is Kind.STRETCH:
            yield from text_in(text).split("\n")
        elif line.kind in _SHOWN and not line.note and not text.startswith("|"):
            words = " ".join(_plain(reading.text, inline, line.start, line.end).split())
            if words:
                yield words


def _plain(text: str, inline: Inline, start: int, end: int) -> str:
    parts: list[str] = []
    at = start
    for piece in inline.pieces:
        if piece.start < at:
            continue
        parts.append(_without_marks(text[at : piece.start]))
        match piece:
            case LinkPiece():
                parts.append(_without_marks(piece.link.text))
            case WikiLink() | Code() | Markup():
                parts.append(piece.text)
            case ImagePiece():
                pass
        at = piece.end
    parts.append(_without_marks(text[at:end]))
    return "".join(parts)


def _without_marks(text: str) -> str:
    return _ESCAPE.sub(r"\1", _EMPHASIS.sub("", text))

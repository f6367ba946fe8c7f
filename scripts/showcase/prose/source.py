"""Writes a body that has been read in the one form of Markdown that cannot be misread.

What is left to Markdown is what it is good at: blocks and emphasis. Blocks that can stand directly
under text (headings, rules, code, a list) get the blank lines and the indentation that
Python-Markdown asks for; everything read already is a numbered mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from showcase.pattern import pattern
from showcase.prose.characters import CLOSE, END, NOTE, REFERENCE, START, WHOLE, WITH, aside
from showcase.prose.line import Kind, Line
from showcase.prose.pieces import Inline, LinkPiece, Piece, Reference
from showcase.prose.reading import Reading
from showcase.prose.stretches import regular

#: Every branch begins with a character of its own, which lets the search run through plain text.
_ASIDE = pattern(r"\\([!-/:-@\[-`{-~])|``*|##*|\*\*\*\*+|____+")
_NUMBER = pattern(r"\d+\.")
_QUOTED = pattern(r"[ >]*")
_DEEPEST = 6
#: What is written with room around it.
_APART = frozenset({Kind.RULE, Kind.CODE, Kind.HEADING})


class CodeBlock(Struct, frozen=True):
    """Code on lines of its own."""

    text: str


class Source(Struct):
    """Markdown, and what its marks stand for: pieces, and stretches of plain paragraphs."""

    text: str
    pieces: Sequence[Piece | CodeBlock]
    stretches: Sequence[str] = ()


class _Writer(Struct):
    reading: Reading
    shift: int
    numbers: dict[str, int]
    places: dict[int, int]
    pieces: list[Piece | CodeBlock] = field(default_factory=list)
    stretches: list[str] = field(default_factory=list)
    main: list[str] = field(default_factory=list)
    notes: dict[int, list[str]] = field(default_factory=dict)


def write(reading: Reading, base_heading_level: int) -> Source:
    """Write a body in regular Markdown, its second level of headings as ``base_heading_level``."""
    numbers, order = _number_notes(reading)
    places = {note: number for number, note in enumerate(order, 1)}
    writer = _Writer(reading, base_heading_level - 2, numbers, places)
    above: Line | None = None
    notes_row: list[str] | None = None
    for line, inline in reading.lines:
        out = writer.notes.setdefault(line.note, []) if line.note else writer.main
        if line.kind is Kind.TEXT:
            out.append(line.lead + _text(writer, line, inline))
        elif line.kind is Kind.STRETCH:
            out.append(f"{WHOLE}{len(writer.stretches)}{WHOLE}")
            writer.stretches.append(regular(reading.text[line.start : line.end]))
        else:
            _write_line(writer, out, line, inline, above)
        if line.kind is Kind.BLANK and notes_row is not None:
            notes_row.append("")
        notes_row = out if line.note else notes_row
        above = line
    rows = writer.main
    for note in order:
        rows += ["", *writer.notes.get(note, ()), ""]
    return Source("\n".join(rows), writer.pieces, writer.stretches)


def _number_notes(reading: Reading) -> tuple[dict[str, int], list[int]]:
    """Number footnotes in the order in which they are first referred to; the rest follow.

    Returns the number for each label, and the footnotes (counted as written) in that order.
    """
    first = {label: index for index, label in reversed(list(enumerate(reading.blocks.notes, 1)))}
    numbers: dict[str, int] = {}
    lines = sorted(reading.lines, key=lambda pair: bool(pair[0].note)) if first else ()
    for _, inline in lines:
        for piece in inline.pieces:
            if isinstance(piece, Reference) and piece.label not in numbers:
                numbers[piece.label] = len(numbers) + 1
    order = dict.fromkeys(first[label] for label in numbers)
    order |= dict.fromkeys(range(1, len(reading.blocks.notes) + 1))
    return numbers, list(order)


def _write_line(
    writer: _Writer, out: list[str], line: Line, inline: Inline, above: Line | None
) -> None:
    lead = line.lead
    match line.kind:
        case Kind.BLANK | Kind.REFERENCE:
            _end_block(out, above)
        case Kind.BARS:
            if len(out) > 1 and out[-2].strip():
                out.insert(-1, "")
            out.append(lead + writer.reading.text[line.start : line.end])
        case Kind.PLAIN:
            out.append(lead + aside(writer.reading.text[line.start : line.end]))
        case Kind.RULE:
            _apart(out, lead, "***")
        case Kind.CODE:
            _apart(out, lead, _mark(writer, CodeBlock(line.text)))
        case Kind.HEADING:
            level = min(_DEEPEST, max(2, line.level) + writer.shift)
            _apart(out, lead, "#" * level + " " + _text(writer, line, inline))
        case Kind.NOTE:
            out.append(f"{NOTE}{writer.places[line.note]}: {_text(writer, line, inline)}")
        case _:  # An item or a quotation.
            if above is not None and _interrupts(line, above):
                out.append("")
            out.append(lead + _text(writer, line, inline))


def _interrupts(line: Line, above: Line) -> bool:
    """Whether a line begins something under text that Markdown would take it into."""
    if line.kind is Kind.ITEM:
        return above.kind is Kind.TEXT and not above.lead
    return line.kind is Kind.QUOTE and above.kind in {Kind.TEXT, Kind.ITEM}


def _end_block(out: list[str], above: Line | None) -> None:
    """Write a blank line, where there is none below what stands above."""
    if above is None or above.kind not in _APART or above.lead or above.note:
        out.append("")


def _apart(out: list[str], lead: str, text: str) -> None:
    """Write a line with room around it, which in a quotation is a line of its marks."""
    room = lead.rstrip() if _QUOTED.fullmatch(lead) else ""
    if lead or (out and out[-1]):
        out.append(room)
    out += [lead + text, room]


def _text(writer: _Writer, line: Line, inline: Inline) -> str:
    text = writer.reading.text
    number = _NUMBER.match(text, line.start, line.end) if line.kind is Kind.TEXT else None
    if number is not None:
        start = number.end()
        return text[line.start : start - 1] + aside(".") + _inside(writer, inline, start, line.end)
    if not inline.pieces:
        return _ASIDE.sub(_put_aside, text[line.start : line.end])
    return _inside(writer, inline, line.start, line.end)


def _inside(writer: _Writer, inline: Inline, start: int, end: int) -> str:
    pieces = list(reversed(inline.pieces))
    return _write_span(writer, pieces, start, end, bars="|")


def _write_span(writer: _Writer, pieces: list[Piece], start: int, end: int, *, bars: str) -> str:
    """Write a part of a line, taking from the end of ``pieces`` those that lie in it."""
    text = writer.reading.text
    parts: list[str] = []
    at = start
    while pieces and pieces[-1].start < end:
        piece = pieces.pop()
        parts.append(_ASIDE.sub(_put_aside, text[at : piece.start]).replace("|", bars))
        at = piece.end
        if isinstance(piece, Reference):
            parts.append(f"{REFERENCE}{writer.numbers[piece.label]}{REFERENCE}")
        elif isinstance(piece, LinkPiece) and not piece.literal:
            inner = _write_span(writer, pieces, *piece.inner, bars=aside("|"))
            parts.append(_mark(writer, piece, inner) if piece.shown else inner)
        else:
            parts.append(_mark(writer, piece))
    parts.append(_ASIDE.sub(_put_aside, text[at:end]).replace("|", bars))
    return "".join(parts)


def _mark(writer: _Writer, piece: Piece | CodeBlock, text: str | None = None) -> str:
    number = len(writer.pieces)
    writer.pieces.append(piece)
    return f"{START}{number}{END}" if text is None else f"{START}{number}{WITH}{text}{CLOSE}"


def _put_aside(match: re.Match[str]) -> str:
    return aside(match[1] or match[0])

"""Reads a body once, for everybody: what rules and graph ask about, and what is shown.

:func:`scan` and :func:`showcase.prose.show.render` start from the same :class:`Reading`. Markdown
never looks for links, code or markup itself, so what is reported is what readers get.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from showcase.diagnostics import shown
from showcase.pattern import pattern
from showcase.prose.blocks import read_blocks
from showcase.prose.bounds import MAX_CHARACTERS, MAX_PIECES, lines, oversize
from showcase.prose.characters import readable
from showcase.prose.found import Finding, Scan, WikiLink
from showcase.prose.inline import Context, read_inline
from showcase.prose.line import Blocks, Kind, Line
from showcase.prose.pieces import NOTHING, ImagePiece, Inline, LinkPiece, Reference

#: Lines whose text is read for links and the like.
_READ = frozenset({Kind.TEXT, Kind.ITEM, Kind.QUOTE, Kind.HEADING, Kind.NOTE})

_TAG_NAME = pattern(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)")

#: What Word leaves in a text besides tags: the head of its clipboard, its styles.
_WORD_TEXT = pattern(
    r"Normal\s+0\s+(?:[\d.]+\s*磅|false|0)[^\r\n]*|/\*\s*Style Definitions[^\r\n]*"
    r"|\bmso-[a-z-]+\s*:[^\r\n]*|\bMicrosoftInternetExplorer4\b|\bp\.Mso[A-Z][^\r\n]*"
    r"|@font-face\s*\{[^\r\n]*"
)
_WORD_HINTS = ("Normal", "mso-", "Mso", "MicrosoftInternetExplorer4", "Style Def", "@font-face")


class Reading(Struct, frozen=True):
    """A body as it was understood.

    ``text`` has the length of the body, unless that is beyond the bounds: then it is cut there,
    ``lines`` is empty, and the body is shown as it was typed.
    """

    text: str
    within_bounds: bool
    lines: tuple[tuple[Line, Inline], ...]
    blocks: Blocks

    @property
    def scan(self) -> Scan:
        """What the body holds, put together for whoever asks: who shows it does not."""
        return _scan(self)


def scan(body: str) -> Scan:
    """Return what a body holds: wiki links, images, links, and what its author should know.

    Takes time in proportion to the body, whatever it is, and never raises.
    """
    return read(body).scan


def read(body: str) -> Reading:
    """Read a body. Never raises."""
    text = body[:MAX_CHARACTERS]
    legible = shown(text)
    text = text if legible else readable(text)
    spans = lines(text)
    faults = tuple(oversize(len(body), text, spans))
    if faults:
        return _beyond(text, faults)
    blocks = read_blocks(text, spans, legible=legible)
    if blocks.findings:
        return _beyond(text, blocks.findings)
    references = {
        label: (definition.target, definition.title)
        for label, definition in blocks.references.items()
    }
    context = Context(text, body, references, frozenset(blocks.notes))
    read_inlines = read_inline(
        context, ((line.start, line.end) for line in blocks.lines if line.kind in _READ)
    )
    read_lines = tuple(
        (line, next(read_inlines) if line.kind in _READ else NOTHING) for line in blocks.lines
    )
    count = len(blocks.notes) + sum(len(inline.pieces) for _, inline in read_lines)
    if count > MAX_PIECES:
        return _beyond(text, (Finding("too-many-links", 0, len(text), str(MAX_PIECES)),))
    return Reading(text, within_bounds=True, lines=read_lines, blocks=blocks)


def _beyond(text: str, findings: tuple[Finding, ...]) -> Reading:
    return Reading(text, within_bounds=False, lines=(), blocks=Blocks((), (), {}, findings))


def _scan(reading: Reading) -> Scan:
    blocks = reading.blocks
    if not reading.within_bounds:
        return Scan(findings=blocks.findings)
    inlines = [inline for _, inline in reading.lines if inline is not NOTHING]
    pieces = [piece for inline in inlines for piece in inline.pieces]
    findings = [
        *_once(finding for inline in inlines for finding in inline.findings),
        *_headings(blocks.lines),
        *_unused(blocks, inlines),
        *_word_text(reading.text),
    ]
    findings.sort(key=lambda finding: (finding.start, finding.end))
    return Scan(
        wiki_links=tuple(piece for piece in pieces if isinstance(piece, WikiLink)),
        images=tuple(piece.image for piece in pieces if isinstance(piece, ImagePiece)),
        links=tuple(piece.link for piece in pieces if isinstance(piece, LinkPiece)),
        findings=tuple(findings),
    )


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings, leaving out the end of an element whose start is among them."""
    begun: set[str] = set()
    for finding in findings:
        tag = _TAG_NAME.match(finding.detail)
        name = tag[2].lower() if tag is not None else ""
        if tag is None or not tag[1]:
            begun.add(name)
        elif name in begun:
            continue
        yield finding


def _headings(lines: tuple[Line, ...]) -> Iterator[Finding]:
    """Yield headings of the first level, which is the page's own, and levels left out."""
    above = 1
    for line in lines:
        if line.kind is not Kind.HEADING:
            continue
        if line.level == 1:
            yield Finding("h1-in-prose", line.begin, line.end, "")
        level = max(2, line.level)
        if level > above + 1:
            yield Finding("heading-order", line.begin, line.end, f"{above} → {level}")
        above = level


def _unused(blocks: Blocks, inlines: list[Inline]) -> Iterator[Finding]:
    """Yield definitions that nothing refers to: of references, and of footnotes."""
    used = {label for inline in inlines for label in inline.used}
    for label, definition in blocks.references.items():
        if label not in used:
            yield Finding("unused-reference", definition.start, definition.end, label)
    wanted = {
        piece.label for inline in inlines for piece in inline.pieces if isinstance(piece, Reference)
    }
    for line in blocks.lines if blocks.notes else ():
        if line.kind is Kind.NOTE:
            label = blocks.notes[line.note - 1]
            if label not in wanted:
                yield Finding("unused-footnote", line.begin, line.start, label)
            wanted.discard(label)


def _word_text(text: str) -> Iterator[Finding]:
    if any(hint in text for hint in _WORD_HINTS):
        for match in _WORD_TEXT.finditer(text):
            yield Finding("word-markup", match.start(), match.end(), match[0][:80])

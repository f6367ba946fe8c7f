"""Reads the lines of a body: what each begins, which container it stands in, what is code.

Markdown dialects disagree most about blocks. The lines are therefore read here once, the way the
editors that staff use show them, and written to Markdown in the one form it cannot misread
(:mod:`showcase.prose.source`). The choices:

- Indentation alone never makes code (people indent paragraphs); only fences do. A fence without
  an end, or followed by more than the name of a language, is text.
- A list may follow a paragraph directly, and two spaces are enough to nest a list.
- ``##标题`` is a heading without the space too; ``#话题#`` and ``#1`` are text.
- ``[label]: target`` defines a reference only if the target looks like one.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from showcase.pattern import pattern
from showcase.prose.bounds import MAX_DEPTH
from showcase.prose.found import Finding
from showcase.prose.inline import label_of
from showcase.prose.line import Blocks, Definition, Kind, Line
from showcase.prose.stretches import stretch_end
from showcase.prose.targets import resolved

_SPACE = pattern(r"[ \t]*")
#: What lines begin with that are nothing but marks; what begins containers; what may begin either,
#: or any other block.
_WHOLE = frozenset("=-*_|:")
_CONTAINER = frozenset(">-+*0123456789")
_SPECIAL = _WHOLE | _CONTAINER | frozenset("#`~[")
_FENCES = ("```", "~~~")
_FENCE = pattern(r"(`{3,}|~{3,})[ \t]*[A-Za-z0-9_+#.-]*[ \t]*")
_FENCE_END = pattern(r"[ \t]*(?:>[ \t]*)*(`{3,}|~{3,})[ \t]*")
_HEADING = pattern(r"(#{1,6})(?!#)([ \t]*)(?=[^ \t])")
_RULE = pattern(r"(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}")
_UNDERLINE = pattern(r"(={3,}|-{3,})[ \t]*")
_BARS = pattern(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*\|?[ \t]*+")
_NOTHING_BUT_BARS = pattern(r"[|:\- \t]*")
_ITEM = pattern(r"([-+*]|\d+\.)[ \t]+(?=[^ \t])")
_MARKS = pattern(r"(?:[ \t]*(?:>|(?:[-+*]|\d+\.)[ \t]+(?=[^ \t])))*[ \t]*")
_MARK = pattern(r">|[-+*]|\d+\.|[ \t]{5}")
_QUOTES = pattern(r"(?:[ \t]*>)+[ \t]?")
_NOTE = pattern(r"\[\^([^\[\]\s][^\[\]]*)\]:[ \t]*")
_REFERENCE = pattern(
    r"""\[([^\[\]^][^\[\]]*)\]:[ \t]*(<[^<>]*>|[^\s<>]+)(?:[ \t]+(?:"([^"]*)"|'([^']*)'))?[ \t]*"""
)
_TARGET = pattern(r"[A-Za-z][A-Za-z0-9+.-]*:|\.{0,2}/|#|<|[\w%.~/-]+\.[A-Za-z0-9]+$")

#: What Markdown indents the inside of a container by, and what people need to.
_STEP = "    "
_ITEM_STEP, _NOTE_STEP = 2, 4


class _Reader(Struct):
    text: str
    spans: list[tuple[int, int]]
    found: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    references: dict[str, Definition] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    #: The column from which a line belongs to each list item or footnote that is open.
    containers: list[int] = field(default_factory=list)
    in_note: bool = False
    #: Where the text of the line being read begins.
    column: int = 0
    #: By kind of fence: a length that has no end before a line.
    unclosed: dict[str, tuple[int, int]] = field(default_factory=dict)

    def last(self, back: int = 1) -> Kind:
        return self.found[-back].kind if len(self.found) >= back else Kind.BLANK


def read_blocks(text: str, spans: list[tuple[int, int]], *, legible: bool) -> Blocks:
    """Read the lines of a text that is within its bounds; ``spans`` is where they stand.

    ``legible``: all its characters are :func:`~showcase.diagnostics.shown`.
    """
    reader = _Reader(text, spans)
    blank, plain, add = Kind.BLANK, Kind.TEXT, reader.found.append
    index = 0
    room = True
    while index < len(spans):
        start, end = spans[index]
        if room and legible:
            stop = stretch_end(text, start)
            if stop > start:
                reader.containers.clear()
                reader.in_note = False
                add(Line(Kind.STRETCH, "", start, start, stop))
                index += text.count("\n", start, stop) + 1
                room = False
                continue
        at = start
        if start < end and text[start] in " \t":
            match = _SPACE.match(text, start, end)
            at = match.end() if match is not None else start
        room = at == end
        if room:
            add(Line(blank, "", end, end, end))
        elif text[at] in _SPECIAL:
            reader.column = _column(text, start, at)
            index += _special(reader, index, at)
            continue
        elif not reader.containers:
            # What :func:`_add` would do, for most of the lines there are.
            reader.in_note = False
            add(Line(plain, "", at, at, end))
        else:
            reader.column = _column(text, start, at)
            _add(reader, plain, (at, at, end))
        index += 1
    return Blocks(
        tuple(reader.found), tuple(reader.notes), reader.references, tuple(reader.findings)
    )


def _column(text: str, start: int, at: int) -> int:
    return len(text[start:at].expandtabs(4)) if at > start else 0


#: After these, text without indentation continues what stands above it.
_OPEN_ENDED = frozenset({Kind.TEXT, Kind.ITEM, Kind.QUOTE, Kind.NOTE, Kind.BARS, Kind.PLAIN})
_FLOWING = frozenset({Kind.TEXT, Kind.BARS, Kind.PLAIN})


def _add(
    reader: _Reader,
    kind: Kind,
    place: tuple[int, int, int],
    *,
    level: int = 0,
    marks: str = "",
    text: str = "",
) -> None:
    """Add a line to the innermost container that its column lets it belong to."""
    containers = reader.containers
    if kind not in _FLOWING or reader.last() not in _OPEN_ENDED:
        _leave_containers(reader)
    reader.in_note = reader.in_note and bool(containers)
    note = len(reader.notes) if reader.in_note else 0
    reader.found.append(Line(kind, _STEP * len(containers) + marks, *place, level, note, text))


def _leave_containers(reader: _Reader) -> None:
    while reader.containers and reader.column < reader.containers[-1]:
        reader.containers.pop()


def _special(reader: _Reader, index: int, at: int) -> int:
    """Add what a line begins whose first character may be a mark; return how many lines it is."""
    text, end = reader.text, reader.spans[index][1]
    first = text[at]
    if (first in _WHOLE and _whole_line(reader, at, end)) or (
        first == "[" and _definition(reader, at, end)
    ):
        return 1
    marks, after = _marks(reader, at, end) if first in _CONTAINER else ("", at)
    size = _code(reader, index, (at, after), marks) if text.startswith(_FENCES, after) else 0
    if not size:
        size = 1
        heading = _heading(text, after, end) if text.startswith("#", after) else None
        if heading is not None:
            level, *title = heading
            place = (at, title[0], title[1])
            _add(reader, Kind.HEADING, place, level=level, marks=marks)
        elif marks and _RULE.fullmatch(text, after, end):
            _add(reader, Kind.RULE, (at, after, end), marks=marks)
        else:
            kind = Kind.QUOTE if marks[:1] == ">" else Kind.ITEM if marks else Kind.TEXT
            _add(reader, kind, (at, after, end), marks=marks)
    if marks and marks[0] != ">":
        reader.containers.append(reader.column + _ITEM_STEP)
    return size


def _whole_line(reader: _Reader, at: int, end: int) -> bool:
    """Add a line that is nothing but marks, if it is one."""
    text, first = reader.text, reader.text[at]
    alone = reader.last() is Kind.TEXT and reader.last(2) not in _OPEN_ENDED
    underline = (
        _UNDERLINE.fullmatch(text, at, end) if alone and reader.column < _NOTE_STEP else None
    )
    if underline is not None and not reader.found[-1].lead:
        above = reader.found.pop()
        level = 1 if first == "=" else 2
        place = (above.begin, above.start, above.end)
        reader.found.append(Line(Kind.HEADING, "", *place, level, above.note))
        return True
    if first in "-*_" and _RULE.fullmatch(text, at, end):
        _add(reader, Kind.RULE, (at, at, end))
        return True
    if "|" in text[at:end] and _NOTHING_BUT_BARS.fullmatch(text, at, end):
        head = reader.last() is Kind.TEXT and _BARS.fullmatch(text, at, end)
        _add(reader, Kind.BARS if head else Kind.PLAIN, (at, at, end))
        return True
    return False


def _definition(reader: _Reader, at: int, end: int) -> bool:
    """Add the definition of a footnote or a reference, if a line is one."""
    text = reader.text
    if reader.column >= _NOTE_STEP:
        return False
    note = _NOTE.match(text, at, end)
    if note is not None:
        reader.containers.clear()
        reader.notes.append(label_of(note[1]))
        reader.in_note = True
        marks = _MARKS.match(text, note.end(), end)
        _check_depth(reader, note.end(), marks.end() if marks is not None else end)
        reader.found.append(Line(Kind.NOTE, "", at, note.end(), end, note=len(reader.notes)))
        reader.containers.append(_NOTE_STEP)
        return True
    match = _REFERENCE.fullmatch(text, at, end)
    if match is None or _TARGET.match(match[2]) is None:
        return False
    target = match[2].removeprefix("<").removesuffix(">")
    definition = Definition(at, end, resolved(target), match[3] or match[4] or "")
    reader.references.setdefault(label_of(match[1]), definition)
    _add(reader, Kind.REFERENCE, (at, at, end))
    return True


def _marks(reader: _Reader, at: int, end: int) -> tuple[str, int]:
    """Return the marks of lists and quotations that a line begins with, and where they end."""
    text = reader.text
    quote = text[at] == ">"
    item = _ITEM.match(text, at, end)
    if not quote and (item is None or _goes_on(reader, item)):
        return "", at
    match = _MARKS.match(text, at, end)
    after = match.end() if match is not None else at
    _leave_containers(reader)
    _check_depth(reader, at, after)
    if item is None:
        return text[at:after].expandtabs(4), after
    return f"{item[1]} {text[item.end() : after].expandtabs(4)}", after


def _goes_on(reader: _Reader, item: re.Match[str]) -> bool:
    """Whether a number at the start of a line (2019. 3) only continues the text above it."""
    inside = reader.containers and reader.column >= reader.containers[0] - _ITEM_STEP
    return reader.last() is Kind.TEXT and not inside and item[1] not in {"-", "+", "*", "1."}


def _check_depth(reader: _Reader, at: int, after: int) -> None:
    depth = len(reader.containers)
    if depth < MAX_DEPTH and after - at <= MAX_DEPTH - depth:
        return
    depth += sum(1 for _ in _MARK.finditer(reader.text, at, after))
    if depth > MAX_DEPTH and not reader.findings:
        reader.findings.append(Finding("too-deep", at, max(after, at + 1), str(MAX_DEPTH)))


def _heading(text: str, at: int, end: int) -> tuple[int, int, int] | None:
    """Return level, start and end of a heading's text."""
    match = _HEADING.match(text, at, end)
    if match is None or (match[1] == "#" and not match[2]):
        return None
    title = text[match.end() : end].rstrip(" \t")
    short = title.rstrip("#")
    if short.endswith((" ", "\t")) or not match[2]:
        title = short.rstrip(" \t") or title
    return len(match[1]), match.end(), match.end() + len(title)


def _code(reader: _Reader, index: int, place: tuple[int, int], marks: str) -> int:
    """Add the block of code that a line begins; return how many lines it has, or 0."""
    text, (begin, at) = reader.text, place
    fence = _FENCE.fullmatch(text, at, reader.spans[index][1])
    close = _fence_end(reader, index, fence[1], quoted=marks[:1] == ">") if fence else None
    if close is None:
        return 0
    strip = _QUOTES if marks[:1] == ">" else re.compile(f" {{0,{reader.column + len(marks)}}}")
    code = [
        strip.sub("", text[start:end].expandtabs(4), count=1)
        for start, end in reader.spans[index + 1 : close]
    ]
    end = reader.spans[close][1]
    _add(reader, Kind.CODE, (begin, at, end), marks=marks, text="\n".join(code))
    return close - index + 1


def _fence_end(reader: _Reader, index: int, fence: str, *, quoted: bool) -> int | None:
    """Return the line that closes a fence; what was looked for in vain is not looked for again."""
    key = fence[0] + ">" * quoted
    size, stop = reader.unclosed.get(key, (0, 0))
    if size and len(fence) >= size and index < stop:
        return None
    for number in range(index + 1, len(reader.spans)):
        start, end = reader.spans[number]
        if quoted and _QUOTES.match(reader.text, start, end) is None:
            stop = number
            break
        match = _FENCE_END.fullmatch(reader.text, start, end)
        if match is not None and match[1][0] == fence[0] and len(match[1]) >= len(fence):
            return number
    else:
        stop = len(reader.spans)
    reader.unclosed[key] = len(fence), stop
    return None

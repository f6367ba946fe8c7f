"""Where the characters of a text stand in the file: YAML takes indentation and line ends away.

A place in the text below ``正文: |`` is none in the file: what YAML left out is counted here. Told
only for what a report points at, so that reading pays nothing for it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from showcase.pattern import pattern
from showcase.source.fault import Range

_LINE = pattern(r"\S(?:[^\n]*\S)?")
_SINGLE = pattern(r"(?P<sign>'')|[^\s'](?:[^\n']*[^\s'])?")
_DOUBLE = pattern(
    r"(?P<joined>\\\n\s*)"
    r"|(?P<sign>\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^\n]))"
    r"|[^\s\\](?:[^\n\\]*[^\s\\])?"
)
_SPACES = pattern(r"\s+")
_WIDEST = 100
"""Blanks before a stretch at most: looking for more would cost as much as the line is long."""


class Aligned:
    """A scalar's text beside the way it was typed, able to say where each character stands.

    ``where`` is the scalar in ``source``, with its quotes or its ``|``; ``text`` is what YAML made
    of it. Characters count from the first that is no blank, as in the fields of a record. One whose
    place cannot be told stands with the nearest before it that can.
    """

    def __init__(self, source: str, where: Range, text: str) -> None:
        self._text = text
        self._source = source
        self._starts: list[int] = []
        """Where each stretch that is the same in both starts in the text."""
        self._pieces: list[Range] = []
        """The same stretches in the source."""
        for start, piece in _literal(source, where, text) or _pieces(source, where, text):
            self._starts.append(start)
            self._pieces.append(piece)
        self._whole = where
        self._lead = len(text) - len(text.lstrip())

    def original(self, start: int, end: int) -> Range:
        """Return where a stretch of the text stands in the source."""
        start, end = start + self._lead, end + self._lead
        first = self._at(start)
        return first, max(first, self._at(end - 1) + 1 if end > start else first)

    def _at(self, offset: int) -> int:
        index = bisect_right(self._starts, offset) - 1
        following = index + 1
        if following < len(self._starts) and self._starts[following] - offset < _WIDEST:
            # Blanks before a stretch stand before it in the source too, on the same line.
            gap = self._text[offset : self._starts[following]]
            if gap and not gap.strip(" \t"):
                at = self._pieces[following][0] - len(gap)
                if self._source[at : at + len(gap)] == gap:
                    return at
        if index < 0:
            return self._whole[0]
        start, end = self._pieces[index]
        return min(start + offset - self._starts[index], end)


def _literal(source: str, where: Range, text: str) -> list[tuple[int, Range]]:
    """Return the lines of a ``|`` scalar, one for one; none if it is another, or not the same."""
    start, end = where
    if source[start : start + 1] != "|" or not text.strip():
        return []
    lines, typed = text.split("\n"), source[start:end].split("\n")
    first = next(index for index, line in enumerate(lines) if line.strip())
    if first + 1 >= len(typed):
        return []
    indent = len(_blanks(typed[first + 1])) - len(_blanks(lines[first]))
    stretches = []
    at, below = 0, start + len(typed[0]) + 1
    for line, as_typed in zip(lines, typed[1:], strict=False):
        if line.strip() and as_typed[indent:] != line:
            return []
        margin = min(indent, len(as_typed))
        stretches.append((at, (below + margin, below + len(as_typed))))
        at += len(line) + 1
        below += len(as_typed) + 1
    return stretches


def _blanks(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _pieces(source: str, where: Range, text: str) -> Iterator[tuple[int, Range]]:
    """Yield the stretches without a line end that are the same in a text and in its source.

    Line ends and the blanks around them are folded by YAML, and left out on both sides here.
    """
    start, end = where
    sign = source[start : start + 1]
    pattern = {"'": _SINGLE, '"': _DOUBLE}.get(sign, _LINE)
    if sign in ("|", ">"):
        header = source.find("\n", start, end)
        start = header if header >= 0 else end
    elif pattern is not _LINE:
        start, end = start + 1, end - 1
    at, last = 0, start
    for match in pattern.finditer(source, start, end):
        found = match.groupdict()
        if pattern is _LINE:
            at += len(_run(text, at))
        else:
            # In quotes a blank may be typed as an escape as well: they are counted.
            at += _folded(source[last : match.start()])
        last = match.end()
        if found.get("joined"):
            continue
        if found.get("sign"):
            yield at, match.span()
            at += 1
        elif text.startswith(match[0], at):
            yield at, match.span()
            at += len(match[0])


def _run(text: str, at: int) -> str:
    """Return the blanks at a place in a text."""
    found = _SPACES.match(text, at)
    return found[0] if found else ""


def _folded(between: str) -> int:
    """Return how many characters YAML makes of the blanks between two stretches in quotes."""
    breaks = between.count("\n")
    return max(breaks - 1, 1) if breaks else len(between)

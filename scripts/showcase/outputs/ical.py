r"""Writes iCalendar (RFC 5545): its text, its lines, and nothing else of it.

The library ``icalendar`` reads back what is written here, in the tests. It does not write it: it
takes ten times as long, and makes a line break of the ``\N`` in ``D:\New``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from showcase.pattern import pattern

_WIDTH = 75
"""Octets of a line, without its end (RFC 5545, 3.1)."""
_FOLDED = "\r\n "
_LINE_ENDS = pattern("\r\n?|[\x85\u2028\u2029]")
_CONTROLS = pattern("[\x00-\x09\x0b-\x1f\x7f]")
"""Text holds no control characters but the line break, which is written ``\\n`` (3.1, 3.3.11)."""
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def text(value: str) -> str:
    """Return a text as a property's value (RFC 5545, 3.3.11)."""
    return _CONTROLS.sub(" ", _LINE_ENDS.sub("\n", value)).translate(_ESCAPES)


def day(value: date) -> str:
    """Return a day as a property's value (RFC 5545, 3.3.4); years have four digits everywhere."""
    return f"{value.year:04}{value.month:02}{value.day:02}"


def content(lines: Iterable[tuple[str, str]]) -> bytes:
    """Return lines, each a property and its value as written, folded and ended as they must be."""
    return "".join(f"{_fold(f'{name}:{value}')}\r\n" for name, value in lines).encode()


def _fold(line: str) -> str:
    """Break a line so that no part is longer than it may be, between characters, not in one."""
    if len(line) * 4 <= _WIDTH or len(line.encode()) <= _WIDTH:
        return line
    parts, start, width = [], 0, 0
    for index, character in enumerate(line):
        size = 1 if character < "\x80" else len(character.encode())
        if width + size > _WIDTH:
            parts.append(line[start:index])
            start, width = index, 1  # the space that the next part begins with
        width += size
    return _FOLDED.join([*parts, line[start:]])

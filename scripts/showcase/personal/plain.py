"""A text as a reader sees it, and the way back to its places.

``１３８…``, ``&#49;38…`` and 138 with U+200B in between show the same number as ``138…``.
Characters are folded one by one, and every one of the result knows where it came from, so that a
report marks what was typed.
"""

from __future__ import annotations

import unicodedata
from array import array
from html.entities import html5

from msgspec import Struct

from showcase.pattern import pattern

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u20e3\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
_ODD = pattern(
    f"[{_INVISIBLE}]+"
    # Full-width digits, letters and the signs in numbers and mailboxes; other digits.
    "|[＋－．＠\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u0660-\u0669\u06f0-\u06f9\U0001d7ce-\U0001d7ff]"
    # As YAML and HTML spell characters out.
    r"|\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|U[0-9A-Fa-f]{8})"
    r"|&(?:\#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6})|[A-Za-z]{3,24});",
)
_UNSEEN = pattern(f"[{_INVISIBLE}]")


class Plain(Struct, frozen=True):
    """Folded text; ``starts`` and ``ends`` are the places of its characters, if they moved."""

    text: str
    starts: array[int] | None = None
    ends: array[int] | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the folded text stands in the text as typed."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def plain(text: str) -> Plain:
    """Fold a text; nearly all texts are returned as they are."""
    if _ODD.search(text) is None:
        return Plain(text)
    parts: list[str] = []
    starts, ends = array("q"), array("q")
    done = 0

    def keep(part: str, places: range, width: int) -> None:
        parts.append(part)
        starts.extend(places)
        ends.extend(range(places.start + width, places.stop + width))

    for match in _ODD.finditer(text):
        keep(text[done : match.start()], range(done, match.start()), 1)
        char = _seen(match[0])
        if char:
            keep(char, range(match.start(), match.start() + 1), len(match[0]))
        done = match.end()
    keep(text[done:], range(done, len(text)), 1)
    return Plain("".join(parts), starts, ends)


def _seen(typed: str) -> str:
    """Return the one character that a reader sees, or ``""``."""
    if typed[0] == "\\":
        char = _character(int(typed.lstrip("\\uUx"), 16))
    elif typed[0] == "&" and typed[1] == "#":
        digits = typed[2:-1]
        char = _character(int(digits[1:], 16) if digits[0] in "xX" else int(digits))
    elif typed[0] == "&":
        char = html5.get(typed[1:], " ")[:1]
    else:
        char = typed[0]
    if _UNSEEN.match(char):
        return ""
    folded = unicodedata.normalize("NFKC", char)
    if len(folded) != 1:
        return char
    return str(unicodedata.decimal(folded)) if folded.isdecimal() else folded


def _character(code: int) -> str:
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"

"""What a rule reports, and the place in a file that it points at.

Everything else in the package may import this module; of the package it knows only what is private.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from showcase.personal import masked

INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""The Unicode categories of characters that show nothing, or change how others are shown."""


class Severity(StrEnum):
    """How much a diagnostic counts: errors stop a build, warnings only with ``--strict``."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def label(self) -> str:
        """The Chinese word that readers of a report see."""
        return "错误" if self is Severity.ERROR else "提醒"


class Span(Struct, frozen=True, array_like=True, order=True):
    """A stretch of text: lines and columns count characters from 1, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


_LONGEST_PRIVATE = 80
"""Characters that a home address, the longest of what is private, rarely exceeds."""

START = Span(1, 1, 1, 1)
"""The place of a fault that belongs to a file as a whole."""


class Diagnostic(Struct, frozen=True, array_like=True):
    """One fault, once: what was found (``message``) and how to write it (``help``).

    ``file`` is relative to the project and uses ``/`` on every system; ``field`` is the Chinese
    name (or path, ``成效[2].数值``) of the field concerned, empty where there is none.
    """

    code: str
    severity: Severity
    file: str
    span: Span
    field: str
    message: str
    help: str

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        """Order by place, then code, so that a report reads like the file it is about."""
        return (self.file, self.span, self.code, self.message)


def short(text: str, limit: int = 40) -> str:
    """Return text as a message quotes it: on one line, and not longer than a reader needs.

    What is private in it is covered before it is cut: the rest of a cut number tells nobody that
    it is one, and most of its digits would be shown.
    """
    text = " ".join(masked(text[: limit * 8 + _LONGEST_PRIVATE])[: limit * 8].split())
    return text if len(text) <= limit else text[:limit] + "…"


def visible(text: str) -> str:
    """Return text in which control and direction characters are spelt out.

    Content must not move the terminal's cursor or turn the direction of a message around.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"\\u{{{ord(char):X}}}" if unicodedata.category(char) in INVISIBLE else char
        for char in text
    )


def shown(text: str) -> bool:
    """Tell whether every character of a text shows, line feeds and wide spaces apart.

    Most texts are such, and this is told ten times as fast as any expression finds the contrary.
    (``str.isprintable`` refuses the categories C… and Z… but for the space.)
    """
    return text.replace("\n", "").replace("\u3000", "").isprintable()


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics sorted by place, each only once."""
    return sorted(set(diagnostics), key=lambda found: found.sort_key)


class Lines(Struct, frozen=True, dict=True):
    """Turns character offsets of a text into lines and columns.

    Lines end at line feeds only (the reader has normalised the others), so that U+2028 pasted from
    a word processor, which YAML counts as a line break and editors do not, shifts nothing.
    The text may be made when it is asked for.
    """

    given: str | Callable[[], str]

    @cached_property
    def text(self) -> str:
        """The text."""
        return self.given if isinstance(self.given, str) else self.given()

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    @cached_property
    def shown(self) -> bool:
        """Whether every character of the text shows: see :func:`shown`."""
        return shown(self.text)

    def position(self, offset: int) -> tuple[int, int]:
        """Return the (line, column) of a character offset, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """Return the span between two character offsets (``end`` exclusive)."""
        return Span(*self.position(start), *self.position(max(start, end)))

    def slice(self, span: Span) -> str:
        """Return the text that a span covers: the inverse of :meth:`span`."""
        start, end = self.offsets(span)
        return self.text[start:end]

    def offsets(self, span: Span) -> tuple[int, int]:
        """Return the character offsets between which a span lies."""
        start = self._starts[span.line - 1] + span.column - 1
        return start, self._starts[span.end_line - 1] + span.end_column - 1

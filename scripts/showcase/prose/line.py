"""What the lines of a body are: as they are read, and as they are written for Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, auto
from typing import NamedTuple

from msgspec import Struct

from showcase.prose.found import Finding


class Kind(StrEnum):
    """What a line is."""

    BLANK = auto()
    TEXT = auto()
    ITEM = auto()
    QUOTE = auto()
    HEADING = auto()
    RULE = auto()
    BARS = auto()
    """The row of dashes that makes the row above it a table's head."""
    PLAIN = auto()
    """Bars and dashes that Markdown might take for such a row, but that have no head."""
    CODE = auto()
    """A whole block of code, its fences included."""
    NOTE = auto()
    """The first line of a footnote."""
    REFERENCE = auto()
    STRETCH = auto()
    """Whole paragraphs (:mod:`showcase.prose.stretches`), with the blank lines between them."""


class Line(NamedTuple):
    """A line, a whole block of code, or a whole stretch of paragraphs.

    ``lead`` is what Markdown needs before the text: indentation and marks, in regular form.
    ``start`` and ``end`` are where the text stands in the body (for a heading, without its marks);
    ``begin`` is where its marks begin. ``note`` counts the footnotes begun so far if the line
    belongs to the last of them, else it is 0. ``text`` is the code of a block.
    """

    kind: Kind
    lead: str
    begin: int
    start: int
    end: int
    level: int = 0
    note: int = 0
    text: str = ""


class Definition(Struct, frozen=True):
    """``[label]: target "title"``."""

    start: int
    end: int
    target: str
    title: str


class Blocks(Struct, frozen=True):
    """The lines of a body, the labels of its footnotes in order, and its references."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    references: Mapping[str, Definition]
    findings: tuple[Finding, ...]

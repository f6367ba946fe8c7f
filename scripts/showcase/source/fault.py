"""A fault found while reading, placed by character offsets before lines are known."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from showcase.diagnostics import Severity

Range: TypeAlias = tuple[int, int]
"""Two character offsets of a text, the second exclusive."""


class Edit(Struct, frozen=True):
    """Replace the characters ``start`` to ``end`` by ``text``."""

    start: int
    end: int
    text: str


class Fault(Struct, frozen=True):
    """What is wrong between two character offsets of a file's text (``end`` exclusive)."""

    code: str
    start: int
    end: int
    message: str
    help: str
    field: str = ""
    severity: Severity = Severity.ERROR
    related: Range | None = None
    """Another place that ``help`` names where it says ``{first}``."""
    edit: Edit | None = None
    """What puts it right, where that is mechanical."""

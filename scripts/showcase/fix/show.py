"""A repair, shown to people: a sentence, and the lines that change."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import click

from showcase.diagnostics import visible
from showcase.fix.repair import ENCODING, LINE_ENDS, Repair
from showcase.pattern import pattern
from showcase.personal import masked
from showcase.source.encoding import BOM, read_text

_COLOURS = {"-": "red", "+": "green", "@": "cyan"}
_LINE = pattern(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_CONTEXT = 3


def sentence(repair: Repair, verb: str) -> str:
    """Return one line that says what was (``verb``: 已修复) or would be put right in a file."""
    parts = [
        "编码改成 UTF-8" if name == ENCODING else f"{name} {count} 处"
        for name, count in repair.done
    ]
    return f"{verb} {visible(repair.file)}：{'、'.join(parts)}"


def diff(repair: Repair) -> Iterator[str]:
    """Yield the lines of a unified diff; control characters are spelt out, private data masked.

    Both sides are text: where only the encoding changes, the lines are the same and there are
    none. Line ends are shown only where they are what changes.
    """
    ends = any(name == LINE_ENDS for name, _ in repair.done)
    before, after = (_lines(data, ends=ends) for data in (repair.before, repair.after))
    shown = visible(repair.file)
    for line in difflib.unified_diff(
        before, after, f"a/{shown}", f"b/{shown}", n=_CONTEXT, lineterm=""
    ):
        if line.startswith(("--- ", "+++ ")):
            yield click.style(line, bold=True)
        else:
            colour = _COLOURS.get(line[0])
            yield click.style(line, fg=colour) if colour else line


def _lines(data: bytes, *, ends: bool) -> list[str]:
    """Return the lines of a file, each with its end as text if ``ends``."""
    text, _ = read_text(data.removeprefix(BOM.encode()))
    lines = (match[0] for match in _LINE.finditer(text))
    if ends:
        return [visible(masked(line.removesuffix("\n"))) for line in lines]
    return [visible(masked(line.rstrip("\r\n"))) for line in lines]

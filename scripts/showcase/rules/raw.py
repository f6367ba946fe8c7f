"""Searches the raw text of every file with one expression, and reports what it finds.

Each expression begins with a set of characters (the search then runs at the speed of reading);
only what it finds is looked at closely.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeAlias

from showcase.diagnostics import Diagnostic, Lines, Severity
from showcase.graph import Graph
from showcase.rules.where import Place, Places
from showcase.source import Document

Verdict: TypeAlias = tuple[Severity, str, str]
"""How grave a match is, what is wrong, how to mend it."""
Judge: TypeAlias = Callable[[Document, re.Match[str], Place | None], Verdict | None]
"""Looks at a match closely; ``None`` when it is sound."""

_SHOWN = 20
"""Faults of one sort that a report about a file lists; the last one counts the rest."""
_JUDGED = 20_000
"""Matches in a file that are looked at: a file with more is no text of anybody's."""
_COUNTED = 1_000
"""Faults of one sort in a file after which no more are looked for."""


def search(
    graph: Graph,
    code: str,
    pattern: re.Pattern[str],
    judge: Judge,
    *,
    sieve: Callable[[Lines], bool] | None = None,
    likely: Callable[[str, int], bool] | None = None,
) -> Iterator[Diagnostic]:
    """Yield what a pattern finds in every file, as ``judge`` sees it.

    A file that ``sieve`` denies is passed over. ``likely`` looks at the neighbours of a
    match first, where matches are many and faults few.
    """
    places: Places | None = None
    for document in graph.documents.values():
        text = document.lines.text
        if sieve is not None and not sieve(document.lines):
            continue
        matches = (
            match
            for match in pattern.finditer(text)
            if likely is None or likely(text, match.start())
        )
        found: list[Diagnostic] = []
        for match in islice(matches, _JUDGED):
            places = places or Places(graph)
            place = places.at(document, match.start())
            verdict = judge(document, match, place)
            if verdict is not None:
                severity, message, help = verdict
                span = document.first_line(match.start(), match.end())
                label = place.label if place else ""
                found.append(Diagnostic(code, severity, document.file, span, label, message, help))
                if len(found) == _COUNTED:
                    break
        yield from found[:_SHOWN]
        if len(found) > _SHOWN:
            yield _rest(found)


def _rest(found: list[Diagnostic]) -> Diagnostic:
    first, count = found[_SHOWN], len(found) - _SHOWN
    more = "多" if len(found) == _COUNTED else ""
    message = f"从这里起还有 {count} {more}处这样的问题没有列出"
    errors = any(item.severity is Severity.ERROR for item in found[_SHOWN:])
    severity = Severity.ERROR if errors else Severity.WARNING
    return Diagnostic(
        first.code, severity, first.file, first.span, first.field, message, first.help
    )

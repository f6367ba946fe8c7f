"""Checks the built bytes of a site, whoever built them.

Each file is read once (``reading``); what files must agree on is judged in the end (``whole``,
``feeds``). With the project at hand it is also known what must not be found (``known``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from showcase.audit import inspection
from showcase.audit.address import Home
from showcase.audit.codes import CHECKS, FAMILY, FAMILY_NAME, explanation
from showcase.audit.feeds import FEEDS
from showcase.audit.files import Odd, walk
from showcase.audit.known import known
from showcase.audit.reading import read_file
from showcase.audit.survey import Known, Survey
from showcase.audit.traces import Traces
from showcase.audit.whole import WHOLE
from showcase.diagnostics import Diagnostic, Severity, in_order
from showcase.pattern import pattern

__all__ = [
    "CHECKS",
    "FAMILY",
    "FAMILY_NAME",
    "Audit",
    "audit",
    "explanation",
    "inspection",
    "known",
    "traces_of",
]

_CANONICAL = pattern(r"<link[^<>]+rel=[\"']?canonical[\"']?[^<>]*>", re.IGNORECASE)
_HREF = pattern(r"href=[\"']?([^\"'\s>]+)", re.IGNORECASE)
_HEAD = 65_536


class Audit(Struct, frozen=True):
    """What an audit found, and how far it went."""

    diagnostics: tuple[Diagnostic, ...]
    pages: int
    files: int
    with_records: bool
    newest: date | None
    registered: bool
    counts: dict[str, int]

    def counting(self, *, strict: bool) -> tuple[Diagnostic, ...]:
        """Return the diagnostics that count: errors, and warnings when strict."""
        return tuple(one for one in self.diagnostics if strict or one.severity is Severity.ERROR)

    def plus(self, others: Iterable[Diagnostic]) -> Audit:
        """Return the audit with what was found in another way."""
        more = tuple(others)
        counts = Counter(self.counts) + Counter(one.code for one in more)
        return replace(
            self, diagnostics=tuple(in_order((*self.diagnostics, *more))), counts=dict(counts)
        )


def audit(site: Path, day: date, about: Known | None = None, absent: Traces | None = None) -> Audit:
    """Audit the site in a folder as of a day.

    ``about`` is what its project knows (see :func:`known`), ``absent`` what must be gone. Never
    raises on what the folder holds.
    """
    survey = Survey(site, _home(site, about), day, about, absent or Traces())
    files = list(walk(site))
    survey.files = {file.name: file for file in files if not isinstance(file, Odd)}
    for file in files:
        read_file(survey, file)
    for check in (*FEEDS, *WHOLE):
        check(survey)
    return Audit(
        diagnostics=tuple(in_order(survey.diagnostics)),
        pages=len(survey.pages),
        files=len(survey.files),
        with_records=about is not None,
        newest=about.newest if about else None,
        registered=about.registered if about else False,
        counts=survey.counts,
    )


def traces_of(names: tuple[str, ...]) -> Traces:
    """Return what to look for so that nothing of some names is left."""
    traces = Traces()
    for name in names:
        traces.add_name(name, "应当消失的名字")
    return traces


def _home(site: Path, about: Known | None) -> Home:
    """Return where the site stands: as its home page says, or its project's settings."""
    page = site / "index.html"
    if page.is_file() and not page.is_symlink():
        with page.open(encoding="utf-8", errors="replace") as stream:
            tag = _CANONICAL.search(stream.read(_HEAD))
        href = _HREF.search(tag[0]) if tag else None
        if href is not None:
            return Home.of(href[1])
    return Home.of(about.site_url) if about is not None else Home()

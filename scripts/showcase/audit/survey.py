"""Everything that was learned about a site while each of its files was read once.

What can be judged from a file alone is reported at once and forgotten; kept is only what other
files have to agree with: addresses, places to lead to, titles, sizes.
"""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from showcase.audit.address import Home, Target, file_of
from showcase.audit.codes import found
from showcase.audit.files import SiteFile, read_text
from showcase.audit.page import Page
from showcase.audit.traces import Traces
from showcase.diagnostics import START, Diagnostic, Lines, Span

_PLACES = 3
"""Places that are named for one broken link: a menu repeats it on every page."""
_MOST_OF_A_CODE = 200


class Known(Struct, frozen=True):
    """What only the project can tell: what must not be found, and when its records are from."""

    withheld: Traces
    private: Traces
    newest: date | None
    registered: bool
    """Whether the site has the identification code of a government site."""
    contacts: frozenset[str] = frozenset()
    """What looks private and is meant to be known: the office's own contact, exempted records."""
    assets: frozenset[str] = frozenset()
    """Files that the project keeps for its pages; some are for pages that it does not have yet."""
    site_url: str = ""
    """Where the site will stand, as the settings say."""


class About(Struct, frozen=True):
    """What is kept of a page."""

    title: str
    hidden: bool
    redirect: bool
    ids: frozenset[str]
    size: int
    styles: tuple[str, ...]
    pictures: tuple[str, ...]
    empty: int | None
    policy: str | None


class Survey(Struct):
    """The site as far as it was read."""

    root: Path
    home: Home
    day: date
    known: Known | None = None
    absent: Traces = field(default_factory=Traces)
    files: dict[str, SiteFile] = field(default_factory=dict)
    pages: dict[str, About] = field(default_factory=dict)
    wanted: dict[tuple[str, str], list[tuple[str, int, str]]] = field(default_factory=dict)
    """Where links lead: the file and the place in it → who says so, with the address as written."""
    leads: dict[str, set[str]] = field(default_factory=dict)
    """For each file the files that it uses or leads to."""
    weights: dict[str, int] = field(default_factory=dict)
    """Compressed sizes of styles and scripts."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    """Texts that were looked at and held nothing, by their hash: most stand on many pages."""
    texts: dict[str, str] = field(default_factory=dict)
    """The few files that several checks read: feeds, maps, lists of addresses."""

    def report(
        self, code: str, file: str, message: str, span: Span = START, help: str = ""
    ) -> None:
        """Report a fault; of one that is everywhere the first places, and that there are more."""
        count = self.counts.get(code, 0) + 1
        self.counts[code] = count
        if count <= _MOST_OF_A_CODE:
            self.diagnostics.append(found(code, file, message, span, help))

    def lead(self, file: str, target: Target, url: str, at: int = 0) -> None:
        """Note that a file leads, at a place in its text, to a place in the site."""
        if target.path is None:
            return
        aim = self.resolve(target.path)
        if aim is None:
            aim = file_of(target.path)
        self.leads.setdefault(file, set()).add(aim)
        places = self.wanted.setdefault((aim, target.fragment), [])
        if len(places) < _PLACES:
            places.append((file, at, url))

    def resolve(self, path: str) -> str | None:
        """Return the file that a host shows for a path, if there is one."""
        for name in (file_of(path), f"{path}/index.html", f"{path}.html"):
            if name in self.files:
                return name
        return None

    def span(self, name: str, at: int) -> Span:
        """Return a place in a file, which is read again: few are asked for."""
        text = read_text(self.files[name].path)
        at = min(at, len(text))
        return Lines(text).span(at, at)

    def keep(self, name: str, page: Page, size: int, used: tuple[list[str], list[str]]) -> None:
        """Keep of a page what others have to agree with."""
        styles, pictures = used
        self.pages[name] = About(
            title=page.title or "",
            hidden=page.hidden,
            redirect=bool(page.redirect),
            ids=frozenset(page.ids),
            size=size,
            styles=tuple(styles),
            pictures=tuple(pictures),
            empty=page.empty,
            policy=page.policy,
        )

    def weigh(self, name: str, data: bytes) -> None:
        """Note what a style or script weighs on its way to the reader."""
        self.weights[name] = len(gzip.compress(data, 6, mtime=0))

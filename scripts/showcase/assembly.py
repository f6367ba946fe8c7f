"""Writes a site: its composed pages in the theme's frame, then every other file.

One page after the other, so that no more than one is held in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Protocol

from msgspec.structs import replace

from showcase.compose import Composed
from showcase.outputs import Artifact, Listed
from showcase.pages import PageView, Planned
from showcase.past import Past
from showcase.pipeline import Noted, Site
from showcase.seal import digest
from showcase.shell import Shell
from showcase.trace import tracing


class Frame(Protocol):
    """What an engine makes of a project, besides the composed pages."""

    @property
    def files(self) -> Iterable[Artifact]:
        """The files that are still to be written, each with its key."""

    @property
    def by_hand(self) -> frozenset[str]:
        """The files that somebody put there: they stay as they are."""

    @property
    def listed(self) -> tuple[Listed, ...]:
        """The pages that are written by hand."""

    def shell(self, page: Composed) -> Shell:
        """Return what goes around a composed page."""

    def sort(self, page: Composed) -> str:
        """Return what stands for all that it depends on besides the theme."""


def write(site: Site, frame: Frame, out: Path) -> Iterator[PageView]:
    """Write a site's pages and files into a folder; yields each page once it is there.

    That is its view, without what it shows.

    A page that would be the same as in the former site is taken from it.

    Raises ``OSError`` when something cannot be written and :class:`showcase.photos.NotMade` when a
    picture cannot be made.
    """
    listed = list(frame.listed)
    dresses: dict[str, str] = {}
    past = site.catalogue.past
    for planned in site.plan():
        page = _kept(site, frame, planned, dresses, out) or _made(site, frame, planned, out)
        listed.append(Listed.of(page.view))
        yield page.view
    composed = {f"{page.address}index.html" for page in listed if page.composed}
    theirs = (file for file in frame.files if file.path not in composed)
    artifacts = chain(site.artifacts(), site.listings(listed))
    for file in chain(theirs, (one for one in artifacts if one.path not in frame.by_hand)):
        _put(file, past, out)


def remarks(page: PageView) -> Iterator[str]:
    """Yield what whoever builds the site must know of a page."""
    return (f"{page.source} 的正文没有照原样显示：{finding}" for finding in page.findings)


def _kept(
    site: Site, frame: Frame, planned: Planned, dresses: dict[str, str], out: Path
) -> Noted | None:
    """Put the page of the former site in its place, if it would be the same now.

    ``dresses`` holds the dress of each sort, once a page of it was looked at: thousands share one.
    """
    noted = site.noted(planned)
    if noted is None:
        return None
    if noted.sort not in dresses:
        head = site.composer.head(noted.view)
        # In another menu no page is of a sort that was noted then.
        known = frame.sort(head) == noted.sort
        dresses[noted.sort] = _dress(site, frame.shell(head)) if known else ""
    if noted.dress != dresses[noted.sort]:
        return None
    found = site.catalogue.past.take(_path(planned), bytes.fromhex(noted.key), out)
    return noted if found else None


def _made(site: Site, frame: Frame, planned: Planned, out: Path) -> Noted:
    """Make a page, and put it in its place."""
    with tracing() as looked:
        view = planned.make()
    composed = site.composer.compose(view)
    shell = frame.shell(composed)
    file = Artifact(_path(planned), shell.fill(composed, site.url))
    _put(file, site.catalogue.past, out)
    key = digest(file.data).hex()
    head = replace(view, template="", data=None)
    noted = Noted(head, frame.sort(composed), _dress(site, shell), key)
    site.note(planned, looked, noted)
    return noted


def _put(file: Artifact, past: Past, out: Path) -> None:
    if not file.key:
        # Its bytes are asked for once: some take as long to make as many pages.
        data = file.data
        file = replace(file, given=data, key=digest(data))
    if not past.take(file.path, file.key, out):
        file.write(out)


def _dress(site: Site, shell: Shell) -> str:
    return digest(site.composer.version, shell.version).hex()


def _path(planned: Planned) -> str:
    return f"{planned.address}index.html"

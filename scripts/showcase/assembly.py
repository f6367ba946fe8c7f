"""Writes a site: its composed pages in the theme's frame, then every other file.

One page after the other, so that no more than one is held in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Protocol

from showcase.compose import Composed
from showcase.outputs import Artifact, Listed
from showcase.pages import PageView, Planned
from showcase.pipeline import Site
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


def write(site: Site, frame: Frame, out: Path) -> Iterator[Composed]:
    """Write a site's pages and files into a folder; yields the head of each page once it is there.

    A page that would be the same as in the former site is taken from it.

    Raises ``OSError`` when something cannot be written and :class:`showcase.photos.NotMade` when a
    picture cannot be made.
    """
    listed = list(frame.listed)
    for planned in site.plan():
        page = _recalled(site, planned) or _made(site, planned)
        shell = frame.shell(page.head)
        # A view, a template and a frame are all that a page is made of.
        key = digest(page.view_digest, site.composer.version, shell.version, site.url)
        path = f"{planned.address}index.html"
        if not site.catalogue.past.take(path, key, out):
            composed = site.composer.compose(page.view or planned.make())
            Artifact(path, shell.fill(composed, site.url)).write(out)
        listed.append(page.listed)
        yield page.head
    made = {f"{page.address}index.html" for page in listed if page.composed}
    for file in frame.files:
        if file.path not in made and not site.catalogue.past.take(file.path, file.key, out):
            file.write(out)
    for artifact in chain(site.artifacts(), site.listings(listed)):
        if artifact.path not in frame.by_hand:
            artifact.write(out)


def remarks(page: Composed) -> Iterator[str]:
    """Yield what whoever builds the site must know of a page."""
    return (f"{page.source} 的正文没有照原样显示：{finding}" for finding in page.findings)


@dataclass(frozen=True, slots=True)
class _Page:
    """What there is to know of a page before it is written; its view, if that had to be made."""

    head: Composed
    listed: Listed
    view_digest: str
    view: PageView | None = None


def _recalled(site: Site, planned: Planned) -> _Page | None:
    """Return what is known of a page from the build before, if it would be the same now."""
    if not planned.alone:
        return None
    known = site.catalogue.past.recall(f"page {planned.address}")
    if known is None:
        return None
    head, listed, view_digest = known
    head["findings"] = tuple(head["findings"])
    return _Page(Composed(**head), Listed(**listed), view_digest)


def _made(site: Site, planned: Planned) -> _Page:
    with tracing() as looked:
        view = planned.make()
    head, listed, made_of = site.composer.head(view), Listed.of(view), digest(repr(view)).hex()
    if planned.alone:
        known = [asdict(head), asdict(listed), made_of]
        site.catalogue.past.note(f"page {planned.address}", looked, known)
    return _Page(head, listed, made_of, view)

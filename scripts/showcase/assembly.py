"""Writes a site: its composed pages in the theme's frame, then every other file made from records.

One page after the other, so that no more than one is held in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Protocol

from showcase.compose import Composed
from showcase.outputs import Artifact, Listed
from showcase.pipeline import Site
from showcase.seal import digest
from showcase.shell import Shell


class Frame(Protocol):
    """What an engine makes of a project, besides the composed pages."""

    @property
    def files(self) -> frozenset[str]:
        """The files that it writes: what somebody put there by hand stays as it is."""

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
    composer, past = site.composer, site.catalogue.past
    for planned in site.plan():
        view = planned.make()
        head = composer.head(view)
        shell = frame.shell(head)
        # A view, a template and a frame are all that a page is made of.
        made_of = repr(view).encode("utf-8", "surrogatepass")
        key = digest(made_of, composer.version, shell.version, site.url.encode())
        path = f"{view.address}index.html"
        if not past.take(path, key, out):
            Artifact(path, shell.fill(composer.compose(view), site.url)).write(out)
        listed.append(Listed(view.address, view.title, composed=True, hidden=view.hidden))
        yield head
    for artifact in chain(site.artifacts(), site.listings(listed)):
        if artifact.path not in frame.files:
            artifact.write(out)

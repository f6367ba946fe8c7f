"""Writes a site: its composed pages in the theme's frame, then every other file made from records.

One page after the other, so that no more than one is held in memory.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Protocol

from showcase.compose import Composed
from showcase.outputs import Artifact, Listed
from showcase.pipeline import Site
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
    """Write a site's pages and files into a folder; yields each page once it is written.

    Raises ``OSError`` when something cannot be written and :class:`showcase.photos.NotMade` when a
    picture cannot be made.
    """
    listed = list(frame.listed)
    for page in site.pages():
        finished = frame.shell(page).fill(page, site.url)
        Artifact(f"{page.address}index.html", finished).write(out)
        title = html.unescape(page.title)
        listed.append(Listed(page.address, title, composed=True, hidden=page.hidden))
        yield page
    for artifact in chain(site.others(), site.listings(listed)):
        if artifact.path not in frame.files:
            artifact.write(out)

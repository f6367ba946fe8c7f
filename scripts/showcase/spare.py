"""The site before the present one, kept as the ground on which the next is built.

Two builds in a row have nearly all files in common. Those of a new site that are right already need
no folder, no link and no writing: five thousand pages are in place after a look at each. Folders
are what takes long, so the first site is doubled at once, by links: else the first edit would take
a third longer. The spare site lies among what is kept (``.cache/spare``) and may be deleted at any
time; it is done without where the site lies on another file system.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from showcase.publish import Ground
from showcase.steady import folders
from showcase.store import cache_of


class Spare(Ground):
    """The spare site of a project: there is one at most."""

    def __init__(self, project: Path) -> None:
        self._place = cache_of(project) / "spare"
        self._lent = False

    def lay(self, fresh: Path) -> None:
        """Move the spare site to where the new one is built; make an empty folder without it."""
        try:
            self._place.rename(fresh)
            self._lent = True
        except OSError:  # there is none, or it lies on another file system
            fresh.mkdir()

    def take_back(self, fresh: Path) -> None:
        """Take the spare site back: each of its files is looked at again before it is used."""
        if self._lent:
            self.take(fresh, fresh)

    def take(self, former: Path, site: Path) -> None:
        """Take a site that was replaced; one that cannot be moved here stays where it is.

        Where none was replaced, the new one is doubled.
        """
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(self._place, ignore_errors=True)
            if former.exists():
                former.rename(self._place)
            else:
                _double(site, self._place)
        except OSError:
            shutil.rmtree(self._place, ignore_errors=True)

    def forget(self, files: Iterable[str]) -> None:
        """Delete files that the present site does not have, so that nothing withdrawn lies here."""
        if self._place.is_dir():
            for file in files:
                (self._place / file).unlink(missing_ok=True)


def _double(site: Path, place: Path) -> None:
    """Give every file of a site another name, in a folder of its own."""
    # As texts: a path for each of thousands of files takes longer than a link.
    old, new = str(site), str(place)
    for inside, names, _ in folders(old):
        os.mkdir(f"{new}{os.sep}{inside}")  # noqa: PTH102
        for name in names:
            os.link(f"{old}{os.sep}{inside}{name}", f"{new}{os.sep}{inside}{name}")

"""The hand-written pages, which every site of the comparison has."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from showcase.pipeline import HOUSE

_OWN = ("patterns.md",)
"""Pages for a template of this project's own theme."""


def hand_written() -> Iterator[tuple[PurePosixPath, Path]]:
    """Yield each page's path within ``docs/`` and where it stands."""
    docs = HOUSE / "docs"
    for page in sorted(docs.rglob("*.md")):
        if page.name not in _OWN:
            yield PurePosixPath(page.relative_to(docs).as_posix()), page


def copy(page: Path, target: Path) -> None:
    """Copy a file to where there may be no folder yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(page, target)

"""Makes sure that what is read is one state of the files, though someone saves meanwhile.

Nothing of it reaches the output: times are compared with each other, never used.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Stamp: TypeAlias = tuple[int, int, int, int]

_TRIES = 20
_PAUSE = 0.1


class Unsteady(Exception):
    """Files were changed again and again while they were read."""

    def __init__(self, changed: Iterable[str]) -> None:
        self.files = frozenset(changed)
        names = "、".join(sorted(self.files)[:3])
        super().__init__(f"内容一直在改动（{names}），读不到一份完整的；请等改完、保存以后再运行")


class Changed(Unsteady):
    """A file is another than when it was read first; the next attempt may go well."""


def stamp_of(status: os.stat_result) -> Stamp:
    """Return what tells apart two states of a file: its size, its times and its number."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def stamps(folders: Iterable[Path]) -> Mapping[str, Stamp]:
    """Return what tells apart two states of every file below some folders, or of a file itself."""
    return {file: stamp for folder in folders for file, stamp in _stamps(folder)}


def _stamps(top: Path) -> Iterator[tuple[str, Stamp]]:
    if not top.is_dir():
        yield from _stamp(str(top), top.name)
    # As text: a path for each of thousands of files takes longer than asking for its times.
    start = len(str(top))
    for folder, _, names in os.walk(top):
        shown = (top.name + folder[start:]).replace(os.sep, "/")
        for name in names:
            yield from _stamp(f"{folder}{os.sep}{name}", f"{shown}/{name}")


def _stamp(path: str, shown: str) -> Iterator[tuple[str, Stamp]]:
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return  # gone since the folder was listed: that is a change too
    yield shown, stamp_of(status)


def changes(before: Mapping[str, Stamp], after: Mapping[str, Stamp]) -> frozenset[str]:
    """Return the files that were changed, added or taken away."""
    return frozenset(file for file, _ in before.items() ^ after.items())


def steadily(read: Callable[[], T], folder: Path) -> T:
    """Return what ``read`` makes of a folder while nothing in it changes.

    Raises :class:`Unsteady` when it does, each time.
    """
    changed: frozenset[str] = frozenset()
    for _ in range(_TRIES):
        before = stamps([folder])
        found = read()
        changed = changes(before, stamps([folder]))
        if not changed:
            return found
        time.sleep(_PAUSE)
    raise Unsteady(changed)

"""Makes sure that what is read is one state of the files, though someone saves meanwhile.

Nothing of it reaches the output: times are compared with each other, never used.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
Stamp = tuple[int, int, int, int]

_TRIES = 20
_PAUSE = 0.1


class Unsteady(Exception):
    """Files were changed again and again while they were read."""

    def __init__(self, changed: Iterable[str]) -> None:
        names = "、".join(sorted(changed)[:3])
        super().__init__(f"内容一直在改动（{names}），读不到一份完整的；请等改完、保存以后再运行")


def stamps(folders: Iterable[Path]) -> Mapping[str, Stamp]:
    """Return what tells apart two states of every file below some folders, or of a file itself."""
    return {file: stamp for folder in folders for file, stamp in _stamps(folder)}


def _stamps(top: Path) -> Iterator[tuple[str, Stamp]]:
    if top.is_dir():
        yield from _below(top, top.name)
        return
    with contextlib.suppress(FileNotFoundError):
        yield top.name, _stamp(top.lstat())


def _below(folder: str | Path, shown: str) -> Iterator[tuple[str, Stamp]]:
    # What is gone since its folder was listed is left out: that is a change too.
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as found:
        for entry in found:
            name = f"{shown}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path, name)
                continue
            with contextlib.suppress(FileNotFoundError):
                yield name, _stamp(entry.stat(follow_symlinks=False))


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


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

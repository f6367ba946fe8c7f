"""Makes sure that what is read is one state of the files, though someone saves meanwhile.

Nothing of it reaches the output: times are compared with each other, never used.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

T = TypeVar("T")
Stamp: TypeAlias = tuple[int, int, int, int]
NameStamp: TypeAlias = tuple[int, int, int]

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


class Folder(NamedTuple):
    """A folder, from the one that was asked for on, with ``/`` at its end; ``""`` is that one."""

    inside: str
    names: list[str]
    """The names of the files in it, links among them."""
    has_links: bool


def folders(top: str) -> Iterator[Folder]:
    """Yield a folder, and all folders below it behind those that they lie in.

    What cannot be listed has nothing in it, as with ``os.walk``, which takes twice as long: a site
    has a folder for each of its pages.
    """
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        names: list[str] = []
        has_links = False
        with suppress(OSError), os.scandir(f"{top}{os.sep}{inside}") as found:
            for one in found:
                if one.is_dir(follow_symlinks=False):
                    waiting.append(f"{inside}{one.name}/")
                else:
                    names.append(one.name)
                    has_links = has_links or one.is_symlink()
        yield Folder(inside, names, has_links)


def below(top: str) -> Iterator[str]:
    """Yield all files below a folder, from it on."""
    return (inside + name for inside, names, _ in folders(top) for name in names)


def stamp_of(status: os.stat_result) -> Stamp:
    """Return what tells apart two states of a file: its size, its times and its number."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def stamp_of_name(path: str) -> NameStamp | None:
    """Return what tells apart two states of a file of many names; ``None`` if there is none.

    Another name given to it or taken from it leaves its size, time of writing and number alone.
    """
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


class Sight(NamedTuple):
    """A file, or all that lie below a folder, as they were at a time."""

    at: int
    """When it was looked at, in nanoseconds."""
    stamps: Mapping[str, Stamp]
    """By name from the folder that it lies in; nothing for what is not there."""
    has_links: bool


def sight(top: Path) -> Sight:
    """Look at a file or a folder."""
    at, is_link = time.time_ns(), top.is_symlink()
    # As texts: a path for each of thousands of files takes longer than asking for its times.
    beside = f"{top.parent}{os.sep}"
    if not top.is_dir():
        return Sight(at, dict(_stamped(beside, [top.name])), is_link)
    found: dict[str, Stamp] = {}
    for inside, names, has_links in folders(str(top)):
        found.update(_stamped(beside, [f"{top.name}/{inside}{name}" for name in names]))
        is_link = is_link or has_links
    return Sight(at, found, is_link)


def _stamped(beside: str, names: Iterable[str]) -> Iterator[tuple[str, Stamp]]:
    for name in names:
        try:
            yield name, stamp_of(os.lstat(beside + name))
        except FileNotFoundError:
            continue  # gone since its folder was listed: that is a change too


def changes(before: Sight, after: Sight) -> frozenset[str]:
    """Return the files that were changed, added or taken away."""
    return frozenset(file for file, _ in before.stamps.items() ^ after.stamps.items())


def steadily(read: Callable[[Sight], T], folder: Path, before: Sight | None = None) -> T:
    """Return what ``read`` makes of a folder while nothing in it changes.

    It is given what the folder was like; ``before`` is that at first, if it was looked at already.
    Raises :class:`Unsteady` when something changes, each time.
    """
    changed: frozenset[str] = frozenset()
    for _ in range(_TRIES):
        before = before or sight(folder)
        found = read(before)
        changed = changes(before, sight(folder))
        if not changed:
            return found
        time.sleep(_PAUSE)
        before = None
    raise Unsteady(changed)

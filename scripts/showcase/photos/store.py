"""Where the published copies come from: the cache, or a picture that is decoded now."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
import weakref
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from showcase import atomic
from showcase.photos import cache
from showcase.photos.facts import Facts
from showcase.photos.renditions import Rendition, key_of, renditions
from showcase.photos.work import run

LIMIT = 2 * 1024**3
"""Bytes that the cache may hold: some four thousand photos."""
_DAY = 86_400


class Wanted(Struct, frozen=True):
    """A sound picture to publish: its copies, or the ``square`` that is cut from it."""

    path: Path
    facts: Facts
    square: Rendition | None = None

    @property
    def key(self) -> str:
        """What names the copies, and the record of them in the cache."""
        return self.square.name.partition("-")[0] if self.square else key_of(self.facts)

    @property
    def copies(self) -> tuple[Rendition, ...]:
        """Return what is to be made."""
        return (self.square,) if self.square else renditions(self.facts)


class NotMade(Exception):
    """A copy could not be made; the message says of which picture, in Chinese."""


class Store:
    """The copies of a project's pictures, as files.

    They lie in the project's cache; where that cannot be written, in a folder that goes with the
    store.
    """

    def __init__(self, project: Path) -> None:
        self._folder = cache.folder_of(project)
        self._own: Path | None = None

    def make(self, wanted: Iterable[Wanted]) -> dict[Rendition, Path]:
        """Return the files of all copies of some pictures; raises :class:`NotMade`."""
        by_key = {one.key: one for one in wanted}
        made: dict[Rendition, Path] = {}
        missing: dict[str, Wanted] = {}
        for key, one in by_key.items():
            found = _kept(self._folder, one)
            if found is None:
                missing[key] = one
            else:
                made.update(found)
        if missing:
            made.update(self._made(missing))
            cache.prune(self._folder, LIMIT, [*by_key, "facts"])
        return made

    def _made(self, missing: Mapping[str, Wanted]) -> dict[Rendition, Path]:
        made, failed = _made_in(self._folder, missing)
        if failed:
            # A disk that is full or cannot be written: they lie aside as long as they are needed.
            left = {key: missing[key] for key in failed}
            others, failed = _made_in(self._aside(), left)
            made.update(others)
        for key, why_not in failed.items():
            raise NotMade(f"照片「{missing[key].path.name}」没有做出来：{why_not}")
        return made

    def _aside(self) -> Path:
        """Return a folder of its own, which goes with the store."""
        if self._own is None:
            self._own = Path(tempfile.mkdtemp(prefix="showcase-photos-"))
            weakref.finalize(self, shutil.rmtree, self._own, ignore_errors=True)
        return self._own


def _made_in(
    folder: Path, missing: Mapping[str, Wanted]
) -> tuple[dict[Rendition, Path], dict[str, str]]:
    """Make copies in a folder; return their files, and why some could not be made."""
    jobs = [(key, one, folder) for key, one in missing.items()]
    # Large ones one after the other: each may take half a gigabyte.
    large = [job for job in jobs if _is_large(job[1].facts)]
    made: dict[Rendition, Path] = {}
    failed: dict[str, str] = {}
    for group in (*([job] for job in large), [job for job in jobs if job not in large]):
        for (key, one, _), why_not in run(_work, group, "正在制作照片", _crashed):
            found = None if why_not else _kept(folder, one)
            if found is None:
                failed[key] = why_not or "做好的文件又不见了"
            else:
                made.update(found)
    return made, failed


def _is_large(facts: Facts) -> bool:
    return facts.width * facts.height > 40_000_000


def _work(job: tuple[str, Wanted, Path]) -> str:
    """Write the copies of a picture; return why they could not be, or ``""``."""
    from showcase.photos.render import Changed  # noqa: PLC0415 - slow to load

    key, one, folder = job
    try:
        sums = []
        for rendition, data in _rendered(one):
            atomic.write(folder / rendition.name, data)
            sums.append([rendition.name, len(data), zlib.crc32(data)])
        cache.write_json(folder / f"{key}.json", sums)
    except Changed:
        return "它刚刚被改动过，请再生成一次"
    except OSError as error:
        return f"文件读写不了（{error.strerror}）"
    return ""


def _rendered(one: Wanted) -> list[tuple[Rendition, bytes]]:
    from showcase.photos.render import render, render_square  # noqa: PLC0415 - slow to load

    if one.square:
        return [(one.square, render_square(one.path, one.facts, one.square))]
    return render(one.path, one.facts)


def _crashed(job: tuple[str, Wanted, Path]) -> str:  # noqa: ARG001 - every failure is told alike
    return "处理它的程序意外停止了"


def _kept(folder: Path, one: Wanted) -> dict[Rendition, Path] | None:
    """Return the files of a picture's copies if all are there and sound."""
    record = folder / f"{one.key}.json"
    sums = cache.read_json(record)
    wanted = one.copies
    if not isinstance(sums, list) or [one[0] for one in sums] != [one.name for one in wanted]:
        return None
    found: dict[Rendition, Path] = {}
    for rendition, (name, size, checksum) in zip(wanted, sums, strict=True):
        path = folder / name
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if len(data) != size or zlib.crc32(data) != checksum:
            return None
        found[rendition] = path
    _touch(record)
    return found


def _touch(record: Path) -> None:
    """Note that a picture was used, for :func:`~showcase.photos.cache.prune`."""
    with contextlib.suppress(OSError):
        if time.time() - record.stat().st_mtime > _DAY:
            for path in record.parent.glob(f"{record.stem}*"):
                os.utime(path)

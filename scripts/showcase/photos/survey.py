"""Looks at every picture of a project once, and remembers what it found.

A file whose size, times and number are those of the last time is not read again; a file that was
read before under another name or time is hashed, and not decoded again.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec.structs import asdict, replace

from showcase.photos import cache
from showcase.photos.facts import Facts, Fault
from showcase.photos.work import run
from showcase.steady import Stamp, stamp_of

_NAME = "facts.json"
_VERSION = 1
"""Counts changes to what is looked at; facts of another version are found out again."""


class Survey:
    """The pictures of a project, looked at when they are first asked about."""

    def __init__(self, project: Path, pictures: Mapping[str, Path]) -> None:
        self._project = project
        self._pictures = pictures

    @cached_property
    def facts(self) -> Mapping[str, Facts]:
        """The facts of each picture; the faults of a picture are among its facts."""
        return survey(self._project, self._pictures)


def survey(project: Path, pictures: Mapping[str, Path]) -> dict[str, Facts]:
    """Return the facts of each picture; faults of a picture are among its facts."""
    if not pictures:
        return {}
    memo = _Memo(cache.folder_of(project) / _NAME)
    stamps = {file: _stamp(path) for file, path in pictures.items()}
    found = {file: memo.at(file, stamp) for file, stamp in stamps.items()}
    new = [(file, pictures[file]) for file, facts in found.items() if facts is None]
    if memo.facts:
        # As after a fresh checkout: other times, the same pictures.
        for (file, _), digest in run(_digest, new, "正在核对照片", lambda _: ""):
            found[file] = memo.facts.get(digest)
        moved = [job for job in new if found[job[0]] is not None]
        for file, _ in moved:
            memo.note(file, stamps[file], found[file])
        new = [job for job in new if job not in moved]
    for (file, _), facts in run(_look, new, "正在查看照片", _crashed):
        found[file] = facts
        memo.note(file, stamps[file], facts)
    memo.save(pictures)
    return {file: facts for file, facts in found.items() if facts is not None}


def _digest(job: tuple[str, Path]) -> str:
    from showcase.photos.inspection import read  # noqa: PLC0415 - slow to load (see _look)

    _, path = job
    try:
        return hashlib.sha256(read(path) or b"").hexdigest()
    except OSError:
        return ""


def _look(job: tuple[str, Path]) -> Facts:
    # Most checks find no new picture, and the decoders take a tenth of a second to load.
    from showcase.photos.inspection import inspect  # noqa: PLC0415

    _, path = job
    return inspect(path)


def _crashed(job: tuple[str, Path]) -> Facts:
    return Facts(_digest(job), fault=Fault.BROKEN)


def _stamp(path: Path) -> Stamp | None:
    try:
        return stamp_of(path.stat())
    except OSError:
        return None


class _Memo:
    """What was found out before: facts by content, and the content of files by their stamps."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files: dict[str, tuple[Stamp, str]] = {}
        self.facts: dict[str, Facts] = {}
        self.changed = False
        self._load()

    def _load(self) -> None:
        value = cache.read_json(self.path)
        if not isinstance(value, dict) or value.get("version") != _VERSION:
            return
        # The checksum held, so the form is the one that save() wrote.
        self.facts = {one["digest"]: _facts(one) for one in value["facts"]}
        for file, (stamp, digest) in value["files"].items():
            a, b, c, d = stamp
            self.files[file] = ((a, b, c, d), digest)

    def at(self, file: str, stamp: Stamp | None) -> Facts | None:
        known, digest = self.files.get(file, (None, ""))
        return self.facts.get(digest) if stamp is not None and known == stamp else None

    def note(self, file: str, stamp: Stamp | None, facts: Facts | None) -> None:
        if stamp is not None and facts is not None and facts.digest:
            self.files[file] = (stamp, facts.digest)
            self.facts[facts.digest] = facts
            self.changed = True

    def save(self, present: Mapping[str, Path]) -> None:
        """Write what is known of the pictures that are there, where the disk lets it."""
        if not self.changed:
            return
        files = {file: noted for file, noted in self.files.items() if file in present}
        digests = {digest for _, digest in files.values()}
        facts = [asdict(self.facts[digest]) for digest in sorted(digests)]
        value: dict[str, Any] = {"version": _VERSION, "files": files, "facts": facts}
        with contextlib.suppress(OSError):
            cache.write_json(self.path, value)


def _facts(value: dict[str, Any]) -> Facts:
    fault = value["fault"]
    return replace(Facts(**value), fault=Fault(fault) if fault else None)

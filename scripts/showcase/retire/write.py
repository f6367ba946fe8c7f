"""Writes several files: all of them, or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from showcase.fix import NotWritten, Repair, write


def write_all(project: Path, repairs: Sequence[Repair]) -> None:
    """Write repairs in their order; raises :class:`NotWritten` and leaves every file as it was.

    A full disk or a file that cannot be written shows while copies of the old files are set
    aside, before anything is changed. Putting one back needs no room: it only takes its place.
    """
    with tempfile.TemporaryDirectory(prefix=".retire-", dir=project) as folder:
        kept = [Path(folder) / str(number) for number in range(len(repairs))]
        try:
            for repair, copy in zip(repairs, kept, strict=True):
                _set_aside(project, repair, copy)
        except OSError as error:
            raise NotWritten(f"写不了文件（{error.strerror}）") from error
        done = 0
        try:
            for repair in repairs:
                write(project, repair)
                done += 1
        except BaseException:
            # Whatever stopped it, a key of the keyboard too: what was written goes back.
            for repair, copy in zip(repairs[:done], kept, strict=False):
                copy.replace(project / repair.file)
            raise


def _set_aside(project: Path, repair: Repair, copy: Path) -> None:
    status = (project / repair.file).lstat()
    copy.write_bytes(repair.before)
    copy.chmod(status.st_mode & 0o7777)
    if hasattr(os, "chown"):
        with suppress(PermissionError):  # Only root may, and only root needs to.
            os.chown(copy, status.st_uid, status.st_gid)

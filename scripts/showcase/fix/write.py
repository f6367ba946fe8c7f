"""Puts a repaired file in the place of the old one: whole, or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from showcase.fix.repair import Repair
from showcase.source import Found, read_bytes


class NotWritten(Exception):
    """A file was left as it was; the text says why, for the reader of the report."""


def write(project: Path, repair: Repair) -> None:
    """Write a repair; raise :class:`NotWritten` if the file cannot be, or is no longer, the same.

    The new file is made beside the old one and takes its place in one step, so that whoever
    opens it, or pulls the plug, finds one or the other. It keeps the permissions and the owner.
    """
    path = project / repair.file
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise NotWritten("它已经不是普通文件")
        if not status.st_mode & stat.S_IWUSR:
            raise NotWritten("文件是只读的，请先在文件的属性里取消「只读」")
        handle, name = tempfile.mkstemp(prefix=".fix-", suffix=".tmp", dir=path.parent)
        fresh = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(repair.after)
                stream.flush()
                os.fsync(stream.fileno())
            if hasattr(os, "chown"):
                with suppress(PermissionError):  # Only root may, and only root needs to.
                    os.chown(fresh, status.st_uid, status.st_gid)
            fresh.chmod(stat.S_IMODE(status.st_mode))
            if read_bytes(Found(repair.file, path)) != repair.before:
                raise NotWritten("检查以后它又被改过，请再运行一次")
            fresh.replace(path)
        finally:
            with suppress(FileNotFoundError):
                fresh.unlink()
    except OSError as error:
        raise NotWritten(f"写不了文件（{error.strerror}）") from error

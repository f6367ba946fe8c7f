"""Finds and opens the files of ``content/``: regular files inside the project, nothing else.

A link could lead out of the project and a pipe could wait for ever, so neither is followed or
opened; each is returned as a :class:`Refused` with the reason, for a diagnostic.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

MAX_BYTES = 4 * 1024 * 1024
"""The largest text file that is read: a hundred times the longest case study seen."""

MAX_FOLDERS = 6
"""How deep folders may nest below ``content/``."""

_LITTER = ("~$", ".")
_LITTER_NAMES = frozenset({"thumbs.db", "desktop.ini", "icon\r", "ehthumbs.db"})
_LITTER_ENDINGS = ("~", ".tmp", ".bak", ".swp", ".crdownload")


class Refused(Struct, frozen=True):
    """A path that is not read, and why (a sentence for the reader of the report)."""

    file: str
    reason: str
    help: str


class Found(Struct, frozen=True):
    """A regular file below ``content/``; ``file`` is relative to the project, with ``/``.

    ``at`` is where it lies.
    """

    file: str
    at: str | Path

    @property
    def path(self) -> Path:
        """Where it lies, as a path: slow to make of thousands of files of which few are asked."""
        return Path(self.at)


def is_litter(name: str) -> bool:
    """Tell whether a name is what Office, Windows or macOS leave behind: never content."""
    low = name.lower()
    return low.startswith(_LITTER) or low in _LITTER_NAMES or low.endswith(_LITTER_ENDINGS)


def walk(project: Path, folder: str = "content") -> Iterator[Found | Refused]:
    """Yield every file below ``project/folder`` in a fixed order, never following a link."""
    if (project / folder).is_symlink():
        yield _link(folder)
    else:
        yield from _walk(project / folder, folder, 0)


def _walk(path: Path, shown: str, depth: int) -> Iterator[Found | Refused]:
    try:
        with os.scandir(path) as entries:
            names = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield unreadable(shown, error)
        return
    for entry in names:
        if not is_litter(entry.name):
            yield from _judged(entry, f"{shown}/{_printable(entry.name)}", depth)


def _judged(entry: os.DirEntry[str], file: str, depth: int) -> Iterator[Found | Refused]:
    try:
        link = entry.is_symlink() or _is_junction(entry)
        folder, regular = entry.is_dir(follow_symlinks=False), entry.is_file(follow_symlinks=False)
    except OSError as error:
        yield unreadable(file, error)
        return
    if link:
        yield _link(file)
    elif _printable(entry.name) != entry.name:
        yield Refused(file, "名字的编码不是 UTF-8，读不出来", "请给它重新起名，再放到这里")
    elif folder and depth >= MAX_FOLDERS:
        yield Refused(file, "文件夹套得太深", "请把里面的文件往上移几层")
    elif folder:
        yield from _walk(Path(entry.path), file, depth + 1)
    elif regular:
        yield Found(file, entry.path)
    else:
        yield Refused(file, "这不是普通文件（是管道、设备或套接字）", "请删除它，换成普通文件")


def _link(file: str) -> Refused:
    return Refused(
        file,
        "这是一个链接（快捷方式），没有打开：链接可能指向项目以外",
        "请把它指向的内容复制到这里，删除链接",
    )


def _is_junction(entry: os.DirEntry[str]) -> bool:
    # Windows directory junctions are no symlinks to Python, yet lead out just the same.
    if os.name != "nt":
        return False
    attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return bool(attributes & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0x400))


def _printable(name: str) -> str:
    """Replace undecodable bytes of a file name, which no report could print."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return name


_REASONS = {
    errno.ENOENT: ("没有找到", "请确认它没有被移走或改名"),
    errno.EACCES: ("没有读取权限", "请在文件的属性里允许读取，或换一个有权限的账号"),
    errno.EPERM: ("没有读取权限", "请在文件的属性里允许读取，或换一个有权限的账号"),
    errno.ELOOP: ("这是一个链接（快捷方式）", "请把它指向的内容复制到这里，删除链接"),
    errno.ENOTDIR: ("这不是文件夹", "请把它改名或移走，换成文件夹"),
}


def unreadable(file: str, error: OSError) -> Refused:
    """Return why the system did not let a file be read, for people."""
    number = error.errno or 0
    reason, help = _REASONS.get(
        number,
        (f"系统没有读出它（错误号 {number}）", "请确认它没有被别的程序占用，磁盘没有损坏"),
    )
    return Refused(file, f"打不开：{reason}", help)


class NotRegular(OSError):
    """A pipe, a device, a folder: nothing that is read like a file."""


_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
)


def open_regular(path: Path) -> BinaryIO:
    """Open a file without following links and without waiting.

    It is looked at again once open, because it may have been exchanged since its folder was listed.
    Raises ``OSError``; :class:`NotRegular` if it is no regular file.
    """
    return os.fdopen(_opened(path)[0], "rb")


def _opened(path: str | Path) -> tuple[int, int]:
    """Return the descriptor and the size in bytes of a file: see :func:`open_regular`."""
    handle = os.open(path, _FLAGS)
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        raise NotRegular(errno.EINVAL, "不是普通文件")
    return handle, status.st_size


def _read(handle: int, size: int, most: int) -> bytes:
    """Return what a file of about a size holds, ``most`` bytes at most."""
    parts = []
    while most and (part := os.read(handle, min(size + 1, most))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def read_bytes(found: Found, most: int = MAX_BYTES) -> bytes | Refused:
    """Return a file's bytes, or why it was not read."""
    try:
        handle, size = _opened(found.at)
        try:
            if size > most:
                return Refused(
                    found.file,
                    f"文件有 {size / 1048576:.1f} MB，超过 {most // 1048576} MB",
                    "一条记录只写文字；照片请放在旁边单独的文件里",
                )
            return _read(handle, size, most)
        finally:
            os.close(handle)
    except NotRegular:
        return Refused(found.file, "这不是普通文件", "请删除它，换成普通文件")
    except OSError as error:
        return unreadable(found.file, error)

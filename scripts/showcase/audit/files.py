"""The files of a site, each read once, whoever made them and whatever they are."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct

from showcase.audit.budgets import FILE

_MOST_FILES = 500_000
_DEEPEST = 40
TEXT = frozenset((
    ".html", ".htm", ".xhtml", ".css", ".js", ".mjs", ".json", ".xml", ".svg", ".txt", ".csv",
    ".tsv", ".ics", ".md", ".webmanifest", ".map", ".atom", ".rss", ".geojson", ".yml", ".yaml",
))  # fmt: skip
PICTURES = frozenset((
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic", ".heif", ".tif", ".tiff", ".bmp",
    ".ico",
))  # fmt: skip
_NAMED = frozenset(("_headers", "_redirects", "CNAME", ".nojekyll", ".htaccess", "robots.txt"))


class SiteFile(Struct, frozen=True):
    """A regular file of the site: its path from the site's root, and where it lies."""

    name: str
    path: Path
    size: int

    @property
    def suffix(self) -> str:
        """The ending, in lower case, with its point."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def is_text(self) -> bool:
        """Whether it is meant to be read as text."""
        base = self.name.rpartition("/")[2]
        return self.suffix in TEXT or base in _NAMED or not self.suffix

    @property
    def is_page(self) -> bool:
        """Whether browsers show it as a page."""
        return self.suffix in (".html", ".htm")


class Odd(Struct, frozen=True):
    """What is no file that could be published, and why."""

    name: str
    reason: str


def walk(site: Path) -> Iterator[SiteFile | Odd]:
    """Yield every file below a folder in a fixed order, never following a link."""
    for count, found in enumerate(_walk(site, "", 0)):
        if count == _MOST_FILES:
            yield Odd("", f"文件超过 {_MOST_FILES} 个，后面的没有再查")
            return
        yield found


def _walk(folder: Path, shown: str, depth: int) -> Iterator[SiteFile | Odd]:
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError as error:
        yield Odd(shown.rstrip("/"), f"打不开文件夹（{error.strerror}）")
        return
    for entry in entries:
        name = f"{shown}{printable(entry.name)}"
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as error:
            yield Odd(name, f"打不开（{error.strerror}）")
            continue
        if stat.S_ISLNK(status.st_mode) or _is_junction(status):
            yield Odd(name, "这是一个链接（快捷方式），没有打开")
        elif printable(entry.name) != entry.name:
            yield Odd(name, "名字的编码不是 UTF-8")
        elif stat.S_ISDIR(status.st_mode):
            if depth >= _DEEPEST:
                yield Odd(name, f"文件夹套了 {_DEEPEST} 层以上")
            else:
                yield from _walk(Path(entry.path), f"{name}/", depth + 1)
        elif stat.S_ISREG(status.st_mode):
            yield SiteFile(name, Path(entry.path), status.st_size)
        else:
            yield Odd(name, "这不是普通文件（是管道、设备或套接字）")


def _is_junction(status: os.stat_result) -> bool:
    attributes = getattr(status, "st_file_attributes", 0)
    return bool(attributes & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0x400))


def printable(name: str) -> str:
    """Replace undecodable bytes of a file name, which no report could print."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def read(file: SiteFile) -> bytes | Odd:
    """Return the bytes of a file; the first ones of one that is too large to be held whole.

    It is opened without following links and without waiting, for it may have been exchanged since
    the folder was listed.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        with os.fdopen(os.open(file.path, flags), "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return Odd(file.name, "这不是普通文件")
            return stream.read(FILE)
    except OSError as error:
        return Odd(file.name, f"打不开（{error.strerror}）")


def read_text(path: Path) -> str:
    """Return the text of a file as every check counts its lines: line feeds only, without a BOM."""
    with path.open("rb") as stream:
        data = stream.read(FILE)
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n")

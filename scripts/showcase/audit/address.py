"""Where an address in the site leads: to which file, to which place in it, or to which host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from showcase.pattern import pattern

_SCHEME = pattern(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
# What is longer is no address but data; without a bound, `url(` over and over would take for ever.
_CSS_URL = pattern(
    r"url\(\s{0,99}+(?:\"(?P<two>[^\"]{0,2000}+)\"|'(?P<one>[^']{0,2000}+)'"
    r"|(?P<bare>[^)\"'\s]{0,2000}+))\s{0,99}+\)"
    r"|@import\s{1,99}+(?:\"(?P<itwo>[^\"]{0,2000}+)\"|'(?P<ione>[^']{0,2000}+)')",
    re.IGNORECASE,
)
_CSS_COMMENT = pattern(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_COMMA = pattern(r",\s+|,\Z")


class Target(Struct, frozen=True):
    """Where an address leads: a path from the site's root, or a host outside it.

    ``path`` is ``None`` for what lies outside the site. ``bad`` says why an address leads nowhere.
    """

    path: str | None = None
    fragment: str = ""
    host: str = ""
    bad: str = ""


_OUTSIDE = Target()


class Home(Struct, frozen=True):
    """Where the site stands: the host and the folder of its address, empty where unknown."""

    host: str = ""
    base: str = "/"

    @classmethod
    def of(cls, url: str) -> Home:
        """Return the home that an absolute address names; that of any site for another text."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return cls()
        if parts.scheme not in ("http", "https") or not parts.netloc:
            return cls()
        return cls(parts.netloc.lower(), parts.path.rpartition("/")[0] + "/")

    def leads(self, url: str, file: str) -> Target:
        """Return where an address written in a file of the site leads."""
        if url.startswith("#"):
            return Target(file, _decoded(url[1:]))
        if _SCHEME.match(url) or url.startswith(("//", "\\")):
            return self._absolute(url)
        path, mark, fragment = url.partition("#")
        path = path.partition("?")[0]
        if path.startswith("/"):
            if self.base != "/" and (path + "/").startswith(self.base):
                path = "/" + path[len(self.base) :]
            return _inside(path[1:], "", _decoded(fragment) if mark else "")
        if not path:
            return Target(file, _decoded(fragment) if mark else "")
        return _inside(path, file.rpartition("/")[0], _decoded(fragment) if mark else "")

    def _absolute(self, url: str) -> Target:
        try:
            parts = urlsplit(url)
            host = parts.netloc.lower()
        except ValueError:
            return Target(bad="网址写得不对")
        if parts.scheme not in ("", "http", "https"):
            return _OUTSIDE if parts.scheme != "file" else Target(bad="指向了自己电脑上的文件")
        if not host:
            return Target(bad="网址没有写网站")
        if host != self.host:
            return Target(host=host)
        path = parts.path or "/"
        if not (path + "/").startswith(self.base):
            return Target(host=host)
        return _inside(path[len(self.base) :], "", _decoded(parts.fragment))


@lru_cache(maxsize=50_000)
def _inside(path: str, folder: str, fragment: str) -> Target:
    """Return the place of a path below a folder; what climbs above the root leads nowhere."""
    parts = folder.split("/") if folder else []
    pieces = _decoded(path).split("/")
    for index, piece in enumerate(pieces):
        if piece == "..":
            if not parts:
                return Target(bad="跑到网站外面去了（「..」太多）")
            parts.pop()
        elif piece == "." or (not piece and index < len(pieces) - 1):
            continue
        else:
            parts.append(piece)
    # An ending that names a folder keeps its slash.
    if pieces[-1] in ("", ".", "..") and parts and parts[-1]:
        parts.append("")
    return Target("/".join(parts), fragment)


@lru_cache(maxsize=50_000)
def _decoded(text: str) -> str:
    return unquote(text) if "%" in text else text


def file_of(path: str) -> str:
    """Return the file that a host shows for a path."""
    return f"{path}index.html" if path.endswith("/") or not path else path


def css_urls(css: str) -> Iterator[str]:
    """Yield the addresses that a style sheet loads."""
    if "(" not in css and "@" not in css:
        return
    for match in _CSS_URL.finditer(_CSS_COMMENT.sub(" ", css)):
        names = ("two", "one", "bare", "itwo", "ione")
        url = next((match[name] for name in names if match[name] is not None), "").strip()
        if url:
            yield url


def srcset_urls(value: str) -> Iterator[str]:
    """Yield the addresses of an image's candidates."""
    if value.strip().startswith("data:"):
        return
    for candidate in _COMMA.split(value):
        yield from candidate.strip(", \t\n").split()[:1]

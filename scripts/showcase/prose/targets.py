r"""Judges where links and images lead.

Only web addresses, mail, telephone numbers and places within the site are links; anything else is
shown as text and reported. Browsers forgive much (``java&#9;script:``, ``/\host``, ``http:host``),
so what they would forgive is refused here.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from urllib.parse import SplitResult, unquote, urlsplit

from msgspec import Struct

from showcase.pattern import pattern

_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
#: What filters and careless servers may decode into: a relative address otherwise.
_DISGUISED = frozenset({"javascript", "vbscript", "data", "file", "blob", "http", "https"})
_SCHEME = pattern(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_PLAIN = pattern(r"[A-Za-z0-9._/#?=-]*")
_WRONG_WIDTH = pattern(r"(?:https?|mailto|tel)：", re.IGNORECASE)
_HOST = pattern(r"[\w.-]+|[0-9a-f:.]+")
_INVISIBLE = pattern("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_BLANK = pattern(r"\s+")
_ESCAPE = pattern(r"\\([!-/:-@\[-`{-~])")
_ENTITY = pattern(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_PRIVATE_NAMES = (
    "localhost", "local", "localdomain", "internal", "intranet", "lan", "corp", "home", "private",
)  # fmt: skip
_NUMERIC = pattern(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*\.?", re.IGNORECASE)

#: Endings that make a word in a link's text the name of a site; 方案.docx is none.
_SITE_ENDINGS = frozenset((
    "cn", "com", "net", "org", "gov", "edu", "info", "top", "xyz", "vip", "site", "online",
    "club", "shop", "wang", "hk", "mo", "tw", "io",
))  # fmt: skip
_WORD = pattern(r"[A-Za-z0-9@._-]+")
_FULL_STOP = pattern(r"(?<=[A-Za-z0-9])[。．｡](?=[A-Za-z0-9])")
"""What a Chinese keyboard types for the point in www.gov.cn."""
_LONGEST_TEXT = 500


class Judgement(Struct, frozen=True):
    """Whether a target may be shown as a link, and what its author should know.

    ``faults`` are pairs of a finding's word and its detail.
    """

    shown: bool
    external: bool
    faults: tuple[tuple[str, str], ...]


def resolved(target: str) -> str:
    """Return a target as the browser gets it: escapes and entities resolved, no space around."""
    if "\\" in target:
        target = _ESCAPE.sub(r"\1", target)
    if "&" in target:
        target = _ENTITY.sub(lambda match: unescape(match[0]), target)
    return target.strip(" \t\u3000")


def judge_link(target: str, text: str) -> Judgement:
    """Judge a link by where it leads and what its text promises."""
    if not target:
        return _refused("empty-link", "")
    unsafe = _unsafe(target)
    if unsafe is not None:
        return _refused(*unsafe)
    if not text.strip():
        return _refused("empty-link", target)
    scheme = _scheme(target)
    if scheme in {"mailto", "tel"}:
        return Judgement(shown=True, external=False, faults=())
    host = _host(target) if scheme else ""
    if host and _private(host):
        return _refused("private-link", host)
    return Judgement(
        shown=True,
        external=bool(host),
        faults=tuple(("misleading-link", f"{name} → {host}") for name in _promised(text, host)),
    )


def judge_image(target: str, alt: str) -> Judgement:
    """Judge an image: only files of the site itself are shown."""
    if not target:
        return _refused("empty-link", "")
    unsafe = _unsafe(target)
    if unsafe is not None:
        return _refused("unsafe-image", unsafe[1])
    if _scheme(target):
        return _refused("unsafe-image", _host(target) or _scheme(target))
    faults = () if alt.strip() else (("empty-alt", target),)
    return Judgement(shown=True, external=False, faults=faults)


def _refused(name: str, detail: str) -> Judgement:
    return Judgement(shown=False, external=False, faults=((name, detail),))


def _scheme(target: str) -> str:
    match = _SCHEME.match(target)
    return match[1].lower() if match else ""


def _unsafe(target: str) -> tuple[str, str] | None:
    """Return the word and detail of what makes a target unsafe in some browser, if anything."""
    if _WRONG_WIDTH.match(target):
        return "full-width-link", "："
    naked = _BLANK.sub("", _INVISIBLE.sub("", target))
    if naked.startswith("//") or "\\" in naked:
        return "unsafe-link", "\\" if "\\" in naked else "//"
    scheme = _scheme(naked)
    if scheme and scheme not in _SCHEMES:
        return "unsafe-link", f"{scheme}:"
    invisible = _INVISIBLE.search(target)
    if invisible:
        return "unsafe-link", f"U+{ord(invisible[0]):04X}"
    disguised = "" if scheme or _PLAIN.fullmatch(naked) else _scheme(_decoded(naked))
    if scheme != _scheme(target) or disguised in _DISGUISED:
        return "unsafe-link", f"{scheme or disguised}:"
    if scheme in {"http", "https"} and not _host(target):
        return "unsafe-link", f"{scheme}:"
    return None


def _decoded(target: str) -> str:
    """Return a target decoded once more than browsers do."""
    text = unicodedata.normalize("NFKC", unescape(unquote(target)))
    return _BLANK.sub("", _INVISIBLE.sub("", text))


def _host(target: str) -> str:
    """Return the host of a web address.

    Empty when there is none or it cannot be one, and when a name stands before an ``@``: browsers
    pass over that, readers do not.
    """
    try:
        parts: SplitResult = urlsplit(target)
        port = parts.port
        host = parts.hostname or ""
        if not host.isascii():
            host = unicodedata.normalize("NFKC", host).replace("。", ".").lower()
            host.encode("idna")
    except ValueError:
        return ""
    if "@" in parts.netloc or port == 0 or not _HOST.fullmatch(host):
        return ""
    return host.rstrip(".")


def _private(host: str) -> bool:
    """Whether a host is out of the public's reach: this machine, a local network, an intranet."""
    if ":" in host or _NUMERIC.fullmatch(host):
        try:
            return not ipaddress.ip_address(host.partition("%")[0]).is_global
        except ValueError:
            # 127.1 and 2130706433 are this machine too; nobody gives the public such an address.
            return True
    return "." not in host or host.rpartition(".")[2] in _PRIVATE_NAMES


def _promised(text: str, host: str) -> Iterator[str]:
    """Yield the sites that a link's text names although it leads elsewhere."""
    for match in _WORD.finditer(_FULL_STOP.sub(".", text[:_LONGEST_TEXT])):
        name = match[0].strip("._-").lower()
        if "." not in name or "@" in name or name.rpartition(".")[2] not in _SITE_ENDINGS:
            continue
        if not _same_site(name, host):
            yield name


def _same_site(one: str, other: str) -> bool:
    one, other = one.removeprefix("www."), other.removeprefix("www.")
    return one == other or one.endswith("." + other) or other.endswith("." + one)

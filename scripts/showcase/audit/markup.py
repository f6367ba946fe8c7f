"""Cuts HTML into tags and text, and says what of it is no HTML.

The tokenizer of the standard reads on whatever comes (WHATWG HTML, 13.2.5); this one takes only
what the standard's syntax for authors allows (13.1) and reports the rest. A tag that stands on a
thousand pages is read once: that, and doing without a tree, makes an audit a matter of seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from msgspec import Struct

from showcase.pattern import pattern

_TAG = pattern(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)"
    r"(?P<rest>[^>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^>\"']*+)*)>"
)
_ATTRIBUTE = pattern(
    r"\s+(?P<name>[^\s\"'<>/=]++)"
    r"(?:\s*=\s*(?:\"(?P<two>[^\"]*+)\"|'(?P<one>[^']*+)'|(?P<bare>[^\s\"'=<>`]++)))?"
)
_END = pattern(r"\s*/?\Z")
_RAW_END = {
    name: pattern(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title")
}
_DOCTYPE = pattern(r"<!doctype\s+html\s*>", re.IGNORECASE)
_AMPERSAND = pattern(r"&(?:(?P<named>[A-Za-z][A-Za-z0-9]*+)(?!;)|#(?!x?[0-9a-fA-F]++;))")


class Tag(Struct, frozen=True):
    """A start tag (or, with ``close``, an end tag) as written anywhere; shared between pages."""

    name: str
    close: bool
    attributes: dict[str, str]
    faults: tuple[str, ...]
    self_closing: bool = False


class Token(Struct, frozen=True):
    """A piece of a page: a tag, or a text (a comment, the text of a script) at a place."""

    start: int
    tag: Tag | None = None
    text: str = ""
    comment: bool = False
    fault: str = ""


def tokens(html: str) -> Iterator[Token]:
    """Yield the tokens of a page in order; time grows with its length whatever it holds."""
    at, length = 0, len(html)
    while at < length:
        start = html.find("<", at)
        if start < 0:
            start = length
        if start > at:
            yield Token(at, text=html[at:start])
        if start == length:
            return
        match = _TAG.match(html, start)
        if match is not None:
            tag = _tag(match[0])
            yield Token(start, tag)
            at = match.end()
            if not tag.close and tag.name in _RAW_END:
                end = _RAW_END[tag.name].search(html, at)
                stop = end.start() if end else length
                if stop > at:
                    yield Token(at, text=html[at:stop])
                at = stop
            continue
        special = _special(html, start)
        if special is None:
            # What follows is lost to every browser: an open tag swallows the rest of the page.
            yield Token(start, fault="「<」开始的标签没有结束，或者引号不成对")
            return
        token, at = special
        yield token


def _special(html: str, start: int) -> tuple[Token, int] | None:
    """Return a comment, the document type or a stray sign; ``None`` for a tag without an end."""
    if html.startswith("<!--", start):
        end = html.find("-->", start + 4)
        if end < 0:
            return Token(start, fault="注释没有结束"), len(html)
        return Token(start, text=html[start + 4 : end], comment=True), end + 3
    doctype = _DOCTYPE.match(html, start)
    if doctype is not None:
        return Token(start, Tag("!doctype", close=False, attributes={}, faults=())), doctype.end()
    if html[start + 1 : start + 2] in ("!", "?"):
        end = html.find(">", start)
        fault = "这不是 HTML 里有的写法（「<!」或「<?」）"
        return Token(start, fault=fault), end + 1 if end >= 0 else len(html)
    if re.match(r"</?[a-zA-Z]", html[start : start + 3]):
        return None
    return Token(start, text="<", fault="「<」应写成「&lt;」"), start + 1


@lru_cache(maxsize=20_000)
def _tag(source: str) -> Tag:
    match = _TAG.fullmatch(source)
    if match is None:
        raise ValueError(source)
    name, rest = match["name"].lower(), match["rest"]
    attributes: dict[str, str] = {}
    faults: list[str] = []
    at = 0
    while found := _ATTRIBUTE.match(rest, at):
        key = found["name"].lower()
        value = next((found[way] for way in ("two", "one", "bare") if found[way] is not None), "")
        if key in attributes:
            faults.append(f"同一个标签里写了两次「{key}」")
        else:
            attributes[key] = unescape(value) if "&" in value else value
        if stray_reference(value, attribute=True):
            faults.append(f"属性「{key}」里的「&」应写成「&amp;」")
        at = found.end()
    if not _END.match(rest, at):
        faults.append("属性写得不对（引号不成对，或者缺空格）")
    if match["close"] and attributes:
        faults.append("结束标签里不能有属性")
    return Tag(name, bool(match["close"]), attributes, tuple(faults), rest.endswith("/"))


def stray_reference(text: str, *, attribute: bool = False) -> bool:
    """Tell whether a text has a character reference without its semicolon.

    In an attribute ``&name=`` and ``&name9`` are what they look like: part of an address.
    """
    if "&" not in text:
        return False
    for match in _AMPERSAND.finditer(text):
        name = match["named"]
        if name is None:
            return True
        if not attribute and unescape(f"&{name}") != f"&{name}":
            return True
    return False

"""The last look at finished HTML: nh3 with the few elements that prose is made of.

The tree comes from our own elements and escaped text, so there should be nothing to clean; that is
what :func:`clean` tells. No svg, math, style, iframe; a class only where we set it ourselves.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import groupby, zip_longest
from operator import itemgetter
from xml.etree.ElementTree import Element

import nh3

from showcase.diagnostics import shown
from showcase.pattern import pattern
from showcase.prose.written import as_it_looks, html_of, is_stretch

_SIDES = {"sc-center", "sc-right"}

TAGS = frozenset((
    "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "strong", "em", "code", "pre", "ul", "ol",
    "li", "blockquote", "sup", "a", "img", "div", "section", "table", "thead", "tbody", "tr",
    "th", "td", "figure", "figcaption", "picture", "source", "span",
))  # fmt: skip
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title"},
    "img": {"alt", "height", "src", "title", "width"},
    "source": {"sizes", "srcset"},
    "ol": {"start"},
    "div": {"tabindex"},
    "section": {"aria-label"},
    **{tag: {"id"} for tag in ("h2", "h3", "h4", "h5", "h6", "li", "sup")},
}
VALUES: dict[str, dict[str, set[str]]] = {
    "a": {"rel": {"noopener noreferrer external"}},
    "img": {"decoding": {"async"}, "loading": {"lazy"}},
    "source": {"type": {"image/webp"}},
    "th": {"scope": {"col"}},
}
CLASSES: dict[str, set[str]] = {
    "a": {"footnote-backref", "footnote-ref", "sc-photo__link", "sc-wiki"},
    "div": {"sc-scroll"},
    "figcaption": {"sc-photo__words"},
    "figure": {"sc-photo", "sc-photo--small", "sc-photo--tall"},
    "span": {"sc-photo__credit"},
    "section": {"footnote"},
    "td": _SIDES,
    "th": _SIDES,
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    tag_attribute_values=VALUES,
    allowed_classes=CLASSES,
    url_schemes=SCHEMES,
    link_rel=None,
)
_WORDS = r"[^<>&]++"
_LINE = rf"(?:{_WORDS}|<br>|<(?:strong>{_WORDS}</strong|em>{_WORDS}</em)>)*"
#: Paragraphs, headings and lists that hold nothing but words, some of them emphasised.
HARMLESS = pattern(
    rf"<p>{_LINE}</p>\n|<(h[2-6]) id=\"[\w-]+\">{_LINE}</\1>\n"
    rf"|<([ou]l)>\n(?:<li>{_LINE}</li>\n)+</\2>\n"
)
_TAG = pattern(r"""<[^<>"]*+(?:"[^"]*"[^<>"]*+)*>""")


def cleaned(root: Element) -> tuple[str, str]:
    """Return the HTML of what an element holds, cleaned, and the first tag that was changed.

    What is :data:`HARMLESS`, as most of prose is, need not be read again by nh3 to know that there
    is nothing in it.
    """
    parts: list[str] = []
    first = ""
    for harmless, group in groupby(map(_looked_at, root), itemgetter(1)):
        html = "".join(html for html, _ in group)
        if not harmless:
            html, changed = clean(as_it_looks(html))
            first = first or changed
        parts.append(html)
    return "".join(parts).strip(), first


def _looked_at(element: Element) -> tuple[str, bool]:
    """Return the HTML of an element, and whether nh3 would leave it as it is."""
    html = html_of(element)
    if is_stretch(element):
        return html, shown(html) and not any(map((element.text or "").__contains__, "<>&"))
    return html, shown(html) and HARMLESS.fullmatch(html) is not None


def clean(html: str) -> tuple[str, str]:
    """Return HTML with nothing in it but what prose may have, and the first tag that was changed.

    The second is empty if all tags are as they were. Entities come out in one form; brackets in an
    attribute are escaped, which nh3 holds to be unnecessary, so that no tool that searches the page
    for a tag finds one there.
    """
    cleaned = _CLEANER.clean(html)
    before, after = _TAG.findall(html), _TAG.findall(cleaned)
    changed = "" if before == after else _first_change(before, after)
    if any("<" in tag[1:] or ">" in tag[:-1] for tag in after):
        cleaned = _TAG.sub(_escape_values, cleaned)
    return cleaned, changed


def _first_change(before: list[str], after: list[str]) -> str:
    for old, new in zip_longest(before, after, fillvalue=""):
        if unescape(old) != unescape(new):
            return old or new
    return ""


def _escape_values(match: re.Match[str]) -> str:
    return "<" + match[0][1:-1].replace("<", "&lt;").replace(">", "&gt;") + ">"

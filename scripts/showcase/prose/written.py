"""Writes a finished tree down: as HTML, block by block, and as the text that a reader sees.

Python-Markdown's serializer gives the same HTML (the tests compare); it asks every element what
kind of XML it is, and costs as much as reading the body.
"""

from __future__ import annotations

from html import unescape
from itertools import groupby
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER
from markdown.serializers import RE_AMP

from showcase.diagnostics import shown
from showcase.prose.characters import START, back, back_in_html
from showcase.prose.stretches import ROOM, STRETCH, text_in

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_BLOCKS = HEADINGS | {
    "p", "pre", "li", "ul", "ol", "blockquote", "table", "thead", "tbody", "tr", "div",
    "section", "hr", "br", "figure", "figcaption",
}  # fmt: skip
_PARAGRAPH = "p"
_CELLS = frozenset({"td", "th"})
#: Where a block begins or ends. A mark of our source, of which none is left in the tree.
_BREAK = START


def as_it_looks(html: str) -> str:
    """Return HTML with nothing left in it that stands for something else."""
    return html if shown(html) else back_in_html(html).replace(NBSP_PLACEHOLDER, " ")


def html_of(top: Element) -> str:
    """Return the HTML of an element, and of the text after it."""
    parts: list[str] = []
    stack: list[Element | str] = [top]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        tag, text = item.tag, item.text
        if tag == STRETCH:
            begin, end = f"<{_PARAGRAPH}>", f"</{_PARAGRAPH}>\n"
            parts += (begin, _escape(text or "").replace(ROOM, end + begin), end)
            continue
        parts.append(f"<{tag}{_attributes(item)}>" if item.attrib else f"<{tag}>")
        if text:
            parts.append(_escape(text))
        after = _escape(item.tail) if item.tail else ""
        if tag not in HTML_EMPTY:
            after = f"</{tag}>{after}"
        if len(item):
            stack.append(after)
            stack += reversed(item)
        else:
            parts.append(after)
    return "".join(parts)


def _attributes(element: Element) -> str:
    return "".join(
        f' {name}="{_escape(value).replace(chr(34), "&quot;")}"'
        for name, value in sorted(element.items())
    )


def _escape(text: str) -> str:
    """Escape text in which entities may stand already."""
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def text_of(root: Element) -> str:
    """Return what a reader sees of a tree, block by block, on lines of their own."""
    runs: list[str] = []
    for stretches, group in groupby(root, is_stretch):
        if stretches:
            runs += (text_in(stretch.text or "") for stretch in group)
        else:
            part = Element(root.tag)
            part.extend(group)
            runs += (" ".join(run.split()) for run in _seen(part).split(_BREAK))
    return "\n".join(run for run in runs if run)


def is_stretch(element: Element) -> bool:
    """Tell whether an element stands for a stretch of plain paragraphs."""
    return element.tag == STRETCH


def words_of(element: Element) -> str:
    """Return what a reader sees of an element, in one line."""
    text = element.text or ""
    if len(element) == 0 and "&" not in text and shown(text):
        return " ".join(text.split())
    return " ".join(_seen(element).replace(_BREAK, "").split())


def _seen(root: Element) -> str:
    """Return the text of an element as it looks, with marks where its blocks begin and end."""
    parts: list[str] = []
    stack: list[Element | str] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        tag, text = item.tag, item.text
        around = _BREAK if tag in _BLOCKS else ""
        hidden = bool(item.attrib) and item.get("class", "").startswith("footnote-")
        if around:
            parts.append(around)
        if text and not hidden:
            parts.append(unescape(text) if "&" in text else text)
        if tag in _CELLS:
            parts.append(" ")
        tail = "" if item is root else item.tail or ""
        after = around + (unescape(tail) if "&" in tail else tail)
        if len(item) and not hidden:
            stack.append(after)
            stack += reversed(item)
        else:
            parts.append(after)
    seen = "".join(parts).replace(FN_BACKLINK_TEXT, "").replace(NBSP_PLACEHOLDER, " ")
    return back(seen)

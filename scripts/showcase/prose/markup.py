"""Recognises HTML in prose, where none belongs: by hand, or left behind by Word.

What is no markup: ``a < b``, ``1<2``, ``<不忘初心>``, an address in angle brackets.
"""

from __future__ import annotations

from showcase.pattern import pattern

_TAG = pattern(r"</?([A-Za-z][A-Za-z0-9:-]*)(?:[\s/][^<>]*)?>")
_DECLARATION = pattern(r"<(?:![A-Za-z\[]|\?)[^<>]*>?")
_BEGUN_TAG = pattern(r"</?([A-Za-z][A-Za-z0-9]+)(?=[\s/]|$)[^<>]*")
_WORD_TAG = pattern(
    r"</?(?:o|w|v|m|x|st\d+|xml):|<\?xml:|mso-|Mso|<!(?:--)?\[(?:if|endif)|StartFragment|EndFragment"
)
#: Names that make an unfinished ``<name …`` markup; others may be text (a <b).
_NAMES = frozenset((
    "address", "article", "aside", "audio", "base", "basefont", "big", "blink", "blockquote",
    "body", "br", "button", "canvas", "center", "code", "col", "dd", "del", "details", "dialog",
    "dir", "div", "dl", "dt", "em", "embed", "fieldset", "figure", "font", "footer", "form",
    "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html",
    "iframe", "image", "img", "input", "ins", "kbd", "label", "layer", "li", "link", "main",
    "map", "marquee", "math", "meta", "nav", "noscript", "object", "ol", "option", "param",
    "picture", "pre", "script", "section", "select", "small", "source", "span", "strike",
    "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "template",
    "textarea", "tfoot", "th", "thead", "title", "tr", "track", "tt", "ul", "var", "video",
    "xml", "xmp",
))  # fmt: skip


def from_word(text: str) -> bool:
    """Whether markup is of the kind that Word leaves behind."""
    return _WORD_TAG.search(text) is not None


def word_tag_at(text: str, start: int, end: int) -> bool:
    """Whether a tag in one of Word's namespaces begins here; ``<o:p>`` is no address."""
    return _WORD_TAG.match(text, start, end) is not None


def markup_end(text: str, start: int, end: int) -> int | None:
    """Return where the markup ends that begins at a ``<``, if any does."""
    if text.startswith("<!--", start):
        close = text.find("-->", start + 4, end)
        return end if close < 0 else close + 3
    match = _TAG.match(text, start, end) or _DECLARATION.match(text, start, end)
    if match is None:
        match = _BEGUN_TAG.match(text, start, end)
        if match is None or match[1].lower() not in _NAMES:
            return None
    return match.end()

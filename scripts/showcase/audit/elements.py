"""What HTML elements may hold, as far as faults in pages are worth finding.

Source: WHATWG HTML, 4 (the content models) and 13.1.2.4 (optional tags).
"""

from __future__ import annotations

VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
))  # fmt: skip

#: What a paragraph cannot hold: their start tags end an open ``p``.
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "details", "dialog", "div", "dl", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "table", "ul",
))  # fmt: skip

#: Elements that hold words and what stands among words, but no block.
PHRASING = frozenset((
    "abbr", "b", "bdi", "bdo", "button", "cite", "code", "data", "dfn", "em", "h1", "h2", "h3",
    "h4", "h5", "h6", "i", "kbd", "label", "mark", "meter", "output", "p", "pre", "progress", "q",
    "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
))  # fmt: skip

#: They hold what the element around them may hold.
TRANSPARENT = frozenset(
    ("a", "audio", "canvas", "del", "ins", "map", "noscript", "object", "video")
)

INTERACTIVE = frozenset(("a", "button", "embed", "iframe", "label", "select", "textarea", "input"))
#: What must not hold anything interactive.
CLICKED = frozenset(("a", "button"))

#: The only parents that an element may have; ``template`` holds anything.
PARENTS = {
    "li": frozenset(("ul", "ol", "menu")),
    "dt": frozenset(("dl", "div")),
    "dd": frozenset(("dl", "div")),
    "tr": frozenset(("table", "thead", "tbody", "tfoot")),
    "td": frozenset(("tr",)),
    "th": frozenset(("tr",)),
    "thead": frozenset(("table",)),
    "tbody": frozenset(("table",)),
    "tfoot": frozenset(("table",)),
    "caption": frozenset(("table",)),
    "colgroup": frozenset(("table",)),
    "col": frozenset(("colgroup", "table")),
    "option": frozenset(("select", "optgroup", "datalist")),
    "optgroup": frozenset(("select",)),
    "figcaption": frozenset(("figure",)),
    "summary": frozenset(("details",)),
    "legend": frozenset(("fieldset", "optgroup")),
    "source": frozenset(("picture", "audio", "video")),
    "track": frozenset(("audio", "video")),
    "head": frozenset(("html",)),
    "body": frozenset(("html",)),
}

#: The only children that an element may have, scripts and templates aside; no text either.
CHILDREN = {
    "ul": frozenset(("li",)),
    "ol": frozenset(("li",)),
    "menu": frozenset(("li",)),
    "dl": frozenset(("dt", "dd", "div")),
    "table": frozenset(("caption", "colgroup", "thead", "tbody", "tfoot", "tr")),
    "thead": frozenset(("tr",)),
    "tbody": frozenset(("tr",)),
    "tfoot": frozenset(("tr",)),
    "tr": frozenset(("td", "th")),
    "select": frozenset(("option", "optgroup", "hr")),
    "optgroup": frozenset(("option", "legend")),
    "picture": frozenset(("source", "img")),
    "html": frozenset(("head", "body")),
}
ANYWHERE = frozenset(("script", "template"))

#: An open element of the key ends when one of these begins (13.1.2.4).
ENDED_BY = {
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "option": frozenset(("option", "optgroup")),
    "optgroup": frozenset(("optgroup",)),
    "tr": frozenset(("tr", "tbody", "tfoot")),
    "td": frozenset(("td", "th", "tr", "tbody", "tfoot")),
    "th": frozenset(("td", "th", "tr", "tbody", "tfoot")),
    "thead": frozenset(("tbody", "tfoot")),
    "tbody": frozenset(("tbody", "tfoot")),
    "colgroup": frozenset(("thead", "tbody", "tr", "tfoot")),
    "p": BLOCKS,
}
#: Their end tags may be left out where the element around them ends.
MAY_STAY_OPEN = frozenset((*ENDED_BY, "tfoot", "caption", "html", "head", "body", "rt", "rp"))

OBSOLETE = frozenset((
    "acronym", "applet", "basefont", "bgsound", "big", "blink", "center", "dir", "font", "frame",
    "frameset", "marquee", "nobr", "noframes", "strike", "tt", "xmp",
))  # fmt: skip

KNOWN = (
    VOID | BLOCKS | PHRASING | TRANSPARENT | INTERACTIVE | ANYWHERE | PARENTS.keys()
    | CHILDREN.keys() | {"datalist", "math", "slot", "style", "svg", "title", "!doctype"}
)  # fmt: skip

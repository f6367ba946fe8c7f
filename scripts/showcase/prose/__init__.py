"""Prose: the Markdown body of a record, read once and shown safely.

Python-Markdown sets the text, because CommonMark parsers print the asterisks of
``打造**“党群同心·向阳花开”**品牌``. But it knows no positions, lets HTML through, and hangs on a
few thousand brackets. So this room reads lines (``blocks``) and what stands in them (``inline``)
itself, in one pass each; rules and graph get that with places (:func:`scan`), and Markdown gets the
rest: blocks and emphasis, within ``bounds``. After it nh3 (``clean``) has the last look. Paragraphs
in which there is nothing to look for (``stretches``) pass by them all.
"""

from __future__ import annotations

from showcase.prose.excerpt import cut, excerpt
from showcase.prose.found import (
    Finding,
    Image,
    Link,
    Prose,
    Scan,
    Section,
    Shown,
    WikiLink,
)
from showcase.prose.reading import scan
from showcase.prose.show import render

__all__ = [
    "FINDINGS",
    "Finding",
    "Image",
    "Link",
    "Prose",
    "Scan",
    "Section",
    "Shown",
    "WikiLink",
    "cut",
    "excerpt",
    "render",
    "scan",
]

#: Every word that a finding may carry: what was found, and what ``detail`` holds.
FINDINGS = {
    "raw-html": "HTML, which is shown as text; the markup",
    "word-markup": "what Word leaves behind when text is pasted; the remnant",
    "unsafe-link": "a link that is not shown; its scheme, // or the invisible character",
    "unsafe-image": "an image that is not on this site; its scheme or host",
    "private-link": "a link the public cannot reach, shown as text; the host",
    "misleading-link": "a text that names another site than the target; both",
    "full-width-link": "a link with a full-width bracket or colon, shown as text; that part",
    "empty-link": "a link without target or text; its target",
    "empty-alt": "an image without a text for those who cannot see it; its target",
    "unused-reference": "a definition that nothing refers to, so nobody sees it; its label",
    "unknown-footnote": "a footnote that is referred to but not written; its label",
    "unused-footnote": "a footnote that nothing refers to; its label",
    "h1-in-prose": "a heading of the first level, which is the page's title; shown as the second",
    "heading-order": "a heading that leaves out a level; both levels",
    "body-too-long": "beyond a bound, so it is shown as it was typed, up to there; the limit",
    "too-many-lines": "beyond a bound, so the body is shown as it was typed; the limit",
    "line-too-long": "likewise",
    "too-many-brackets": "likewise; the bracket and the limit for a line",
    "too-many-marks": "likewise; the mark and the limit for a line",
    "too-many-links": "likewise; the limit for links, images, code and footnotes together",
    "too-deep": "likewise; the limit for lists and quotations within each other",
    "too-slow": "found by render only: Markdown took too long; empty",
    "cleaned": "found by render only: nh3 changed the HTML; the first tag it changed",
}

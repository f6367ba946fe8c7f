"""Ways around work of Python-Markdown's that would change nothing.

Most of what people write is paragraphs with hardly a mark in them. Markdown asks each of them ten
questions about blocks and five about emphasis, walks every element again to break lines, and so
takes two thirds of a build. What stands here decides with one look what the answers will be,
and then does what Markdown does; in any doubt it leaves the work to Markdown. The tests run all
prose both ways, and fail when a pattern or a processor is added that they know nothing about.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.treeprocessors import PrettifyTreeprocessor
from markdown.util import AtomicString

from showcase.prose.characters import NOTE, REFERENCE, START

#: What a match of each inline pattern begins with. A text without any of it is left as it is.
BEGINS = {
    "link": START,
    "piece": START,
    "footnote": REFERENCE,
    "line": "\n",
    "bold": "*",
    "delimiter": "*_",
}
_BEGIN = re.compile(f"[{re.escape(''.join(BEGINS.values()))}]")

#: Lines that begin no block, and hold no bar of a table: one paragraph, whatever it stands in.
#: Two asterisks before a word are bold, and neither an item nor a rule.
_LINE = rf"(?:\*\*[^\n |*]|[^\n |#>*+_0-9{NOTE}-])[^\n|]*+"
_PARAGRAPH = re.compile(rf"{_LINE}(?:\n{_LINE})*+")


def take(markdown: Markdown) -> None:
    """Let Markdown go by the shortcuts. Its inline patterns must be those of :data:`BEGINS`."""
    markdown.preprocessors.register(_Whitespace(markdown), "normalize_whitespace", 30)
    markdown.parser.blockprocessors.register(_Paragraphs(markdown.parser), "plain", 190)
    markdown.inlinePatterns.register(_Bold(), "bold", 65)
    markdown.treeprocessors.register(_Inline(markdown), "inline", 20)
    markdown.treeprocessors.register(_Breaks(markdown), "prettify", 10)


class _Whitespace(NormalizeWhitespace):
    """Makes whitespace regular where it is not."""

    def run(self, lines: list[str]) -> list[str]:
        ended = [*lines, "", ""]
        text = "\n".join(ended)
        return super().run(lines) if "\t" in text or " \n" in text else ended


class _Paragraphs(ParagraphProcessor):
    """Takes paragraphs before any other block asks for them."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        return _PARAGRAPH.fullmatch(block) is not None


class _Bold(InlineProcessor):
    """Takes pairs of ``**`` as long as no other asterisk or underscore stands before them.

    Such a pair is bold whatever follows it. In all other cases the marks are weighed against each
    other, which is the work of the pattern that comes after.
    """

    def __init__(self) -> None:
        super().__init__(r"\*\*(?=[^\s*_])([^*_]*+(?<!\s))\*\*(?!\*)")

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        start = m.start()
        if data.find("*", 0, start) >= 0 or data.find("_", 0, start) >= 0:
            return None, None, None
        element = Element("strong")
        element.text = m[1]
        return element, start, m.end()


class _Inline(InlineTreeprocessor):
    """Looks for emphasis and pieces only in texts that may hold some."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        for element in tree.iter():
            text = element.text
            if text and _BEGIN.search(text) is None:
                element.text = AtomicString(text)
        return super().run(tree, ancestors)


class _Breaks(PrettifyTreeprocessor):
    """Breaks lines between blocks; most blocks hold none."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.blocks = frozenset(md.block_level_elements)

    def _prettifyETree(self, elem: Element) -> None:  # noqa: N802
        blocks = self.blocks
        if len(elem) and elem.tag not in {"code", "pre"}:
            if _blank(elem.text) and elem[0].tag in blocks:
                elem.text = "\n"
            for child in elem:
                if child.tag in blocks:
                    self._prettifyETree(child)
        if _blank(elem.tail):
            elem.tail = "\n"


def _blank(text: str | None) -> bool:
    return not text or text.isspace()

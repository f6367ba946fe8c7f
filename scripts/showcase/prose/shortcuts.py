"""Ways around work of Python-Markdown's that would change nothing.

Most of what people write is paragraphs with hardly a mark in them. Markdown asks each of them ten
questions about blocks and five about emphasis, walks every element again to break lines, and so
takes two thirds of a build. What stands here decides with one look what the answers will be,
and then does what Markdown does; in any doubt it leaves the work to Markdown. The tests run all
prose both ways, and fail when a pattern or a processor is added that they know nothing about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, ParagraphProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.treeprocessors import PrettifyTreeprocessor
from markdown.util import AtomicString, Registry

from showcase.pattern import pattern
from showcase.prose.characters import CLOSE, END, NOTE, REFERENCE, START, WITH

#: What a match of each inline pattern begins with. A text without any of it is left as it is.
BEGINS = {
    "link": START,
    "piece": START,
    "footnote": REFERENCE,
    "line": "\n",
    "bold": "*",
    "delimiter": "*_",
}
_BEGIN = pattern(f"[{re.escape(''.join(BEGINS.values()))}]")

#: What stands between marks, and marks with nothing else in them.
_WORDS = f"[^{re.escape(''.join(BEGINS.values()))}{CLOSE}]*+"
_EASY_MARK = "|".join((
    f"{START}[0-9]++{END}",
    f"{START}[0-9]++{WITH}{_WORDS}{CLOSE}",
    rf"\*\*(?=[^\s*_]){_WORDS}(?<!\s)\*\*(?!\*)",
    r"\n",
))  # fmt: skip
_MARK = pattern(_EASY_MARK)
_EASY = pattern(rf"{_WORDS}(?:(?:{_EASY_MARK}){_WORDS})*")

#: Lines that begin no block, and hold no bar of a table: one paragraph, whatever it stands in.
#: Two asterisks before a word are bold, and neither an item nor a rule.
_LINE = rf"(?:\*\*[^\n |*]|[^\n |#>*+_0-9{NOTE}-])[^\n|]*+"
_PARAGRAPH = pattern(rf"{_LINE}(?:\n{_LINE})*")


def settled() -> Registry[BlockProcessor]:
    """Return a place for block processors that finds their order once, not for each block."""
    return _Settled()


def take(markdown: Markdown, piece: Callable[[str], Element | str]) -> None:
    """Let Markdown go by the shortcuts. Its inline patterns must be those of :data:`BEGINS`.

    ``piece`` gives what a mark of a link or another piece stands for.
    """
    markdown.preprocessors.register(_Whitespace(markdown), "normalize_whitespace", 30)
    markdown.parser.blockprocessors.register(_Paragraphs(markdown.parser), "plain", 190)
    markdown.inlinePatterns.register(_Bold(), "bold", 65)
    markdown.treeprocessors.register(_Inline(markdown, piece), "inline", 20)
    markdown.treeprocessors.register(_Breaks(markdown), "prettify", 10)


class _Settled(Registry[BlockProcessor]):
    _order: tuple[BlockProcessor, ...] = ()

    def register(self, item: BlockProcessor, name: str, priority: float) -> None:
        super().register(item, name, priority)
        self._order = tuple(super().__iter__())

    def deregister(self, name: str, strict: bool = True) -> None:  # noqa: FBT001, FBT002
        super().deregister(name, strict)
        self._order = tuple(super().__iter__())

    def __iter__(self) -> Iterator[BlockProcessor]:
        return iter(self._order)


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
        return _strong(m[1]), start, m.end()


def _strong(words: str) -> Element:
    element = Element("strong")
    element.text = words
    return element


class _Inline(InlineTreeprocessor):
    """Looks for emphasis and pieces only in texts that may hold some.

    Where marks stand beside each other and not within each other, there is nothing to weigh: each
    is what it is, from the first to the last. Markdown is left the texts that are not so easy. Who
    shows pieces is asked in Markdown's order, so if it is left any text, it is left all pieces; and
    where something follows a text within its element, it reads again what pieces gave.
    """

    def __init__(self, md: Markdown, piece: Callable[[str], Element | str]) -> None:
        super().__init__(md)
        self.piece = piece

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        easy: list[Element] = []
        hard = False
        level = [tree]
        for element in level:  # Which grows meanwhile.
            for child in element:
                text = child.text
                if text and not isinstance(text, AtomicString):
                    if _BEGIN.search(text) is None:
                        child.text = AtomicString(text)
                    elif _EASY.fullmatch(text) and not (len(child) and START in text):
                        easy.append(child)
                    else:
                        hard = True
                hard = hard or bool(child.tail)
                if len(child):
                    level.append(child)
        for element in easy:
            if not (hard and START in (element.text or "")):
                self._fill(element)
        return super().run(tree, ancestors) if hard else tree

    def _fill(self, element: Element) -> None:
        """Make elements of an easy text, before those that stand in its element already."""
        text = element.text or ""
        texts, nodes, at = [""], list[Element](), 0
        for match in _MARK.finditer(text):
            texts[-1] += text[at : match.start()]
            node = self._node(match[0])
            if isinstance(node, str):
                texts[-1] += node
            else:
                nodes.append(node)
                texts.append("")
            at = match.end()
        texts[-1] += text[at:]
        element.text, *tails = map(AtomicString, texts)
        for node, tail in zip(nodes, tails, strict=True):
            node.tail = tail
        element[:0] = nodes

    def _node(self, mark: str) -> Element | str:
        if mark[0] == "*":
            return _strong(mark[2:-2])
        if mark == "\n":
            return Element("br")
        return self.piece(mark)


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

"""Python-Markdown as this site uses it: blocks, emphasis, tables, footnotes, and our pieces.

Everything else is taken out of it (:mod:`showcase.prose.source` says why), and it is spared what
would change nothing (:mod:`showcase.prose.shortcuts`). One instance serves a thread, because a
conversion keeps its state in the instance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.footnotes import (
    FootnoteBlockProcessor,
    FootnoteExtension,
    FootnoteInlineProcessor,
)
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import InlineProcessor, Pattern, SubstituteTagInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, Registry
from msgspec import Struct
from pymdownx.betterem import BetterEmExtension

from showcase.prose import shortcuts
from showcase.prose.characters import (
    CLOSE,
    END,
    NOTE,
    NOWHERE,
    REFERENCE,
    START,
    WHOLE,
    WITH,
    plain,
)
from showcase.prose.found import Image, Link, Shown, WikiLink
from showcase.prose.pictures import picture
from showcase.prose.pieces import Code, ImagePiece, LinkPiece, Markup, Piece, Reference
from showcase.prose.source import CodeBlock, Source
from showcase.prose.stretches import STRETCH

#: Characters of blocks that may be looked at, counted each time the parser looks: five times what
#: the worst known text within the bounds takes, five hundred times a case study; about a second.
FUEL = 4_000_000
_LOOK = 60

#: What Markdown shall see in blocks, in the order in which it looks.
_BLOCKS = (
    "empty", "indent", "hashheader", "hr", "olist", "ulist", "quote", "footnote", "paragraph",
)  # fmt: skip

_UNFIT_FOR_ADDRESS = {ord(sign): f"%{ord(sign):02X}" for sign in ' <>"`'}

_LINK = f"{START}[0-9]+{WITH}[^{CLOSE}]*{CLOSE}"
_PIECE = f"{START}[0-9]+{END}"


class OutOfFuel(Exception):
    """Markdown looked at blocks more often than any sound text makes it."""


class Job(Struct):
    """One conversion: the source, who answers what its marks ask, and what has been used up."""

    source: Source
    wiki: Callable[[WikiLink], tuple[str, str] | None]
    image: Callable[[Image], Shown | str | None] | None
    link: Callable[[Link], str | None] | None = None
    fuel: int = FUEL


class Engine:
    """A Markdown instance that hands over its finished tree instead of a string."""

    def __init__(self) -> None:
        self.job = Job(Source("", ()), lambda _: None, None)
        self.tree = Element("div")
        self.markdown = _markdown(self)

    def convert(self, job: Job) -> Element:
        """Return the tree of a source. Raises :class:`OutOfFuel`; the engine is then of no use."""
        self.job = job
        self.tree = Element("div")
        self.markdown.reset()
        self.markdown.convert(job.source.text)
        return self.tree

    def node(self, mark: str) -> Element | str:
        """Return what a mark stands for; Markdown reads on in the text that it may hold."""
        number, holds, text = mark[1:-1].partition(WITH)
        piece = self.job.source.pieces[int(number)]
        if not holds:
            return _node(piece, self.job)
        if not isinstance(piece, LinkPiece):
            raise TypeError("only links have text that Markdown reads")
        element = _link(piece, self.job)
        element.text = text
        return element


def _markdown(engine: Engine) -> Markdown:
    footnotes = _Footnotes(
        PLACE_MARKER=NOWHERE,
        SEPARATOR="-",
        BACKLINK_TEXT="返回正文",
        BACKLINK_TITLE="回到正文中注释 {} 的位置",
    )
    # Markdown's own emphasis (3.11) loses what follows an unpaired asterisk: *字”**字*x. And by
    # CommonMark's rule of punctuation **“甲”**乙 would not be bold.
    emphasis = BetterEmExtension(punctuation=False)
    markdown = Markdown(extensions=[SaneListExtension(), footnotes, emphasis])
    markdown.preprocessors.deregister("html_block")
    blocks = shortcuts.settled()
    for priority, name in enumerate(reversed(_BLOCKS)):
        blocks.register(markdown.parser.blockprocessors[name], name, 10 * priority)
    blocks.register(_Fuel(markdown.parser, engine), "fuel", 200)
    blocks.register(_Stretches(markdown.parser, engine), "stretch", 195)
    blocks.register(_Tables(markdown.parser, {}), "table", 65)
    markdown.parser.blockprocessors = blocks
    inline: Registry[Pattern] = Registry()
    # A link's text is read by what comes after the link, so other pieces follow.
    inline.register(_Marks(_LINK, engine), "link", 190)
    inline.register(_Marks(_PIECE, engine), "piece", 180)
    inline.register(
        FootnoteInlineProcessor(f"{REFERENCE}([0-9]+){REFERENCE}", footnotes), "footnote", 170
    )
    # A line end is a line end, as in the editors and messengers that the text comes from.
    inline.register(SubstituteTagInlineProcessor(r"\n", "br"), "line", 100)
    inline.register(markdown.inlinePatterns["delimiter"], "delimiter", 60)
    markdown.inlinePatterns = inline
    markdown.treeprocessors.deregister("unescape")
    markdown.treeprocessors.register(_HandOver(engine), "hand-over", -10)
    for name in ("raw_html", "amp_substitute", "footnote"):
        markdown.postprocessors.deregister(name)
    shortcuts.take(markdown, engine.node)
    return markdown


class _HandOver(Treeprocessor):
    """Keeps the finished tree and leaves Markdown nothing to write."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine

    def run(self, root: Element) -> Element:
        self.engine.tree = root
        return Element("div")


class _Fuel(BlockProcessor):
    """Counts the characters that are looked at: a limit on time that gives the same every time."""

    def __init__(self, parser: BlockParser, engine: Engine) -> None:
        super().__init__(parser)
        self.engine = engine

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        self.engine.job.fuel -= len(block) + _LOOK
        if self.engine.job.fuel < 0:
            raise OutOfFuel
        return False


class _Stretches(BlockProcessor):
    """Keeps the place of a stretch of plain paragraphs, in which there is nothing to look for."""

    def __init__(self, parser: BlockParser, engine: Engine) -> None:
        super().__init__(parser)
        self.engine = engine

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        return block.startswith(WHOLE)

    def run(self, parent: Element, blocks: list[str]) -> None:
        number = int(blocks.pop(0).strip(WHOLE))
        SubElement(parent, STRETCH).text = AtomicString(self.engine.job.source.stretches[number])


class _Tables(TableProcessor):
    """Tables that keep what is written: a row's surplus cells go to its last one."""

    def test(self, parent: Element, block: str) -> bool:
        # Most lists hold no bar, and need not be taken apart into cells to see it.
        return "|" in block and super().test(parent, block)

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        cells: list[str] = self._split_row(row)  # type: ignore[attr-defined]
        last = len(align) - 1
        cells[last:] = ["|".join(cells[last:])] if len(cells) > last else []
        tr = SubElement(parent, "tr")
        head = parent.tag == "thead"
        for text, side in zip(cells, align, strict=False):
            cell = SubElement(tr, "th" if head else "td")
            cell.text = text.strip(" ")
            if head:
                cell.set("scope", "col")
            if side in {"center", "right"}:
                cell.set("class", f"sc-{side}")


class _Notes(FootnoteBlockProcessor):
    """Finds footnotes by our marks."""

    RE = re.compile(rf"^[ ]{{0,3}}{NOTE}([0-9]+):[ ]*(.*)$", re.MULTILINE)


class _Footnotes(FootnoteExtension):
    """Footnotes that our marks name, with numbers for ids."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        super().extendMarkdown(md)
        md.parser.blockprocessors.register(_Notes(self), "footnote", 17)

    def unique_ref(self, reference: str, found: bool = False) -> str:  # noqa: FBT001, FBT002
        """Count the places that refer to a footnote (the original looks through all, each time)."""
        if not found:
            return reference
        count = self.found_refs.get(reference, 0) + 1
        self.found_refs[reference] = count
        if count == 1:
            return reference
        name, _, rest = reference.partition("-")
        return f"{name}{count}-{rest}"


class _Marks(InlineProcessor):
    """Turns marks of ours into what they stand for."""

    def __init__(self, expression: str, engine: Engine) -> None:
        super().__init__(expression)
        self.engine = engine

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element | str, int, int]:
        return self.engine.node(m[0]), m.start(), m.end()


def _node(piece: Piece | CodeBlock, job: Job) -> Element | str:
    match piece:
        case Code():
            return _with_text(Element("code"), piece.text)
        case CodeBlock():
            block = Element("pre")
            _with_text(SubElement(block, "code"), piece.text + "\n")
            return block
        case WikiLink():
            return _wiki(piece, job)
        case ImagePiece():
            return _image(piece, job)
        case LinkPiece():
            return (
                _with_text(_link(piece, job), piece.link.text)
                if piece.shown
                else plain(piece.link.text)
            )
        case Markup():
            return plain(piece.text)
        case Reference():
            raise TypeError("footnotes have marks of their own")


def _wiki(piece: WikiLink, job: Job) -> Element | str:
    found = job.wiki(piece)
    if found is None:
        return plain(piece.text)
    url, title = found
    element = _with_text(Element("a", {"class": "sc-wiki", "href": plain(url)}), piece.text)
    if title != piece.text:
        element.set("title", plain(title))
    return element


def _image(piece: ImagePiece, job: Job) -> Element | str:
    url: Shown | str | None = None
    if piece.shown:
        url = piece.image.target if job.image is None else job.image(piece.image)
    if url is None:
        return plain(piece.image.alt)
    if isinstance(url, Shown):
        return picture(url, piece.image.alt, piece.title)
    element = Element("img", {"src": _address(url), "alt": plain(piece.image.alt)})
    element.set("loading", "lazy")
    if piece.title:
        element.set("title", plain(piece.title))
    return element


def _link(piece: LinkPiece, job: Job) -> Element:
    other = job.link(piece.link) if job.link is not None and not piece.external else None
    element = Element("a", {"href": _address(other or piece.link.target)})
    if piece.external:
        element.set("rel", "noopener noreferrer external")
    if piece.title:
        element.set("title", plain(piece.title))
    return element


def _address(url: str) -> str:
    return plain(url.translate(_UNFIT_FOR_ADDRESS))


def _with_text(element: Element, text: str) -> Element:
    element.text = AtomicString(plain(text))
    return element

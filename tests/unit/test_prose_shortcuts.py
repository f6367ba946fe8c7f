"""Shortcuts give what Python-Markdown gives, whatever is typed: every test runs prose both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import MethodType
from unittest.mock import patch
from xml.etree.ElementTree import Element

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import serializers
from markdown.extensions.tables import TableProcessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.serializers import to_html_string
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.treeprocessors import PrettifyTreeprocessor

from showcase.diagnostics import shown
from showcase.prose import Image, Link, WikiLink, blocks, excerpt
from showcase.prose.clean import ATTRIBUTES, HARMLESS, TAGS, VALUES, clean, cleaned
from showcase.prose.engine import Engine, Job
from showcase.prose.line import Kind
from showcase.prose.reading import Reading, read, scan
from showcase.prose.shortcuts import BEGINS
from showcase.prose.source import Source, write
from showcase.prose.written import as_it_looks, html_of, text_of
from tests.bodies import bodies, layouts
from tests.unit.test_prose_bounds import STRUCTURES, UNITS, fill


def blocks_of(body: str) -> st.SearchStrategy[str]:
    """What Markdown would ask its processors about, at the top of a body."""
    return st.sampled_from(source_of(body).text.split("\n\n"))


def the_long_way() -> Engine:
    """Python-Markdown as it comes, with our pieces but without a shortcut."""
    engine = Engine()
    markdown = engine.markdown
    markdown.preprocessors.register(NormalizeWhitespace(markdown), "normalize_whitespace", 30)
    processors = markdown.parser.blockprocessors
    processors.deregister("plain")
    tables = processors["table"]
    tables.test = MethodType(TableProcessor.test, tables)  # type: ignore[method-assign]
    markdown.inlinePatterns.deregister("bold")
    markdown.treeprocessors.register(InlineTreeprocessor(markdown), "inline", 20)
    markdown.treeprocessors.register(PrettifyTreeprocessor(markdown), "prettify", 10)
    return engine


SHORT, LONG = Engine(), the_long_way()


def source_of(body: str) -> Source:
    """What Markdown is given of a body when no paragraphs pass it by."""
    return written(in_lines(body))


@contextmanager
def line_by_line() -> Iterator[None]:
    """Stretches of plain paragraphs are read as all lines are."""
    with patch.object(blocks, "stretch_end", lambda _, start: start):
        yield


def in_lines(body: str) -> Reading:
    with line_by_line():
        return read(body)


def written(reading: Reading) -> Source:
    return write(reading, 2) if reading.within_bounds else Source("", ())


def tree_of(engine: Engine, source: Source) -> Element:
    return asking(engine, source)[0]


def asking(engine: Engine, source: Source) -> tuple[Element, dict[str, list[int]]]:
    """The tree of a source, and the places of the pieces that were asked about, in order."""
    asked: dict[str, list[int]] = {"wiki": [], "image": [], "link": []}

    def wiki(link: WikiLink) -> tuple[str, str] | None:
        asked["wiki"].append(link.start)
        return ("../x/", "题&") if link.start % 3 else None

    def image(picture: Image) -> str | None:
        asked["image"].append(picture.start)
        return picture.target if picture.start % 3 else None

    def lead(link: Link) -> str | None:
        if link.text not in link.target:  # Bare addresses lead to no pictures.
            asked["link"].append(link.start)
        return None

    return engine.convert(Job(source, wiki, image, lead)), asked


def assert_same(body: str) -> None:
    source = source_of(body)
    (short, asked), (long, also_asked) = asking(SHORT, source), asking(LONG, source)
    assert to_html_string(short) == to_html_string(long)
    assert asked == also_asked
    assert SHORT.job.fuel == LONG.job.fuel
    assert "".join(map(html_of, short)) == "".join(map(to_html_string, short))
    html, changed = cleaned(short)
    whole, also = clean(as_it_looks("".join(map(html_of, short))))
    assert (html, changed) == (whole.strip(), also)
    text = text_of(short)
    tree = tree_of(SHORT, written(read(body)))
    assert cleaned(tree) == (html, changed)
    assert text_of(tree) == text
    assert scan(body) == in_lines(body).scan
    with line_by_line():
        words = [excerpt(body, length) for length in (5, 30, 1_000)]
    assert [excerpt(body, length) for length in (5, 30, 1_000)] == words


@settings(max_examples=300, deadline=None)
@given(bodies)
def test_tokens_in_any_order_come_out_the_same(body: str) -> None:
    assert_same(body)


@settings(max_examples=300, deadline=None)
@given(layouts)
def test_lines_within_each_other_come_out_the_same(body: str) -> None:
    assert_same(body)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(["*", "**", "**", "***", "_", "__", " ", "甲", "“", "a", "\n"])))
def test_emphasis_comes_out_the_same(marks: list[str]) -> None:
    assert_same("".join(marks))


#: Pieces and emphasis, beside each other and within each other; some pieces are shown as text.
MARKS = [
    "**", "**", "**", "*", "_", "甲", "甲。", " ", "\n", "\n", "\n\n", "[[甲]]", "[[*乙*]]",
    "`*码*`", "<b>", "[网](https://a.cn)", "[*轻*](b)", "![图](y.jpg)", "![**图**](z.jpg)",
    "[![图](y.jpg)](b)", "[^1]", "\n\n[^1]: ", "\n- ", "\n    - ", "\n\n    ", "\n> ",
    "a|b\n-|-\n",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(MARKS), max_size=20).map("".join))
@example("[^1]: 甲\n    ![**乙**](c)\n    丙")  # Markdown reads twice what stands in footnotes.
@example("- ![甲](a)\n\n![乙](b)")  # It asks level by level.
@example("**甲****乙**")
def test_pieces_come_out_the_same(body: str) -> None:
    assert_same(body)


#: What plain paragraphs are made of, and what is none.
PLAIN = [
    "甲", "乙。", "10", "10.", "１、", "：", ":", "https", "://", "//", " ", "\u3000",
    "\u3000\u3000", "-", "=", "~", "!", "^", "(", ")", "{x}", '"', "'", "，", "\xa0", "\t",
    "\n", "\n\n", "\n\n", "\n\n", "\n\n\n", "\n \n", "\n- ", "\n\n    ", "\n> ", "\n\n## ",
    "\n===", "[[甲]]", "*", "#", "[^1]", "\n\n[^1]: ", "\n\n[a]: b.c\n", "&", "```\n",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PLAIN), max_size=30).map("".join))
@example("- 甲\n\n乙\n\n丙\n    丁")
@example("> # 甲\n乙\n\n丙")
def test_stretches_come_out_the_same(body: str) -> None:
    assert_same(body)


def test_paragraphs_with_nothing_in_them_are_taken_whole() -> None:
    """Else the tests above compare nothing with nothing."""
    body = "甲：10:30\n\n　　2019 年乙\n\n## 丙\n\n- 丁\n\n戊\n\n**己**\n\n庚 [[辛]]\n\n1.壬\n"
    lines = [line for line, _ in read(body).lines if line.kind is Kind.STRETCH]
    assert [body[line.start : line.end] for line in lines] == ["甲：10:30\n\n　　2019 年乙", "戊"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_comes_out_the_same(body: str) -> None:
    assert_same(body)


@pytest.mark.parametrize("body", [*STRUCTURES.values(), *(fill(unit, 40) for unit in UNITS)])
def test_texts_made_to_stop_the_parser_come_out_the_same(body: str) -> None:
    assert_same(body[:4_000])


def test_every_inline_pattern_says_what_its_matches_begin_with() -> None:
    patterns = SHORT.markdown.inlinePatterns
    assert [name for name in BEGINS if name not in patterns] == []
    assert len(patterns) == len(BEGINS), "a new pattern needs its line in BEGINS"


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(sorted(BEGINS)))
def test_no_pattern_matches_without_what_it_begins_with(data: st.DataObject, name: str) -> None:
    expression: re.Pattern[str] = SHORT.markdown.inlinePatterns[name].getCompiledRegExp()
    found = data.draw(st.from_regex(expression))
    match = expression.search(found)
    assert match is not None
    assert match[0][0] in BEGINS[name]


def test_the_processors_that_paragraphs_pass_by_are_known() -> None:
    names = ["fuel", "stretch", "plain", "empty", "indent", "table", "hashheader", "hr"]
    names += ["olist", "ulist", "quote", "footnote", "paragraph"]
    processors = SHORT.markdown.parser.blockprocessors
    assert list(processors) == [processors[name] for name in names], (
        "a new processor must decline what _Paragraphs takes: see the test below, then add it"
    )


@settings(max_examples=300, deadline=None)
@given(st.one_of(bodies, layouts).flatmap(blocks_of), st.sampled_from(["div", "li", "blockquote"]))
def test_what_is_taken_for_a_paragraph_is_nothing_else(block: str, tag: str) -> None:
    processors = SHORT.markdown.parser.blockprocessors
    if not processors["plain"].test(Element(tag), block):
        return
    for name in ("empty", "indent", "table", "hashheader", "hr", "olist", "ulist", "quote"):
        assert not processors[name].test(Element(tag), block), name
    rest = [block]
    assert processors["footnote"].run(Element(tag), rest) is False
    assert rest == [block]


def test_most_paragraphs_go_the_short_way() -> None:
    """Else the tests above compare nothing with nothing."""
    taken: list[str] = []
    plain = SHORT.markdown.parser.blockprocessors["plain"]
    original = plain.run

    def run(parent: Element, blocks: list[str]) -> bool | None:
        taken.append(blocks[0])
        return original(parent, blocks)

    plain.run = run  # type: ignore[method-assign]
    try:
        tree_of(SHORT, source_of("甲。\n\n打造**“乙”**品牌\n第二行\n\n- 丙\n\n## 丁\n\n3*4 |"))
    finally:
        del plain.run
    assert taken == ["甲。", "打造**“乙”**品牌\n第二行", "丙"]


@settings(max_examples=100, deadline=None)
@given(st.from_regex(re.compile(HARMLESS.pattern, HARMLESS.flags), fullmatch=True).filter(shown))
def test_what_is_taken_for_harmless_is_left_as_it_is(html: str) -> None:
    assert clean(html) == (html, "")


def trees() -> st.SearchStrategy[Element]:
    names = sorted(set().union(*ATTRIBUTES.values(), *VALUES.values(), {"class"}))
    texts = st.one_of(st.none(), st.text(st.sampled_from("汉a&;<>\"'\n#l\t"), max_size=8))
    attributes = st.dictionaries(st.sampled_from(names), texts.map(lambda text: text or ""))

    def element(
        tag: str,
        attrib: dict[str, str],
        text: str | None,
        tail: str | None,
        children: list[Element],
    ) -> Element:
        made = Element(tag, attrib)
        made.text, made.tail = text, tail
        made.extend(children)
        return made

    def layer(children: st.SearchStrategy[list[Element]]) -> st.SearchStrategy[Element]:
        return st.builds(element, st.sampled_from(sorted(TAGS)), attributes, texts, texts, children)

    return st.recursive(
        layer(st.just([])), lambda inner: layer(st.lists(inner, max_size=3)), max_leaves=8
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(trees(), max_size=4))
def test_trees_are_cleaned_as_if_nothing_were_harmless(blocks: list[Element]) -> None:
    root = Element("div")
    root.extend(blocks)
    html, _ = clean("".join(map(html_of, root)))
    assert cleaned(root)[0] == html.strip()


@settings(max_examples=200, deadline=None)
@given(trees())
def test_trees_are_written_as_markdown_writes_them(tree: Element) -> None:
    assert html_of(tree) == to_html_string(tree)


def test_no_attribute_is_written_without_its_value() -> None:
    names = set().union(*ATTRIBUTES.values(), *VALUES.values(), {"class"})
    assert names & vars(serializers)["BOOLEAN_ATTRIBUTES"]["html"] == set()

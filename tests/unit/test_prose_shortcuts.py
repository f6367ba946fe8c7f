"""Shortcuts give what Python-Markdown gives, whatever is typed: every test runs prose both ways."""

from __future__ import annotations

import re
from types import MethodType
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import serializers
from markdown.extensions.tables import TableProcessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.serializers import to_html_string
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.treeprocessors import PrettifyTreeprocessor

from showcase.prose.clean import ATTRIBUTES, TAGS, VALUES, clean, cleaned
from showcase.prose.engine import Engine, Job
from showcase.prose.reading import read
from showcase.prose.shortcuts import BEGINS
from showcase.prose.source import Source, write
from showcase.prose.written import as_it_looks, html_of
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
    blocks = markdown.parser.blockprocessors
    blocks.deregister("plain")
    tables = blocks["table"]
    tables.test = MethodType(TableProcessor.test, tables)  # type: ignore[method-assign]
    markdown.inlinePatterns.deregister("bold")
    markdown.treeprocessors.register(InlineTreeprocessor(markdown), "inline", 20)
    markdown.treeprocessors.register(PrettifyTreeprocessor(markdown), "prettify", 10)
    return engine


SHORT, LONG = Engine(), the_long_way()


def source_of(body: str) -> Source:
    reading = read(body)
    return write(reading, 2) if reading.within_bounds else Source("", ())


def tree_of(engine: Engine, source: Source) -> Element:
    job = Job(source.pieces, lambda link: ("../x/", "题&") if link.start % 3 else None, None)
    return engine.convert(source, job)


def assert_same(body: str) -> None:
    source = source_of(body)
    short, long = tree_of(SHORT, source), tree_of(LONG, source)
    assert to_html_string(short) == to_html_string(long)
    assert SHORT.job.fuel == LONG.job.fuel
    assert "".join(map(html_of, short)) == "".join(map(to_html_string, short))
    html, changed = cleaned(short)
    whole, also = clean(as_it_looks("".join(map(html_of, short))))
    assert (html, changed) == (whole.strip(), also)


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
    names = ["fuel", "plain", "empty", "indent", "table", "hashheader", "hr", "olist", "ulist"]
    names += ["quote", "footnote", "paragraph"]
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


@settings(max_examples=200, deadline=None)
@given(trees())
def test_trees_are_written_as_markdown_writes_them(tree: Element) -> None:
    assert html_of(tree) == to_html_string(tree)


def test_no_attribute_is_written_without_its_value() -> None:
    names = set().union(*ATTRIBUTES.values(), *VALUES.values(), {"class"})
    assert names & vars(serializers)["BOOLEAN_ATTRIBUTES"]["html"] == set()

"""References are the same seen from both ends, and links lead where they should."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from urllib.parse import urljoin

from hypothesis import given
from hypothesis import strategies as st

from showcase.addresses import relative
from showcase.graph import Graph
from showcase.graph import link as resolved
from showcase.load import load
from showcase.memory import Memory
from showcase.pipeline import check_project
from tests.projects import project

NAMES = ["甲", "乙", "丙", "甲·乙", "甲乙", "品牌/甲", "主题:乙", "丁", "Ａ", "a"]
FILES = ["brands.yml", "figures.yml", "themes.yml", "site.yml"]
names = st.sampled_from(NAMES)


@st.composite
def contents(draw: st.DrawFn) -> dict[str, str]:
    """Return brands, figures and themes that refer to each other, rightly or not."""

    def records(**fields: st.SearchStrategy[object]) -> str:
        found = draw(
            st.lists(
                st.fixed_dictionaries({"id": names, "名称": names}, optional=fields), max_size=5
            )
        )
        return json.dumps(found, ensure_ascii=False)

    several = st.lists(names, max_size=3)
    return {
        "brands.yml": records(
            主题=several, 人物=several, 曾用=several, 正文=names.map("[[{}]]".format)
        ),
        "figures.yml": records(类型=st.just("个人"), 成员=several, 品牌=several),
        "themes.yml": records(上级=names),
        "site.yml": json.dumps({"首页推荐": draw(several)}, ensure_ascii=False),
    }


@given(contents())
def test_relations_are_the_same_from_both_ends(content: dict[str, str]) -> None:
    graph = _graph(content)
    for link in graph.links:
        assert link.source is not None
        assert link in graph.out(link.source)
        assert (link.target is None) == (len(link.targets) != 1)
        if link.target is not None:
            assert link in graph.into(link.target)
            kind, field = link.source.kind.name, str(link.path[0])
            assert link.target in graph.targets(link.source, field)
            assert link.source in graph.sources(link.target, kind, field)
    for entry in graph.entries:
        assert all(link.source is entry for link in graph.out(entry))
        assert all(link.target is entry for link in graph.into(entry))
        assert len(graph.ancestors(entry)) < len(graph.entries) + 1
    assert sum(len(graph.into(entry)) for entry in graph.entries) == sum(
        link.target is not None for link in graph.links
    )


edits = st.tuples(
    st.sampled_from(FILES[:3]),
    st.integers(0, 4),
    st.sampled_from(["id", "名称", "曾用", "主题", "备注"]),
    names,
)
"""The file, which of its records (none, where there are fewer), the field, and what it says now."""


@given(contents(), st.lists(edits, min_size=1, max_size=3), st.sampled_from([*FILES, ""]))
def test_links_after_an_edit_are_those_of_what_is_there_now(
    content: dict[str, str], edited: list[tuple[str, int, str, str]], emptied: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = project(Path(folder) / "p", content)
        memory = Memory()
        former = resolved(load(made, memory.read_all))
        for file, number, field, name in edited:
            path = made / "content" / file
            records = json.loads(path.read_text("utf-8"))
            for record in records[number : number + 1]:
                record[field] = name
            path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
            loaded = load(made, memory.read_all)
            linked = resolved(loaded, former)
            assert linked.links == resolved(loaded).links
            former = linked
        if emptied:
            (made / "content" / emptied).write_text("", encoding="utf-8")
        # The other records too are other objects than before.
        again = load(made)
        assert resolved(again, former).links == resolved(again).links


@given(contents(), st.sets(st.integers(0, 14)))
def test_of_what_is_left_out_nothing_remains(content: dict[str, str], kept: set[int]) -> None:
    graph = _graph(content)
    inside = {entry for number, entry in enumerate(graph.entries) if number in kept}
    rest = graph.only(inside)
    assert set(rest.entries) == inside
    for link in (*rest.links, *rest.featured):
        assert link.source is None or link.source in inside
        assert link.target in inside
    for name in NAMES:
        assert set(rest.names.find(name, ("brand", "figure", "theme"))) <= inside


steps = st.sampled_from(["a", "brands", "xiang-yang", "page", "2", "years"])
pages = st.lists(steps, max_size=4).map(lambda parts: "".join(part + "/" for part in parts))


@given(pages, st.one_of(pages, pages.map(lambda page: page + "feed.xml")))
def test_a_link_leads_where_it_should(page: str, target: str) -> None:
    for base in ("https://example.com/", "https://example.com/below/"):
        assert urljoin(base + page, relative(target, page)) == base + target


def _graph(content: dict[str, str]) -> Graph:
    with tempfile.TemporaryDirectory() as folder:
        return check_project(project(Path(folder) / "p", content)).graph

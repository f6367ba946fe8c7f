"""References are found by the names people write, and known from both ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcase.entry import references
from showcase.graph import Graph, link
from showcase.load import Entry, load
from showcase.model import KINDS
from showcase.model.brand import Brand
from tests.projects import project

ALL = tuple(KINDS)


def linked(folder: Path, content: dict[str, str]) -> Graph:
    return link(load(project(folder / "p", content)))


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    return linked(
        tmp_path,
        {
            "site.yml": "首页推荐: [品牌:xiang-yang, 没有的]\n",
            "brands/xiang-yang.md": (
                "---\n名称: 党群同心·向阳花开\n曾用: [向阳品牌, 18+N]\n主题: [理论宣讲, 不存在]\n"
                "人物: [王某, 人物/王某-教师]\n荣誉: [{荣誉: 测试荣誉, 年份: 2019}]\n---\n\n"
                "见 [[测试活动|一次活动]]和[[理论宣讲]]。\n"
            ),
            "figures/王某-特警.md": "---\n名称: 王某\n类型: 个人\n---\n",
            "figures/王某-教师.md": "---\n名称: 王某\n类型: 个人\n品牌: 党群同心·向阳花开\n---\n",
            "activities/测试活动.md": (
                "---\n名称: 测试活动\n品牌: xiang-yang\n主题: 理论宣讲\n---\n"
            ),
            "themes.yml": (
                "- id: 理论宣讲\n  名称: 理论宣讲\n  上级: 五大平台\n"
                "- id: 五大平台\n  名称: 五大平台\n"
            ),
            "honours.yml": "- id: 测试荣誉\n  名称: 测试荣誉\n",
        },
    )


def entry(graph: Graph, key: str) -> Entry:
    (found,) = [entry for entry in graph.entries if entry.key == key]
    return found


@pytest.mark.parametrize(
    "text",
    [
        *("xiang-yang", "党群同心·向阳花开", "向阳品牌", "18+N"),
        *("党群同心向阳花开", "“党群同心•向阳花开”", " 党群同心 · 向阳花开 ", "黨群同心·向陽花開"),
        *("Xiang-Yang", "１８＋Ｎ", "18+n", "向陽品牌"),
        *("品牌/xiang-yang", "品牌:xiang-yang", "品牌：向阳品牌", "brand/党群同心·向阳花开"),
        "brands: 黨群同心向陽花開",
    ],
)
def test_a_record_is_found_as_people_write_it(graph: Graph, text: str) -> None:
    found = graph.names.find(text, ("brand",))
    assert [one.key for one in found] == ["brand/xiang-yang"]
    assert graph.names.find(text, ALL) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "·",
        "党群同心",
        "向阳花开了",
        "18N",
        "人物/xiang-yang",
        "品牌/",
        "/",
        "品牌/人物/xiang-yang",
    ],
)
def test_nothing_else_is_taken_for_it(graph: Graph, text: str) -> None:
    assert graph.names.find(text, ("brand",)) == ()


def test_only_the_kinds_asked_for_are_looked_in(graph: Graph) -> None:
    assert graph.names.find("xiang-yang", ("figure",)) == ()
    assert graph.names.find("品牌/xiang-yang", ("figure",)) == ()


def test_a_name_that_several_have_is_ambiguous(graph: Graph) -> None:
    found = graph.names.find("王某", ("figure",))
    assert {one.id for one in found} == {"王某-特警", "王某-教师"}
    assert [one.id for one in graph.names.find("人物/王某-特警", ALL)] == ["王某-特警"]


def test_the_exact_spelling_goes_before_the_folded_one(tmp_path: Path) -> None:
    graph = linked(
        tmp_path,
        {"themes.yml": "- id: 一\n  名称: 党建·引领\n- id: 二\n  名称: 党建引领\n"},
    )
    assert [one.id for one in graph.names.find("党建·引领", ("theme",))] == ["一"]
    assert [one.id for one in graph.names.find("党建引领", ("theme",))] == ["二"]
    assert len(graph.names.find("黨建 引領", ("theme",))) == 2


def test_the_nearest_names_come_best_first(graph: Graph) -> None:
    assert graph.names.nearest("党群同心向阳花", ("brand",))[0] == "党群同心·向阳花开"
    assert graph.names.nearest("理论宣传", ("theme",))[0] == "理论宣讲"
    assert graph.names.nearest("外星", ALL) == []
    assert graph.names.nearest("", ALL) == []


def test_every_reference_of_a_record_is_found_with_its_place(graph: Graph) -> None:
    brand = entry(graph, "brand/xiang-yang")
    found = {
        (one.path, one.text, one.label, brand.document.lines.slice(one.span))
        for one in graph.out(brand)
    }
    assert found == {
        (("themes", 0), "理论宣讲", "主题[1]", "理论宣讲"),
        (("themes", 1), "不存在", "主题[2]", "不存在"),
        (("figures", 0), "王某", "人物[1]", "王某"),
        (("figures", 1), "人物/王某-教师", "人物[2]", "人物/王某-教师"),
        (("honours", 0, "honour"), "测试荣誉", "荣誉[1].荣誉", "测试荣誉"),
        (("body",), "测试活动", "正文", "[[测试活动|一次活动]]"),
        (("body",), "理论宣讲", "正文", "[[理论宣讲]]"),
    }


def test_what_dangles_and_what_is_ambiguous_is_data(graph: Graph) -> None:
    brand = entry(graph, "brand/xiang-yang")
    targets = {one.text: len(one.targets) for one in graph.out(brand)}
    assert targets["不存在"] == 0
    assert targets["王某"] == 2
    assert [(one.text, one.target and one.target.key) for one in graph.featured] == [
        ("品牌:xiang-yang", "brand/xiang-yang"),
        ("没有的", None),
    ]
    assert graph.featured[0].source is None


def test_relations_are_known_from_both_ends(graph: Graph) -> None:
    brand, theme = entry(graph, "brand/xiang-yang"), entry(graph, "theme/理论宣讲")
    activity, teacher = entry(graph, "activity/测试活动"), entry(graph, "figure/王某-教师")
    assert graph.targets(brand, "themes") == [theme]
    assert graph.target(activity, "brand") is brand
    assert graph.sources(theme, "brand", "themes") == [brand]
    assert graph.sources(theme, "activity", "themes") == [activity]
    assert graph.sources(brand, "figure", "brands") == [teacher]
    assert {one.source for one in graph.into(theme)} == {brand, activity}
    mentions = [one for one in graph.into(activity) if one.mention]
    assert [one.source for one in mentions] == [brand]


def test_ancestors_end_where_a_circle_closes(tmp_path: Path) -> None:
    text = "".join(
        f"- id: {one}\n  名称: {one}\n  上级: {above}\n"
        for one, above in ("甲乙", "乙丙", "丙乙", "丁丁")
    )
    graph = linked(tmp_path, {"themes.yml": text})
    ids = [one.id for one in graph.ancestors(entry(graph, "theme/甲"))]
    assert ids == ["乙", "丙"]
    assert graph.ancestors(entry(graph, "theme/丁")) == []


def test_of_what_is_left_out_nothing_remains(graph: Graph) -> None:
    activity = entry(graph, "activity/测试活动")
    rest = graph.only(one for one in graph.entries if one is not activity)
    assert activity not in rest.entries
    assert rest.of("activity") == ()
    assert all(activity not in (one.source, *one.targets) for one in rest.links)
    assert rest.names.find("测试活动", ALL) == ()
    assert rest.diagnostics == ()
    assert all(one.target is not None for one in (*rest.links, *rest.featured))


def test_references_are_read_from_the_fields_themselves() -> None:
    brand = Brand.model_validate(
        {
            "title": "甲",
            "themes": ["乙"],
            "results": [{"label": "丙", "value": "1", "source": "丁"}],
        }
    )
    assert [(one.path, one.text) for one in references(brand)] == [
        (("themes", 0), "乙"),
        (("results", 0, "source"), "丁"),
    ]


def test_a_name_may_be_any_text(graph: Graph) -> None:
    for text in (
        "品牌/" * 50_000,
        "品牌：" * 50_000,
        "/" * 100_000,
        "·" * 100_000,
        "\0",
        "党" * 100_000,
    ):
        assert graph.names.find(text, ALL) == ()

"""What may be seen on a day, by the calendar of China."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from showcase.clock import today
from showcase.graph import Graph, link
from showcase.load import load
from showcase.model.brand import Brand
from showcase.publication import is_public, preview, public
from tests.projects import project

DAY = date(2026, 5, 1)


def brand(**fields: str) -> Brand:
    return Brand.model_validate({"title": "甲", **fields})


@pytest.mark.parametrize(
    ("fields", "seen"),
    [
        ({}, True),
        ({"status": "公开"}, True),
        ({"status": "published"}, True),
        ({"status": "草稿"}, False),
        ({"status": "draft"}, False),
        ({"status": "撤下"}, False),
        ({"publish_on": "2026-05-01"}, True),
        ({"publish_on": "2026-05-02"}, False),
        ({"publish_on": "2026-05"}, True),
        ({"publish_on": "2026"}, True),
        ({"publish_on": "2027"}, False),
        ({"expire_on": "2026-05-02"}, True),
        ({"expire_on": "2026-05-01"}, False),
        ({"expire_on": "2026-05"}, False),
        ({"expire_on": "2027"}, True),
        ({"publish_on": "2026-04", "expire_on": "2026-06"}, True),
        ({"status": "草稿", "publish_on": "2026-04"}, False),
    ],
)
def test_state_and_dates_decide(fields: dict[str, str], seen: bool) -> None:
    assert is_public(brand(**fields), DAY) is seen


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("1777564799", date(2026, 4, 30)),  # 2026-04-30 15:59:59 UTC, 23:59:59 in China
        ("1777564800", date(2026, 5, 1)),  # 16:00:00 UTC, midnight in China
        ("0", date(1970, 1, 1)),
    ],
)
def test_the_day_is_that_of_china(moment: str, day: date) -> None:
    assert today({"SOURCE_DATE_EPOCH": moment}) == day


def test_without_a_fixed_moment_it_is_today() -> None:
    assert abs(today({}).toordinal() - date.today().toordinal()) <= 1  # noqa: DTZ011
    assert today({"SOURCE_DATE_EPOCH": ""}) == today({})


@pytest.mark.parametrize("moment", ["yesterday", "1.5", "2026-05-01"])
def test_a_moment_that_is_none_is_said(moment: str) -> None:
    with pytest.raises(ValueError, match=moment.replace(".", r"\.")):
        today({"SOURCE_DATE_EPOCH": moment})


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    records = {
        "公开": "",
        "草稿": "状态: 草稿",
        "撤下": "状态: 撤下",
        "将来": "发布日期: 2026-06",
        "过期": "下线日期: 2026-04",
        "写错": "状态: 草搞",
        "坏的": "口号: [一",
        "坏稿": "状态: 草稿\n口号: [一",
    }
    content = {
        f"brands/{name}.md": f"---\n名称: {name}\n{more}\n---\n\n[[公开]]\n"
        for name, more in records.items()
    }
    figure = "---\n名称: 人物\n类型: 个人\n品牌: [公开, 草稿, 撤下, 将来, 过期, 写错, 坏的]\n---\n"
    settings = "首页推荐: [公开, 草稿, 撤下]\n"
    return link(
        load(project(tmp_path / "p", {**content, "figures/人物.md": figure, "site.yml": settings}))
    )


def test_of_what_is_not_public_nothing_is_left(graph: Graph) -> None:
    seen = public(graph, DAY)
    assert [entry.id for entry in seen.entries] == ["公开", "人物"]
    assert [(link.source and link.source.id, link.text) for link in seen.links] == [
        ("公开", "公开"),
        ("人物", "公开"),
    ]
    assert [link.text for link in seen.featured] == ["公开"]
    assert seen.names.find("草稿", ("brand",)) == ()


def test_a_preview_shows_drafts_and_what_is_to_come_marked(graph: Graph) -> None:
    seen, marked = preview(graph, DAY)
    assert [entry.id for entry in seen.entries] == ["公开", "将来", "草稿", "人物"]
    assert marked == {"brand/将来", "brand/草稿"}


def test_the_next_day_may_differ(graph: Graph) -> None:
    ids = {entry.id for entry in public(graph, date(2026, 6, 1)).entries}
    assert "将来" in ids
    assert {entry.id for entry in public(graph, date(2026, 3, 31)).entries} >= {"过期"}

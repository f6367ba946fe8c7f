"""Pages: what a reader is told, in which order, and nothing that is not public."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from showcase.model import KINDS
from showcase.pages import Catalogue, PageView, plan
from showcase.pages.sitemap import SitemapView
from showcase.pages.views import (
    CoverageView,
    HomeView,
    ListView,
    RecordView,
    TreeView,
    YearsView,
    YearView,
)
from showcase.pipeline import check_project, site_of
from tests.projects import project, site

DAY = date(2026, 1, 1)


def catalogue(folder: Path, *, drafts: bool = False) -> Catalogue:
    return site_of(check_project(folder), drafts=drafts, day=DAY).catalogue


def by_address(made: Catalogue) -> dict[str, PageView]:
    return {page.address: page.make() for page in plan(made)}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PageView]:
    return by_address(catalogue(site(tmp_path_factory.mktemp("pages") / "site", "every-kind")))


def record(pages: dict[str, PageView], address: str) -> RecordView:
    view = pages[address].data
    assert isinstance(view, RecordView)
    return view


def test_a_record_page_shows_relations_both_ways(pages: dict[str, PageView]) -> None:
    brand = record(pages, "brands/brand-a/")
    shown = {card.title: relation.label for relation in brand.relations for card in relation.cards}
    assert shown["测试活动甲"] == "活动"
    assert shown["测试单位乙"] == "共建单位"
    activity = record(pages, "activities/huo-dong-jia/")
    assert any(card.key == "brand/品牌甲" for r in activity.relations for card in r.cards)
    card = next(card for r in brand.relations for card in r.cards if card.key == "theme/主题甲")
    assert (card.summary, card.url) == ("一个测试主题。", "../../themes/zhu-ti-jia/")


def test_facts_are_words_for_people(pages: dict[str, PageView]) -> None:
    facts = {
        fact.label: [value.text for value in fact.values]
        for fact in record(pages, "activities/huo-dong-jia/").facts
    }
    assert facts["开始"] == ["2019年3月18日"]
    assert facts["常态化"] == ["否"]
    assert "款项" not in facts
    numbers = record(pages, "activities/huo-dong-jia/").numbers
    assert [(number.label, number.value, number.unit) for number in numbers] == [
        ("参与", "120", "人次"),
        ("志愿者", "16", "人"),
        ("志愿服务时长", "48", "小时"),
        ("募集", "9,931", "元"),
    ]
    assert "状态" not in facts
    figure = record(pages, "figures/ce-shi-ren-wu-jia/")
    assert "授权" not in {fact.label for fact in figure.facts}


def test_numbers_honours_and_citation(pages: dict[str, PageView]) -> None:
    brand = record(pages, "brands/brand-a/")
    number = brand.numbers[0]
    assert (number.value, number.unit, number.as_of) == ("1234", "次", "2020年")
    assert number.source_url == "../../sources/source-a/"
    assert [(honour.title, honour.tier) for honour in brand.honours] == [("测试荣誉甲", "省级")]
    figure = record(pages, "figures/ce-shi-ren-wu-jia/")
    assert figure.citation is not None
    assert figure.citation.text == "测试颁奖词。"


def test_prose_links_to_records(pages: dict[str, PageView]) -> None:
    html = record(pages, "brands/brand-a/").prose
    assert 'href="../../activities/huo-dong-jia/"' in html
    assert ">那次活动</a>" in html
    sections = [(s.title, s.level) for s in record(pages, "brands/brand-a/").sections]
    assert ("工作举措", 2) in sections
    assert ("一、举措", 3) in sections


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("themes/zhu-ti-jia/", "一个测试主题。"),
        ("indicators/zhi-biao-jia/", "指标：测试指标甲。超过13万人（截至2020年12月）"),
        ("honours/rong-yu-jia/", "荣誉：测试荣誉甲。级别：省级；颁发：合成办公室"),
        ("places/he-cheng-zhen/", "地区：合成镇。层级：镇；上级：合成市"),
        ("series/xi-lie-jia/", "系列：测试系列甲"),
    ],
)
def test_a_page_without_prose_is_described_by_what_it_states(
    pages: dict[str, PageView], address: str, said: str
) -> None:
    assert pages[address].description == said


def test_previous_and_next_follow_the_list(pages: dict[str, PageView]) -> None:
    listed = pages["activities/"].data
    assert isinstance(listed, ListView)
    order = [card.key for card in listed.cards]
    for index, card in enumerate(listed.cards):
        pager = record(pages, card.url.removeprefix("../")).pager
        before = order[index - 1] if index else None
        assert (pager.previous.key if pager.previous else None) == before


def test_the_years_hold_what_is_dated(pages: dict[str, PageView]) -> None:
    years = pages["years/"].data
    assert isinstance(years, YearsView)
    assert [year.year for year in years.years] == ["2020年", "2019年"]
    assert [item.what for item in years.years[0].items] == ["获得测试荣誉甲"]
    assert [year.count for year in years.years] == [len(year.items) for year in years.years]
    assert {"years/2019/", "years/2020/"} <= pages.keys()


def year(folder: Path, starts: list[str]) -> YearView:
    activities = "".join(
        f"- {{id: 活动{number}, 名称: 测试活动{number}, 开始: {start}}}\n"
        for number, start in enumerate(starts)
    )
    made = catalogue(project(folder, {"activities.yml": activities}))
    view = by_address(made)["years/2021/"].data
    assert isinstance(view, YearView)
    return view


def test_a_full_year_is_divided_into_its_months(tmp_path: Path) -> None:
    starts = ["2021-03-09", "2021", "2021-11", "2021-03", *["2021-12-01"] * 9]
    view = year(tmp_path / "site", starts)
    assert view.count == 13
    assert [(part.title, [item.when for item in part.items]) for part in view.parts] == [
        ("只知道是这一年", ["2021年"]),
        ("3月", ["2021年3月", "2021年3月9日"]),
        ("11月", ["2021年11月"]),
        ("12月", ["2021年12月1日"] * 9),
    ]
    assert [(way.title, way.url, way.count) for way in view.ways] == [
        (part.title, f"#{part.id}", len(part.items)) for part in view.parts
    ]


@pytest.mark.parametrize("starts", [["2021", "2021-03", "2021-11-02"], ["2021-03-01"] * 40])
def test_a_short_year_and_one_of_a_single_month_have_no_headings(
    tmp_path: Path, starts: list[str]
) -> None:
    view = year(tmp_path / "site", starts)
    assert [(part.title, len(part.items)) for part in view.parts] == [("", len(starts))]
    assert view.ways == ()


@pytest.mark.parametrize(
    ("page", "also"),
    [
        ("brands/", [("各地的品牌", "../places/")]),
        ("figures/", [("荣誉榜", "../honours/")]),
        ("services/", []),
    ],
)
def test_a_list_leads_to_what_shows_it_another_way(
    pages: dict[str, PageView], tmp_path: Path, page: str, also: list[tuple[str, str]]
) -> None:
    view = pages[page].data
    assert isinstance(view, ListView)
    assert [(other.title, other.url) for other in view.also] == also
    # Not to one that has nothing yet.
    empty = by_address(catalogue(project(tmp_path / "site", {})))[page].data
    assert isinstance(empty, ListView)
    assert empty.also == ()


def test_coverage_counts_places_below(pages: dict[str, PageView]) -> None:
    view = pages["places/"].data
    assert isinstance(view, CoverageView)
    rows = {row.place.title: (row.depth, len(row.brands)) for row in view.rows}
    assert rows == {"合成市": (0, 1), "合成镇": (1, 1), "没有品牌的镇": (1, 0)}
    assert view.covered == 2


def test_the_network_is_a_tree(pages: dict[str, PageView]) -> None:
    view = pages["venues/"].data
    assert isinstance(view, TreeView)
    assert [(root.card.title, root.count) for root in view.roots] == [("测试阵地甲", 1)]


def test_home_shows_what_the_settings_feature(pages: dict[str, PageView]) -> None:
    view = pages[""].data
    assert isinstance(view, HomeView)
    assert [card.key for card in view.featured] == ["brand/品牌甲", "figure/测试人物甲"]


def test_a_draft_shows_in_the_preview_only_and_is_marked(tmp_path: Path) -> None:
    made = project(
        tmp_path / "p",
        {
            "activities/甲.md": "---\n名称: 甲\n状态: 草稿\n---\n",
            "activities/乙.md": "---\n名称: 乙\n发布日期: 2999\n---\n",
            "activities/丙.md": "---\n名称: 丙\n状态: 撤下\n---\n",
        },
    )
    assert [key for key in by_address(catalogue(made)) if key.startswith("activities/")] == [
        "activities/"
    ]
    preview = by_address(catalogue(made, drafts=True))
    assert record(preview, "activities/jia/").draft
    listed = preview["activities/"].data
    assert isinstance(listed, ListView)
    assert all("草稿" in card.badges for card in listed.cards)
    assert "activities/yi/" in preview
    assert "activities/bing/" not in preview


def test_lists_are_paged(tmp_path: Path) -> None:
    content = {f"activities/{n:03d}.md": f"---\n名称: 活动{n:03d}\n---\n" for n in range(60)}
    pages = by_address(catalogue(project(tmp_path / "p", content)))
    seen: list[str] = []
    for address in ("activities/", "activities/page/2/", "activities/page/3/"):
        view = pages[address].data
        assert isinstance(view, ListView)
        seen += [card.key for card in view.cards]
        assert view.paging.count == 60
    assert len(seen) == len(set(seen)) == 60
    assert "activities/page/4/" not in pages


def test_a_circle_of_parents_does_not_hang(tmp_path: Path) -> None:
    text = "- id: 甲\n  名称: 甲\n  上级: 乙\n- id: 乙\n  名称: 乙\n  上级: 甲\n"
    made = project(tmp_path / "p", {"places.yml": text})
    assert "places/jia/" in by_address(catalogue(made))


def test_an_empty_site_says_what_would_stand_there(tmp_path: Path) -> None:
    made = site_of(check_project(project(tmp_path / "site", {})), day=DAY)
    pages = {page.uri.removesuffix("index.md"): page.html for page in made.pages()}
    lists = {f"{kind.plural}/" for kind in KINDS.values()}
    for address in {"", "calendar/", "explore/", "years/"} | lists:
        assert 'class="sc-empty"' in pages[address], address
        assert "以后" in pages[address] or "记下" in pages[address] or "写明" in pages[address]


def test_the_site_map_has_the_pages_that_were_written_by_hand(tmp_path: Path) -> None:
    folder = project(tmp_path / "site", {})
    (folder / "docs" / "more").mkdir(parents=True)
    for name, text in {
        "index.md": "# 首页",
        "about.md": '---\ntitle: "关于本站"\n---\n\n# 别的标题\n',
        "join.md": "一段话。\n\n# 怎样加入 #\n",
        "plain.md": "没有标题",
        "more/inner.md": "# 里层",
    }.items():
        (folder / "docs" / name).write_text(text, "utf-8")
    view = by_address(catalogue(folder))["sitemap/"].data
    assert isinstance(view, SitemapView)
    lines = [(line.title, line.url) for line in view.others]
    assert lines[-3:] == [
        ("关于本站", "../about/"), ("怎样加入", "../join/"), ("plain", "../plain/")
    ]  # fmt: skip
    assert ("开放数据", "../data/") in lines

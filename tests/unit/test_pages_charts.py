"""Charts: only what can be compared is, from zero, and what a bar cannot say is said."""

from __future__ import annotations

from pathlib import Path

from showcase.pages.indicators import NumbersView
from tests.projects import project
from tests.unit.test_pages import by_address, catalogue

PLACES = "- {id: 甲镇, 名称: 甲镇, 层级: 镇}\n- {id: 乙镇, 名称: 乙镇, 层级: 镇}\n"


def shown(tmp_path: Path, indicators: str, **files: str) -> NumbersView:
    content = {"indicators.yml": indicators, "places.yml": PLACES, **files}
    view = by_address(catalogue(project(tmp_path / "site", content)))["indicators/"].data
    assert isinstance(view, NumbersView)
    return view


def indicator(name: str, value: str, unit: str = "人", **more: str) -> str:
    fields = {"id": name, "名称": name, "数值": value, "单位": f'"{unit}"', **more}
    return "- {" + ", ".join(f"{key}: {text}" for key, text in fields.items()) + "}\n"


def test_the_same_number_in_several_years_is_compared_in_their_order(tmp_path: Path) -> None:
    view = shown(
        tmp_path,
        indicator("2020年志愿者", "2万", 截至="2020", 比较="超过")
        + indicator("2019年志愿者", "5000", 截至="2019"),
    )
    (chart,) = view.charts
    assert [(bar.label, bar.text, bar.length) for bar in chart.bars] == [
        ("2019年", "5000人", "25.0"),
        ("2020年", "超过 2万人", "100.0"),
    ]
    assert chart.title == "志愿者"
    assert "「超过」" in chart.note


def test_the_same_number_of_several_places_is_compared(tmp_path: Path) -> None:
    view = shown(
        tmp_path,
        indicator("甲镇志愿者", "50", 地区="甲镇") + indicator("乙镇志愿者", "200", 地区="乙镇"),
    )
    (chart,) = view.charts
    assert [(bar.label, bar.length) for bar in chart.bars] == [("乙镇", "100.0"), ("甲镇", "25.0")]
    assert chart.note == ""


def test_what_differs_in_unit_subject_or_both_year_and_place_is_not(tmp_path: Path) -> None:
    view = shown(
        tmp_path,
        indicator("甲镇志愿者", "50", 地区="甲镇", 截至="2019")
        + indicator("乙镇志愿者", "200", 地区="乙镇", 截至="2020")
        + indicator("甲镇活动", "3", unit="场", 地区="甲镇")
        + indicator("乙镇活动", "3", unit="次", 地区="乙镇"),
    )
    assert view.charts == ()
    assert len(view.rows) == 4


def test_a_percentage_is_a_part_of_a_whole_and_more_than_all_is_not(tmp_path: Path) -> None:
    view = shown(
        tmp_path,
        indicator("志愿者占比", "28", unit="%", 比较="约") + indicator("增长", "130", unit="%"),
    )
    (chart,) = view.charts
    assert [(bar.label, bar.text, bar.length) for bar in chart.bars] == [
        ("志愿者占比", "约 28%", "28.0")
    ]


def test_nothing_is_divided_by_zero(tmp_path: Path) -> None:
    view = shown(
        tmp_path,
        indicator("甲镇志愿者", "0", 地区="甲镇") + indicator("乙镇志愿者", "0", 地区="乙镇"),
    )
    assert view.charts == ()


def test_records_are_counted_by_places_that_lie_side_by_side(tmp_path: Path) -> None:
    places = (
        "- {id: 市, 名称: 合成市, 层级: 市}\n"
        "- {id: 甲镇, 名称: 甲镇, 层级: 镇, 上级: 市}\n"
        "- {id: 乙镇, 名称: 乙镇, 层级: 镇, 上级: 市}\n"
    )
    activities = (
        "- {id: a, 名称: 活动一, 地区: 甲镇, 开始: 2019}\n"
        "- {id: b, 名称: 活动二, 地区: 甲镇, 开始: 2021-02}\n- {id: c, 名称: 活动三, 地区: 乙镇}\n"
    )
    files = {"places.yml": places, "activities.yml": activities}
    view = shown(tmp_path, "", **files)
    charts = {chart.column: [(bar.label, bar.text) for bar in chart.bars] for chart in view.kept}
    assert charts == {
        "年份": [("2019年", "1"), ("2021年", "1")],
        "地区": [("甲镇", "2"), ("乙镇", "1")],
    }


def test_one_count_alone_makes_no_chart(tmp_path: Path) -> None:
    assert shown(tmp_path, "", **{"activities.yml": "- {id: a, 名称: 甲, 开始: 2019}\n"}).kept == ()


def test_names_that_are_a_place_or_a_year_alone_say_no_subject(tmp_path: Path) -> None:
    view = shown(
        tmp_path, indicator("甲镇", "50", 地区="甲镇") + indicator("乙镇", "200", 地区="乙镇")
    )
    assert view.charts == ()


def test_of_many_years_the_latest_are_drawn(tmp_path: Path) -> None:
    years = range(2001, 2016)
    view = shown(
        tmp_path, "".join(indicator(f"{year}年人次", "5", 截至=str(year)) for year in years)
    )
    (chart,) = view.charts
    assert [bar.label for bar in chart.bars][-1] == "2015年"
    assert chart.note == "另有 3 个没有画出。"

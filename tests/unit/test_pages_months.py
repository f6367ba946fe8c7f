"""The calendar: every activity stands where its date allows, and claims no day it does not know."""

from __future__ import annotations

from pathlib import Path

from showcase.pages.months import CalendarView, MonthView
from showcase.pages.views import ListView, PageView
from tests.projects import project
from tests.unit.test_pages import by_address, catalogue

DATED = {
    "同一天": ("2024-02-29", ""),
    "三天": ("2024-02-28", "2024-03-01"),
    "只知月": ("2024-03", ""),
    "只知年": ("2023", ""),
    "很久": ("2024-03-10", "2024-05-02"),
    "好几年": ("2024-03-11", "2027-01-02"),
    "说不准": ("2024-05-01", "2024-06"),
    "到年底": ("2024-05-03", "2024"),
}


def pages(tmp_path: Path, extra: str = "") -> dict[str, PageView]:
    records = [
        f"- 名称: {name}\n  id: {name}\n  开始: {start}\n" + (f"  结束: {end}\n" if end else "")
        for name, (start, end) in DATED.items()
    ]
    files = {"activities.yml": "".join(records) + extra} if records else {}
    return by_address(catalogue(project(tmp_path / "site", files)))


def month(made: dict[str, PageView], name: str) -> MonthView:
    view = made[f"calendar/{name}/"].data
    assert isinstance(view, MonthView)
    return view


def first(made: dict[str, PageView]) -> CalendarView:
    view = made["calendar/"].data
    assert isinstance(view, CalendarView)
    return view


def cells(view: MonthView) -> dict[str, list[str]]:
    return {
        day.iso: [card.title for card in day.cards]
        for week in view.weeks
        for day in week
        if day.cards
    }


def test_a_day_that_is_known_stands_in_its_cell(tmp_path: Path) -> None:
    made = pages(tmp_path)
    assert cells(month(made, "2024-02")) == {
        "2024-02-28": ["三天"],
        "2024-02-29": ["同一天", "三天"],
    }
    assert cells(month(made, "2024-03")) == {"2024-03-01": ["三天"]}


def test_what_is_known_to_the_month_or_lasts_claims_no_day(tmp_path: Path) -> None:
    made = pages(tmp_path)
    march = month(made, "2024-03")
    assert [card.title for card in march.without_day] == ["只知月"]
    assert {card.title for card in march.lasting} == {"很久", "好几年"}
    assert [card.title for card in month(made, "2024-04").lasting] == ["很久"]
    # Of many years only the first and the last month have it.
    assert [card.title for card in month(made, "2027-01").lasting] == ["好几年"]
    assert "calendar/2025-01/" not in made
    may = month(made, "2024-05")
    assert {card.title for card in may.lasting} == {"很久", "说不准"}
    # An end known to the year says nothing about days: the start stands alone.
    assert cells(may) == {"2024-05-03": ["到年底"]}


def test_what_is_known_to_the_year_stands_in_no_month(tmp_path: Path) -> None:
    made = pages(tmp_path)
    year = next(year for year in first(made).years if year.title == "2023年")
    assert [card.title for card in year.without_month] == ["只知年"]
    assert not any(way.count for way in year.months)
    assert not any(address.startswith("calendar/2023-") for address in made)


def test_months_lead_to_the_next_one_with_activities(tmp_path: Path) -> None:
    made = pages(tmp_path)
    june = month(made, "2024-06")
    assert june.previous is not None
    assert june.next is not None
    assert (june.previous.title, june.next.title) == ("2024年5月", "2027年1月")
    assert june.next.url == "../../calendar/2027-01/"
    assert month(made, "2024-02").previous is None


def test_regular_and_undated_ones_are_shown_as_what_they_are(tmp_path: Path) -> None:
    extra = "- 名称: 每周读书\n  id: 每周读书\n  常态化: 每周\n- 名称: 没日子\n  id: 没日子\n"
    made = pages(tmp_path, extra)
    view = first(made)
    assert [card.title for card in view.regular.cards] == ["每周读书"]
    assert [card.title for card in view.undated.cards] == ["没日子"]
    assert [card.when for card in month(made, "2024-02").regular.cards] == ["每周"]
    assert view.count == len(DATED) + 2


def test_a_regular_activity_with_a_start_says_since_when(tmp_path: Path) -> None:
    extra = "- 名称: 每周读书\n  id: 每周读书\n  常态化: 每周\n  开始: 2024-03-04\n"
    view = month(pages(tmp_path, extra), "2024-03")
    assert [card.when for card in view.regular.cards] == ["2024年3月4日起，每周"]
    assert cells(view)["2024-03-04"] == ["每周读书"]


def test_a_month_s_weeks_begin_on_monday(tmp_path: Path) -> None:
    weeks = month(pages(tmp_path), "2024-02").weeks
    assert [day.number for day in weeks[0]] == [0, 0, 0, 1, 2, 3, 4]
    assert weeks[0][3].weekday == "四"


def test_the_list_of_activities_leads_to_the_calendar(tmp_path: Path) -> None:
    view = pages(tmp_path)["activities/"].data
    assert isinstance(view, ListView)
    assert [(page.title, page.url) for page in view.also] == [("活动月历", "../calendar/")]


def test_a_site_without_activities_has_a_calendar_that_says_so(tmp_path: Path) -> None:
    made = by_address(catalogue(project(tmp_path / "site", {})))
    assert first(made).years == ()

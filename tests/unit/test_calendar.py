"""The calendar: days as they are, partial dates honestly, lines and text as RFC 5545 has them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from showcase.outputs import ical
from tests.outputs import URL, files
from tests.projects import project, site


def activity(**fields: str) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\n{lines}---\n"


def events(folder: Path, content: dict[str, str], url: str = "") -> dict[str, Any]:
    data = files(project(folder, content), url)["activities.ics"]
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    return {str(event["SUMMARY"]): event for event in calendar.events}


@pytest.mark.parametrize(
    ("start", "end", "first", "after", "said"),
    [
        ("2019-03-18", "", (2019, 3, 18), (2019, 3, 19), ""),
        ("2019-03-18", "2019-03-20", (2019, 3, 18), (2019, 3, 21), ""),
        ("2019-12-31", "", (2019, 12, 31), (2020, 1, 1), ""),
        ("2020-02", "", (2020, 2, 1), (2020, 3, 1), "（2020年2月，日子不详）"),
        ("2019", "", (2019, 1, 1), (2020, 1, 1), "（2019年，日子不详）"),
        (
            "2019-03",
            "2019-04-02",
            (2019, 3, 1),
            (2019, 4, 3),
            "（2019年3月至2019年4月2日，日子不详）",
        ),
        ("1000-01-01", "", (1000, 1, 1), (1000, 1, 2), ""),
        ("9999-12-30", "", (9999, 12, 30), (9999, 12, 31), ""),
        ("9999", "", (9999, 1, 1), (9999, 12, 31), "（9999年，日子不详）"),
    ],
)
def test_days(
    tmp_path: Path,
    start: str,
    end: str,
    first: tuple[int, int, int],
    after: tuple[int, int, int],
    said: str,
) -> None:
    fields = {"名称": "甲", "开始": start} | ({"结束": end} if end else {})
    found = events(tmp_path / "p", {"activities/甲.md": activity(**fields)})
    event = found[f"甲{said}"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(*first), date(*after))
    assert ("只知道这么多" in str(event["DESCRIPTION"])) is bool(said)


def test_the_last_day_of_all_has_no_end(tmp_path: Path) -> None:
    found = events(tmp_path / "p", {"activities/甲.md": activity(名称="甲", 开始="9999-12-31")})
    assert "DTEND" not in found["甲"]


def test_what_is_held_regularly_or_has_no_date_is_no_event(tmp_path: Path) -> None:
    content = {
        "activities/甲.md": activity(名称="甲", 开始="2019-03-18", 常态化="否"),
        "activities/乙.md": activity(名称="乙", 开始="2019-03-18", 常态化="每年五场"),
        "activities/丙.md": activity(名称="丙"),
        "activities/丁.md": activity(名称="丁", 开始="2019-03-18", 状态="草稿"),
    }
    assert set(events(tmp_path / "p", content)) == {"甲"}


def test_without_an_event_there_is_no_calendar_and_no_link_to_one(tmp_path: Path) -> None:
    made = project(tmp_path / "p", {"activities/甲.md": activity(名称="甲")})
    assert "activities.ics" not in files(made)


def test_everything_the_standard_demands_is_there(tmp_path: Path) -> None:
    data = files(site(tmp_path / "p", "every-kind"), URL)["activities.ics"]
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    assert calendar.errors == []
    event: Any = calendar.events[0]
    assert event.errors == []
    assert str(event["SUMMARY"]) == "测试活动甲"
    assert str(event["LOCATION"]) == "测试阵地甲"
    assert event["URL"] == f"{URL}activities/huo-dong-jia/"
    assert event["DTSTAMP"].dt.isoformat() == "2019-03-18T00:00:00+00:00"
    assert "主办：测试单位甲" in str(event["DESCRIPTION"])
    assert [str(one) for one in event["CATEGORIES"].cats] == ["测试主题甲"]


def test_an_event_keeps_its_id_when_it_is_put_off(tmp_path: Path) -> None:
    ids = {
        str(event["UID"])
        for n, day in enumerate(("2019-03-18", "2019-03-19"))
        for event in events(
            tmp_path / str(n), {"activities/甲.md": activity(名称=f"甲{n}", 开始=day)}
        ).values()
    }
    assert len(ids) == 1


def test_lines_are_folded_between_characters() -> None:
    data = ical.content([("SUMMARY", "党群同心🌻" * 40), ("X-A", "a" * 71), ("X-B", "b" * 72)])
    assert data.endswith(b"\r\n")
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode("utf-8")
    assert lines[-3:] == [b"X-B:" + b"b" * 71, b" b", b""]
    assert lines[-4] == b"X-A:" + b"a" * 71


def test_text_is_escaped() -> None:
    assert ical.text("甲,乙;丙\\丁\r\n戊\u2028己\x07庚\tD:\\New") == (
        "甲\\,乙\\;丙\\\\丁\\n戊\\n己 庚 D:\\\\New"
    )

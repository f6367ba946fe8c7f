"""Dates as an office writes them: as exact as they are known, never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from showcase.model import PartialDate
from showcase.model.dates import propose, read_date, respell


@pytest.mark.parametrize(
    ("text", "chinese", "first", "last"),
    [
        ("2019", "2019年", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-03", "2019年3月", date(2019, 3, 1), date(2019, 3, 31)),
        ("2020-02", "2020年2月", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-03-18", "2019年3月18日", date(2019, 3, 18), date(2019, 3, 18)),
        ("1000", "1000年", date(1000, 1, 1), date(1000, 12, 31)),
    ],
)
def test_a_date_is_as_exact_as_it_was_written(
    text: str, chinese: str, first: date, last: date
) -> None:
    read = read_date(text)
    assert isinstance(read, PartialDate)
    assert (str(read), read.chinese, read.first, read.last) == (text, chinese, first, last)


@pytest.mark.parametrize(
    "text",
    [
        "2019-00",
        "2019-13",
        "2019-02-29",
        "2019-04-31",
        "2019-01-00",
        "0000",
        "0000-01",
        "0019-03",
        "0201-03",
        "2019年2月29日",
        "2019年13月",
        "2019-02-30日",
        "2019/4/31 0:00",
        "二〇一九年三月三十二日",
        "２０１９-1３-99",
        "民国元年十三月",
    ],
)
def test_days_that_are_in_no_calendar(text: str) -> None:
    found = read_date(text)
    assert isinstance(found, tuple)
    assert found[0] == "DAT002"
    assert text in found[1]


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("2019年", "2019"),
        ("2019年3月", "2019-03"),
        ("2019年3月8日", "2019-03-08"),
        ("2019 年 3 月 8 号", "2019-03-08"),
        ("2019.3", "2019-03"),
        ("2019.03.18", "2019-03-18"),
        ("2019/3/18", "2019-03-18"),
        ("2019-3", "2019-03"),
        ("2019—3", "2019-03"),
        ("20190318", "2019-03-18"),
        ("２０１９年３月", "2019-03"),
        ("二〇一九年三月", "2019-03"),
        ("二零一九年十二月三十一日", "2019-12-31"),
        ("二○一九年十月廿一日", "2019-10-21"),
        ("一九四九年十月一日", "1949-10-01"),
        ("民国108年", "2019"),
        ("民國一〇八年三月", "2019-03"),
        ("民国三十八年", "1949"),
        ("民国元年", "1912"),
        ("民國元年三月", "1912-03"),
        ("公元2019年", "2019"),
        ("西元 2019 年 3 月", "2019-03"),
        ("2019/3/18 0:00", "2019-03-18"),
        ("2019-03-18 00:00:00", "2019-03-18"),
        ("2019-03-18T00:00:00", "2019-03-18"),
        ("2019年3月18日 0:00", "2019-03-18"),
        ("2019–03", "2019-03"),
        ("2019−03−18", "2019-03-18"),
        ("2019‐03", "2019-03"),
        ("2019／3／18", "2019-03-18"),
        ("201903", "2019-03"),
    ],
)
def test_the_usual_spelling_is_proposed(text: str, proposal: str) -> None:
    found = read_date(text)
    assert isinstance(found, tuple)
    assert found[0] == "DAT001"
    assert f"「{proposal}」" in found[2]
    assert isinstance(read_date(proposal), PartialDate)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "去年",
        "19年3月",
        "三月",
        "٢٠١٩",
        "43542",
        "12019",
        "2019111",
        "20191399",
        "2019-2020",
        "2019-1112",
        "元年",
        "公元前221年",
        "2019年元月",
        "2019-03-18 08:00",
        "九" * 31,
        "2019-03-18T08:00",
        "3/18/2019",
        "约2019年",
        "十年",
        "民国",
        "9" * 5000,
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert propose(text) == ""
    found = read_date(text)
    assert isinstance(found, tuple)
    assert found[0] == "DAT001"
    assert len(found[1]) < 60


def test_a_number_of_excel_is_said_to_be_one_and_never_taken_for_a_year() -> None:
    found = read_date("43542")
    assert isinstance(found, tuple)
    assert found[0] == "DAT001"
    assert "Excel" in found[2]
    assert "「2019-03-18」" in found[2]
    other = read_date("12019")
    assert isinstance(other, tuple)
    assert "Excel" not in other[2]


@pytest.mark.parametrize(
    ("text", "known"), [("2019-03-00", "2019-03"), ("2019-00", "2019"), ("2019年0月0日", "2019")]
)
def test_a_nought_stands_for_what_is_not_known(text: str, known: str) -> None:
    found = read_date(text)
    assert isinstance(found, tuple)
    assert "没有 0" in found[1]
    assert f"「{known}」" in found[2]


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("2019–03", "2019-03"),
        ("2019/3/18 0:00", "2019-03-18"),
        ("2019-03-18 00:00:00", "2019-03-18"),
        ("民国元年", "1912"),
        ("公元2019年", "2019"),
        ("20190318", "2019-03-18"),
        ("201903", ""),
        ("43542", ""),
        ("2019.10-12", ""),
        ("2019-1112", ""),
        ("2019年2月29日", ""),
    ],
)
def test_what_can_be_read_in_one_way_only_is_respelt(text: str, spelling: str) -> None:
    assert respell(text) == spelling

"""Dates as an office writes them: as exact as they are known, never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from showcase.model import PartialDate
from showcase.model.dates import propose, read_date


@pytest.mark.parametrize(
    ("text", "chinese", "first", "last"),
    [
        ("2019", "2019年", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-03", "2019年3月", date(2019, 3, 1), date(2019, 3, 31)),
        ("2020-02", "2020年2月", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-03-18", "2019年3月18日", date(2019, 3, 18), date(2019, 3, 18)),
        ("0001", "1年", date(1, 1, 1), date(1, 12, 31)),
    ],
)
def test_a_date_is_as_exact_as_it_was_written(
    text: str, chinese: str, first: date, last: date
) -> None:
    read = read_date(text)
    assert isinstance(read, PartialDate)
    assert (str(read), read.chinese, read.first, read.last) == (text, chinese, first, last)


@pytest.mark.parametrize(
    "text", ["2019-00", "2019-13", "2019-02-29", "2019-04-31", "2019-01-00", "0000", "0000-01"]
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
        "2019年13月",
        "2019-02-30日",
        "三月",
        "٢٠١٩",
        "２０１９-1３-99",
        "九" * 31,
        "2019-03-18T08:00",
        "3/18/2019",
        "约2019年",
        "十年",
        "民国",
        "9" * 5000,
        "二〇一九年三月三十二日",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert propose(text) == ""
    found = read_date(text)
    assert isinstance(found, tuple)
    assert found[0] == "DAT001"
    assert len(found[1]) < 60

"""Dates as an office knows them: a year, a month, a day (ISO 8601-1:2019, 5.2.2, reduced)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from msgspec import Struct

from showcase.diagnostics import short
from showcase.pattern import pattern

_ISO = pattern(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_LOOSE = pattern(
    r"(?:(?P<era>民国|民國)|公元|西元)?\s*"
    r"(?P<year>[0-9]{1,4}|(?<=[国國])元|[〇零○一二三四五六七八九十]{1,4})\s*[年./-]?\s*"
    r"(?:(?P<month>[0-9]{1,2}|[〇零一二三四五六七八九十]{1,3})\s*[月./-]?\s*"
    r"(?:(?P<day>[0-9]{1,2}|[〇零一二三四五六七八九十廿]{1,3})\s*[日号號]?)?)?"
)
_ERA = pattern(r"^(?:民[国國]|公元|西元)")
_NUMBER = pattern(r"[0-9〇零○一二三四五六七八九十廿]+|(?<=^民[国國])元")
_CERTAIN = pattern(r"N|N年(?:N月(?:N[日号號]?)?)?|N(?P<sign>[./-])N(?:(?P=sign)N)?")
# What an input method, Word and Excel make of a hyphen, and full-width digits.
_PLAIN = (
    {ord(sign): "-" for sign in "－—–−‐‑‒―─﹣⁃"}
    | {ord("０") + digit: str(digit) for digit in range(10)}
    | {ord("．"): ".", ord("／"): "/"}
)
_MIDNIGHT = pattern(r"(?<=[0-9日号])[ T]+0?0:00(?::00(?:\.0+)?)?$")
"""The time that Excel gives to a day without one."""
_SERIAL = pattern(r"[2-5][0-9]{4}")
_SERIAL_FROM = date(1899, 12, 30)
"""Day 0 of the numbers that Excel keeps dates as (ECMA-376-1:2016, 18.17.4.1)."""
_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}
_REPUBLIC = 1911
"""Year 1 of the Republic's calendar (民国纪年) is 1912."""
_LONGEST = 30
"""Characters of a date at most: ``公元二〇一九年 十二月 三十一日`` has 17."""
_EARLIEST = 1000
"""No record is of an earlier year: ``0019`` and ``0201`` are slips of the keyboard."""


class PartialDate(Struct, frozen=True):
    """A date known to the year, month or day; how precise it is stays as written."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def chinese(self) -> str:
        """The date as it is read: ``2019年3月``."""
        text = f"{self.year}年"
        if self.month is not None:
            text += f"{self.month}月"
        if self.day is not None:
            text += f"{self.day}日"
        return text

    @property
    def first(self) -> date:
        """The first day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def read_date(text: str) -> PartialDate | tuple[str, str, str]:
    """Read a date; return it, or the code, message and help of what is wrong with it."""
    match = _ISO.fullmatch(text)
    if match and text.isascii():
        parts = [int(part) for part in match.groups() if part is not None]
        if (problem := _impossible(*parts)) is None:
            return PartialDate(*parts)
        return _no_such_day(text, parts, problem)
    help = "日期写成 2019、2019-03 或 2019-03-18"
    parts = _loosely(text)
    if parts and (problem := _impossible(*parts)) is not None:
        return _no_such_day(text, parts, problem)
    if parts:
        help = f"请写成「{PartialDate(*parts)}」"
    elif _SERIAL.fullmatch(text) and text.isascii():
        day = _SERIAL_FROM + timedelta(days=int(text))
        help = f"这像是 Excel 里代替日期的数字，那一天是 {day}；请核对原来的表格，写成「{day}」"
    return "DAT001", f"日期「{short(text, 30)}」的写法不认识", help


def _no_such_day(text: str, parts: list[int], problem: str) -> tuple[str, str, str]:
    help = "请核对日期，例如 2019、2019-03 或 2019-03-18"
    if 0 in parts and _impossible(*(known := parts[: parts.index(0)] or [0])) is None:
        help = f"不知道的部分不用写，请写成「{PartialDate(*known)}」"
    return "DAT002", f"没有「{text}」这一天：{problem}", help


def propose(text: str) -> str:
    """Return the spelling that a date written another way probably means, or ``""``."""
    parts = _loosely(text)
    return str(PartialDate(*parts)) if parts and _impossible(*parts) is None else ""


def respell(text: str) -> str:
    """Return the proposal for a date that can be read in one way only, or ``""``.

    ``2019.10-12`` may be a stretch of months: a person decides.
    """
    shape = _ERA.sub("", _NUMBER.sub("N", "".join(_plain(text).split())))
    if shape == "N" and len(text.strip()) not in (4, 8):
        return ""
    return propose(text) if _CERTAIN.fullmatch(shape) else ""


def _plain(text: str) -> str:
    """Return a date with the digits, hyphens and the rest of a keyboard, without midnight."""
    return _MIDNIGHT.sub("", text.strip().translate(_PLAIN))


def _loosely(text: str) -> list[int]:
    """Return the year, month and day of a date written another way, be there such a day or not.

    Each is a number of its own, or all are digits in a row (``20190318``): whoever writes
    ``2019-2020`` means two years, and ``43542`` is no date at all.
    """
    match = _LOOSE.fullmatch(_plain(text)) if len(text) <= _LONGEST else None
    if match is None:
        return []
    written = [match[name] for name in ("year", "month", "day") if match[name]]
    numbers = [_value(part) for part in written]
    if match["era"]:
        numbers[0] += _REPUBLIC
    apart = len(_NUMBER.findall(match[0])) == len(written)
    in_a_row = match[0] == "".join(written) and len(match[0]) in (6, 8)
    certain = apart or (in_a_row and _impossible(*numbers) is None)
    return numbers if certain and numbers[0] >= _EARLIEST else []


def _value(text: str) -> int:
    """Read Arabic digits, Chinese digits in a row (二〇一九) or counted (十二, 廿一)."""
    if text.isascii():
        return int(text)
    if text == "元":
        return 1
    text = text.replace("廿", "二十")
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (int(_DIGITS.get(tens, "1"))) * 10 + int(_DIGITS.get(ones, "0"))
    return int("".join(_DIGITS[char] for char in text))


def _impossible(year: int, month: int | None = None, day: int | None = None) -> str | None:
    if not _EARLIEST <= year <= 9999:
        return f"年份 {year:04d} 不对"
    if month is not None and not 1 <= month <= 12:
        return f"没有 {month} 月"
    if day == 0:
        return "没有 0 日"
    if month is not None and day is not None:
        days = calendar.monthrange(year, month)[1]
        if not 1 <= day <= days:
            return f"{year} 年 {month} 月只有 {days} 天"
    return None

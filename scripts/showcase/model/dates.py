"""Dates as an office knows them: a year, a month, a day (ISO 8601-1:2019, 5.2.2, reduced)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from showcase.diagnostics import short

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_LOOSE = re.compile(
    r"(?P<era>民国|民國)?\s*(?P<year>[0-9]{1,4}|[〇零○一二三四五六七八九十]{1,4})\s*[年./\-－—]?\s*"
    r"(?:(?P<month>[0-9]{1,2}|[〇零一二三四五六七八九十]{1,3})\s*[月./\-－—]?\s*"
    r"(?:(?P<day>[0-9]{1,2}|[〇零一二三四五六七八九十廿]{1,3})\s*[日号號]?)?)?"
)
_ERA = re.compile(r"^民[国國]")
_NUMBER = re.compile(r"[0-9０-９〇零○一二三四五六七八九十廿]+")
_CERTAIN = re.compile(r"N|N年(?:N月(?:N[日号號]?)?)?|N(?P<sign>[./\-－—])N(?:(?P=sign)N)?")
_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}
_REPUBLIC = 1911
"""Year 1 of the Republic's calendar (民国纪年) is 1912."""


@dataclass(frozen=True, slots=True)
class PartialDate:
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
        return (
            "DAT002",
            f"没有「{text}」这一天：{problem}",
            "请核对日期，例如 2019、2019-03 或 2019-03-18",
        )
    help = "日期写成 2019、2019-03 或 2019-03-18"
    if proposal := propose(text):
        help = f"请写成「{proposal}」"
    return "DAT001", f"日期「{short(text, 30)}」的写法不认识", help


def propose(text: str) -> str:
    """Return the spelling that a date written another way probably means, or ``""``."""
    if len(text) > 30:
        return ""
    folded = text.strip().translate({ord("０") + digit: str(digit) for digit in range(10)})
    match = _LOOSE.fullmatch(folded)
    if match is None:
        return ""
    numbers = [_value(match[name]) for name in ("year", "month", "day") if match[name]]
    if match["era"]:
        numbers[0] += _REPUBLIC
    if not numbers[0] >= 1000 or _impossible(*numbers) is not None:
        return ""
    return str(PartialDate(*numbers))


def respell(text: str) -> str:
    """Return the proposal for a date that can be read in one way only, or ``""``.

    ``2019.10-12`` may be a stretch of months and ``2019111`` one of two days: a person decides.
    """
    shape = _NUMBER.sub("N", _ERA.sub("", "".join(text.split())))
    if shape == "N" and len(text.strip()) not in (4, 8):
        return ""
    return propose(text) if _CERTAIN.fullmatch(shape) else ""


def _value(text: str) -> int:
    """Read Arabic digits, Chinese digits in a row (二〇一九) or counted (十二, 廿一)."""
    if text.isascii():
        return int(text)
    text = text.replace("廿", "二十")
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (int(_DIGITS.get(tens, "1"))) * 10 + int(_DIGITS.get(ones, "0"))
    return int("".join(_DIGITS[char] for char in text))


def _impossible(year: int, month: int | None = None, day: int | None = None) -> str | None:
    if not 1 <= year <= 9999:
        return f"年份 {year} 不对"
    if month is not None and not 1 <= month <= 12:
        return f"没有 {month} 月"
    if month is not None and day is not None:
        days = calendar.monthrange(year, month)[1]
        if not 1 <= day <= days:
            return f"{year} 年 {month} 月只有 {days} 天"
    return None

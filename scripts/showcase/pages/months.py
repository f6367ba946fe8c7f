"""The calendar of activities: what was held on which day, as far as the records say.

A date known to the day stands in the grid. One known to the month stands above it and one known to
the year only on the first page: a cell would claim a day that nobody wrote. What goes on for more
than a week stands above too, once, instead of in every cell.
"""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial

from msgspec import Struct

from showcase.load import Entry
from showcase.model import PartialDate
from showcase.model.activity import Activity
from showcase.pages.plan import Planned
from showcase.pages.shelf import Catalogue, Shelf
from showcase.pages.views import Card, Crumb, PageView, Way

ADDRESS = "calendar/"
TITLE = "活动月历"
_ABOUT = "按月份看举办过的活动"
_WEEK = 7
"""Days up to which an activity stands in each of its cells."""
_YEAR = 12
"""Months up to which an activity stands in each of its months; beyond, in the first and last."""
_BESIDE = 6
"""Regular activities beside a month; the first page has more."""
_LISTED = 48
_WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")
"""The week begins on Monday (GB/T 7408.1-2023, ISO 8601-1)."""

Month = tuple[int, int]


class Day(Struct, frozen=True):
    """A cell of the grid; one that belongs to another month has no number."""

    number: int
    iso: str
    weekday: str
    cards: tuple[Card, ...]


class Few(Struct, frozen=True):
    """The first of several activities, and how many more there are."""

    cards: tuple[Card, ...]
    more: int


class MonthView(Struct, frozen=True):
    """The activities of one month."""

    title: str
    crumbs: tuple[Crumb, ...]
    count: int
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Day, ...], ...]
    without_day: tuple[Card, ...]
    lasting: tuple[Card, ...]
    regular: Few
    calendar_url: str
    previous: Way | None
    next: Way | None


class CalendarYear(Struct, frozen=True):
    """A year: how many activities each of its months has, and those known to the year only."""

    title: str
    months: tuple[Way, ...]
    without_month: tuple[Card, ...]


class CalendarView(Struct, frozen=True):
    """The way to every month, and what stands in none."""

    title: str
    about: str
    crumbs: tuple[Crumb, ...]
    count: int
    years: tuple[CalendarYear, ...]
    regular: Few
    undated: Few
    list_url: str


def pages(catalogue: Catalogue) -> Iterator[Planned]:
    """Yield the calendar's first page and a page for each month in which something was held."""
    months, years = _sorted(catalogue.of("activity"))
    regular = [entry for entry in catalogue.of("activity") if _is_regular(entry)]
    yield Planned(ADDRESS, partial(_first, catalogue, months, years, regular))
    order = sorted(months)
    for index, month in enumerate(order):
        neighbours = (order[:index][-1:], order[index + 1 : index + 2])
        entries = months[month]
        make = partial(_month, catalogue, month, entries, neighbours, regular)
        # Of those that are held regularly it says a few, and how many others there are.
        keys = [one.key for one in (*entries, *regular[:_BESIDE])]
        yield Planned(month_address(month), make, repr((keys, neighbours, len(regular))))


def month_address(month: Month) -> str:
    """Return the address of a month's page: ``calendar/2019-03/``."""
    return f"{ADDRESS}{month[0]:04d}-{month[1]:02d}/"


def _sorted(entries: Iterable[Entry]) -> tuple[dict[Month, list[Entry]], dict[int, list[Entry]]]:
    """Return the activities of each month, and those of each year that name no month."""
    months: dict[Month, list[Entry]] = defaultdict(list)
    years: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        start = entry.as_a(Activity).start
        if start is None:
            continue
        if start.month is None:
            years[start.year].append(entry)
        for month in _months(start, _end(entry)):
            months[month].append(entry)
    return months, years


def _end(entry: Entry) -> PartialDate | None:
    """Return the end of an activity if it says in which month, and is not before the start."""
    activity = entry.as_a(Activity)
    start, end = activity.start, activity.end
    if start is None or end is None or end.month is None or end.last < start.first:
        return None
    return end


def _months(start: PartialDate, end: PartialDate | None) -> list[Month]:
    if start.month is None:
        return []
    first = start.year * 12 + start.month - 1
    last = end.year * 12 + (end.month or 1) - 1 if end is not None else first
    numbers = range(first, last + 1) if last - first < _YEAR else (first, last)
    return [(number // 12, number % 12 + 1) for number in numbers]


def _first(
    catalogue: Catalogue,
    months: dict[Month, list[Entry]],
    years: dict[int, list[Entry]],
    regular: list[Entry],
) -> PageView:
    shelf = catalogue.at(ADDRESS)
    activities = catalogue.of("activity")
    undated = [entry for entry in activities if not _placed(entry)]
    shown = sorted({year for year, _ in months} | set(years), reverse=True)
    view = CalendarView(
        title=TITLE,
        about=_ABOUT,
        crumbs=shelf.crumbs(("活动", "activities/"), title=TITLE),
        count=len(activities),
        years=tuple(_year(shelf, year, months, years.get(year, [])) for year in shown),
        regular=_few(shelf, regular, _LISTED),
        undated=_few(shelf, undated, _LISTED),
        list_url=shelf.link("activities/"),
    )
    return PageView(ADDRESS, "pages/calendar.html", TITLE, _ABOUT, view)


def _placed(entry: Entry) -> bool:
    activity = entry.as_a(Activity)
    return activity.start is not None or _is_regular(entry)


def _is_regular(entry: Entry) -> bool:
    regular = entry.as_a(Activity).regular
    return regular is not None and regular.regular


def _few(shelf: Shelf, entries: list[Entry], limit: int) -> Few:
    return Few(shelf.cards(entries[:limit]), max(0, len(entries) - limit))


def _year(
    shelf: Shelf, year: int, months: dict[Month, list[Entry]], without_month: list[Entry]
) -> CalendarYear:
    ways = []
    for number in range(1, 13):
        count = len(months.get((year, number), ()))
        link = shelf.link(month_address((year, number))) if count else ""
        ways.append(Way(f"{number}月", link, count))
    return CalendarYear(f"{year}年", tuple(ways), shelf.cards(without_month))


def _month(
    catalogue: Catalogue,
    month: Month,
    entries: list[Entry],
    neighbours: tuple[list[Month], list[Month]],
    regular: list[Entry],
) -> PageView:
    page = month_address(month)
    shelf = catalogue.at(page)
    title = f"{month[0]}年{month[1]}月的活动"
    by_day: dict[date, list[Entry]] = defaultdict(list)
    without_day: list[Entry] = []
    lasting: list[Entry] = []
    for entry in entries:
        days = _days(entry)
        for day in days:
            by_day[day].append(entry)
        if not days:
            (lasting if _lasts(entry) else without_day).append(entry)

    def way(found: list[Month]) -> Way | None:
        return next(
            (Way(f"{y}年{m}月", shelf.link(month_address((y, m))), 0) for y, m in found), None
        )

    view = MonthView(
        title=title,
        crumbs=shelf.crumbs(("活动", "activities/"), (TITLE, ADDRESS), title=title),
        count=len(entries),
        weekdays=_WEEKDAYS,
        weeks=_weeks(shelf, month, by_day),
        without_day=shelf.cards(without_day),
        lasting=shelf.cards(lasting),
        regular=_few(shelf, regular, _BESIDE),
        calendar_url=shelf.link(ADDRESS),
        previous=way(neighbours[0]),
        next=way(neighbours[1]),
    )
    return PageView(page, "pages/month.html", title, f"{title}，共 {len(entries)} 项", view)


def _lasts(entry: Entry) -> bool:
    return _end(entry) is not None and entry.as_a(Activity).end != entry.as_a(Activity).start


def _days(entry: Entry) -> list[date]:
    """Return the days on which an activity was held, where they are known and at most a week."""
    start, end = entry.as_a(Activity).start, _end(entry)
    if start is None or start.day is None or (end is not None and end.day is None):
        return []
    last = end.last if end is not None else start.first
    count = (last - start.first).days + 1
    return [start.first + timedelta(days) for days in range(count)] if count <= _WEEK else []


def _weeks(
    shelf: Shelf, month: Month, by_day: dict[date, list[Entry]]
) -> tuple[tuple[Day, ...], ...]:
    def cell(number: int, weekday: int) -> Day:
        if not number:
            return Day(0, "", "", ())
        day = date(*month, number)
        cards = shelf.cards(by_day.get(day, ()))
        return Day(number, day.isoformat(), _WEEKDAYS[weekday], cards)

    return tuple(
        tuple(cell(number, weekday) for weekday, number in enumerate(week))
        for week in Calendar().monthdayscalendar(*month)
    )

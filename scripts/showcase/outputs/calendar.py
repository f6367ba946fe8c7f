"""``activities.ics``: the activities that have a date, for anyone's calendar (RFC 5545).

Dates are whole days, as the records have them. iCalendar knows no date less precise than a day, so
an activity of ``2019-03`` takes all the days it may mean: to leave it out would say that there was
none, to put it on the first would be an invention. Its name and text say that the day is not known,
and it leaves the reader's days free, as all of them do. What is held regularly has no entry: when
it is held next is not recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from showcase.addresses import CALENDAR, address
from showcase.load import Entry
from showcase.model import PartialDate
from showcase.model.activity import Activity
from showcase.outputs.artifact import Artifact
from showcase.outputs.ical import content, day, text
from showcase.outputs.parts import Form, Parts
from showcase.outputs.when import news_date, permanent_id
from showcase.pages import Catalogue
from showcase.pages.shelf import on_days, when

_PRODUCT = "-//civic-showcase//activities//ZH"
_LAST = date.max - timedelta(days=1)
"""The last day that has one after it, which the end of an event must be."""

Line = tuple[str, str]

_BEGIN = content([("BEGIN", "VEVENT")])


def artifacts(catalogue: Catalogue) -> Iterator[Artifact]:
    """Yield the calendar, unless nothing stands in it: one without an event is none (3.4)."""
    entries = list(filter(on_days, catalogue.of("activity")))
    if entries:
        head = content(_opening(catalogue)) + _BEGIN
        form = Form(head, _BEGIN, content([("END", "VCALENDAR")]))
        make = partial(_made, catalogue)
        yield Parts(catalogue, entries, "event", {CALENDAR: form}, make).artifact(CALENDAR)


def _made(catalogue: Catalogue, entry: Entry) -> tuple[bytes]:
    return (content(_event(catalogue, entry)),)


def _opening(catalogue: Catalogue) -> Iterator[Line]:
    name = text(f"{catalogue.graph.site.record.name}：活动")
    yield "BEGIN", "VCALENDAR"
    yield "VERSION", "2.0"
    yield "PRODID", _PRODUCT
    yield "CALSCALE", "GREGORIAN"
    yield "METHOD", "PUBLISH"
    yield "NAME", name  # RFC 7986, 5.1
    yield "X-WR-CALNAME", name  # what most programs read instead
    if catalogue.site_url:
        yield "SOURCE;VALUE=URI", f"{catalogue.site_url}{CALENDAR}"


def _event(catalogue: Catalogue, entry: Entry) -> Iterator[Line]:
    """Yield the event that an activity on certain days is, behind its first line."""
    record = entry.as_a(Activity)
    if record.start is None:
        return  # It has no days.
    stamp = news_date(catalogue, entry) or record.start.first
    first, last = _days(record.start, record.end)
    known = _is_day(record.start) and (record.end is None or _is_day(record.end))
    yield "UID", str(permanent_id(catalogue, entry.key))
    yield "DTSTAMP", f"{day(stamp)}T000000Z"
    yield "DTSTART;VALUE=DATE", day(first)
    end = min(last, _LAST) + timedelta(days=1)
    if end > first:
        yield "DTEND;VALUE=DATE", day(end)  # the day after the last (3.6.1)
    yield "SUMMARY", text(record.title if known else f"{record.title}（{when(entry)}，日子不详）")
    yield "DESCRIPTION", text("\n".join(_description(catalogue, entry, known=known)))
    places = (catalogue.graph.target(entry, name) for name in ("venue", "place"))
    where = "，".join(place.title for place in places if place is not None)
    if where:
        yield "LOCATION", text(where)
    themes = catalogue.graph.targets(entry, "themes")
    if themes:
        yield "CATEGORIES", ",".join(text(theme.title) for theme in themes)
    if catalogue.site_url:
        yield "URL", f"{catalogue.site_url}{address(entry)}"
    yield "TRANSP", "TRANSPARENT"
    yield "END", "VEVENT"


def _days(start: PartialDate, end: PartialDate | None) -> tuple[date, date]:
    """Return the first and last day that two dates can mean; an end before the start is none."""
    last = start.last if end is None or end.last < start.first else end.last
    return start.first, last


def _is_day(known: PartialDate) -> bool:
    return known.day is not None


def _description(catalogue: Catalogue, entry: Entry, *, known: bool) -> Iterator[str]:
    if entry.record.summary:
        yield entry.record.summary
    yield f"时间：{when(entry)}" + ("" if known else "（只知道这么多，所以占了这段时间的每一天）")
    host = catalogue.graph.target(entry, "host")
    if host is not None:
        yield f"主办：{host.title}"
    if catalogue.site_url:
        yield f"{catalogue.site_url}{address(entry)}"

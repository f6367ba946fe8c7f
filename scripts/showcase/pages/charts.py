"""Numbers side by side: when they may be compared, and how long each bar is.

A bar begins at zero and shares its scale with those beside it. Numbers are compared only where they
count the same thing in the same unit; a single one is a figure, for a bar would add nothing to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec import Struct

from showcase.load import Entry
from showcase.model.indicator import Indicator
from showcase.pages.shelf import Shelf
from showcase.pattern import pattern

_PERCENT = frozenset({"%", "％"})
_WHOLE = Decimal(100)
_MOST = 12
"""Bars that a chart shows; a table of fifty is read nowhere."""
_YEAR = pattern(r"\d{4}年(度|底|末)?")


class Bar(Struct, frozen=True):
    """A row of a chart: what, how much in words, how long (0 to 100)."""

    label: str
    text: str
    length: str
    url: str = ""
    note: str = ""


class Chart(Struct, frozen=True):
    """Numbers on one scale, largest or earliest first, with what the scale is."""

    title: str
    about: str
    column: str
    bars: tuple[Bar, ...]
    note: str = ""


def comparable(shelf: Shelf, entries: Iterable[Entry]) -> Iterator[Chart]:
    """Yield a chart for indicators that count the same thing in several years or places.

    They do where their names are equal once the year and the record's own place are taken out.
    """
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        unit = entry.as_a(Indicator).unit or ""
        if subject := _subject(shelf, entry):
            groups[subject, "%" if unit in _PERCENT else unit].append(entry)
    for (subject, unit), group in groups.items():
        years = {entry.date for entry in group}
        places = {shelf.graph.target(entry, "place") for entry in group}
        if len(group) == len(years) and None not in years and len(places) == 1 and len(group) > 1:
            ordered = sorted(group, key=lambda entry: str(entry.as_a(Indicator).as_of))
            yield _chart(shelf, subject, unit, ordered, by_place=False)
        elif len(group) == len(places) and None not in places and len(years) == 1 < len(group):
            ordered = sorted(group, key=lambda entry: -entry.as_a(Indicator).value.value)
            yield _chart(shelf, subject, unit, ordered, by_place=True)


def proportions(shelf: Shelf, entries: Iterable[Entry]) -> Chart | None:
    """Return the parts of a whole, each on a bar that stands for the whole, if there are any."""
    parts = [
        entry
        for entry in entries
        if entry.as_a(Indicator).unit in _PERCENT and entry.as_a(Indicator).value.value <= _WHOLE
    ]
    if not parts:
        return None
    shown = parts[:_MOST]
    bars = tuple(_bar(shelf, entry, entry.title, _WHOLE) for entry in shown)
    note = _roughly(shown) + _left_out(len(parts) - len(shown))
    return Chart("所占比例", "整条是全部，深色的一段是所占的部分。", "名目", bars, note)


def tally(
    title: str,
    about: str,
    column: str,
    counts: Iterable[tuple[str, str, int]],
    *,
    latest: bool = False,
) -> Chart | None:
    """Return a chart of counted records (name, link, count), or ``None`` below two of them.

    Of more than fit, the first are shown; with ``latest`` the last.
    """
    found = [(name, url, count) for name, url, count in counts if count]
    if len(found) < 2:
        return None
    shown = found[-_MOST:] if latest else found[:_MOST]
    top = Decimal(max(count for _, _, count in shown))
    bars = tuple(
        Bar(name, str(count), _length(Decimal(count), top), url) for name, url, count in shown
    )
    return Chart(title, about, column, bars, _left_out(len(found) - len(shown)))


def _subject(shelf: Shelf, entry: Entry) -> str:
    place = shelf.graph.target(entry, "place")
    title = _YEAR.sub("", entry.title)
    subject = title.replace(place.title, "") if place is not None else title
    return subject.strip(" ，、·（）()")


def _chart(shelf: Shelf, subject: str, unit: str, entries: list[Entry], *, by_place: bool) -> Chart:
    top = max(entry.as_a(Indicator).value.value for entry in entries)
    if unit == "%" and top <= _WHOLE:
        top = _WHOLE
    shown = entries[:_MOST] if by_place else entries[-_MOST:]
    labels = [_label(shelf, entry, by_place=by_place) for entry in shown]
    bars = tuple(_bar(shelf, *one, top) for one in zip(shown, labels, strict=True)) if top else ()
    about = f"按{'地区' if by_place else '时间'}比较，单位：{unit or '个'}。图形从零画起。"
    note = _roughly(shown) + _left_out(len(entries) - len(shown))
    return Chart(subject, about, "地区" if by_place else "截至", bars, note)


def _label(shelf: Shelf, entry: Entry, *, by_place: bool) -> str:
    place = shelf.graph.target(entry, "place") if by_place else None
    date = entry.as_a(Indicator).as_of
    return place.title if place is not None else date.chinese if date is not None else ""


def _bar(shelf: Shelf, entry: Entry, label: str, top: Decimal) -> Bar:
    indicator = entry.as_a(Indicator)
    words = "" if indicator.comparison in (None, "等于") else f"{indicator.comparison} "
    source = shelf.number(entry).source
    return Bar(
        label=label,
        text=f"{words}{indicator.value}{indicator.unit or ''}",
        length=_length(indicator.value.value, top),
        url=shelf.url(entry),
        note=f"来源：{source}" if source else "",
    )


def _left_out(count: int) -> str:
    return f"另有 {count} 个没有画出。" if count else ""


def _length(value: Decimal, top: Decimal) -> str:
    return f"{value * 100 / top:.1f}"


def _roughly(entries: Iterable[Entry]) -> str:
    """Return what a bar cannot show: that a number is a bound or about right."""
    words = {entry.as_a(Indicator).comparison for entry in entries} - {None, "等于", "达"}
    quoted = "".join(f"「{word}」" for word in sorted(word for word in words if word))
    return f"写着{quoted}的，图形按所写的数画。" if quoted else ""

"""Whatever text a record holds, other programs read back that text, and run none of it."""

from __future__ import annotations

import csv
import io
import re

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from showcase.outputs import ical
from showcase.outputs.data.sheet import harmless, sheet
from tests.property.strategies import characters

texts = st.lists(
    st.one_of(characters, st.sampled_from(["=1+1", "-5", "\\N", "\\n", "END:VEVENT", '";,'])),
    max_size=60,
).map("".join)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_GONE = dict.fromkeys((*range(32), 127), " ") | {10: "\n"}


@given(st.lists(st.lists(texts, min_size=2, max_size=2), max_size=5))
def test_a_table_is_read_back_and_no_cell_is_a_formula(rows: list[list[str]]) -> None:
    data = sheet(["甲", "乙"], rows)
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    assert read == [["甲", "乙"], *([harmless(cell) for cell in row] for row in rows)]
    for row, typed in zip(read[1:], rows, strict=True):
        for cell, text in zip(row, typed, strict=True):
            same = text.replace("\0", "").replace("\r\n", "\n")
            assert cell in (same, f"'{same}")
            assert _NUMBER.fullmatch(cell) or not cell.strip().startswith(tuple("=+-@＝＋－＠"))


@given(texts)
def test_a_calendar_s_text_is_read_back(text: str) -> None:
    lines = [
        *(("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", "-//test//ZH")),
        *(("BEGIN", "VEVENT"), ("UID", "1"), ("DTSTAMP", "20190318T000000Z")),
        *(("SUMMARY", ical.text(text)), ("END", "VEVENT"), ("END", "VCALENDAR")),
    ]
    data = ical.content(lines)
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode("utf-8")
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    (event,) = calendar.events
    breaks = re.compile("\r\n?|[\x85\u2028\u2029]")
    assert str(event["SUMMARY"]) == breaks.sub("\n", text).translate(_GONE)

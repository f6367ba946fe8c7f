"""CSV (RFC 4180) that opens right in Excel, and in which no cell is ever a formula.

Excel reads CSV as UTF-8 only behind a byte-order mark. It takes a cell that begins with one of a
few signs for a formula, which can run programs and send what stands in other cells elsewhere
(OWASP, «CSV Injection»): such a cell gets an apostrophe before it. A plain number is none, so
``-5`` stays a number. Every cell stands in quotation marks, so that a program which parts cells at
another sign does not find a new cell, and a formula, within one.
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from typing import Any

from showcase.outputs.data.columns import Column
from showcase.pattern import pattern

LINE_END = b"\r\n"

JOINT = " | "
"""Between the values of a cell that holds several; in a value of such a cell it is ``｜``."""

_FORMULA = pattern(r"[\t\r\n]|[\s\x00-\x1f\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]")
_NUMBER = pattern(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def sheet(names: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as CSV, its first line being the names of the columns."""
    return b"".join((BOM_UTF8, *(line(cells) + LINE_END for cells in (names, *rows))))


def line(cells: Sequence[str]) -> bytes:
    """Return a line of a table, without its end."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="").writerow(map(harmless, cells))
    return out.getvalue().encode()


def harmless(text: str) -> str:
    """Return a cell's text so that no spreadsheet takes it for a formula."""
    text = text.replace("\0", "").replace("\r\n", "\n")
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def cell(record: dict[str, Any], column: Column) -> str:
    """Return what a column holds of a record (as JSON has it), as text.

    Columns of one group hold their values in the same order, an empty one where there is none.
    """
    if record[column.path[0]] in (None, []):
        return ""  # as most cells are
    values = list(_at(record, column.path))
    if not column.many:
        return "".join(values)
    return JOINT.join(value.replace("|", "｜") for value in values) if any(values) else ""


def _at(value: Any, path: tuple[str, ...]) -> Iterable[str]:
    if isinstance(value, list):
        for one in value:
            yield from _at(one, path)
    elif value is None:
        yield ""
    elif path:
        yield from _at(value[path[0]], path[1:])
    elif isinstance(value, bool):
        yield "true" if value else "false"
    else:
        yield str(value)

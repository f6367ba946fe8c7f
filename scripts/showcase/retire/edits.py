"""The edits that withdraw a record, each tried out before it counts.

A record is withdrawn by one word in its file. What refers to it is taken out where a whole line or
an item of a list is the reference; the rest is somebody's sentence, and left to somebody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from showcase.audit.traces import Traces
from showcase.fix import Repair
from showcase.graph import Graph, Link
from showcase.load import Entry, Loaded, load_one
from showcase.model import WITHDRAWN, fields_of
from showcase.model.template import scalar
from showcase.retire.places import Place, names_of, places
from showcase.source import Document, Found, Refused, read_bytes
from showcase.source.encoding import BOM
from showcase.source.fault import Edit

STATUS, NOTE = "状态", "撤下说明"
SAID = "此内容已撤下。"
"""What a tombstone says where nobody wrote anything else: not whose it is."""


class Withdrawal(Struct, frozen=True):
    """What withdrawing a record changes, and what is left to do by hand.

    ``repairs`` begins with the record's own file: should the machine stop after it, nothing of
    the record is public any more.
    """

    repairs: tuple[Repair, ...]
    by_hand: tuple[Place, ...]


class NotPossible(Exception):
    """The record's own file cannot be changed by machine; the message says why."""


def withdrawal(graph: Graph, entry: Entry, *, tombstone: bool) -> Withdrawal:
    """Return what withdraws a record; raises :class:`NotPossible`. Nothing is written."""
    edits: dict[str, list[Edit]] = defaultdict(list)
    edits[entry.file] += _own(entry, tombstone=tombstone)
    by_hand: list[Place] = []
    for place in places(graph, entry):
        edit = _unlinked(graph, entry, place.link) if place.link is not None else None
        if edit is not None:
            edits[place.file].append(edit)
        elif not place.what.startswith("它的照片"):
            by_hand.append(place)
    repairs = []
    for file, wanted in edits.items():
        made = _repair(graph, file, wanted)
        if made is None and file == entry.file:
            raise NotPossible(
                f"「{file}」没有能自动改好，请打开它，把「{STATUS}」改成「{WITHDRAWN}」"
            )
        if made is None:
            by_hand += [place for place in places(graph, entry) if place.file == file]
        elif made.before != made.after:
            repairs.append(made)
    return Withdrawal(tuple(repairs), tuple(dict.fromkeys(by_hand)))


# --- the record itself --------------------------------------------------------------------------


def _own(entry: Entry, *, tombstone: bool) -> Iterator[Edit]:
    yield from _set(entry, "status", STATUS, WITHDRAWN)
    if tombstone and not getattr(entry.record, "tombstone", None):
        yield from _set(entry, "tombstone", NOTE, SAID)


def _set(entry: Entry, name: str, label: str, value: str) -> Iterator[Edit]:
    """Yield the edit that gives a field a value: in its place, or on a line of its own."""
    document = entry.document
    typed = entry.paths.get((name,))
    if typed is not None and typed in document.values:
        start, end = document.values[typed]
        if document.lines.text[start:end] != value:
            yield Edit(start, end, value if start < end else f" {value}")
        return
    title = entry.paths.get(("title",))
    if title is None or title not in document.keys:
        raise NotPossible(f"「{entry.file}」里没有找到「名称」，请先改正检查报告里的问题")
    start = document.keys[title][0]
    text = document.lines.text
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if before.strip() in ("", "-"):
        indent = " " * len(before)
        yield Edit(start, start, f"{label}: {scalar(value)}\n{indent}")
    else:  # a mapping in braces
        yield Edit(start, start, f"{label}: {scalar(value)}, ")


# --- what refers to it --------------------------------------------------------------------------


def _unlinked(graph: Graph, entry: Entry, link: Link | None) -> Edit | None:
    """Return the edit that takes a reference out, ``None`` where that is no machine's business."""
    if link is None or len(link.targets) != 1:
        return None
    document = graph.documents.get(link.file)
    if document is None:
        return None
    if link.mention:
        return _plain(entry, document, link)
    typed = link.written.paths.get(link.path)
    if typed is None or typed not in document.values:
        return None
    required = {field.name for field in fields_of(type(link.written.record)) if field.required}
    if len(link.path) <= 2 and link.path[0] in required:
        return None
    return _without(document, typed)


def _plain(entry: Entry, document: Document, link: Link) -> Edit | None:
    """Return ``[[name|words]]`` as its words, if these do not name the record."""
    if link.source is None or link.stretch is None or link.source.body_start < 0:
        return None
    text = document.lines.text
    start = link.source.body_start + link.stretch[0]
    end = text.find("]]", start) + 2
    _, mark, words = text[start + 2 : end - 2].partition("|")
    if not mark or not text.startswith("[[", start) or "\n" in text[start:end]:
        return None
    traces = Traces()
    for name in names_of(entry):
        traces.add(name, name)
    return None if any(traces.hits(words)) else Edit(start, end, words)


def _without(document: Document, typed: tuple[str | int, ...]) -> Edit | None:
    """Return the edit that takes a value out, with its line or its item."""
    text = document.lines.text
    start, end = document.values[typed]
    # A list that is set out in lines reaches to the next field's.
    end = start + len(text[start:end].rstrip())
    siblings = _siblings(document, typed)
    if isinstance(typed[-1], int) and siblings == 1:
        return _without(document, typed[:-1]) if len(typed) > 1 else None
    if isinstance(typed[-1], str):
        if typed not in document.keys:
            return None
        start = document.keys[typed][0]
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start]
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    rest = text[end:stop].partition(" #")[0].strip()
    item = isinstance(typed[-1], int) and before.strip() == "-"
    if (item or not before.strip()) and not rest:
        return Edit(line, min(stop + 1, len(text)), "")
    return _from_brackets(text, start, end) if isinstance(typed[-1], int) else None


def _siblings(document: Document, typed: tuple[str | int, ...]) -> int:
    """Return how many items the list has in which a value stands."""
    above, depth = typed[:-1], len(typed)
    return sum(len(path) == depth and path[:-1] == above for path in document.values)


def _from_brackets(text: str, start: int, end: int) -> Edit | None:
    """Return the edit that takes an item out of ``[a, b]``, with one comma."""
    after = re.compile(r"\s*,\s*").match(text, end)
    if after is not None:
        return Edit(start, after.end(), "")
    before = re.search(r"\s*,\s*\Z", text[:start])
    return Edit(before.start(), end, "") if before is not None else None


# --- trying out ---------------------------------------------------------------------------------


def _repair(graph: Graph, file: str, edits: list[Edit]) -> Repair | None:
    """Return a file with edits made, if it reads as well as before; its other bytes stay."""
    data = read_bytes(Found(file, graph.project / file))
    document = graph.documents[file]
    if isinstance(data, Refused):
        return None
    text = _text_of(data)
    if text is None or text.replace("\r\n", "\n").removeprefix(BOM) != document.lines.text:
        return None  # The reader put something right on the way in: the places are not these.
    plain = document.lines.text
    ordered = sorted(set(edits), key=lambda one: (-one.start, -one.end))
    if any(later.start < edit.end for later, edit in pairwise(ordered)):
        return None
    for edit in ordered:
        plain = plain[: edit.start] + edit.text + plain[edit.end :]
    newline = "\r\n" if "\r\n" in text else "\n"
    mark = BOM if text.startswith(BOM) else ""
    after = (mark + plain.replace("\n", newline)).encode()
    made = Repair(file, data, after, (("撤下", len(ordered)),))
    return made if _reads_as_well(file, data, after) else None


def _text_of(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    # Mixed line ends could not be put back as they were.
    return None if text.replace("\r\n", "").count("\n") and "\r\n" in text else text


def _reads_as_well(file: str, before: bytes, after: bytes) -> bool:
    """Tell whether no fault has come, and the same records stand in the file."""
    old, new = (load_one(Path(), file, data) for data in (before, after))
    return _faults(new) <= _faults(old) and [one.id for one in old.entries] == [
        one.id for one in new.entries
    ]


def _faults(loaded: Loaded) -> int:
    return len(loaded.diagnostics)

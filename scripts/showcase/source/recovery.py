"""Reads YAML on past its faults, so that one run shows them all.

Confused punctuation is put right in memory; what libyaml cannot read is reported and blanked out,
smallest piece first, until the rest can be read. Places always refer to the text as it was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

import yaml
from msgspec.structs import replace

from showcase.source import confusions, syntax
from showcase.source.confusions import Repaired
from showcase.source.fault import Edit, Fault, Range
from showcase.source.typed import Path, Typed, parse

_MOST_CONFUSIONS = 5_000
"""More slips than that in one file are not typed by hand."""
_WORK = 400_000
"""Characters that are parsed again at most: a huge file gets few attempts, a record many."""


def read(source: str, is_field: Callable[[str], bool]) -> tuple[Typed, list[Fault]]:
    """Return what a YAML text says and everything that is wrong with it; never raises."""
    reading = _Reading(source)
    typed = reading.parse()
    if typed.syntax_error is not None:
        reading.repair(confusions.find(source, is_field))
        typed = reading.recover()
    if reading.repair(confusions.fields_in_text(reading.repaired.text, typed.plain, is_field)):
        typed = reading.recover()
    if reading.repair(confusions.items_in_text(reading.repaired.text, typed.plain)):
        typed = reading.recover()
    names = typed.keys.values()
    if reading.repair(confusions.blanks_in_names(reading.repaired.text, names, is_field)):
        typed = reading.recover()
    if typed.ended:
        reading.repair(confusions.hidden(reading.repaired.text, typed.scalars))
    reading.take(typed.faults)
    typed.whole = typed.whole and typed.ended and not reading.left_out
    if reading.edited:
        typed = _placed(typed, reading.repaired)
    return typed, reading.faults


class _Reading:
    """One text being put right: the edits so far, and the faults that led to them."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.repaired = Repaired(source, ())
        self.faults: list[Fault] = []
        self._edits: list[Edit] = []
        self._work = _WORK
        self._reported: set[int] = set()
        self._blanked: set[int] = set()

    @property
    def edited(self) -> bool:
        """Whether the text as it now is differs from the source."""
        return bool(self._edits)

    @property
    def left_out(self) -> bool:
        """Whether something was blanked out."""
        return bool(self._blanked)

    def parse(self) -> Typed:
        """Read the text as it now is."""
        self._work -= len(self.source)
        return parse(self.repaired.text)

    def repair(self, found: Iterable[Fault]) -> bool:
        """Report confusions in the text as it now is and put them right; tell whether any was."""
        edits = []
        for fault in islice(found, _MOST_CONFUSIONS):
            typed = moved(fault, self.repaired.original)
            self.faults.append(typed)
            if typed.edit is not None:
                edits.append(typed.edit)
        self._apply(edits)
        return bool(edits)

    def take(self, faults: Iterable[Fault]) -> None:
        """Add faults of the text as it now is."""
        self.faults += (moved(fault, self.repaired.original) for fault in faults)

    def recover(self) -> Typed:
        """Read the text, reporting and blanking out what cannot be read."""
        typed = self.parse()
        while typed.syntax_error is not None:
            piece = self._report(typed.syntax_error)
            if piece is None or self._work < len(self.source):
                return typed
            self._apply([piece])
            typed = self.parse()
        return typed

    def _report(self, error: yaml.MarkedYAMLError) -> Edit | None:
        """Report a syntax error; return the edit that takes it out, ``None`` if all were tried."""
        text = self.repaired.text
        fault = moved(syntax.explain(error, text), self.repaired.original)
        line = self.source.rfind("\n", 0, fault.start) + 1
        explained = {self.source.rfind("\n", 0, other.start) + 1 for other in self.faults}
        if line not in explained | self._reported:
            self.faults.append(fault)
        self._reported.add(line)
        for piece in (_field_around(self.source, line), _record_around(self.source, line)):
            if piece is not None and piece[0] not in self._blanked:
                self._blanked.add(piece[0])
                return _blank(self.source, piece)
        return None

    def _apply(self, edits: list[Edit]) -> None:
        if edits:
            self._edits += edits
            self.repaired = Repaired(self.source, self._edits)


def moved(fault: Fault, original: Callable[[int], int]) -> Fault:
    """Return a fault with its places where ``original`` says they are."""
    related = fault.related and (original(fault.related[0]), original(fault.related[1]))
    edit = fault.edit and Edit(
        original(fault.edit.start), original(fault.edit.end), fault.edit.text
    )
    start, end = original(fault.start), original(fault.end)
    return replace(fault, start=start, end=end, related=related, edit=edit)


def _placed(typed: Typed, repaired: Repaired) -> Typed:
    def move(places: dict[Path, Range]) -> dict[Path, Range]:
        old = repaired.original
        return {path: (old(start), old(end)) for path, (start, end) in places.items()}

    return replace(typed, keys=move(typed.keys), values=move(typed.values))


def _field_around(text: str, line: int) -> Range | None:
    """Return the field on a line with what is indented below it, without a leading dash."""
    first, _, _ = text[line:].partition("\n")
    start = line + len(first) - len(first.lstrip(" -"))
    return (start, _end_of_block(text, line, start - line)) if first.strip(" -") else None


def _record_around(text: str, line: int) -> Range | None:
    """Return the outermost field, or the record of a list, that a line belongs to."""
    start = line
    while start > 0 and (not text[start : start + 1].strip() or text[start] == "#"):
        start = text.rfind("\n", 0, start - 1) + 1
    return start, _end_of_block(text, start, 0)


def _end_of_block(text: str, line: int, indent: int) -> int:
    """Return where the lines end that belong to a line because they are indented further."""
    at = text.find("\n", line)
    while 0 <= at < len(text):
        stop = text.find("\n", at + 1)
        following = text[at + 1 : stop if stop >= 0 else len(text)]
        if following.strip() and len(following) - len(following.lstrip(" ")) <= indent:
            return at
        at = stop
    return len(text)


def _blank(text: str, piece: Range) -> Edit:
    start, end = piece
    return Edit(start, end, "".join("\n" if char == "\n" else " " for char in text[start:end]))

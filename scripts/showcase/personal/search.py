"""All private data of a text, and the text without it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from showcase.pattern import pattern
from showcase.personal.found import Found
from showcase.personal.homes import homes
from showcase.personal.numbers import SPELT_MOBILE, numbers
from showcase.personal.papers import mailboxes, passports, plates
from showcase.personal.plain import plain

MOST = 200
"""Places of a text that are listed: who sees more of them has pasted a register."""

_MASK = "▇"
_SEARCHES = (numbers, passports, plates, mailboxes, homes)
# Digits in any script, the sign of a mailbox, what spells characters out, and the words after
# Chinese numerals. A text of 2,600 characters is looked through for these in 40 µs; only the few
# lines that have one are looked at closely.
_SIGN = pattern(
    "[0-9@\uff10-\uff19＠&\\\\号號\u0660-\u0669\u06f0-\u06f9\U0001d7ce-\U0001d7ff][^\n]*\n?"
)

_WRITTEN_OUT = pattern(
    f"(?:[(（\\[【]at[)）\\]】]|{SPELT_MOBILE.pattern})[^\n]*\n?|{_SIGN.pattern}", re.IGNORECASE
)
"""The same with what is spelt without any sign: slower, so only for texts that may have it."""


def find(text: str) -> tuple[Found, ...]:
    """Return the private data in a text, in order; of two that overlap the longer one."""
    found: list[Found] = []
    for start, end in _zones(text):
        found += _in_zone(text[start:end], start, MOST)
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


def masked(text: str) -> str:
    """Return a text of the same length in which nothing private can be read."""
    parts, done = [], 0
    for start, end in _zones(text):
        for one in _in_zone(text[start:end], start, None):
            first = max(done, one.start)
            parts += [text[done:first], re.sub(r"[^\n]", _MASK, text[first : one.end])]
            done = max(done, one.end)
    return "".join([*parts, text[done:]])


def _zones(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of lines that may hold something; a number may go on in the next."""
    start = end = 0
    sign = _SIGN
    if "at" in text or "AT" in text or SPELT_MOBILE.search(text):
        sign = _WRITTEN_OUT
    for match in sign.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        if line > end:
            if end > start:
                yield start, end
            start = line
        end = match.end()
    if end > start:
        yield start, end


def _in_zone(text: str, offset: int, most: int | None) -> Iterator[Found]:
    folded = plain(text)
    found = [one for search in _SEARCHES for one in islice(search(folded.text), most)]
    found.sort(key=lambda one: (one.start, -one.end))
    for index, one in enumerate(found):
        if not any(_same(other, one) for other in found[max(0, index - 4) : index]):
            start, end = folded.place(one.start, one.end)
            yield Found(offset + start, offset + end, one.sort)


def _same(other: Found, one: Found) -> bool:
    """Tell whether a thing was found twice; a number within a mailbox is two things."""
    return other.sort is one.sort and one.start < other.end

"""How numbers, posting lists and word lists are written so that a script file can carry them.

The index must load from `file://` and from any static host, so its files are scripts and their
payload is JavaScript strings of printable ASCII (terms apart), which gzip packs close to what
their numbers hold. `reader/codec.js` reads what is written here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, compress, count
from operator import sub

from showcase.pattern import pattern

#: Signs for numbers: `(` to `~` but for the backslash, which a string would have to escape.
DIGITS = "".join(chr(code) for code in range(0x28, 0x7F) if chr(code) != "\\")
#: So many of them end a number, the others carry on. Most gaps in a posting list are small.
ENDING = 62
#: What begins the list of each class but the first; see `index.CLASSES`.
MARKS = "!#$%&'"
#: What begins a list that is written as a map: one sign for six records. For lists in which more
#: than every sixth record stands, that is shorter than a sign for each.
MAP = "\u00b6"
#: Below this length the map would save next to nothing.
MAPPED_FROM = 16

_SIGNS = DIGITS.encode("ascii").ljust(256)
_OF_SIGN = [DIGITS.find(chr(code)) for code in range(256)]
#: For each bit of a map, whether a sign has it.
_BITS = [bytes(max(value, 0) >> bit & 1 for value in _OF_SIGN) for bit in range(6)]
#: What a sign that is a whole number adds to the id before; what is no ASCII is none.
_STEPS = bytes(value + 1 if 0 <= value < ENDING else 0x80 for value in _OF_SIGN)
_VALUES = {sign: value for value, sign in enumerate(DIGITS)}
_PLACES = {mark: place for place, mark in enumerate(MARKS, 1)}
_MARKED = pattern(f"([{MARKS}])")
_CONTINUING = len(DIGITS) - ENDING
#: Lengths of a shared beginning, in front coding; longer ones count as the last.
_LENGTHS = "0123456789abcdefghijklmnopqrstuvwxyz"
_UNSAFE = pattern("[\ud800-\udfff\u2028\u2029]")


def number(value: int) -> str:
    """`value` (0 or more) as one sign or several: dense coding, the ending sign last."""
    value, ending = divmod(value, ENDING)
    signs = DIGITS[ending]
    while value > 0:
        value, carrying = divmod(value - 1, _CONTINUING)
        signs = DIGITS[ENDING + carrying] + signs
    return signs


class Numbers:
    """Encodes increasing lists of numbers below a limit; each gap is spelt once and kept."""

    def __init__(self, limit: int) -> None:
        """Prepare for lists of ids below `limit`."""
        self._spelt = [number(gap) for gap in range(limit)]
        #: What is written for a gap: the ids between, so one less.
        self._gaps = ["", *self._spelt]

    def ids(self, ids: Sequence[int]) -> str:
        """`ids`, ascending and without repeats, in the shorter way: as gaps or as a map."""
        if len(ids) < 2:
            return self._spelt[ids[0]] if ids else ""
        if len(ids) > MAPPED_FROM and len(ids) > ids[-1] // 6 + 1:
            return mapped(ids)
        return self.gaps(ids)

    def gaps(self, ids: Sequence[int]) -> str:
        """The first of two ids or more, then the gaps, each less one."""
        gaps = map(self._gaps.__getitem__, map(sub, ids[1:], ids))
        return self._spelt[ids[0]] + "".join(gaps)

    def each(self, values: Iterable[int]) -> str:
        """`values` in any order, one after the other."""
        return "".join([self._spelt[value] for value in values])


def mapped(ids: Sequence[int]) -> str:
    """`ids` as a map: its sign, then a sign for every six records, the first in its lowest bit."""
    flags = bytearray(ids[-1] // 6 * 6 + 6)
    for value in ids:
        flags[value] = 1
    # All signs at once: as numbers with a byte for each sign, which no bit ever leaves.
    bits = (int.from_bytes(flags[place::6], "little") << place for place in range(6))
    signs = sum(bits).to_bytes(len(flags) // 6, "little")
    return MAP + signs.translate(_SIGNS).decode("ascii")


def listed(written: str) -> list[int]:
    """The ids that `Numbers.ids` wrote, ascending."""
    if written[:1] == MAP:
        return _unmapped(written[1:].encode("ascii"))
    signs = written.encode("ascii").translate(_STEPS)
    steps = signs if signs.isascii() else (gap + 1 for gap in each(written))
    return list(accumulate(steps, initial=-1))[1:]


def _unmapped(signs: bytes) -> list[int]:
    flags = bytearray(6 * len(signs))
    for bit, table in enumerate(_BITS):
        flags[bit::6] = signs.translate(table)
    return list(compress(count(), flags))


def each(written: str) -> Iterator[int]:
    """The values that `Numbers.each` wrote."""
    carried = 0
    for value in map(_VALUES.__getitem__, written):
        if value < ENDING:
            yield carried * ENDING + value
            carried = 0
        else:
            carried = carried * _CONTINUING + value - ENDING + 1


def joined(lists: Mapping[int, Sequence[int]], numbers: Numbers) -> str:
    """Lists of ids by class as one text; see `index`."""
    return "".join(
        (MARKS[place - 1] if place else "") + numbers.ids(ids)
        for place, ids in sorted(lists.items())
        if ids
    )


def parted(written: str) -> dict[int, list[int]]:
    """The lists of ids that `joined` wrote, by class."""
    lists: dict[int, list[int]] = {}
    place = 0
    for part in _MARKED.split(written):
        if part in _PLACES:
            place = _PLACES[part]
        elif part:
            lists[place] = listed(part)
    return lists


def front_coded(terms: Iterable[str]) -> Iterator[str]:
    """Sorted `terms`, each as the length of what it shares with the last one, and the rest."""
    previous = ""
    for term in terms:
        shared = 0
        for one, other in zip(previous, term[: len(_LENGTHS) - 1], strict=False):
            if one != other:
                break
            shared += 1
        yield _LENGTHS[shared] + term[shared:]
        previous = term


def front_decoded(coded: str) -> Iterator[str]:
    """The terms that `front_coded` wrote, joined by spaces."""
    previous = ""
    for part in coded.split(" ") if coded else ():
        previous = previous[: int(part[0], 36)] + part[1:]
        yield previous


def grouped(terms: Iterable[str]) -> str:
    """Sorted terms of two code units: the first of them once, then all that follow it."""
    groups: list[str] = []
    first = ""
    for term in terms:
        if term[0] == first:
            groups.append(term[1])
        else:
            first = term[0]
            groups += (" ", term) if groups else (term,)
    return "".join(groups)


def ungrouped(written: str) -> Iterator[str]:
    """The terms that `grouped` wrote."""
    for group in written.split(" ") if written else ():
        for second in group[1:]:
            yield group[0] + second


def literal(value: object) -> str:
    """`value` as JavaScript: JSON, but for two line separators and halves of characters, escaped.

    A half without its other half, as front coding may leave it, is no text that a file can hold.
    """
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(_escaped, written) if _unsafe(written) else written


def _unsafe(written: str) -> bool:
    if "\u2028" in written or "\u2029" in written:
        return True
    try:
        written.encode()
    except UnicodeEncodeError:
        return True
    return False


def script(call: str, *arguments: object) -> bytes:
    """A script file of one call: `showcaseSearch.<call>(<arguments>);`."""
    return f"showcaseSearch.{call}({literal(arguments)[1:-1]});\n".encode()


def arguments_of(written: bytes) -> list[object]:
    """The arguments of the call in a script file."""
    text = written.decode()
    found: list[object] = json.loads("[" + text[text.index("(") + 1 : text.rindex(")")] + "]")
    return found


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"

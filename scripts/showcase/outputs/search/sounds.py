"""The table of readings that the reader loads when characters found nothing.

Who types 向阳花凯 or 陈树明 means a name of the same sound. The names are filed by pinyin already
(`terms.sound_terms`), so the reader only has to spell what was typed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from showcase.fold import fold
from showcase.pinyin import syllables

_FIRST_LEVEL = range(0xB0, 0xD8)


def spoken(occurring: Iterable[str]) -> frozenset[str]:
    """The characters of the table: common ones and those occurring.

    Folded, as the reader folds what was typed first.
    """
    every = {*_common(), *fold("".join(occurring))}
    return frozenset(char for char in every if "\u4e00" <= char <= "\u9fff")


def sounds(characters: Iterable[str]) -> str:
    """`a阿啊ai爱…`: each usual reading with its characters.

    A character with several readings in names stands under each.
    """
    by_reading: defaultdict[str, set[str]] = defaultdict(set)
    for char in characters:
        for readings in syllables(char):
            for reading in readings:
                by_reading[reading].add(char)
    return "".join(
        reading + "".join(sorted(by_reading[reading]))
        for reading in sorted(by_reading)
        if reading.isascii()
    )


def _common() -> str:
    """The 3,755 characters of the first level of GB 2312."""
    pairs = (bytes((row, cell)) for row in _FIRST_LEVEL for cell in range(0xA1, 0xFF))
    return b"".join(pairs).decode("gb2312", "ignore")

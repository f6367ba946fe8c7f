"""Folding of text for comparison: scripts, widths and cases that a reader takes for the same.

Sources write 向陽花開, staff type 向阳花开, phones send １８＋Ｎ: search, references and the check
for duplicates must take them for the same. Folding works **per character, and one character stays
one** (in UTF-16 code units too), so that a position in folded text is the position in the text as
written: highlights need that, in Python and in the browser.

Because it works per character it cannot choose by context as OpenCC's phrase tables do
(乾坤 but 饼干). It need not: both sides are folded with the same table, so it is enough that
every character which *may* stand for another falls into the same class.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec.json import Decoder

from showcase.pattern import pattern

TABLE = "fold.json"
"""Each character with those that are folded to it; how it is made: :mod:`showcase.folding`."""

#: Signs that carry meaning in a name and so count in its key: 18+N, R&D, C#, 100%.
_MEANING = frozenset("+&#%@")

_read = Decoder(dict[str, str]).decode
_POINT = pattern(r"(?<=\d)\.(?=\d)")


@cache
def fold_char_map() -> Mapping[int, str]:
    """The folding table, code point → one character, for `str.translate`; only what changes."""
    classes = _read(Path(__file__).with_name(TABLE).read_bytes())
    return {ord(char): folded for folded, chars in classes.items() for char in chars}


def fold(text: str) -> str:
    """`text` of the same length in simplified characters, half width, lower case, without marks."""
    return text.translate(fold_char_map())


def key(text: str) -> str:
    """What is left of a name for comparing it: folded, without spaces, punctuation and symbols.

    Signs that carry meaning stay (`18+N`, `R&D`, the point in `2.0`), so that “5+N” is not “5N”.
    May be empty, for text that is only punctuation.
    """
    folded = _POINT.sub("\0", fold(text))
    if folded.isalnum():
        return folded  # as most names are
    return "".join("." if char == "\0" else char for char in folded if _counts(char))


def _counts(char: str) -> bool:
    """Whether `char` belongs to a key: letters, digits, signs with a meaning, a kept point."""
    return char.isalnum() or char in _MEANING or char == "\0"

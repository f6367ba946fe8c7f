"""Text → the terms it is found by. `reader/text.js` does the same to what a reader types.

The two must agree to the character; a test runs both over the same texts. First a text is made
**normal**:

1. It is folded (`showcase.fold`): simplified, half width, lower case, marks gone. Characters
   beyond the basic plane become two code units, as JavaScript sees them.
2. Latin words in brackets right after a Han character are its reading, 蛎（lì）乡: they leave the
   run, so that 蛎乡 is found, and are kept as words of their own at the end.
3. A comma inside a number goes: 13,000 → 13000.
4. *Soft* signs (quotation marks, ·, dashes, spaces) vanish, unless they part two words.
   What then is neither Han character nor word is *hard* and ends a run.

In normal text the terms are:

- every *pair* of neighbours in a run of which one at least is a Han character: 向阳 阳花 花开, and
  at the border of words 第8 8届. Kana and Hangul count as Han characters;
- words, whole and in parts: `18+n`, `18`, `n`.

A single character, `阳$`, is no term of a text: the index makes it of the pairs (`merge.py`). For
this a run's last character pairs with `$` here.

Names (titles, aliases, slogans …) are also found by:

- pairs with one character between them (`阳*开`), which find a name of which one character is
  missing or wrong;
- for titles and aliases, the first pair with `=` and the length, `向阳=4`: who types the whole name
  gets that record first, however many others mention it;
- pinyin: from every syllable on, in full `~xiangyanghuakai` and by initials `^xyhk`, cut at a
  length, because a beginning is enough.

Pairs are nearly all there is, and are handled as numbers: the first code unit above the second, as
signed numbers of 32 bits. Each code unit has its upper byte exchanged (`_EXCHANGED`) so that the
numbers of all usual pairs lie below 2**30, which Python sorts and compares several times faster.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterable, Iterator
from functools import cache

from showcase.fold import fold, fold_char_map
from showcase.pattern import pattern
from showcase.pinyin import Readings, spellings

#: Regular expression classes, without brackets. The reader has the same in `text.js`.
HAN = r"\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\ud800-\udfff"
WORD = r"a-z0-9\u00df-\u024f\u0370-\u052f"
SOFT = r"\-_~*/\\|+&'\" \t\u00ad\u00b7\u200b\u2014\u2018\u2019\u201c\u201d\u2060\u300a-\u300f\ufeff"
#: What joins words to one, each a single sign between two words.
JOINING = r"+\-._/:&@'~"

#: So many syllables of a name, and so many initials, are spelt from each syllable on.
_FULL, _INITIALS = 5, 8

#: These two begin with the sign itself and look back from it: so they are found fast.
_READING = pattern(rf"\((?<=[{HAN}]\()([a-z \u00b7'\-]+)\)")
_THOUSANDS = pattern(r",(?<=[0-9],)(?=[0-9]{3}(?![0-9]))")
_BETWEEN_WORDS = pattern(rf"[{WORD}][{SOFT}]+(?=[{WORD}])")
_RUN = pattern(rf"[{HAN}{WORD}]+")
_WORDS = pattern(rf"[{WORD}]+(?:[{JOINING}][{WORD}]+)*")
_PART = pattern(rf"[{WORD}]+")
#: The last code unit below the Han characters: what sorts after it is one.
LAST_WORD_UNIT = "\u3000"
#: What the last character of a run pairs with.
END = "$"

#: Upper bytes in the order in which they number pairs: those of words, of Han characters, others.
_UPPER = (*range(0x06), *range(0x30, 0x100), *range(0x06, 0x30))
#: So many of them are numbered below 0: as many as make pairs of the usual characters small.
_NEGATIVE = 64
_EXCHANGED = bytes(_UPPER.index(upper) - _NEGATIVE & 0xFF for upper in range(0x100))
_RESTORED = bytes(_EXCHANGED.index(upper) for upper in range(0x100))
#: Where the two bytes of the first code unit stand in a pair, and those of the second.
_PLACES = (3, 2, 1, 0) if sys.byteorder == "little" else (0, 1, 2, 3)
#: So few different characters are exchanged one by one, which is faster then.
_FEW = 24


def normal(text: str) -> str:
    """`text` in the normal form described above, ready to be cut into runs."""
    return normal_form(folded(text)[0])


def folded(text: str) -> tuple[str, frozenset[str]]:
    """`text` folded, and which of its characters are folded to others."""
    variants = frozenset(_variants().findall(text))
    if len(variants) > _FEW:
        return fold(text), variants
    # Most texts have little to fold but their punctuation.
    table = fold_char_map()
    for char in variants:
        text = text.replace(char, table[ord(char)])
    return text, variants


@cache
def _variants() -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join(map(chr, fold_char_map()))) + "]")


def normal_form(folded_text: str) -> str:
    """The normal form of a text that is folded."""
    text = code_units(folded_text)
    readings: list[str] = []
    if "(" in text:
        text = _READING.sub(lambda found: _noted(found, readings), text)
    if "," in text:
        text = _THOUSANDS.sub("", text)
    return "\n".join((_softened(text), *readings))


def _softened(text: str) -> str:
    """`text` without its soft signs, but for those that part two words."""
    soft = [sign for sign in _soft_signs() if sign in text]
    if not soft:
        return text
    kept: list[str] = []
    last = 0
    for found in _BETWEEN_WORDS.finditer(text):
        kept += (_purged(text[last : found.start()], soft), found[0])
        last = found.end()
    return "".join((*kept, _purged(text[last:], soft)))


@cache
def _soft_signs() -> tuple[str, ...]:
    return tuple(re.findall(rf"[{SOFT}]", "".join(map(chr, range(0x10000)))))


def _purged(text: str, signs: Iterable[str]) -> str:
    for sign in signs:
        text = text.replace(sign, "")
    return text


def _noted(reading: re.Match[str], readings: list[str]) -> str:
    readings.append(reading[1].strip())
    return ""


def code_units(text: str) -> str:
    """`text` with each character beyond the basic plane as two surrogates, as in JavaScript."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    if len(encoded) == 2 * len(text):
        return text
    return "".join(map(chr, memoryview(encoded).cast("H")))


def pairs(normal_text: str) -> set[int]:
    """The pairs of a text as numbers, with `$` after the last character of each run."""
    runs = END.join(_RUN.findall(normal_text)) + END
    units = runs.encode("utf-16-le", "surrogatepass")
    lower, upper = units[::2], units[1::2].translate(_EXCHANGED)
    both = bytearray(4 * len(lower) - 4)
    for place, part in zip(_PLACES, (upper[:-1], lower[:-1], upper[1:], lower[1:]), strict=True):
        both[place::4] = part
    found = set(array("i", both))
    found.difference_update([code for code in found if code < FIRST_HAN and _is_no_term(code)])
    return found


def _is_no_term(code: int) -> bool:
    """Whether a pair that begins with no Han character ends with none, or begins with `$`."""
    return _FIRST_END <= code < _BEYOND_END or _WORD_UNITS <= code & 0xFFFF < _HAN_UNITS


def _unit(code: int) -> int:
    """The second code unit of a pair; the first of `code >> 16`."""
    return _RESTORED[code >> 8 & 0xFF] << 8 | code & 0xFF


def _exchanged(unit: int) -> int:
    return _EXCHANGED[unit >> 8] << 8 | unit & 0xFF


#: The lower half of a pair that ends with `$`.
END_UNIT = _exchanged(ord(END))
#: The lower halves of pairs that end with a sign of a word, or with `$`, lie between these two.
_WORD_UNITS, _HAN_UNITS = _exchanged(0), _exchanged(ord(LAST_WORD_UNIT))
#: The pairs that begin with `$` lie between these two.
_FIRST_END, _BEYOND_END = (END_UNIT - 0x10000) << 16, (END_UNIT - 0xFFFF) << 16
#: What is not below it begins with a Han character.
FIRST_HAN = (_HAN_UNITS - 0x10000) << 16


def character(part: int) -> str:
    """A code unit from the upper or the lower half of a pair, as a character."""
    return chr(_unit(part))


def spelt(code: int) -> str:
    """A pair as two characters."""
    return character(code >> 16) + character(code)


def words(normal_text: str) -> set[str]:
    """The words of a text, whole and in parts."""
    found = set(_WORDS.findall(normal_text))
    for word in list(found):
        found.update(_PART.findall(word))
    return found


def gaps(normal_name: str) -> set[str]:
    """The pairs of Han characters in a name that have one character between them."""
    return {
        f"{before}*{after}"
        for run in _RUN.findall(normal_name)
        for before, after in zip(run, run[2:], strict=False)
        if before > LAST_WORD_UNIT and after > LAST_WORD_UNIT
    }


def compact(normal_name: str) -> str:
    """A normal name with nothing but its characters and words, for comparing whole names."""
    return "".join(_RUN.findall(normal_name))


def whole_name_term(normal_name: str) -> str:
    """The term for typing this name as a whole; "" for names shorter than two characters."""
    name = compact(normal_name)
    return f"{name[:2]}={len(name)}" if len(name) > 1 else ""


def sound_terms(units: tuple[Readings, ...]) -> frozenset[str]:
    """The pinyin terms of a name with these syllables; see `pinyin.syllables`."""
    return frozenset(_sounds(units))


def _sounds(units: tuple[Readings, ...]) -> Iterator[str]:
    if not any(unit[0].isalpha() for unit in units):
        return
    for start in range(len(units)):
        for spelling in spellings(units[start : start + _INITIALS]):
            yield "~" + "".join(spelling[:_FULL])
            if len(spelling) > 1:
                yield "^" + "".join(unit if unit.isdigit() else unit[0] for unit in spelling)

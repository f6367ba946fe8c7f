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

- every pair of neighbours in a run of which one at least is a Han character: 向阳 阳花 花开, and
  at the border of words 第8 8届. Kana and Hangul count as Han characters;
- of a run's last Han character that starts no pair: the character and `$`, so that one character
  is found as the beginning of a term wherever it stands;
- words, whole and in parts: `18+n`, `18`, `n`.

Names (titles, aliases, slogans …) are also found by:

- each single character, and pairs with one character between them (`阳*开`), which find a name
  of which one character is missing or wrong;
- for titles and aliases, the first pair with `=` and the length, `向阳=4`: who types the whole name
  gets that record first, however many others mention it;
- pinyin: from every syllable on, in full `~xiangyanghuakai` and by initials `^xyhk`, cut at a
  length, because a beginning is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from showcase.fold import fold
from showcase.pinyin import spellings, syllables

#: Regular expression classes, without brackets. The reader has the same in `text.js`.
HAN = r"\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\ud800-\udfff"
WORD = r"a-z0-9\u00df-\u024f\u0370-\u052f"
SOFT = r"\-_~*/\\|+&'\" \t\u00ad\u00b7\u200b\u2014\u2018\u2019\u201c\u201d\u2060\u300a-\u300f\ufeff"
#: What joins words to one, each a single sign between two words.
JOINING = r"+\-._/:&@'~"

#: So many syllables of a name, and so many initials, are spelt from each syllable on.
_FULL, _INITIALS = 5, 8

_READING = re.compile(rf"([{HAN}])\(([a-z \u00b7'\-]+)\)")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_SOFTENED = re.compile(rf"(?<![{WORD}{SOFT}])[{SOFT}]++|[{SOFT}]++(?![{WORD}{SOFT}])")
_RUN = re.compile(rf"[{HAN}{WORD}]+")
_PAIRS = re.compile(rf"(?=([{HAN}][{HAN}{WORD}]|[{WORD}][{HAN}]))")
_LAST = re.compile(rf"[{HAN}](?![{HAN}{WORD}])")
_WORDS = re.compile(rf"[{WORD}]+(?:[{JOINING}][{WORD}]+)*")
_PART = re.compile(rf"[{WORD}]+")
#: The last code unit below the Han characters: what sorts after it is one.
_LAST_WORD_UNIT = "\u3000"


def normal(text: str) -> str:
    """`text` in the normal form described above, ready to be cut into runs."""
    text = code_units(fold(text))
    readings: list[str] = []
    if "(" in text:
        text = _READING.sub(lambda found: _without_reading(found, readings), text)
    if "," in text:
        text = _THOUSANDS.sub("", text)
    return "\n".join((_SOFTENED.sub("", text), *readings))


def _without_reading(found: re.Match[str], readings: list[str]) -> str:
    readings.append(found[2].strip())
    return found[1]


def code_units(text: str) -> str:
    """`text` with each character beyond the basic plane as two surrogates, as in JavaScript."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    if len(encoded) == 2 * len(text):
        return text
    return "".join(map(chr, memoryview(encoded).cast("H")))


def prose_terms(normal_text: str) -> set[str]:
    """The terms that every text has: pairs, last characters, words."""
    pairs = set(_PAIRS.findall(normal_text))
    first = {pair[0] for pair in pairs}
    terms = pairs | {last + "$" for last in _LAST.findall(normal_text) if last not in first}
    for word in set(_WORDS.findall(normal_text)):
        terms.add(word)
        terms.update(_PART.findall(word))
    return terms


def name_terms(normal_name: str) -> set[str]:
    """What names have besides: single characters, and pairs around a gap."""
    terms: set[str] = set()
    for run in _RUN.findall(normal_name):
        terms.update(char for char in run if char > _LAST_WORD_UNIT)
        terms.update(
            f"{before}*{after}"
            for before, after in zip(run, run[2:], strict=False)
            if before > _LAST_WORD_UNIT and after > _LAST_WORD_UNIT
        )
    return terms


def compact(normal_name: str) -> str:
    """A normal name with nothing but its characters and words, for comparing whole names."""
    return "".join(_RUN.findall(normal_name))


def whole_name_term(normal_name: str) -> str:
    """The term for typing this name as a whole; "" for names shorter than two characters."""
    name = compact(normal_name)
    return f"{name[:2]}={len(name)}" if len(name) > 1 else ""


@lru_cache(maxsize=4096)
def sound_terms(name: str) -> frozenset[str]:
    """The pinyin terms of a name, as written; cached, as many records name the same brand."""
    return frozenset(_sounds(name))


def _sounds(name: str) -> Iterator[str]:
    units = syllables(name)
    if not any(unit[0].isalpha() for unit in units):
        return
    for start in range(len(units)):
        for spelling in spellings(units[start : start + _INITIALS]):
            yield "~" + "".join(spelling[:_FULL])
            if len(spelling) > 1:
                yield "^" + "".join(unit if unit.isdigit() else unit[0] for unit in spelling)

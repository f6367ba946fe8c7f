"""Pinyin of names: for addresses (`xiang-yang-hua-kai`) and for typing a name without characters.

pypinyin knows the readings of phrases (重庆 chong qing, 任重道远 … zhong …); where it has no phrase
it takes the commonest reading, which is wrong for many surnames and places (单 is dan, but shan
as a surname). Nobody can decide that by machine, so a search accepts every reading that is usual
in names, and an address takes the first.

pypinyin takes a third of a second to load; everything here loads it at the first call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import TypeAlias

from showcase.fold import fold
from showcase.pattern import pattern

#: The ways to read one unit of a text, the likeliest first.
Readings: TypeAlias = tuple[str, ...]

#: Readings that characters have in names of people and places besides their commonest one.
_IN_NAMES = {
    "乐": "le yue", "重": "zhong chong", "长": "chang zhang", "行": "xing hang", "单": "dan shan",
    "曾": "zeng ceng", "朝": "chao zhao", "解": "jie xie", "仇": "qiu chou", "区": "qu ou",
    "查": "cha zha", "盖": "gai ge", "缪": "miao", "朴": "piao pu", "尉": "wei yu", "翟": "zhai di",
    "覃": "qin tan", "召": "zhao shao", "隗": "kui wei", "牟": "mu mou", "宿": "su xiu",
    "柏": "bai bo", "薄": "bo bao", "藏": "zang cang", "调": "diao tiao", "传": "chuan zhuan",
    "厦": "xia sha", "蔚": "wei yu", "莘": "xin shen", "都": "du dou", "校": "xiao jiao",
    "率": "lv shuai", "参": "can shen", "谌": "chen shen", "种": "zhong chong", "员": "yuan yun",
    "秘": "mi bi", "逄": "pang", "郇": "xun huan", "台": "tai", "佘": "she", "冼": "xian",
    "宓": "mi fu", "贠": "yun", "侗": "dong tong", "浒": "hu xu", "蚌": "bang beng",
}  # fmt: skip

#: Phrases that pypinyin reads wrongly and that would show in an address.
_PHRASES = {"单县": [["shàn"], ["xiàn"]]}

#: At most so many ways to read one stretch of a name: two doubtful characters.
_MOST_SPELLINGS = 4

_NOT_HAN = "\0"
_WORD = pattern(r"[a-z0-9]+")


def slug(text: str) -> str:
    """An address for `text`: syllables and ASCII words in lower case, joined by hyphens.

    Everything else parts words; the result is empty when nothing of `text` can be spelt.
    """
    return "-".join(readings[0] for readings in syllables(text))


@lru_cache(maxsize=16_384)
def syllables(text: str) -> tuple[Readings, ...]:
    """The units of `text` in order, each with its readings.

    A unit is a Han character, read without tone and with v for ü, or a run of ASCII letters and
    digits, read as itself in lower case. Punctuation, and what has no reading, is left out.
    """
    simplify, read = _tools()
    units: list[Readings] = []
    for possible in read(simplify(text)):
        if possible[0].startswith(_NOT_HAN):
            units.extend((word,) for word in _WORD.findall(fold(possible[0])))
        else:
            units.append(_held_once(tuple(possible)))
    return tuple(units)


@cache
def _held_once(readings: Readings) -> Readings:
    """Equal readings as one object: a thousand syllables are those of all names."""
    return readings


def spellings(units: tuple[Readings, ...]) -> Iterator[tuple[str, ...]]:
    """Every way to read a stretch of units, the likeliest first; at most `_MOST_SPELLINGS`."""
    if all(len(readings) == 1 for readings in units):  # which is so of most
        yield tuple(readings[0] for readings in units)
        return
    ways: list[tuple[str, ...]] = [()]
    for readings in units:
        affordable = _MOST_SPELLINGS // len(ways) or 1
        ways = [(*way, reading) for way in ways for reading in readings[:affordable]]
    yield from ways


@cache
def _tools() -> tuple[Callable[[str], str], Callable[[str], list[list[str]]]]:
    """The converter to simplified characters (phrases are known in those) and the reader."""
    from opencc import OpenCC  # noqa: PLC0415 - slow to load, like the next
    from pypinyin import Style, load_phrases_dict, pinyin  # noqa: PLC0415

    load_phrases_dict(_PHRASES)
    converter = OpenCC("t2s")

    def read(text: str) -> list[list[str]]:
        """Readings by position; a stretch that is not Han comes as one item, marked."""

        def mark(chunk: str) -> str:
            return _NOT_HAN + chunk

        return [
            _usual(possible, chars)
            for possible, chars in _aligned(
                text, pinyin(text, style=Style.NORMAL, heteronym=True, errors=mark)
            )
        ]

    return converter.convert, read


def _aligned(text: str, readings: list[list[str]]) -> Iterator[tuple[list[str], str]]:
    """Each item of pypinyin's answer with the piece of `text` that it reads."""
    at = 0
    for possible in readings:
        length = len(possible[0]) - 1 if possible[0].startswith(_NOT_HAN) else 1
        yield possible, text[at : at + length]
        at += length


def _usual(possible: list[str], char: str) -> list[str]:
    """What to keep of all the readings in the dictionary.

    One reading means that the phrase decided. Otherwise the rare ones go: those usual in names
    are listed above, and any other character keeps its commonest.
    """
    if len(possible) == 1:
        return possible
    return _IN_NAMES.get(char, possible[0]).split()

"""Rules about what converters, web pages and keyboards leave in a text: pinyin, signs, entities.

No library does this for us. AutoCorrect, the best kept of those for Chinese text, sets a space
between characters and numbers: the style of software documentation, not of official Chinese (GB/T
15835 prints 2019年3月 without); it finds fault with every record of the demonstration content. With
its spacing off, what is left is the punctuation below, without an eye for citations and domains.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from html.entities import html5
from types import MappingProxyType

from showcase.diagnostics import Diagnostic, Severity, short
from showcase.fold import fold
from showcase.graph import Graph
from showcase.pattern import pattern
from showcase.rules.raw import Verdict, search
from showcase.rules.shape import LISTED_NAMES
from showcase.rules.where import Part, Place
from showcase.source import Document

_AROUND = 500
"""Characters on each side of a place that tell whether it lies in code or an address."""

_BLOCK = 4_000
"""Characters of a line that are looked through for such places at once."""

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_IS_HAN = pattern(f"[{_HAN}]")

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0300\u0301\u0304\u030c"
_PINYIN = pattern(f"[(（]([a-zü{_TONES}]{{1,8}}[1-5]?)[)）]")
_SYLLABLE = pattern("(?:[zcs]h?|[bpmfdtnlgkhjqxryw])?(?:[aoeiuv]{1,3}(?:ng?|r)?|ng?|m)")
"""One syllable, without its tone: a converter leaves one behind a character, a gloss has more."""
_SIGN = pattern("[,;:?!.]")
_ENTITY = pattern(r"[&](?:amp;)*(?:([A-Za-z][A-Za-z0-9]{1,31})|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_HEADLESS = pattern("[aglnq](?:mp|t|bsp|uot);")
_HEADLESS_NAMES = frozenset({"amp;", "gt;", "lt;", "nbsp;", "quot;"})
_SPACES = frozenset({"nbsp", "ensp", "emsp", "thinsp", "shy", "zwnj", "zwj"})
_TAG = pattern(
    r"[<]/?(?:a|b|br|div|em|font|h[1-6]|hr|i|img|li|ol|p|s|span|strong|table|tbody|td|tr|u|ul)"
    r"(?:\s[^<>\n]*)?/?>",
    re.IGNORECASE,
)

_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
_QUIET = pattern(
    # Code, the targets of links, records that are named, addresses: no sentence of anybody's.
    r"(`{1,3})[^`\n]+\1|\]\((?:[^()\n]|\([^()\n]*\))*\)|\[\[[^\[\]|\n]*|https?://[^\s，。；、）」”]+"
    r"|(?<![\w.+-])[A-Za-z0-9_.+-]{1,64}@[\w.-]+"
)
_CITATION = pattern(r"\[(?:[A-Z]{1,2})(?:/OL)?\]")
_FENCE = pattern(r"^[ \t]*(?:```|~~~)", re.MULTILINE)
_DOMAIN = pattern(f"(?:中国|公司|网络|政务|公益|集团)(?![{_HAN}])")


def leftover_pinyin(graph: Graph) -> Iterator[Diagnostic]:
    """留有多余的拼音

    转换简繁体或从网页复制时，会在多音字后面留下带括号的拼音。给生僻字注音的、给整个词注音的不算，
    代码和网址里的也不算。

    错误：新时代文明实（shí）践

    正确：新时代文明实践
    """

    def judge(document: Document, match: re.Match[str], place: Place | None) -> Verdict | None:
        text = document.lines.text
        char = text[max(0, match.start() - 1) : match.start()]
        if (
            place is None
            or not _sentence(place)
            or not _common(char)
            or not _SYLLABLE.fullmatch(_toneless(match[1]))
            or _within(text, match.start(), place) not in ("", "[[")
            or not _is_leftover(char, match[1], text[match.end() : match.end() + 1])
        ):
            return None
        return (
            Severity.WARNING,
            f"「{char}」后面留有拼音「{match[0]}」，多半是转换时带进来的",
            f"请删除「{match[0]}」；有意注音的，请在「豁免」里写明原因",
        )

    return search(graph, "TXT011", _PINYIN, judge)


def half_width_sign(graph: Graph) -> Iterator[Diagnostic]:
    """汉字之间用了半角标点

    中文句子用全角标点（《标点符号用法》GB/T 15834）。半角标点挤在字的左下角，老年读者看不清。
    数字、时间、网址、代码和参考文献里的不算。

    错误：你好,世界

    正确：你好，世界
    """

    def judge(document: Document, match: re.Match[str], place: Place | None) -> Verdict | None:
        text, at = document.lines.text, match.start()
        if not _sentence(place) or place is None or place.part is Part.REFERENCE:
            return None
        if (
            place.name in {"references", *LISTED_NAMES}
            or is_quiet(text, at, place)
            or _in_citation(text, at)
        ):
            return None
        sign = match[0]
        help = f"请改成全角的「{_FULL[sign]}」"
        if sign == ".":
            if _DOMAIN.match(text, at + 1):
                return None
            help += "；人名中间请用「·」，序号后面请用「、」"
        return Severity.WARNING, f"汉字之间用了半角的「{sign}」", help

    return search(graph, "TXT012", _SIGN, judge, likely=_between_han)


def remnant(graph: Graph) -> Iterator[Diagnostic]:
    """留有网页代码的残余

    从网页复制或从旧系统导出的文字里，会留下「&nbsp;」「gt;」这样的代码，读者多半看到的就是
    这些字母。正文里有意写的「&lt;」「&amp;」不算。

    错误：1+1gt;2、你好&nbsp;世界

    正确：1+1>2、你好 世界
    """

    def entity(document: Document, match: re.Match[str], place: Place | None) -> Verdict | None:
        name = match[1]
        known = name is None or f"{name};" in html5
        # Markdown shows the others as the sign that they stand for: someone may have meant that.
        prose = place is not None and place.part is Part.PROSE
        if prose and name and name not in _SPACES and match[0] == f"&{name};":
            known = False
        return _remnant(document, match, place) if known else None

    def headless(document: Document, match: re.Match[str], place: Place | None) -> Verdict | None:
        before = document.lines.text[max(0, match.start() - 1) : match.start()]
        whole = before not in ("&", ";") and not (before.isascii() and before.isalpha())
        known = match[0] in _HEADLESS_NAMES and whole
        return _remnant(document, match, place) if known else None

    def tag(document: Document, match: re.Match[str], place: Place | None) -> Verdict | None:
        # In prose every tag is found by the reader of prose (TXT001).
        if place is None or place.part in (Part.PROSE, Part.ID):
            return None
        return _remnant(document, match, place)

    yield from search(graph, "TXT013", _ENTITY, entity)
    yield from search(graph, "TXT013", _HEADLESS, headless)
    yield from search(graph, "TXT013", _TAG, tag)


RULES = MappingProxyType({"TXT011": leftover_pinyin, "TXT012": half_width_sign, "TXT013": remnant})


def _sentence(place: Place | None) -> bool:
    return place is not None and place.part not in (Part.KEY, Part.ID, Part.ADDRESS)


def _common(char: str) -> bool:
    """Whether a character is one of the 3,755 that everybody can read (GB 2312, level 1)."""
    try:
        return b"\xb0\xa1" <= fold(char).encode("gb2312") <= b"\xd7\xf9"
    except UnicodeEncodeError:
        return False


def _toneless(sound: str) -> str:
    plain = unicodedata.normalize("NFD", sound.replace("ü", "v").rstrip("12345"))
    return "".join(char for char in plain if char.isascii())


def _is_leftover(char: str, sound: str, after: str) -> bool:
    """Whether a syllable in brackets was left by a converter: with its tone, or as it is read."""
    if any(sign in _TONES for sign in sound):
        return True
    return bool(_IS_HAN.match(after)) and sound.rstrip("12345").replace("ü", "v") in _readings(char)


@cache
def _readings(char: str) -> frozenset[str]:
    """Every way to read a character, without tones."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - slow to load

    return frozenset(pinyin(char, style=Style.NORMAL, heteronym=True)[0])


def _between_han(text: str, at: int) -> bool:
    after = text[at + 1 : at + 2]
    if after == " " and text[at] != ":":  # A colon and a space part YAML's names from its values.
        after = text[at + 2 : at + 3]
    return bool(at and _IS_HAN.match(after) and _IS_HAN.match(text[at - 1]))


def _line(text: str, at: int) -> tuple[int, int]:
    """Return where the line around a place starts and ends, or as much of it as matters."""
    first, last = max(0, at - _AROUND), min(len(text), at + _AROUND)
    start, end = text.rfind("\n", first, at), text.find("\n", at, last)
    return start + 1 if start >= 0 else first, end if end >= 0 else last


def is_quiet(text: str, at: int, place: Place) -> bool:
    """Whether a place lies in code, in an address or in a record's name."""
    return bool(_within(text, at, place))


def _within(text: str, at: int, place: Place) -> str:
    """Return how the code, address or name begins that a place lies in, or ``""``."""
    fences = _fences(text)
    if (bisect_left(fences, at) - bisect_left(fences, place.start)) % 2 == 1:
        return "``"
    # Of a long line a block at a time, so that many matches in it are no more work than few.
    block = at - at % _BLOCK
    first, last = max(0, block - _AROUND), min(len(text), block + _BLOCK + _AROUND)
    start, end = text.rfind("\n", first, at) + 1, text.find("\n", at, last)
    starts, ends = _quiet(text, start or first, end if end >= 0 else last)
    index = bisect_right(starts, at) - 1
    # What begins with the sign itself is what a rule asks about.
    inside = index >= 0 and starts[index] < at < ends[index]
    return text[starts[index] : starts[index] + 2] if inside else ""


@lru_cache(maxsize=4)
def _quiet(text: str, start: int, end: int) -> tuple[list[int], list[int]]:
    found = [match.span() for match in _QUIET.finditer(text, start, end)]
    return [one for one, _ in found], [other for _, other in found]


@lru_cache(maxsize=1)
def _fences(text: str) -> list[int]:
    return [match.start() for match in _FENCE.finditer(text)]


def _in_citation(text: str, at: int) -> bool:
    """Whether a line is a reference in the form of GB/T 7714, which has half-width signs."""
    return _CITATION.search(text, *_line(text, at)) is not None


def _remnant(document: Document, match: re.Match[str], place: Place | None) -> Verdict | None:
    if place is None or place.part is Part.ID:
        return None
    if place.part is Part.PROSE and is_quiet(document.lines.text, match.start(), place):
        return None
    return (
        Severity.WARNING,
        f"这里留有网页代码的残余「{short(match[0], 30)}」",
        "请删除它，或改成它原来表示的字符（例如 &lt; 是 <，&nbsp; 是空格）",
    )

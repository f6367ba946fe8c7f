"""The rule about numbers in prose that contradict the indicator they name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from showcase.diagnostics import Diagnostic, Severity, short
from showcase.fold import fold
from showcase.graph import Graph
from showcase.load import Entry
from showcase.model.brand import Brand
from showcase.model.indicator import Indicator
from showcase.model.place import Place
from showcase.pattern import pattern
from showcase.rules.texts import SENTENCE_END, label, span, texts
from showcase.source import Path

_QUANTITY = pattern(
    # Begins with a set of characters, which the search runs through quickly.
    r"(?P<digits>[0-9０-９](?<![0-9０-９.,][0-9０-９])"
    r"(?:[0-9０-９]{0,2}(?:,[0-9]{3})+|[0-9０-９]{0,14}))(?P<part>\.[0-9]{1,6})?"
    r"[\s*]*(?P<scale>[万亿千百]?)(?P<more>[余多]?)[\s*]*"
)
_SPELT = pattern(
    # Two characters at least: 十五 is a number, 一 mostly a part of a word.
    # 五六十 and 十三四万 are guesses.
    r"(?P<spelt>(?![〇零一二两三四五六七八九十百千万]*[一二两三四五六七八九]{2}[十百千万亿]"
    r"|[〇零一二两三四五六七八九十百千万]*[十百千万][一二两三四五六七八九]{2})"
    r"[一二两三四五六七八九十][〇零一二两三四五六七八九十百千万亿]{1,20})"
    r"(?P<more>[余多]?)[\s*]*"
)
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_NUMERALS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_SPELLING = frozenset((*_NUMERALS, *"十百千万亿"))
_SPELT_SIGN = pattern("[十百千万亿]")
_LONGEST_SPELT = 20
_SAME_UNIT = {"名": "人", "位": "人"}
_OTHER_UNIT = pattern(r"次|均|家|/|每|月|百分点|小时")
"""After a unit these make another one of it: 人次, 户均, 个月."""
_HOW = (
    "(?P<word>达到|达|超过|超|突破|逾|大约|约|将近|接近|近|不足|不到|至少|不少于|至多|最多|不超过)?"
    r"了?[：:\s*]*"
)
_LEAD = pattern(
    # What may stand between an indicator's name and its number, and means only that.
    r"[“”\"\'「」*\]\s（(]*(?:的|人数|总人数|总数|总量|数量|数|金额|总额|比例|占比)?"
    r"(?:已经|已|目前|现|共有|共|总共|累计|总计|合计|有|为|是)*" + _HOW
)
_THERE_ARE = pattern(r"(?:目前|已经|已|现|总共|共|拥|累计)*有" + _HOW + "$")
"""Before a number that stands before its name: 全市有 15 万名注册志愿者."""
_COUNTED = pattern(
    r"(?:人数|总数|总量|数量|金额|总额)(?:已经|已|目前|现|共|总计|有|为|是)*" + _HOW + "$"
)
"""Before a number that needs no unit."""
_CLAUSE_END = pattern(r"[”」*\])）\s]*(?:[，,。；;、！!？?]|$)")
_OTHER_SCOPE = pattern(
    "其中|新增|净增|增加|增长|当天|当日|本次|这次|参加|参与|每年|每月|年均|平均|目标|力争|计划|预计|"
    "原有|年初|当时|曾|建议|若|如果"
)
_WHOLE = pattern("[全我本]([市县区镇乡村])")
_BEFORE_NAME = pattern(
    r"(?:^|[，,、：:“「*\[（(\s]|[全我本][市县区镇乡村]的?)"
    r"(?:截至|目前|现|共|已|拥|累计)*有?的?[“「*\[]*$"
)
_YEAR = pattern(r"(?<!\d)((?:19|20)\d{2})\s*年")
_AT_LEAST = frozenset({"超过", "超", "突破", "逾", "至少", "不少于", "余", "多"})
_AT_MOST = frozenset({"不足", "不到", "至多", "最多", "不超过"})
_ABOUT = frozenset({"大约", "约", "将近", "接近", "近"})
_NEAR = Decimal("0.05")
_LOOK_BACK = 200
"""Characters before a number in which its sentence begins."""
_CERTAIN_NAME = 6
"""Characters of a name that nothing put before it makes the name of something else."""


def contradicting_number(graph: Graph) -> Iterator[Diagnostic]:
    """文字里的数和指标不一致

    同一个数在两处写得不一样，读者不知道信哪一个。只比较点了指标的名称、单位和地区都相同的数。

    错误：指标「注册志愿者」超过 13 万人，正文写「注册志愿者 15 万人」

    正确：注册志愿者超过 13 万人
    """
    indicators = _by_unit(graph)
    if not indicators:
        return
    for entry in graph.entries:
        for path, text in (*texts(entry), *_results(entry)):
            for match in (*_QUANTITY.finditer(text), *_spelt_in(text)):
                stated = _stated(graph, entry, match, indicators)
                if stated is not None:
                    indicator = stated.as_a(Indicator)
                    value = f"{indicator.comparison or ''}{indicator.value}{indicator.unit or ''}"
                    yield Diagnostic(
                        "TXT017",
                        Severity.ERROR,
                        entry.file,
                        span(entry, path, match.start(), match[0].rstrip("* ")),
                        label(entry, path),
                        f"「{short(match[0].strip(' *'))}」和指标"
                        f"「{short(stated.record.title)}」（{value}）不一致",
                        f"请核对这里和 {stated.file} 第 {stated.span().line} 行的指标",
                    )


class _Stated(Struct, frozen=True):
    """An indicator, its folded name and the titles of its place."""

    entry: Entry
    name: str
    place: Entry | None


def _by_unit(graph: Graph) -> dict[str, list[_Stated]]:
    found: dict[str, list[_Stated]] = defaultdict(list)
    for entry in graph.of("indicator"):
        indicator = entry.as_a(Indicator)
        # A record with a fault may have no value.
        if entry.sound and indicator.unit and len(entry.record.title) > 2:
            unit = fold(indicator.unit)
            stated = _Stated(entry, fold(entry.record.title), graph.target(entry, "place"))
            found[_SAME_UNIT.get(unit, unit)].append(stated)
    return found


def _stated(
    graph: Graph, entry: Entry, match: re.Match[str], indicators: dict[str, list[_Stated]]
) -> Entry | None:
    """Return the indicator that a number in a text names and contradicts."""
    text = match.string
    after = fold(text[match.end() : match.end() + 6])
    units = (unit for unit in (*indicators, *_SAME_UNIT) if after.startswith(unit))
    unit = max(units, key=len, default="")
    candidates = indicators.get(_SAME_UNIT.get(unit, unit), [])
    if _OTHER_UNIT.match(after, len(unit)):
        return None
    if not unit and _CLAUSE_END.match(after):
        tail = fold(text[max(0, match.start() - 20) : match.start()])
        if _COUNTED.search(tail):
            candidates = [one for some in indicators.values() for one in some]
    if not candidates:
        return None
    first = max(0, match.start() - _LOOK_BACK)
    ends = SENTENCE_END.finditer(text, first, match.start())
    start = max((end.end() for end in ends), default=first)
    sentence = fold(text[start : match.start()])
    if _OTHER_SCOPE.search(sentence):
        return None
    for stated in candidates:
        found = _named_before(sentence, stated) or _named_after(sentence, stated, match, len(unit))
        if (
            found is not None
            and _same_scope(graph, entry, stated, found[0])
            and not _permitted(stated.entry.as_a(Indicator), match, found[1])
        ):
            return stated.entry
    return None


def _named_before(sentence: str, stated: _Stated) -> tuple[str, str] | None:
    """Return what stands before an indicator's name and how its number is meant, if it is named."""
    at = sentence.rfind(stated.name)
    lead = _LEAD.fullmatch(sentence, at + len(stated.name)) if at >= 0 else None
    return (sentence[:at], lead["word"] or "") if lead is not None else None


def _named_after(
    sentence: str, stated: _Stated, match: re.Match[str], unit: int
) -> tuple[str, str] | None:
    """Return the same for a name that follows the number: only where it is said to be there.

    “组织 20 名注册志愿者” counts those who came: a place must have them, and no verb may follow.
    """
    there = _THERE_ARE.search(sentence)
    if there is None:
        return None
    start = match.end() + unit
    after = fold(match.string[start : start + len(stated.name) + 8]).removeprefix("的")
    before = sentence[: there.start()]
    place = stated.place
    if not (
        after.startswith(stated.name)
        and _CLAUSE_END.match(after, len(stated.name))
        and (_WHOLE.match(before, max(0, len(before) - 2)) or _ends_with(before, place))
    ):
        return None
    return before, there["word"] or ""


def _ends_with(text: str, place: Entry | None) -> bool:
    return place is not None and text.endswith(fold(place.record.title))


def _spelt_in(text: str) -> Iterator[re.Match[str]]:
    """Yield the numbers in characters; to look for their signs is quicker than any expression."""
    if _SPELT_SIGN.search(text) is None:
        return
    starts: set[int] = set()
    for sign in "十百千万亿":
        at = text.find(sign)
        while at >= 0:
            start = at
            while start > max(0, at - _LONGEST_SPELT) and text[start - 1] in _SPELLING:
                start -= 1
            if start < at or sign == "十":
                starts.add(start)
            at = text.find(sign, at + 1)
    found = (_SPELT.match(text, start) for start in sorted(starts))
    yield from (match for match in found if match is not None)


def _results(entry: Entry) -> Iterator[tuple[Path, str]]:
    """Yield the numbers that a brand records, written like a sentence."""
    if isinstance(entry.record, Brand) and entry.sound:
        for index, result in enumerate(entry.record.results):
            yield ("results", index, "value"), f"{result.label}{result.value}{result.unit or ''}"


def _same_scope(graph: Graph, entry: Entry, stated: _Stated, before: str) -> bool:
    """Whether a sentence speaks of the indicator's place and time, as far as can be told."""
    as_of = stated.entry.as_a(Indicator).as_of
    years = {int(year) for year in _YEAR.findall(before)}
    if years and (as_of is None or years != {as_of.year}):
        return False
    place = stated.place
    title = fold(place.record.title) if place is not None else ""
    named = bool(title) and title in before
    if not named and any(fold(other.record.title) in before for other in graph.of("place")):
        return False
    if len(stated.name) < _CERTAIN_NAME:
        # 测试市实验学校的注册志愿者 are not those of the city.
        nearest = before[before.rfind(title) + len(title) :] if named else before
        if not _BEFORE_NAME.search(nearest):
            return False
    if named or place is None:
        return True
    whole = _WHOLE.search(before)
    if whole is not None:
        return whole[1] in f"{place.as_a(Place).level or ''}{title[-1:]}"
    return place in (entry, graph.target(entry, "place"))


def _permitted(indicator: Indicator, match: re.Match[str], word: str) -> bool:
    """Whether a number, with the word before it, can be the indicator's number.

    “超过 13 万” stands for what is written 13 point something: 13.2 万 is the same; 14 万 is not,
    though 近 14 万 is.
    """
    value, word = indicator.value.value, match["more"] or word
    number, written = _number(match)
    apart, step = abs(number - value), _last_place(value)
    over = indicator.comparison in ("超过", "至少")
    under = indicator.comparison in ("不足", "至多")
    if not apart:
        return not ((over and word in _AT_MOST) or (under and word in _AT_LEAST))
    if over and number > value and apart <= step:
        return apart < step or word in _ABOUT | _AT_MOST
    if under and number < value and apart < step:
        return True
    if (indicator.comparison == "约" or word in _ABOUT) and apart <= value * _NEAR:
        return True
    if word in _AT_LEAST:
        return value / 2 <= number < value
    if word in _AT_MOST:
        return value < number <= value * 2
    # 13 万 is 132,456 rounded; 130 万 may be, and 10 万 is not.
    near = apart * 2 <= _last_place(number) and apart <= value * _NEAR
    return bool(written) and (apart * 2 <= written or near)


def _number(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    """Return a number and the worth of its last digit, 0 where it is written out in full."""
    if "spelt" in match.re.groupindex:
        number = _spelt(match["spelt"])
        return number, _last_place(number)
    part, scale = match["part"] or "", _SCALES[match["scale"]]
    digits = match["digits"].replace(",", "")
    written = scale * Decimal(1).scaleb(-max(0, len(part) - 1)) if match["scale"] else Decimal(0)
    return Decimal(digits + part) * scale, written


def _spelt(text: str) -> Decimal:
    """Read a number in characters: 一百二十万, 十五, 二〇一九."""
    total = section = digit = 0
    for char in text:
        if char in _NUMERALS:
            digit = digit * 10 + _NUMERALS[char]
        elif char in "万亿":
            total = (total + section + digit) * _SCALES[char]
            section = digit = 0
        else:
            section += (digit or 1) * (10 if char == "十" else _SCALES[char])
            digit = 0
    return Decimal(total + section + digit)


def _last_place(number: Decimal) -> Decimal:
    """Return the worth of the last digit that is not zero: 10,000 for 130,000."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)

"""Rules about what prose claims against what is recorded: honours that were not given, numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from showcase.diagnostics import Diagnostic, Severity, Span, short
from showcase.fold import fold
from showcase.graph import BODY, Graph
from showcase.load import Entry
from showcase.model import Fields, fields_of
from showcase.model.brand import Brand
from showcase.model.indicator import Indicator
from showcase.prose.bounds import MAX_CHARACTERS
from showcase.source import Path

_RUNNER_UP = re.compile(r"(?P<honour>.{3,}?)(?:获?提名奖?|入围奖?|候选人?)$")
_EDITION = re.compile(r"^(?:第[〇零一二三四五六七八九十百\d]+[届屆]|\d{4}年度?)")
_MARKS = "“”\"'‘’「」『』《》*_ []"
_NO_CLAIM_BEFORE = re.compile(
    r"(?:向|与|和|同|跟|请|邀请|参评|评选|推荐|申报|争创|争当|不是|并非|历届)$"
)
_NO_CLAIM_AFTER = re.compile(
    r"(?:提名|入围|候选|评选|评审|推荐|申报|学习|颁奖|表彰大会|先进事迹|事迹报告|宣讲|们|标准|的要求)"
)

_SENTENCE_END = re.compile(r"[。！？；\n]")
_QUANTITY = re.compile(
    # Begins with a set of characters, which the search runs through quickly.
    r"(?P<digits>[0-9０-９](?<![0-9０-９.,][0-9０-９])"
    r"(?:[0-9０-９]{0,2}(?:,[0-9]{3})+|[0-9０-９]{0,14}))(?P<part>\.[0-9]{1,6})?"
    r"[\s*]*(?P<scale>[万亿千百]?)(?P<more>[余多]?)[\s*]*"
)
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SAME_UNIT = {"名": "人", "位": "人"}
_OTHER_UNIT = re.compile(r"次|均|家|/|每|月|百分点|小时")
"""After a unit these make another one of it: 人次, 户均, 个月."""
_LEAD = re.compile(
    # What may stand between an indicator's name and its number, and means only that.
    r"[“”\"\'「」*\]\s]*(?:的|人数|总人数|总数|总量|数量|数|金额|总额|比例|占比)?"
    r"(?:已经|已|目前|现|共有|共|总共|累计|总计|合计|有|为|是)*"
    r"(?P<word>达到|达|超过|超|突破|逾|大约|约|将近|接近|近|不足|不到|至少|不少于|至多|最多|不超过)?"
    r"了?[：:\s*]*"
)
_OTHER_SCOPE = re.compile(
    "其中|新增|净增|增加|增长|当天|当日|本次|这次|参加|参与|每年|每月|年均|平均|目标|力争|计划|预计|"
    "原有|年初|当时|曾|建议|若|如果"
)
_BEFORE_NAME = re.compile(
    r"(?:^|[，,、：:“「*\[（(\s]|全[市县区镇村]的?|目前|现有|共有|已有|拥有|的)$"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
_AT_LEAST = frozenset({"超过", "超", "突破", "逾", "至少", "不少于", "余", "多"})
_AT_MOST = frozenset({"不足", "不到", "至多", "最多", "不超过"})
_ABOUT = frozenset({"大约", "约", "将近", "接近", "近"})
_NEAR = Decimal("0.05")
_LOOK_BACK = 200
"""Characters before a number in which its sentence begins."""
_CERTAIN_NAME = 6
"""Characters of a name that nothing put before it makes the name of something else."""


def overstated_honour(graph: Graph) -> Iterator[Diagnostic]:
    """把提名奖写成了正式的荣誉

    「全国道德模范提名奖」不是「全国道德模范」。写成后者，是替人报了没有得过的荣誉。

    错误：荣誉记的是「全国道德模范提名奖」，正文写「被评为全国道德模范」

    正确：获全国道德模范提名奖
    """
    for entry in graph.entries:
        recorded = [award.record.title for award in graph.targets(entry, "honours")]
        for title in recorded:
            honour = _claimable(title)
            if honour and not any(_grants(other, honour) for other in recorded):
                yield from _overstatements(graph, entry, honour, title)


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
        for path, text in (*_texts(entry), *_results(entry)):
            for match in _QUANTITY.finditer(text):
                stated = _stated(graph, entry, text, match, indicators)
                if stated is not None:
                    indicator = stated.as_a(Indicator)
                    value = f"{indicator.comparison or ''}{indicator.value}{indicator.unit or ''}"
                    yield Diagnostic(
                        "TXT017",
                        Severity.ERROR,
                        entry.file,
                        _span(entry, path, match.start(), match[0].rstrip("* ")),
                        _label(entry, path),
                        f"「{short(match[0].strip(' *'))}」和指标"
                        f"「{short(stated.record.title)}」（{value}）不一致",
                        f"请核对这里和 {stated.file} 第 {stated.span().line} 行的指标",
                    )


def _claimable(title: str) -> str:
    """Return the honour that a nomination falls short of, without its edition, or ``""``."""
    match = _RUNNER_UP.fullmatch(title.strip(_MARKS))
    return _EDITION.sub("", match["honour"]).strip(_MARKS) if match else ""


def _grants(title: str, honour: str) -> bool:
    return honour in title and not _claimable(title)


def _overstatements(graph: Graph, entry: Entry, honour: str, title: str) -> Iterator[Diagnostic]:
    for path, text in _texts(entry):
        yield from _claims(entry, path, fold(text), fold(honour), title)
    name = entry.record.title
    if entry.kind.name != "figure" or len(name) < 2:
        return
    for other in graph.entries:
        # Elsewhere only a sentence that names the person says it of that person.
        if other is entry or not (honour in other.body and name in other.body):
            continue
        if len(other.body) > MAX_CHARACTERS:
            continue
        if any(_grants(award.record.title, honour) for award in graph.targets(other, "honours")):
            continue
        for start, end in _sentences(other.body):
            sentence = other.body[start:end]
            if name in sentence and honour in sentence and not _others(graph, entry, sentence):
                yield from _claims(other, (BODY,), " " * start + sentence, honour, title)


def _others(graph: Graph, figure: Entry, sentence: str) -> bool:
    """Whether a sentence also names somebody else, of whom it may say so."""
    return any(
        other is not figure and other.record.title in sentence for other in graph.of("figure")
    )


def _claims(entry: Entry, path: Path, text: str, honour: str, title: str) -> Iterator[Diagnostic]:
    """Yield the places of a text that claim an honour; of both, text and honour, one script."""
    at = text.find(honour)
    while at >= 0:
        before = text[max(0, at - 30) : at].rstrip(_MARKS)
        after = text[at + len(honour) : at + len(honour) + 12].lstrip(_MARKS + "（(")
        before = re.sub(r"第[^，。]{1,4}届$", "", before).rstrip(_MARKS)
        if not (_NO_CLAIM_BEFORE.search(before) or _NO_CLAIM_AFTER.match(after)):
            yield Diagnostic(
                "TXT016",
                Severity.ERROR,
                entry.file,
                _span(entry, path, at, honour),
                _label(entry, path),
                f"这里写的是「{short(honour)}」，记录的荣誉是「{short(title)}」",
                "请写成荣誉的全称；确实两项都获得的，请在「荣誉」里补上另一项",
            )
        at = text.find(honour, at + len(honour))


def _texts(entry: Entry) -> Iterator[tuple[Path, str]]:
    """Yield the texts of a record that readers see, the body among them."""
    yield from _field_texts(entry.record, ())
    # A longer body is refused, and shown as it was typed.
    if len(entry.body) <= MAX_CHARACTERS:
        yield (BODY,), entry.body


def _field_texts(record: Fields, path: Path) -> Iterator[tuple[Path, str]]:
    for field in fields_of(type(record)):
        value: Any = getattr(record, field.name)
        if field.ref is None and not field.label.private and field.name not in ("aliases", BODY):
            for index, item in enumerate(value if isinstance(value, tuple) else (value,)):
                here = (*path, field.name, *((index,) if isinstance(value, tuple) else ()))
                if isinstance(item, Fields):
                    yield from _field_texts(item, here)
                elif type(item) is str:
                    yield here, item


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _span(entry: Entry, path: Path, at: int, word: str) -> Span:
    """Return the place of a word that stands at an offset of a text."""
    if path == (BODY,):
        return entry.body_span(at, at + len(word))
    return entry.span(*path)


def _label(entry: Entry, path: Path) -> str:
    return "正文" if path == (BODY,) else entry.label(*path)


# --- numbers -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Stated:
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
    graph: Graph,
    entry: Entry,
    text: str,
    match: re.Match[str],
    indicators: dict[str, list[_Stated]],
) -> Entry | None:
    """Return the indicator that a number in a text names and contradicts."""
    after = fold(text[match.end() : match.end() + 6])
    units = (unit for unit in (*indicators, *_SAME_UNIT) if after.startswith(unit))
    unit = max(units, key=len, default="")
    candidates = indicators.get(_SAME_UNIT.get(unit, unit), [])
    if _OTHER_UNIT.match(after, len(unit)):
        return None
    if not candidates:
        return None
    first = max(0, match.start() - _LOOK_BACK)
    ends = _SENTENCE_END.finditer(text, first, match.start())
    start = max((end.end() for end in ends), default=first)
    sentence = fold(text[start : match.start()])
    if _OTHER_SCOPE.search(sentence):
        return None
    for stated in candidates:
        at = sentence.rfind(stated.name)
        lead = _LEAD.fullmatch(sentence, at + len(stated.name)) if at >= 0 else None
        if (
            lead is not None
            and _same_scope(graph, entry, stated, sentence[:at])
            and not _permitted(stated.entry.as_a(Indicator), match, lead["word"] or "")
        ):
            return stated.entry
    return None


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
    named = place is not None and fold(place.record.title) in before
    if not named and any(fold(other.record.title) in before for other in graph.of("place")):
        return False
    if len(stated.name) < _CERTAIN_NAME and not (named or _BEFORE_NAME.search(before)):
        return False
    return (
        named
        or place is None
        or place in (entry, graph.target(entry, "place"))
        or re.search("全[市县区镇村]", before) is not None
    )


def _permitted(indicator: Indicator, match: re.Match[str], word: str) -> bool:
    """Whether a number, with the word before it, can be the indicator's number.

    “超过 13 万” stands for what is written 13 point something: 13.2 万 is the same, 15 万 is not.
    """
    number, value = _number(match), indicator.value.value
    low, high = value, value
    if indicator.comparison in ("超过", "至少"):
        high += _last_place(value)
    elif indicator.comparison in ("不足", "至多"):
        low -= _last_place(value)
    if indicator.comparison == "约" or word in _ABOUT:
        low, high = min(low, value * (1 - _NEAR)), max(high, value * (1 + _NEAR))
    if low <= number <= high:
        return True
    if (match["more"] or word) in _AT_LEAST:
        return value / 2 <= number <= value
    if word in _AT_MOST:
        return value <= number <= value * 2
    # 13 万 is 132,456 rounded.
    return bool(match["scale"]) and abs(number - value) * 2 <= _last_place(number)


def _number(match: re.Match[str]) -> Decimal:
    digits = match["digits"].replace(",", "") + (match["part"] or "")
    return Decimal(digits) * _SCALES[match["scale"]]


def _last_place(number: Decimal) -> Decimal:
    """Return the worth of the last digit that is not zero: 10,000 for 130,000."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)

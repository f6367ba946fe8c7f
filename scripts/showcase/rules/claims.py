"""The rule about honours that prose claims and nobody was given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from showcase.diagnostics import Diagnostic, Severity, short
from showcase.entry import BODY, Entry
from showcase.fold import fold
from showcase.graph import Graph
from showcase.pattern import pattern
from showcase.prose.bounds import MAX_CHARACTERS
from showcase.rules.texts import label, sentences, span, texts
from showcase.source import Path

_RUNNER_UP = pattern(r"(?P<honour>.{3,}?)[（(]?(?:获?提名奖?|入围奖?|候选人?)(?:获得者)?[）)]?$")
_EDITION = pattern(r"^(?:第[〇零一二三四五六七八九十百\d]+[届屆]|\d{4}年度?)")
_MARKS = "“”\"'‘’「」『』《》*_ []"
_NO_CLAIM_BEFORE = pattern(
    r"(?:向|同|跟|请|邀请|参评|评选|推荐|申报|争创|争当|不是|并非|历届"
    # 他是山东好人和全国道德模范 claims it, 和全国道德模范座谈 does not.
    r"|(?:^|[，。；！？\n])(?:(?!是|获|评为|授予|当选|成为|入选)[^，。；！？\n])*[与和及])$"
)
_NO_CLAIM_AFTER = pattern(
    r"(?:提名|入围|候选|评选|评审|推荐|申报|学习|颁奖|表彰大会|先进事迹|事迹报告|宣讲|们|标准|的要求"
    r"|一起|一道|一同|同台|面对面|座谈|对话|交流|合影|见面|结对)"
)
_BETWEEN = r"(?:[ \t\u3000\u200b-\u200d\u2060\ufeff“”\"'‘’「」『』《》*_]|\n(?!\s*\n)){0,4}"
"""What may stand between two characters of a name that is still read as that name."""


def overstated_honour(graph: Graph) -> Iterator[Diagnostic]:
    """把提名奖写成了正式的荣誉

    「全国道德模范提名奖」不是「全国道德模范」。写成后者，是替人报了没有得过的荣誉。

    错误：荣誉记的是「全国道德模范提名奖」，正文写「被评为全国道德模范」

    正确：获全国道德模范提名奖
    """
    short_of = [one for one in graph.of("honour") if _claimable(one.record.title)]
    holders = {link.source for honour in short_of for link in graph.into(honour)}
    for entry in graph.entries:
        if entry not in holders:
            continue
        recorded = [award.record.title for award in graph.targets(entry, "honours")]
        for title in recorded:
            honour = _claimable(title)
            if honour:
                claim = _claim(honour)
                if not any(_grants(other, claim) for other in recorded):
                    yield from _overstatements(graph, entry, claim, title)


def _claimable(title: str) -> str:
    """Return the honour that a nomination falls short of, without its edition, or ``""``."""
    match = _RUNNER_UP.fullmatch(title.strip(_MARKS))
    return _EDITION.sub("", match["honour"]).strip(_MARKS) if match else ""


@cache
def _claim(honour: str) -> re.Pattern[str]:
    """Return what finds an honour in folded text, however it is set: 全国第八届**道德模范**."""
    edition = f"{_BETWEEN}(?:第[^，。\\s]{{1,4}}届{_BETWEEN})?"
    return re.compile(edition.join(map(re.escape, fold(honour))))


def _grants(title: str, claim: re.Pattern[str]) -> bool:
    return claim.search(fold(title)) is not None and not _claimable(title)


def _overstatements(
    graph: Graph, entry: Entry, claim: re.Pattern[str], title: str
) -> Iterator[Diagnostic]:
    for path, text in texts(entry):
        yield from _claims(entry, path, fold(text), claim, title)
    name = entry.record.title
    if entry.kind.name != "figure" or len(name) < 2:
        return
    for other in graph.entries:
        # Elsewhere only a sentence that names the person says it of that person.
        if other is entry or name not in other.body or len(other.body) > MAX_CHARACTERS:
            continue
        body = fold(other.body)
        if claim.search(body) is None:
            continue
        if any(_grants(award.record.title, claim) for award in graph.targets(other, "honours")):
            continue
        for start, end in sentences(body):
            sentence = other.body[start:end]
            if name in sentence and not _others(graph, entry, sentence):
                yield from _claims(other, (BODY,), " " * start + body[start:end], claim, title)


def _others(graph: Graph, figure: Entry, sentence: str) -> bool:
    """Whether a sentence also names somebody else, of whom it may say so."""
    return any(
        other is not figure and other.record.title in sentence for other in graph.of("figure")
    )


def _claims(
    entry: Entry, path: Path, text: str, claim: re.Pattern[str], title: str
) -> Iterator[Diagnostic]:
    """Yield the places of a folded text that claim an honour."""
    for match in claim.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()].rstrip(_MARKS)
        after = text[match.end() : match.end() + 12].lstrip(_MARKS + "（(")
        before = re.sub(r"第[^，。]{1,4}届$", "", before).rstrip(_MARKS)
        if not (_NO_CLAIM_BEFORE.search(before) or _NO_CLAIM_AFTER.match(after)):
            yield Diagnostic(
                "TXT016",
                Severity.ERROR,
                entry.file,
                span(entry, path, match.start(), match[0]),
                label(entry, path),
                f"这里写的是「{short(_claimable(title))}」，记录的荣誉是「{short(title)}」",
                "请写成荣誉的全称；确实两项都获得的，请在「荣誉」里补上另一项",
            )

"""The rule about honours that prose claims and nobody was given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from showcase.diagnostics import Diagnostic, Severity, short
from showcase.fold import fold
from showcase.graph import BODY, Graph
from showcase.load import Entry
from showcase.prose.bounds import MAX_CHARACTERS
from showcase.rules.texts import label, sentences, span, texts
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


def _claimable(title: str) -> str:
    """Return the honour that a nomination falls short of, without its edition, or ``""``."""
    match = _RUNNER_UP.fullmatch(title.strip(_MARKS))
    return _EDITION.sub("", match["honour"]).strip(_MARKS) if match else ""


def _grants(title: str, honour: str) -> bool:
    return honour in title and not _claimable(title)


def _overstatements(graph: Graph, entry: Entry, honour: str, title: str) -> Iterator[Diagnostic]:
    for path, text in texts(entry):
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
        for start, end in sentences(other.body):
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
                span(entry, path, at, honour),
                label(entry, path),
                f"这里写的是「{short(honour)}」，记录的荣誉是「{short(title)}」",
                "请写成荣誉的全称；确实两项都获得的，请在「荣誉」里补上另一项",
            )
        at = text.find(honour, at + len(honour))

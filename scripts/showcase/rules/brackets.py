"""Rules about the brackets of names and links in prose: full-width ones, and halves of pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from showcase.diagnostics import Diagnostic, Severity, short
from showcase.graph import Graph
from showcase.pattern import pattern
from showcase.rules.leftovers import is_quiet
from showcase.rules.prose import full_width_sign
from showcase.rules.raw import Verdict, search
from showcase.rules.where import Part, Place
from showcase.source import Document

_WIDE = pattern(
    r"[［【](?:[［【]([^［］【】\[\]\n]{1,80})[］】]{2}"
    r"|([^［］【】\[\]\n]{1,80})］[(（](?:https?[:：]|[./]))"
)
_HALF = pattern(
    # [[甲] and [[甲, but not [[甲](…)] or [[甲][1]]; [甲]]; [[]].
    r"\[(?:\[[ \t]*\]\]|\[([^\[\]\n]{0,80})(?:\](?![\](\[])|(?<!\[)(?=\n|\Z))"
    r"|(?<!\[\[)([^\[\]\n]{1,80})\]\](?![\](]))"
)
_REACH = 300
"""Characters before a bracket in which the one stands that it may belong to."""


def full_width_link(graph: Graph) -> Iterator[Diagnostic]:
    """链接用了全角括号或冒号

    中文输入法打出的「（」「）」「：」「［」「【」不能写链接，会原样显示成文字。

    错误：[中国政府网]（https://www.gov.cn/）、【【王伟】】

    正确：[中国政府网](https://www.gov.cn/)、[[王伟]]
    """

    def judge(document: Document, match: re.Match[str], place: Place | None) -> Verdict | None:
        if not _read_as_prose(document, match, place):
            return None
        right = f"[[{match[1]}]]" if match[1] else f"[{match[2]}](网址)"
        return (
            Severity.WARNING,
            f"链接里用了全角的「{match[0][0]}」，会原样显示成文字",
            f"请改成半角，例如 {short(right)}",
        )

    yield from full_width_sign(graph)
    yield from search(graph, "TXT009", _WIDE, judge)


def half_brackets(graph: Graph) -> Iterator[Diagnostic]:
    """引用记录的方括号没有写全

    引用记录要用两个「[」和两个「]」。少一个，就会连括号一起显示成文字。

    错误：见 [[王伟]

    正确：见 [[王伟]]
    """

    def judge(document: Document, match: re.Match[str], place: Place | None) -> Verdict | None:
        name = match[1] or match[2] or ""
        if not _read_as_prose(document, match, place) or name.startswith("^"):
            return None
        text = document.lines.text
        before = text[max(0, match.start() - _REACH) : match.start()].rpartition("\n")[2]
        # [注：见[1]] has its two pairs; \\[ is meant to be shown.
        if before.endswith("\\") or (match[2] and before.count("[") > before.count("]")):
            return None
        if not name.strip():
            return (
                Severity.WARNING,
                "方括号里没有写名称",
                "请在 [[ 和 ]] 之间写上记录的名称，或删除它",
            )
        return (
            Severity.WARNING,
            f"「{short(match[0])}」的方括号没有写全，会原样显示成文字",
            f"请写成 [[{short(name)}]]",
        )

    return search(graph, "TXT020", _HALF, judge, sieve=lambda lines: _has_pair(lines.text))


RULES = MappingProxyType({"TXT009": full_width_link, "TXT020": half_brackets})


def _has_pair(text: str) -> bool:
    return "[[" in text or "]]" in text


def _read_as_prose(document: Document, match: re.Match[str], place: Place | None) -> bool:
    return (
        place is not None
        and place.part is Part.PROSE
        and not is_quiet(document.lines.text, match.start(), place)
    )

"""Texts made to stop the parser: each is read and shown within two seconds, none is lost.

The seconds are a safety bound, not a benchmark: each case takes a fraction of one.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from showcase.prose import Prose, Scan, engine, render, scan, show
from showcase.prose.bounds import (
    MAX_ALL_MARKS,
    MAX_CHARACTERS,
    MAX_DEPTH,
    MAX_LINE,
    MAX_LINES,
    MAX_MARKS,
    MAX_PIECES,
)

SECONDS = 2.0

#: What fills a body: marks alone, and in the combinations that other parsers stumble over.
UNITS = [
    "[", "]", "[[", "[[a]]", "![", "[a](b)", "[a](", "](", "][", "!", "(", ")",
    "*", "**a", "*a ", "a*b**c***", "***a b** c*", "__a_ ", "*a _b ", "`", "``a", "`a",
    "<", "<a", "<!--", "<b>", "<a@b.cn>", "<http://a.cn>", "https://a.cn ", "http://",
    "&", "&amp;", "&#42;", "汉&", "|", "|a", "\\", "\\*", "#", "# ", "> ", "- ", "1. ", "~~~",
    "[^1]", "[a]: b", "[^b]: c", "=", "\t", " ", "　", '"', "汉", "𝕏", "\0", "\ud800", "\r", "\x0c",
    "\x02klzzwxh:0001\x03", "\ufdd00\ufdd1",
]  # fmt: skip


def fill(unit: str, width: int) -> str:
    """As much of a unit as the bounds allow, in lines of a width."""
    line = unit * max(1, width // len(unit))
    return "\n".join([line] * min(MAX_LINES - 1, MAX_CHARACTERS // (len(line) + 1)))


def lines(unit: str, share: int = 1) -> str:
    return unit * ((MAX_LINES - 100) // (unit.count("\n") * share))


#: Structures within the bounds whose parts multiply in Markdown.
STRUCTURES: dict[str, str] = {
    "headings": lines("## 同\n"),
    "headings in quotations": lines("> # a\n"),
    "headings in lists": lines("- # a\n"),
    "underlined headings": lines("a\n---\n"),
    "rules": lines("---\n"),
    "rules in quotations": lines("> ---\n"),
    "rules in lists": lines("- ***\n"),
    "indented rules": "- a\n\n" + lines("    ---\n"),
    "blocks": lines("a\n\n"),
    "loose list": lines("- a\n\n  b\n\n"),
    "changing lists": lines("- a\n+ b\n* c\n"),
    "deep lists": lines("".join("  " * depth + "- x\n" for depth in range(MAX_DEPTH))),
    "deep quotations": lines("> " * MAX_DEPTH + "x\n", 2),
    "table": "a|b\n-|-\n" + lines("c|d\n"),
    "tables": lines("a|b\n-|-\n"),
    "wide table": "|" + "a|" * 390 + "\n|" + "-|" * 390 + "\n" + lines("a\n"),
    "cells": "|" + "a|" * 78 + "\n|" + "-|" * 78 + "\n" + ("|" + "a|" * 78 + "\n") * 98,
    "footnotes": "".join(f"[^{n}]: a\n" for n in range(1400)) + "\n" + fill("[^7]", 80)[:6000],
    "long footnote": "[^a]: x\n" + lines("    y\n\n"),
    "one footnote": "[^1]: a\n" + ("[^1]" * 300 + "\n") * 9,
    "references": "".join(f"[a{n}]: http://a.cn\n[a{n}]\n\n" for n in range(1300)),
    "open fences": lines("```a\n"),
    "shorter fences": "\n".join("`" * size + "a" for size in range(390, 3, -1)),
    "quoted fences": lines("> ```a\n"),
    "code": "```\n" + fill("汉&", 700)[:14_000] + "\n```",
    "emphasis": "\n".join(["*a **b " * 20 + "b** a* " * 20] * 90),
    "emphasis over lines": "\n".join(["*a **b"] * 1900 + ["b** a*"] * 1900),
    "links": "\n".join(["[a](b)" + "汉" * 20] * (MAX_PIECES - 1)),
    "images within each other": "![" * 390 + "a" + "](b)" * 390,
    "links within each other": "[" * 390 + "a" + "](b)" * 390,
    "parentheses": ("[a](" + "(a)" * 3000 + "\n") * 10,
    "hashes": ("## " + "#" * 9000 + "x\n") * 10,
    "stars": ("a" + "*" * 9000 + "b\n") * 10,
    "dashes": ("-" * 5000 + " " * 4900 + "x|\n") * 10,
    "spaces": (" " * 9990 + "x\n") * 10,
    "tabs in lists": lines("- \t\t\t\t\t\t\t\t\tx\n"),
    "targets": "\n".join(["[a](" + "http://a.cn/" + "x" * 70 + ")"] * 1100),
}

#: Structures beyond the bounds: all must be refused.
BEYOND: dict[str, str] = {
    "body-too-long": "汉字。\n" * (MAX_CHARACTERS // 4 + 1),
    "too-many-lines": "a\n" * (MAX_LINES + 1),
    "line-too-long": "汉" * (MAX_LINE + 1),
    "too-many-brackets": "[" * 20_000,
    "too-many-marks": "**a" * (MAX_MARKS + 1),
    "too-many-links": "\n".join(["[a](b)"] * (MAX_PIECES + 1)),
    "too-deep": "> " * 400 + "x",
}


def timed(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def both(body: str) -> tuple[Scan, Prose]:
    results: list[tuple[Scan, Prose]] = []
    taken = timed(lambda: results.append((scan(body), render(body, lambda _: ("../x/", "题")))))
    assert taken < SECONDS
    return results[0]


@pytest.mark.parametrize(
    "unit", ["[", "汉", "汉&", "<b>", "**a", "\0", "\ud800", "\n", "\r", " ", "a\n\n"], ids=ascii
)
def test_eight_million_characters(unit: str) -> None:
    body = unit * (8_000_000 // len(unit))
    result, prose = both(body)
    assert "body-too-long" in {item.code_name for item in result.findings}
    assert result.links == ()
    assert len(prose.text) <= MAX_CHARACTERS


@pytest.mark.parametrize("width", [2, MAX_MARKS - 10])
@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_a_full_body_of_marks(unit: str, width: int) -> None:
    _, prose = both(fill(unit, width))
    assert prose.findings == ()


@pytest.mark.parametrize("unit", ["汉", "(", "\\*", "#", "=", "- ", "\t", "　", '"'], ids=ascii)
def test_a_full_body_of_long_lines(unit: str) -> None:
    _, prose = both(fill(unit, MAX_LINE - 10))
    assert prose.findings == ()


@pytest.mark.parametrize("name", STRUCTURES)
def test_structures_within_the_bounds(name: str) -> None:
    result, prose = both(STRUCTURES[name])
    assert prose.findings == ()
    refused = {item.code_name for item in result.findings} & set(BEYOND)
    assert refused == set(), "the case must reach the parser to test it"


@pytest.mark.parametrize("name", BEYOND)
def test_what_is_beyond_a_bound_is_reported_and_shown_as_typed(name: str) -> None:
    body = BEYOND[name]
    result, prose = both(body)
    finding = next(item for item in result.findings if item.code_name == name)
    assert 0 <= finding.start < finding.end <= len(body)
    assert finding.detail
    typed = "".join(body[:MAX_CHARACTERS].split())
    assert "".join(prose.text.split()) == typed
    assert "".join(re.sub("</?p>", "", prose.html).split()) == typed.replace(">", "&gt;")


def nested() -> Iterator[str]:
    for depth in (MAX_DEPTH + 1, 400, 4_000):
        for mark in ("> ", "- ", "1. ", "> - 1. ", "1234567890. ", "-    "):
            yield mark * depth + "x"
        yield "[^1]: " + "> " * depth + "x"
    yield "\n".join("  " * depth + "- x" for depth in range(60))
    yield "\n".join("    " * depth + "- x" for depth in range(60))


@pytest.mark.parametrize("body", [*nested()], ids=lambda body: f"{body[:12]!a} {len(body)}")
def test_depth_is_bounded(body: str) -> None:
    result, prose = both(body)
    assert {item.code_name for item in result.findings} & {"too-deep", "line-too-long"}
    assert "<ul>" not in prose.html
    assert "<blockquote>" not in prose.html


def test_what_people_write_is_within_the_bounds() -> None:
    signature = "正文。\n\n" + " " * 60 + "2019 年 3 月\n" + "　" * 30 + "测试单位甲\n"
    fields = "姓名：" + "_" * 200 + "\n" + "*" * 200 + "\n" + "-" * 200 + "\n"
    article = "\n\n".join(["打造**“甲”**品牌，见[[甲]]与[乙](c.html)。" * 10] * 140)
    assert scan(signature + fields).findings == ()
    assert scan(article).findings == ()


def test_one_mark_in_one_line_may_exceed_no_limit_but_runs_count_once() -> None:
    assert scan("*" * 5_000).findings == ()
    crowded = "\n".join(["[" * MAX_MARKS] * (MAX_ALL_MARKS // MAX_MARKS + 1))
    assert [item.code_name for item in scan(crowded).findings] == ["too-many-brackets"]


def test_without_fuel_a_body_is_shown_as_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show, "Job", partial(engine.Job, fuel=100))
    prose = render("- **甲** <b>\n\n第二段", lambda _: None)
    monkeypatch.undo()
    assert prose.html == "<p>- **甲** &lt;b&gt;</p>\n<p>第二段</p>"
    assert [item.code_name for item in prose.findings] == ["too-slow"]
    assert render("- 甲", lambda _: None).html == "<ul>\n<li>甲</li>\n</ul>"

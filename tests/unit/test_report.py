"""Reports: a frame that points at the place, JSON as promised, annotations that GitHub reads."""

from __future__ import annotations

import json
import re
from itertools import product

import pytest
from rich.cells import cell_len

from showcase.diagnostics import START, Diagnostic, Lines, Severity, Span, in_order, short, visible
from showcase.report import as_github, as_gitlab, as_json, as_text, summary
from showcase.rules import RULES

DANGEROUS = [
    "\x1b[2J",
    "\r",
    "\n",
    "\x07",
    "\x9b31m",
    "\x7f",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ue000",
    "\u2028",
]
# What a report may hold: no control but its own line ends, no character of direction.
_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ue000-\uf8ff]"
)


HERE = Span(2, 5, 2, 7)


def one(
    span: Span = HERE,
    message: str = "「口号」写错了",
    severity: Severity = Severity.ERROR,
    file: str = "content/brands/测试品牌甲.md",
    code: str = "SHP003",
) -> Diagnostic:
    return Diagnostic(code, severity, file, span, "口号", message, "请改一改")


def text_of(found: Diagnostic, source: str) -> str:
    lines = "\n".join(as_text([found], lambda _: source))
    return re.sub("\x1b\\[[0-9;]*m", "", lines)


def test_a_report_shows_the_place_the_line_and_the_help() -> None:
    assert text_of(one(), "---\n口号: 向阳花开\n---\n") == (
        "content/brands/测试品牌甲.md:2:5: 错误 SHP003 「口号」写错了\n"
        "  |\n"
        "2 | 口号: 向阳花开\n"
        "  |       ^^^^\n"
        "帮助：请改一改  详见 showcase explain SHP003\n"
        "\n"
        "共 1 处错误（字段 1）。"
    )


@pytest.mark.parametrize(
    "before", ["", "a", "中", "𠮷𠮷", "e\u0301", "\t\t", "🌻", "\u200b", "\x1b", "（“”", "ａ"]
)
@pytest.mark.parametrize("marked", ["x", "中文", "𠮷", "e\u0301", "\t", "\u202e", "🌻"])
def test_the_mark_stands_below_what_it_marks(before: str, marked: str) -> None:
    line = f"{before}{marked}以后"
    span = Span(1, len(before) + 1, 1, len(before + marked) + 1)
    _, _, shown, mark, *_ = text_of(one(span), line).split("\n")
    start = len("1 | ") + cell_len(visible(before.replace("\t", " ")))
    assert mark.index("^") == start
    assert mark.count("^") == cell_len(visible(marked.replace("\t", " ")))
    assert shown == "1 | " + visible(line.replace("\t", " "))


def test_a_mark_is_never_empty_and_ends_with_its_line() -> None:
    assert "^" in text_of(one(Span(1, 3, 1, 3)), "甲乙")
    report = text_of(one(Span(1, 1, 3, 2)), "甲乙\n丙\n丁")
    assert report.count("^") == 4


def test_numbers_of_lines_may_be_wide() -> None:
    source = "\n".join("甲" for _ in range(120))
    lines = text_of(one(Span(117, 1, 117, 2)), source).split("\n")
    assert lines[1:4] == ["    |", "117 | 甲", "    | ^^"]


@pytest.mark.parametrize("column", [1, 40, 5_000, 99_950, 100_000])
def test_of_a_long_line_only_the_part_around_the_mark_is_shown(column: int) -> None:
    line = "字" * 100_000
    report = text_of(one(Span(1, column, 1, column + 2)), line)
    shown, mark = report.split("\n")[2:4]
    assert len(shown) < 120
    assert shown.startswith("1 | …") == (column > 100)
    assert cell_len(mark) <= cell_len(shown) + 2
    assert "^" in mark


@pytest.mark.parametrize("source", ["", "甲", "甲\n\n丙"])
def test_without_a_line_there_is_no_frame(source: str) -> None:
    assert "|" not in text_of(one(), source)
    assert "|" not in "\n".join(as_text([one()], lambda _: None))
    assert "|" not in text_of(one(START), "甲")


@pytest.mark.parametrize("char", DANGEROUS)
def test_nothing_from_content_reaches_the_terminal_as_a_command(char: str) -> None:
    bad = f"前{char}后"
    found = Diagnostic(
        "SHP003", Severity.ERROR, f"content/{bad}.md", Span(1, 1, 1, 3), bad, bad, bad
    )
    plain = text_of(found, bad)
    assert not _UNSAFE.search(plain)
    assert not _UNSAFE.search("\n".join(as_github([found])))
    assert len(list(as_github([found]))) == "\n".join(as_github([found])).count("\n") + 1
    assert not _UNSAFE.search(as_json([found]))
    assert json.loads(as_json([found]))[0]["message"] == bad


def test_what_is_harmless_is_shown_as_it_is() -> None:
    for text in ("黨群同心·向陽花開", "“𠮷”", "木\U000e0100", "🌻", "é", "18+N"):
        assert visible(text) == text


def test_the_json_is_as_promised() -> None:
    found = [one(), one(severity=Severity.WARNING, span=START)]
    assert json.loads(as_json(found)) == [
        {
            "code": "SHP003",
            "severity": severity,
            "file": "content/brands/测试品牌甲.md",
            "line": line,
            "column": column,
            "field": "口号",
            "message": "「口号」写错了",
            "help": "请改一改",
        }
        for severity, line, column in (("error", 2, 5), ("warning", 1, 1))
    ]
    assert json.loads(as_json([])) == []


def test_annotations_escape_what_github_reads() -> None:
    (line,) = as_github([one(message="100%：a,b", file="content/a,b:100%.md")])
    assert line == (
        "::error file=content/a%2Cb%3A100%25.md,line=2,col=5,endLine=2,endColumn=7,"
        "title=SHP003 口号::100%25：a,b。请改一改"
    )
    (line,) = as_github([one(severity=Severity.WARNING)])
    assert line.startswith("::warning ")


def test_gitlab_gets_one_issue_for_each_fault_and_knows_it_again_when_it_has_moved() -> None:
    here, there = one(span=Span(3, 1, 3, 2)), one(span=Span(9, 1, 9, 2))
    first, second = json.loads(as_gitlab([here, there]))
    assert first["location"] == {"path": here.file, "lines": {"begin": 3}}
    assert first["check_name"] == here.code
    assert first["severity"] in ("major", "minor")
    assert first["fingerprint"] != second["fingerprint"]
    (moved,) = json.loads(as_gitlab([there]))
    assert moved["fingerprint"] == first["fingerprint"]
    assert as_gitlab([one(message="\u202e\x1b")]).isascii()


def test_the_summary_counts_by_severity_and_family() -> None:
    assert summary([]) == "检查通过，没有发现问题。"
    found = [one(), one(code="REF001"), one(code="SHP001", severity=Severity.WARNING)]
    assert summary(found) == "共 2 处错误、1 处提醒（字段 2，引用 1）。"
    assert summary(found[2:]) == "共 1 处提醒（字段 1）。"


@pytest.mark.parametrize("code", RULES)
def test_every_family_has_a_name(code: str) -> None:
    assert code[:3] not in summary([one(code=code)])


def test_diagnostics_are_sorted_by_place_and_each_comes_once() -> None:
    found = [
        one(Span(line, column, line, column + 1), file=file)
        for file, line, column in product(("content/乙.md", "content/甲.md"), (10, 9), (2, 1))
    ]
    ordered = in_order([*found, *found])
    assert len(ordered) == len(found)
    assert [(item.file, item.span.line, item.span.column) for item in ordered] == sorted(
        (item.file, item.span.line, item.span.column) for item in found
    )


def test_a_quotation_is_short_and_on_one_line() -> None:
    assert short("甲\n乙\t丙") == "甲 乙 丙"
    assert short("字" * 41) == "字" * 40 + "…"
    assert short("字" * 40) == "字" * 40
    assert short(" " * 10_000_000) == ""


def test_places_and_text_lead_to_each_other() -> None:
    lines = Lines("一\n二三\n\n四")
    assert lines.span(2, 4) == Span(2, 1, 2, 3)
    assert lines.slice(Span(1, 1, 4, 2)) == "一\n二三\n\n四"
    assert lines.position(7) == (4, 2)

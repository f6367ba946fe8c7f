"""Every rule's cases report what they say they do, and every rule has its cases.

``UPDATE_RULES=1`` writes the reports that come out into the files instead: read every change in
them as the clerk who would get it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from showcase.pipeline import check_project
from showcase.report import as_text
from showcase.rules import RULES, explanation
from tests.rules.cases import Case, RuleFile, read, rewrite

FOLDER = Path(__file__).parent
PASSED = "检查通过，没有发现问题。\n"

FILES = [read(path) for path in sorted(FOLDER.glob("*.md"))]
CASES = [case for file in FILES for case in file.cases]


def report_of(case: Case, project: Path) -> str:
    for block in case.files:
        if not block.possible:
            pytest.skip(f"this system cannot make a {block.language}")
        block.write(project)
    checked = check_project(project)
    text = "\n".join(as_text(checked.diagnostics, checked.text_of))
    return re.sub("\x1b\\[[0-9;]*m", "", text) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}: {case.title}")
def test_report(case: Case, tmp_path: Path) -> None:
    report = report_of(case, tmp_path)
    if os.environ.get("UPDATE_RULES"):
        rewrite(read_again(case), FOLDER / f"{case.code}.md", report)
    else:
        assert report == case.report.text


def read_again(case: Case) -> Case:
    """The lines of a case move when another's report is rewritten."""
    file = read(FOLDER / f"{case.code}.md")
    return next(other for other in file.cases if other.title == case.title)


def test_every_rule_has_a_file_and_every_file_a_rule() -> None:
    assert {file.code for file in FILES} == set(RULES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.code)
def test_the_file_has_failing_and_passing_cases(file: RuleFile) -> None:
    reports = [case.report.text for case in file.cases]
    assert any(f" {file.code} " in report for report in reports), "no case shows the fault"
    assert PASSED in reports, "no near-miss passes"
    assert all(f" {file.code} " in report or report == PASSED for report in reports)
    titles = [case.title for case in file.cases]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.code)
def test_the_title_is_the_rule_s_own(file: RuleFile) -> None:
    title = explanation(file.code).partition("\n")[0]
    assert file.title == f"{file.code} {title}"


@pytest.mark.parametrize("code", RULES)
def test_the_docstring_says_what_why_and_how(code: str) -> None:
    assert re.fullmatch(r"(?:SRC|SHP|REF|DAT|URL|TXT|IMG|PII|SET)\d{3}", code)
    title, blank, *rest = explanation(code).split("\n")
    assert title
    assert blank == ""
    why, wrong, right = re.split(r"^(?:错误|正确)：", "\n".join(rest), flags=re.MULTILINE)
    assert why.strip()
    assert wrong.strip()
    assert right.strip()


def test_each_function_serves_one_code() -> None:
    assert len(set(RULES.values())) == len(RULES)

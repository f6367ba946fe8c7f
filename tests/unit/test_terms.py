"""House style: what the staff's list says is not used is found, in their own words only."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcase.pipeline import check_project
from showcase.rules.terms import _pattern
from tests.projects import project

TERMS = """\
- 不用: [所站, 测试所站]
  改用: 测试所（站）
  原因: 与文件的写法一致
  例外: [《测试所站志》, 测试年鉴]
- 不用: 指导中心
  改用: 测试指导中心
"""


def found(folder: Path, terms: str, text: str, kind: str = "brands") -> list[tuple[str, int, int]]:
    made = project(folder, {"terms.yml": terms, f"{kind}/甲.md": text})
    return [
        (one.message, one.span.line, one.span.column)
        for one in check_project(made).diagnostics
        if one.code == "TXT019"
    ]


def record(front: str, body: str = "") -> str:
    return f"---\n名称: 甲\n{front}\n---\n\n{body}\n"


def test_the_longest_wording_is_reported_once_with_the_preferred_form(tmp_path: Path) -> None:
    text = record("简介: 走进测试所站")
    assert found(tmp_path / "p", TERMS, text) == [("「测试所站」应当写成「测试所（站）」", 3, 7)]


@pytest.mark.parametrize(
    "body",
    ["测试指导中心", "编了《测试所站志》", "测试年鉴里写作所站", "测试所（站）"],
)
def test_preferred_forms_and_exceptions_are_right(tmp_path: Path, body: str) -> None:
    assert found(tmp_path / "p", TERMS, record("标签: 甲", body)) == []


def test_an_exception_excuses_its_own_paragraph_only(tmp_path: Path) -> None:
    text = record("标签: 甲", "测试年鉴里写作所站\n\n所站")
    assert [line for _, line, _ in found(tmp_path / "p", TERMS, text)] == [8]


@pytest.mark.parametrize(
    "front",
    ["曾用: 所站", "地区: 所站", "备注: 所站", "参考文献: 所站", "slug: a # 所站", "所站: 甲"],
)
def test_names_of_others_quotations_and_private_words_are_left(tmp_path: Path, front: str) -> None:
    assert found(tmp_path / "p", TERMS, record(front)) == []


def test_titles_of_publications_are_left(tmp_path: Path) -> None:
    assert found(tmp_path / "p", TERMS, record("简介: 所站"), "sources") == []


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ("不用: 甲\n改用: 乙\n", "SRC014"),
        ("- 甲\n", "SRC014"),
        ("- 不用: 甲\n", "SHP001"),
        ("- 不用: 甲\n  改成: 乙\n", "SHP002"),
        ("- 不用：甲\n  改用: 乙\n", "SRC007"),
        ("- &a\n  不用: 甲\n  改用: 乙\n", "SRC010"),
    ],
)
def test_faults_of_the_list_itself_are_reported(tmp_path: Path, terms: str, code: str) -> None:
    diagnostics = check_project(project(tmp_path / "p", {"terms.yml": terms})).diagnostics
    assert code in {one.code for one in diagnostics if one.file == "content/terms.yml"}


def test_an_empty_list_is_none(tmp_path: Path) -> None:
    assert check_project(project(tmp_path / "p", {"terms.yml": "# 还没有\n"})).diagnostics == ()


def test_a_list_under_another_name_is_not_passed_over(tmp_path: Path) -> None:
    diagnostics = check_project(project(tmp_path / "p", {"terms.yaml": TERMS})).diagnostics
    assert [one.code for one in diagnostics] == ["SRC015"]


WORDS = st.text("甲乙丙.*", min_size=1, max_size=5)


@given(st.lists(WORDS, min_size=1, max_size=8), st.text("甲乙丙.*丁", max_size=30))
def test_the_expression_finds_what_a_plain_search_finds(words: list[str], text: str) -> None:
    match = _pattern(words).search(text)
    places = [text.find(word) for word in words if word in text]
    if not places:
        assert match is None
    else:
        assert match is not None
        start = min(places)
        assert match.start() == start
        assert match[0] == max((w for w in words if text.startswith(w, start)), key=len)

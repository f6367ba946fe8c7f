"""Where a text's characters stand in the file, however YAML let it be typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcase.source import Document, read_yaml


def typed(text: str) -> Document:
    return read_yaml("content/teams.yml", text.encode(), lambda word: word in ("名称", "正文"))


def place(document: Document, word: str) -> tuple[int, int, str]:
    """Where a word of the first record's text stands: line, column, what stands there."""
    data = document.data
    assert isinstance(data, list)
    record = data[0]
    assert isinstance(record, dict)
    text = str(record["正文"]).strip()
    start = text.index(word)
    first, last = document.aligned((0, "正文")).original(start, start + len(word))
    return (*document.lines.position(first), document.lines.text[first:last])


CHOMPING = ["|", "|-", "|+", "|2", "|2-", "|+2", "|  # 注释", ">", ">-", ">+", ">2+"]


@pytest.mark.parametrize("sign", CHOMPING)
@pytest.mark.parametrize("above", ["", "\n", "\n\n"])
@pytest.mark.parametrize("below", ["", "\n", "\n\n\n- id: 乙\n", "# 注释\n- id: 乙\n"])
def test_a_block_keeps_lines_and_columns(sign: str, above: str, below: str) -> None:
    text = f"- id: 甲\n  正文: {sign}\n{above}    第一行。\n\n    第三行 <b>甲</b> 后\n{below}"
    line = 5 + len(above)
    assert place(typed(text), "<b>甲</b>") == (line, 9, "<b>甲</b>")
    assert place(typed(text), "第一") == (line - 2, 5, "第一")


@pytest.mark.parametrize("sign", ["|", "|2", ">", ">2"])
def test_lines_indented_further_keep_their_columns(sign: str) -> None:
    text = f"- id: 甲\n  正文: {sign}\n    - 一\n      - 二\n\n          代码 甲\n    末尾"
    assert place(typed(text), "- 二") == (4, 7, "- 二")
    assert place(typed(text), "  - 二")[:2] == (4, 5)
    assert place(typed(text), "代码 甲") == (6, 11, "代码 甲")
    assert place(typed(text), "末尾") == (7, 5, "末尾")


def test_a_first_line_indented_further_with_its_depth_given() -> None:
    text = "- id: 甲\n  正文: |2\n      首行\n    次行 甲\n"
    assert place(typed(text), "首行") == (3, 7, "首行")
    assert place(typed(text), "甲") == (4, 8, "甲")


@pytest.mark.parametrize(
    ("written", "word", "expected"),
    [
        ("一行 <b>", "<b>", (2, 10, "<b>")),
        ("一行\n    二行 <b>\n\n    三行", "<b>", (3, 8, "<b>")),
        ("一行\n    二行 <b>\n\n    三行", "三行", (5, 5, "三行")),
        ("'一''行\n\n    二行 <b>'", "<b>", (4, 8, "<b>")),
        ("'一''行'", "'行", (2, 9, "''行")),
        (r'"一\"行\n二\u4e59 <b>"', "<b>", (2, 22, "<b>")),
        ('"一 \\\n    行 <b>\n    三"', "<b>", (3, 7, "<b>")),
        ('"一 \\\n    行 <b>\n    三"', "三", (4, 5, "三")),
        (r'"甲 \n\n 乙"', "乙", (2, 15, "乙")),
    ],
)
def test_other_ways_to_write_a_text(
    written: str, word: str, expected: tuple[int, int, str]
) -> None:
    assert place(typed(f"- id: 甲\n  正文: {written}\n"), word) == expected


def test_line_ends_of_other_systems_shift_nothing() -> None:
    text = "- id: 甲\n  正文: |\n    一\n\n    二 <b>\n"
    for newline in ("\r\n", "\r"):
        assert place(typed(text.replace("\n", newline)), "<b>") == (5, 7, "<b>")


@pytest.mark.parametrize("sign", ["|", ">"])
def test_the_marks_of_a_merge_shift_nothing(sign: str) -> None:
    text = (
        f"- id: 甲\n  正文: {sign}\n    一\n<<<<<<< 甲\n    二 <b>\n=======\n    三\n>>>>>>> 乙\n"
    )
    assert place(typed(text), "<b>") == (5, 7, "<b>")


LINES = st.lists(st.text("甲乙<>*- '\"\\:#", max_size=6), min_size=1, max_size=6)


@given(LINES, st.sampled_from(["|", "|-", "|+", "|2", ">", ">-"]), st.integers(3, 6))
def test_every_character_of_a_block_is_found(lines: list[str], sign: str, depth: int) -> None:
    margin = " " * depth
    if "2" in sign:
        margin = " " * 4
    else:
        # How deep a block is indented is told by its first line.
        lines = [line.lstrip() for line in lines]
    block = "".join(f"{margin}{line}\n" for line in lines)
    document = typed(f"- id: 甲\n  正文: {sign}\n{block}")
    data = document.data
    assert isinstance(data, list)
    record = data[0]
    assert isinstance(record, dict)
    aligned = document.aligned((0, "正文"))
    for offset, char in enumerate(str(record["正文"]).strip()):
        first, last = aligned.original(offset, offset + 1)
        if char.strip() or sign.startswith("|"):
            assert document.lines.text[first:last] == char

"""What was typed wrong is put right in memory, and every place is one in the text as typed."""

from __future__ import annotations

import pytest

from showcase.model import is_field
from showcase.source.confusions import Repaired
from showcase.source.fault import Edit
from showcase.source.recovery import read


def test_offsets_lead_back_to_the_original() -> None:
    repaired = Repaired("名称：甲\n口号:乙\n", [Edit(2, 3, ": "), Edit(7, 8, ": ")])
    assert repaired.text == "名称: 甲\n口号: 乙\n"
    for word in ("名称", "甲", "口号", "乙"):
        assert repaired.original(repaired.text.index(word)) == repaired_from(word)
    assert repaired.original(len(repaired.text)) == len("名称：甲\n口号:乙\n")


def repaired_from(word: str) -> int:
    return "名称：甲\n口号:乙\n".index(word)


def test_an_offset_within_an_edit_stays_within_what_it_replaced() -> None:
    repaired = Repaired("ab", [Edit(1, 1, "....")])
    assert [repaired.original(at) for at in range(7)] == [0, 1, 1, 1, 1, 1, 2]
    repaired = Repaired("a....b", [Edit(1, 5, "-")])
    assert [repaired.original(at) for at in range(4)] == [0, 1, 5, 6]


def test_of_edits_that_overlap_the_first_counts() -> None:
    repaired = Repaired("abcdef", [Edit(3, 4, "x"), Edit(1, 5, "-"), Edit(1, 2, "y")])
    assert repaired.text == "a-f"


@pytest.mark.parametrize(
    ("text", "data", "marks"),
    [
        ('甲: "一"二\n乙: [三\n丙: 四\n', {"丙": "四"}, ["二", "["]),
        ("甲:\n  - 一\n - 二\n乙: 三\n", {"乙": "三"}, ["- 二"]),
        ('甲:\n  乙: "一\n  丙: 二\n丁: 三\n', {"甲": {"丙": "二"}, "丁": "三"}, ['"']),
        ("- 甲: @一\n  乙: 二\n- 甲: 三\n", [{"乙": "二"}, {"甲": "三"}], ["@"]),
    ],
)
def test_what_cannot_be_read_is_left_out_alone(text: str, data: object, marks: list[str]) -> None:
    typed, faults = read(text, is_field)
    assert [text[fault.start : fault.end] for fault in faults] == marks
    assert typed.data == data
    assert not typed.whole


def test_places_are_those_of_the_text_as_typed() -> None:
    text = '名称：甲\n口号: "乙"丙\n标签：\n  -丁\n层级:戊\n'
    typed, _ = read(text, is_field)
    assert {path: text[slice(*where)] for path, where in typed.keys.items()} == {
        ("名称",): "名称",
        ("标签",): "标签",
        ("层级",): "层级",
    }
    assert text[slice(*typed.values["名称",])] == "甲"
    assert text[slice(*typed.values["标签", 0])] == "丁"
    assert text[slice(*typed.values["层级",])] == "戊"


PATHOLOGICAL = {
    "quotes": "".join(f'键{number}: "值" 余\n' for number in range(50_000)),
    "colons": "名称：甲\n" * 50_000,
    "tabs": "\t" * 500_000 + "\n名称：甲\n",
    "blanks": "甲: '乙' 丙\n" + " " * 500_000 + "\n" + " \n" * 100_000,
    "dashes": "甲: '乙' 丙\n" + "-丁\n" * 100_000,
    "blocks": "甲: '乙' 丙\n丁: |\n" + "  字\n\n" * 100_000,
    "hidden": "甲: 乙 #丙\n" * 100_000,
    "words": "名称: " + "单位：" * 200_000,
    "conflict": "甲: '乙' 丙\n" * 10_000 + "- 丁\n" * 10_000,
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_recovery_comes_to_an_end(name: str) -> None:
    # Each would take minutes if the work grew with more than the text's length.
    _, faults = read(PATHOLOGICAL[name], is_field)
    assert len(faults) <= 3 * len(PATHOLOGICAL[name].split("\n"))

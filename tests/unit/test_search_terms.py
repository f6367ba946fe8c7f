from __future__ import annotations

import pytest

from showcase.outputs.search.terms import (
    code_units,
    name_terms,
    normal,
    prose_terms,
    sound_terms,
    whole_name_term,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("党群同心·向陽花開", "党群同心向阳花开"),
        ("「向阳 花开」——“好”", "向阳花开好"),
        ("蛎（lì）乡说理", "蛎乡说理\nli"),
        ("乳（rǔ）娘（niáng）", "乳娘\nru\nniang"),
        ("向群村（共5户）", "向群村(共5户)"),
        ("共13,000元，1,23", "共13000元,1,23"),
        ("18 + N 与 R&D", "18 + n与r&d"),
        ("志愿信用+暖心食堂", "志愿信用暖心食堂"),
    ],
)
def test_normal_form(text: str, expected: str) -> None:
    assert normal(text) == expected


def test_pairs_cross_soft_signs_and_stop_at_hard_ones() -> None:
    assert prose_terms(normal("同心·向阳，花开")) == {"同心", "心向", "向阳", "花开", "阳$", "开$"}


def test_a_last_character_is_filed_only_if_it_starts_no_pair() -> None:
    assert "开$" not in prose_terms(normal("花开。开花。"))


def test_words_stand_whole_and_in_parts_and_join_the_characters_beside_them() -> None:
    assert prose_terms(normal("“18+N”队，0631-6651234")) == {
        "18+n", "18", "n", "n队", "队$", "0631-6651234", "0631", "6651234",
    }  # fmt: skip


def test_names_have_single_characters_and_gaps() -> None:
    assert name_terms(normal("陈淑明")) == {"陈", "淑", "明", "陈*明"}


@pytest.mark.parametrize(
    ("name", "term"), [("党群同心·向阳花开", "党群=8"), ("18+N队", "18=4"), ("甲", ""), ("", "")]
)
def test_whole_names(name: str, term: str) -> None:
    assert whole_name_term(normal(name)) == term


def test_names_by_sound_from_every_syllable() -> None:
    assert {"~xiangyanghuakai", "~huakai", "~kai", "^xyhk", "^hk"} <= sound_terms("向阳花开")
    assert {"~shanxiongxin", "~danxiongxin"} <= sound_terms("单雄信")
    assert not sound_terms("—— 18")


def test_characters_beyond_the_basic_plane_are_two_units() -> None:
    assert [hex(ord(unit)) for unit in code_units("𬭎")] == ["0xd872", "0xdf4e"]
    assert prose_terms(normal("李𬭎")) >= {"李\ud872", "\ud872\udf4e"}

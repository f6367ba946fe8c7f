from __future__ import annotations

import pytest

from showcase.outputs.search.terms import (
    code_units,
    gaps,
    normal,
    pairs,
    sound_terms,
    spelt,
    whole_name_term,
    words,
)
from showcase.pinyin import syllables


def pairs_of(text: str) -> set[str]:
    return set(map(spelt, pairs(normal(text))))


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
    assert pairs_of("同心·向阳，花开") == {"同心", "心向", "向阳", "花开", "阳$", "开$"}


@pytest.mark.parametrize("text", ["", "，", "花", "n", "花开", "第8届n", "a b，c花"])
def test_texts_of_whatever_length(text: str) -> None:
    assert all(len(pair) == 2 for pair in pairs_of(text))


def test_words_stand_whole_and_in_parts_and_join_the_characters_beside_them() -> None:
    text = normal("“18+N”队，0631-6651234")
    assert words(text) == {"18+n", "18", "n", "0631-6651234", "0631", "6651234"}
    assert pairs_of(text) == {"n队", "队$"}


def test_names_have_gaps() -> None:
    assert gaps(normal("陈淑明")) == {"陈*明"}


@pytest.mark.parametrize(
    ("name", "term"), [("党群同心·向阳花开", "党群=8"), ("18+N队", "18=4"), ("甲", ""), ("", "")]
)
def test_whole_names(name: str, term: str) -> None:
    assert whole_name_term(normal(name)) == term


def test_names_by_sound_from_every_syllable() -> None:
    assert {"~xiangyanghuakai", "~huakai", "~kai", "^xyhk", "^hk"} <= sound_terms(
        syllables("向阳花开")
    )
    assert {"~shanxiongxin", "~danxiongxin"} <= sound_terms(syllables("单雄信"))
    assert not sound_terms(syllables("—— 18"))


def test_characters_beyond_the_basic_plane_are_two_units() -> None:
    assert [hex(ord(unit)) for unit in code_units("𬭎")] == ["0xd872", "0xdf4e"]
    assert pairs_of("李𬭎") >= {"李\ud872", "\ud872\udf4e"}

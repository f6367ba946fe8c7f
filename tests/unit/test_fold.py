from __future__ import annotations

import pytest
from opencc import OpenCC

from showcase.fold import fold, fold_char_map, key

SENTENCES = (
    "黨羣同心·向陽花開，張家港市樂餘鎮向羣村的新時代文明實踐。",
    "他們著手計劃瞭解情況，回覆說裏面的麵粉只夠兩隻雞。",
    "臺灣的軟體與裡程碑，衛生署為眾人復甦鬱鬱蔥蔥的叢林。",
)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("standard", ["s2t", "s2tw", "s2hk"])
def test_both_scripts_fold_to_the_same(sentence: str, standard: str) -> None:
    simplified = OpenCC("t2s").convert(sentence)
    traditional = OpenCC(standard).convert(simplified)
    assert fold(traditional) == fold(simplified) == fold(sentence)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１８＋Ｎ", "18+n"),
        ("ＡＢＣ　abc", "abc abc"),
        ("lǜ É ①", "lv e 1"),
        ("王•伟・李‧红", "王·伟·李·红"),
        ("0631–6651234", "0631-6651234"),
        ("⼈豈", "人岂"),
        ("𬭎", "𬭎"),
    ],
)
def test_widths_cases_and_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_one_character_stays_one_and_folding_again_changes_nothing() -> None:
    table = fold_char_map()
    assert all(len(char) == 1 and ord(char) <= 0xFFFF for char in table.values())
    assert all(code <= 0xFFFF for code in table)
    assert all(ord(char) not in table for char in table.values())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("“党群同心·向阳花开”", "党群同心向阳花开"),
        ("黨群同心 向陽花開", "党群同心向阳花开"),
        ("5+N", "5+n"),
        ("R&D", "r&d"),
        ("2.0版。", "2.0版"),
        ("——", ""),
    ],
)
def test_key_drops_what_carries_no_meaning(name: str, expected: str) -> None:
    assert key(name) == expected

from __future__ import annotations

import subprocess
import sys

import pytest

from showcase.pinyin import slug, spellings, syllables


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("党群同心·向阳花开", "dang-qun-tong-xin-xiang-yang-hua-kai"),
        ("樂餘鎮", "le-yu-zhen"),
        ("重慶", "chong-qing"),
        ("任重道远", "ren-zhong-dao-yuan"),
        ("单县", "shan-xian"),
        ("“18+N” 队伍", "18-n-dui-wu"),
        ("绿色Word文档2.0", "lv-se-word-wen-dang-2-0"),
        ("——", ""),
        ("", ""),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_surname_has_both_its_readings() -> None:
    assert syllables("单雄信")[0] == ("dan", "shan")


def test_a_phrase_decides_its_reading() -> None:
    assert syllables("音乐") == (("yin",), ("yue",))


def test_spellings_begin_with_the_likeliest_and_are_few() -> None:
    many = (("a", "b"),) * 5
    ways = list(spellings(many))
    assert ways[0] == ("a",) * 5
    assert len(ways) == 4


def test_importing_loads_neither_pypinyin_nor_opencc() -> None:
    program = "import sys, showcase.pinyin; print({'pypinyin', 'opencc'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "set()\n"

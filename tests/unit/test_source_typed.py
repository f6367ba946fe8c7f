"""Scalars stay the text that was typed, every node keeps its place, nothing is ever built up."""

from __future__ import annotations

import pytest

from showcase.source.typed import MAX_DEPTH, MAX_NODES, MAX_RECORDS, Typed, parse


def codes(typed: Typed) -> list[str]:
    return [fault.code for fault in typed.faults]


@pytest.mark.parametrize(
    "text",
    [
        *("007", "12:30", "no", "Yes", "on", "2019-03", "2019-03-18", "1_000", "~", "null", "空"),
        *("0x1F", "1e3", ".inf", "-3", "13万", "18+N", "5+N", "=", "true", "0o17", "1,200"),
        *(
            "黨群同心·向陽花開",
            "𠮷祥",
            "木\U000e0100",
            "阿卜杜拉·买买提",
            "🌻👨‍👩‍👧",
            "a#b",
            "C:\\品牌",
        ),
    ],
)
def test_a_scalar_is_the_text_that_was_typed(text: str) -> None:
    assert parse(f"甲: {text}\n").data == {"甲": text}
    assert parse(f"甲: '{text}'\n").data == {"甲": text}
    assert parse(f"- {text}\n").data == [text]


@pytest.mark.parametrize("text", ["", "''", '""', "# 只有注释"])
def test_what_is_left_empty_is_empty_text(text: str) -> None:
    assert parse(f"甲: {text}\n").data == {"甲": ""}


def test_blocks_and_escapes() -> None:
    typed = parse("甲: |\n  一\n  二\n乙: >-\n  一\n  二\n丙: \"\\u4e00\\n\"\n丁: 'it''s'\n")
    assert typed.data == {"甲": "一\n二\n", "乙": "一 二", "丙": "一\n", "丁": "it's"}
    assert typed.ended
    assert typed.whole


def test_places_count_characters() -> None:
    # Characters beyond the basic plane take two units in UTF-16 and four bytes in UTF-8.
    text = "名𠮷称: 甲🌻\n成效:\n  - 名目: 乙\n"
    typed = parse(text)
    assert {path: text[slice(*where)] for path, where in typed.keys.items()} == {
        ("名𠮷称",): "名𠮷称",
        ("成效",): "成效",
        ("成效", 0, "名目"): "名目",
    }
    assert text[slice(*typed.values["名𠮷称",])] == "甲🌻"
    assert text[slice(*typed.values["成效", 0, "名目"])] == "乙"
    assert text[slice(*typed.values["成效", 0])].startswith("名目: 乙")


@pytest.mark.parametrize(
    ("text", "data", "count"),
    [
        ("甲: &a 乙\n", {"甲": "乙"}, 1),
        ("甲: *a\n", {"甲": None}, 1),
        ("甲: !!str 乙\n", {"甲": "乙"}, 1),
        ("甲: !!python/object/apply:os.system [乙]\n", {"甲": ["乙"]}, 1),
        ("<<: {甲: 乙}\n", {}, 1),
        ("丙: {甲: 乙, <<: *a}\n", {"丙": {"甲": "乙"}}, 2),
        ("*a : 乙\n", {}, 1),
        ("&a 甲: 乙\n", {"甲": "乙"}, 1),
    ],
)
def test_anchors_aliases_tags_and_merge_keys_are_refused(
    text: str, data: object, count: int
) -> None:
    typed = parse(text)
    assert codes(typed) == ["SRC010"] * count
    assert typed.data == data


def test_a_value_that_was_refused_is_not_wholly_read() -> None:
    assert not parse("甲: *a\n").whole
    assert not parse("<<: {甲: 乙}\n").whole
    assert parse("甲: &a 乙\n").whole


def test_a_key_twice_keeps_the_first_and_names_its_place() -> None:
    typed = parse("甲: 一\n乙: 二\n甲: [三, {丁: 四}]\n")
    assert typed.data == {"甲": "一", "乙": "二"}
    assert codes(typed) == ["SRC012"]
    assert typed.faults[0].related == typed.keys["甲",]
    assert ("甲", 0) not in typed.values


def test_a_mapping_as_key_is_a_fault_and_its_value_is_dropped() -> None:
    typed = parse("{甲: 乙}: 丙\n丁: 戊\n")
    assert codes(typed) == ["SRC011"]
    assert typed.data == {"丁": "戊"}


def test_a_second_document_is_a_fault() -> None:
    typed = parse("甲: 乙\n---\n丙: 丁\n")
    assert codes(typed) == ["SRC011"]
    assert not typed.ended


def test_depth_and_number_are_bounded() -> None:
    assert codes(parse("甲: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1))) == []
    assert codes(parse("甲: " + "[" * MAX_DEPTH)) == ["SRC011"]
    assert codes(parse("[" + "甲," * (MAX_NODES - 1) + "]")) == []
    assert codes(parse("[" + "甲," * (MAX_NODES + 1) + "]")) == ["SRC011"]


def test_the_bounds_are_each_records_own_in_a_list() -> None:
    text = "- {id: 甲, 标签: [" + "乙," * (MAX_NODES - 10) + "]}\n"
    assert codes(parse(text * 3)) == []
    assert codes(parse("- {}\n" * (MAX_RECORDS + 1))) == ["SRC011"]


BOMBS = {
    "laughs": "a: &a [x, x]\n" + "".join(f"a{n}: &a{n} [*a, *a, *a, *a]\n" for n in range(9)),
    "aliases": "甲: &a 乙\n丙: [" + "*a," * 200_000 + "]",
    "anchors": "丙: [" + "&a ," * 200_000 + "]",
    "merge keys": "<<: {甲: 乙}\n" * 50_000,
    "brackets": "甲: " + "[" * 300_000,
    "braces": "甲: " + "{" * 300_000,
    "dashes": "- " * 300_000,
    "question marks": "? " * 300_000,
    "quotes": "甲: " + '"' * 300_000,
    "keys": "".join(f"键{number}: 值\n" for number in range(100_000)),
    "one key": "甲: 乙\n" * 100_000,
    "digits": "甲: " + "9" * 1_000_000,
    "empty records": "- {}\n" * 300_000,
    "indentation": "甲:\n" + "".join(" " * (n % 50) + "- 乙\n" for n in range(100_000)),
    "comments": "#" * 500_000 + "\n" + "#\n" * 100_000,
    "colons": ":" * 500_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_build_nothing(name: str) -> None:
    # Each would take minutes, or all memory, if it were read to its end or beyond its size.
    assert len(parse(BOMBS[name]).faults) <= MAX_NODES

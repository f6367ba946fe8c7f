"""Typed data becomes a record; all that does not fit is said, and the rest is kept."""

from __future__ import annotations

import pytest

from showcase.convert import Converted, convert, field_label
from showcase.diagnostics import Diagnostic
from showcase.model import KINDS, Fields, Record, Site, fields_of, is_field
from showcase.model.activity import Activity
from showcase.model.brand import Brand
from showcase.model.figure import Figure
from showcase.source import read_record


def converted(text: str, cls: type[Record] = Brand) -> Converted[Record]:
    document = read_record("content/甲.md", f"---\n{text}\n---\n".encode(), is_field)
    assert isinstance(document.data, dict)
    return convert(cls, document.data, document, (), {"title": "甲"})


def said(made: Converted[Record]) -> list[tuple[str, str]]:
    return [(item.code, item.field) for item in made.diagnostics]


def test_chinese_and_english_keys_name_the_same_field() -> None:
    chinese = converted("名称: 甲\n口号: 乙\n成效: [{名目: 丙, 数值: 9931}]")
    english = converted("title: 甲\nslogan: 乙\nresults: [{label: 丙, value: 9931}]")
    assert chinese.record == english.record
    assert chinese.diagnostics == english.diagnostics == []


def test_every_path_leads_to_where_it_was_typed() -> None:
    made = converted("名称: 甲\nresults:\n  - 名目: 乙\n    value: 9931\n标签: 丙\n荣誉: [丁]")
    assert made.paths["results", 0, "value"] == ("results", 0, "value")
    assert made.paths["results", 0, "label"] == ("results", 0, "名目")
    assert made.paths["tags",] == ("标签",)
    assert made.paths["honours", 0] == ("荣誉", 0)
    assert made.paths[()] == ()


def test_items_left_empty_are_not_counted() -> None:
    made = converted("名称: 甲\n标签:\n  - 乙\n  -\n  - ''\n  - 丙\n曾用:\n口号: ''\n成效: {}")
    assert isinstance(made.record, Brand)
    assert made.record.tags == ("乙", "丙")
    assert made.paths["tags", 1] == ("标签", 3)
    assert (made.record.aliases, made.record.slogan, made.record.results) == ((), None, ())


def test_one_part_stands_for_a_list_of_one() -> None:
    made = converted("名称: 甲\n成效: {名目: 乙, 数值: 一, 截至: 昨天}")
    assert said(made) == [("DAT001", "成效[1].截至")]
    assert made.paths["results", 0, "as_of"] == ("成效", "截至")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("口号: 乙", [("SHP001", "名称")]),
        ("名称:", [("SHP001", "名称")]),
        ("名成: 甲", [("SHP002", "名成")]),
        ("名称: 甲\nname: 乙", [("SHP002", "name")]),
        ("名称: 甲\ntitle: 乙", [("SHP004", "名称")]),
        ("名称: 甲\n口号: [乙]", [("SHP003", "口号")]),
        ("名称: 甲\n启用: 昨天", [("DAT001", "启用")]),
        ("名称: 甲\n启用: 2019-13", [("DAT002", "启用")]),
        ("名称: 甲\n状态: 发布", [("DAT005", "状态")]),
        ("名称: 甲\n网址名: 甲", [("URL002", "网址名")]),
        (
            "名称: 甲\n成效: [{名目: 乙}, {数值: 1}]",
            [("SHP001", "成效[1].数值"), ("SHP001", "成效[2].名目")],
        ),
        ("名称: 甲\n荣誉: [乙, {年份: 2019}]", [("SHP001", "荣誉[2].荣誉")]),
        ("名称: 甲\n荣誉: [[乙]]", [("SHP003", "荣誉[1]")]),
        ("名称: 甲\n成效: 乙", [("SHP003", "成效[1]")]),
        ("id: 甲\n名称: 甲", [("SHP002", "id")]),
    ],
)
def test_each_fault_is_said_once_with_its_field(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(converted(text)) == expected


def test_all_faults_are_said_at_once() -> None:
    made = converted("名成: 甲\n口号: [乙]\n启用: 昨天\n状态: 发布\n标签: {丙: 丁}\nxyz123: 1")
    assert sorted(code for code, _ in said(made)) == [
        *("DAT001", "DAT005", "SHP002", "SHP002", "SHP003", "SHP003"),
    ]


def test_a_record_is_made_from_what_is_right() -> None:
    made = converted("名称: [甲]\n口号: 乙\n启用: 昨天\n标签: [丙]")
    record = made.record
    assert isinstance(record, Brand)
    assert (record.title, record.slogan, record.launched, record.tags) == (
        "甲",
        "乙",
        None,
        ("丙",),
    )


def test_of_a_part_only_what_is_wrong_is_left_out() -> None:
    made = converted("名称: 甲\n荣誉:\n  - {荣誉: 乙, 年份: 去年}\n  - {荣誉: 丙, 年份: 2019}")
    record = made.record
    assert isinstance(record, Brand)
    assert [(award.honour, award.year and award.year.year) for award in record.honours] == [
        ("乙", None),
        ("丙", 2019),
    ]


def test_a_part_that_cannot_stand_takes_its_field_with_it() -> None:
    made = converted("名称: 甲\n口号: 乙\n荣誉: [{年份: 2019}, 丙]")
    record = made.record
    assert isinstance(record, Brand)
    assert (record.slogan, record.honours) == ("乙", ())


def test_what_is_required_and_wrong_is_none() -> None:
    made = converted("名称: 甲\n类型: 集体", Figure)
    assert isinstance(made.record, Figure)
    assert made.record.type is None


def test_a_single_bad_value_for_a_list_is_said_at_its_place() -> None:
    made = converted("名称: 甲\n款项: {金额: 很多}\n参与人次: [1]", Activity)
    assert said(made) == [("SHP003", "参与人次"), ("SHP003", "款项.金额")]
    lines = [item.span.line for item in made.diagnostics]
    assert lines == [4, 3]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("名成", "名称"),
        ("姓名", "名称"),
        ("标题", "名称"),
        ("Title", "名称"),
        ("摘要", "简介"),
        ("名称 ", "名称"),
        ("「名称」", "名称"),
        ("牵头", "牵头单位"),
        ("参考资料", "参考文献"),
        ("图片", "照片"),
    ],
)
def test_an_unknown_word_gets_the_nearest_name(word: str, meant: str) -> None:
    made = converted(f'口号: 乙\n"{word}": 丙')
    (found,) = [item for item in made.diagnostics if item.code == "SHP002"]
    assert found.help == f"是不是「{meant}」？"


def test_a_long_word_is_quoted_short() -> None:
    made = converted(f"名称: 甲\n? {'字' * 5000}\n: 乙")
    (found,) = made.diagnostics
    assert len(found.message) < 80
    assert len(found.field) < 60


def test_fields_are_named_as_people_count() -> None:
    assert field_label(Brand, ()) == ""
    assert field_label(Brand, ("results", 1, "value")) == "成效[2].数值"
    assert field_label(Activity, ("funds", "amount")) == "款项.金额"
    assert field_label(Brand, ("unknown",)) == "unknown"


CLASSES: list[type[Fields]] = [*(kind.record for kind in KINDS.values()), Site]
PARTS = [
    pytest.param(cls, field.label.name, id=f"{cls.__name__}.{field.name}")
    for cls in CLASSES
    for field in fields_of(cls)
    if field.nested is not None and not field.nested.shorthand
]


@pytest.mark.parametrize(("cls", "name"), PARTS)
def test_the_example_in_a_message_is_right_itself(cls: type[Fields], name: str) -> None:
    (wrong,) = about(cls, name, f"{name}: 某")
    example = wrong.help.removeprefix("请写成：")
    assert example != wrong.help
    assert about(cls, name, example) == []


def about(cls: type[Fields], name: str, text: str) -> list[Diagnostic]:
    """Return what is said about one field of a text."""
    document = read_record("甲.md", f"---\n{text}\n---\n".encode(), is_field)
    assert document.diagnostics == ()
    assert isinstance(document.data, dict)
    made = convert(cls, document.data, document, (), {})
    return [item for item in made.diagnostics if item.field.startswith(name)]

"""The kinds and their fields: the single source, and what typed text becomes by it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from showcase.convert import convert
from showcase.load import load
from showcase.model import (
    KINDS,
    Fields,
    Kind,
    PartialDate,
    all_fields,
    fields_of,
    is_field,
    kind_named,
)
from showcase.model.activity import Activity
from showcase.model.brand import Brand
from showcase.model.figure import Figure
from showcase.model.honour import Award
from showcase.model.schema import keys_of, list_schema_of, schema_of
from showcase.model.site import Site
from showcase.model.template import new_record
from showcase.model.types import Amount, Choice, Count, Number, Regularity, Rhythm, Slug, WebAddress
from showcase.source import read_record
from tests.projects import project

CLASSES = [*(kind.record for kind in KINDS.values()), Site]


def read(kind: type[Any], value: object) -> Any:
    return TypeAdapter(kind).validate_python(value)


def refused(kind: type[Any], value: object) -> tuple[str, str, str]:
    with pytest.raises(ValidationError) as error:
        read(kind, value)
    (detail,) = error.value.errors()
    return detail["type"], detail["ctx"]["message"], detail["ctx"]["help"]


# --- the table of kinds -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_kind_is_found_by_each_of_its_words(kind: Kind) -> None:
    for word in (kind.name, kind.plural, kind.label, kind.name.upper(), kind.plural.title()):
        assert kind_named(word) is kind


def test_words_of_kinds_and_fields() -> None:
    assert kind_named("brandes") is None
    assert kind_named("") is None
    assert is_field("名称")
    assert is_field("title")
    assert is_field("编号")
    assert is_field("数值")
    assert not is_field("标题")
    assert not is_field("背景意义")


def test_kinds_do_not_share_a_word() -> None:
    words = [word for kind in KINDS.values() for word in {kind.name, kind.plural, kind.label}]
    assert len(set(words)) == len(words)


# --- fields -------------------------------------------------------------------------------------


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_a_field_says_what_it_holds_and_how_to_fill_it_in(cls: type[Fields]) -> None:
    for field in all_fields(cls):
        assert field.label.name
        assert field.label.help
        assert not field.label.help.endswith("。")
        assert field.holds.words
        assert field.ref is None or all(name in KINDS for name in field.ref.kinds)
        assert field.label.example or not field.required, "it shows what to write"


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_an_example_is_right_as_it_stands(cls: type[Fields]) -> None:
    needed = {found.name: found.label.example for found in fields_of(cls) if found.required}
    for field in fields_of(cls):
        assert cls.model_fields[field.name].is_required() == field.required
        if field.label.example:
            cls.model_validate({**needed, field.name: field.label.example})


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_no_two_fields_of_a_class_answer_to_one_name(cls: type[Fields]) -> None:
    nested = {field.nested for field in all_fields(cls) if field.nested is not None}
    for owner in (cls, *nested):
        names = [name for field in fields_of(owner) for name in keys_of(field)]
        assert len(set(names)) == len(names)
        mistaken = [name for field in fields_of(owner) for name in field.label.mistaken]
        assert not set(mistaken) & set(names)


def test_what_is_for_the_office_is_marked() -> None:
    private = {
        field.name for kind in KINDS.values() for field in kind.fields if field.label.private
    }
    assert private == {"consent", "exemptions", "notes"}


def test_a_field_is_read_back_from_its_declaration() -> None:
    by_name = {field.name: field for field in fields_of(Brand)}
    assert by_name["title"].required
    assert by_name["themes"].many
    assert not by_name["lead"].many
    assert by_name["lead"].ref is not None
    assert by_name["lead"].ref.kinds == ("organisation",)
    assert by_name["honours"].nested is Award
    assert by_name["launched"].holds.words.startswith("日期")


# --- what typed text becomes --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"), [("120", 120), ("0", 0), ("007", 7), ("1,200", 1200), ("1,234,567", 1234567)]
)
def test_counts(text: str, value: int) -> None:
    assert read(Count, text) == value


@pytest.mark.parametrize(
    "text", ["", "-1", "1.5", "一百", "1_000", "12,00", "1e3", "9" * 5000, "１２", "约9"]
)
def test_what_is_no_count(text: str) -> None:
    code, message, help = refused(Count, text)
    assert code == "SHP003"
    assert len(message) < 80
    assert "120" in help


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9931", "9931"),
        ("13万", "130000"),
        ("13 万", "130000"),
        ("1.5亿", "150000000"),
        ("28.75", "28.75"),
        ("1,234,567.5", "1234567.5"),
    ],
)
def test_numbers_keep_what_was_typed(text: str, value: str) -> None:
    number = read(Amount, text)
    assert isinstance(number, Number)
    assert number.value == Decimal(value)
    assert str(number) == text


@pytest.mark.parametrize(
    "text", ["", "超过13万", "约28%", "9931元", "1.2.3", "13 万\n", "9" * 5000, "∞", "nan", "-3"]
)
def test_what_is_no_number(text: str) -> None:
    if text.strip() == "13 万":
        assert str(read(Amount, text)) == "13 万"
    else:
        assert refused(Amount, text)[0] == "SHP003"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("是", Regularity(regular=True)),
        ("否", Regularity(regular=False)),
        ("No", Regularity(regular=False)),
        ("true", Regularity(regular=True)),
        ("每年五场", Regularity(regular=True, rhythm="每年五场")),
    ],
)
def test_a_rhythm_is_yes_no_or_words(text: str, value: Regularity) -> None:
    assert read(Rhythm, text) == value


@pytest.mark.parametrize("text", ["xiang-yang", "a", "2019", "x" * 80])
def test_slugs(text: str) -> None:
    assert read(Slug, text) == text


@pytest.mark.parametrize(
    "text",
    ["", "向阳", "Xiang", "a b", "-a", "a-", "a--b", "../a", "a/b", "a.b", "page", "x" * 81, "ａ"],
)
def test_what_is_no_slug(text: str) -> None:
    assert refused(Slug, text)[0] == "URL002"


@pytest.mark.parametrize(
    "text",
    ["https://www.gov.cn/", "http://example.com", "https://例子.中国/路径?q=1#a", "https://[::1]/"],
)
def test_web_addresses(text: str) -> None:
    assert read(WebAddress, text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "www.gov.cn",
        "javascript:alert(1)",
        "https://",
        "https:///a",
        "//example.com",
        "http://[",
        "ftp://a.cn",
        "https://a.cn/ b",
        "https://a.cn/<b>",
        'https://a.cn/"',
        "https://a.cn/\\",
    ],
)
def test_what_is_no_web_address(text: str) -> None:
    assert refused(WebAddress, text)[0] == "SHP003"


def test_a_choice_keeps_the_chinese_word_and_lists_all_of_them() -> None:
    tier = Choice(("中心", "centre"), ("站", "station"))
    assert [tier.read(word) for word in ("站", "station", " 站 ")] == ["站"] * 3
    with pytest.raises(Exception, match="不认识的值「所」") as error:
        tier.read("所")
    assert "中心、站" in str(error.value.context)  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", [["甲"], {"甲": "乙"}])
def test_text_is_neither_a_list_nor_a_part(value: object) -> None:
    with pytest.raises(ValidationError, match="应当是一段文字"):
        Brand.model_validate({"title": value})


def test_text_keeps_its_inside_and_loses_the_blanks_around() -> None:
    brand = Brand.model_validate({"title": " \u3000党群 同心\n", "slogan": "a  b\nc"})
    assert (brand.title, brand.slogan) == ("党群 同心", "a  b\nc")


def test_a_single_value_stands_for_a_list_and_text_for_a_part() -> None:
    brand = Brand.model_validate(
        {"title": "甲", "themes": "乙", "honours": ["丙", {"honour": "丁"}]}
    )
    assert brand.themes == ("乙",)
    assert [award.honour for award in brand.honours] == ["丙", "丁"]
    figure = Figure.model_validate({"title": "甲", "type": "个人", "citation": "心里装着群众。"})
    assert figure.citation is not None
    assert figure.citation.text == "心里装着群众。"
    activity = Activity.model_validate({"title": "甲", "funds": "9931", "start": "2019-03"})
    assert activity.funds is not None
    assert str(activity.funds.amount) == "9931"
    assert activity.start == PartialDate(2019, 3)


def test_the_summary_s_length_is_that_of_what_is_shown() -> None:
    Brand.model_validate({"title": "甲", "summary": "字" * 120 + "\n"})
    with pytest.raises(ValidationError, match="121"):
        Brand.model_validate({"title": "甲", "summary": "字" * 121})


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Brand.model_validate({"title": "甲"}).title = "乙"  # type: ignore[misc]


# --- what is made from the fields ---------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_new_record_is_a_draft_that_lacks_only_what_is_required(
    kind: Kind, tmp_path: Path
) -> None:
    text = new_record(kind, "测试记录甲")
    loaded = load(project(tmp_path / "p", {f"{kind.plural}/测试记录甲.md": text}))
    required = [field for field in kind.fields if field.required and field.name != "title"]
    assert [item.code for item in loaded.diagnostics] == ["SHP001"] * len(required)
    (entry,) = loaded.entries
    assert (entry.record.title, entry.record.status) == ("测试记录甲", "草稿")


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_the_fields_of_a_new_record_are_right_once_filled_in(kind: Kind) -> None:
    examples = {field.label.name: field.label.example for field in kind.fields}
    filled = []
    for line in new_record(kind, "测试记录甲").split("\n"):
        name, _, rest = line.partition(":")
        if rest.startswith("  # 必填"):
            filled.append(f"{name}: {examples[name]}")
        elif ": " in line or line.startswith("#   "):
            filled.append(line.removeprefix("# "))
        else:
            filled.append(line)
    document = read_record("甲.md", "\n".join(filled).encode(), is_field)
    assert document.diagnostics == ()
    assert isinstance(document.data, dict)
    made = convert(kind.record, document.data, document, (), {})
    assert [item.message for item in made.diagnostics] == []


@pytest.mark.parametrize(
    "title", ["a: b", "#话题", "- 甲", "'甲'", '"甲', "甲 #乙", "@甲", "甲:", "2019", "是"]
)
def test_a_new_record_keeps_any_title(title: str) -> None:
    document = read_record("甲.md", new_record(KINDS["brand"], title).encode(), is_field)
    assert document.diagnostics == ()
    assert isinstance(document.data, dict)
    assert document.data["名称"] == title


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_the_schema_knows_every_field_by_each_of_its_names(kind: Kind) -> None:
    schema = schema_of(kind)
    names = {name for field in kind.fields for name in keys_of(field)}
    assert set(schema["properties"]) == names
    assert schema["additionalProperties"] is False
    needed = [field for field in kind.fields if field.required]
    assert len(schema["allOf"]) == len(needed)
    items = list_schema_of(kind)["items"]
    assert set(items["properties"]) == names | {"id", "编号"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_record_states_what_its_fields_hold_and_nothing_else(kind: Kind) -> None:
    required = {field.name: field.label.example for field in kind.fields if field.required}
    record = kind.record.model_validate(required)
    assert all(record.stated(one.name) == getattr(record, one.name) for one in kind.fields)
    other = {one.name for cls in KINDS.values() for one in cls.fields}
    missing = [*(other - {one.name for one in kind.fields}), "model_config", "stated", ""]
    assert [record.stated(name) for name in missing] == [None] * len(missing)

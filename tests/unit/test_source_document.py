"""A file becomes data, a body and the place of everything, whatever was typed."""

from __future__ import annotations

import pytest

from showcase.diagnostics import Lines, Severity, Span
from showcase.model import is_field
from showcase.source import Document, read_record, read_yaml
from showcase.source.document import MAX_FAULTS


def record(text: str) -> Document:
    return read_record("content/brands/甲.md", text.encode(), is_field)


def listed(text: str) -> Document:
    return read_yaml("content/themes.yml", text.encode(), is_field)


def found(document: Document) -> list[tuple[str, str]]:
    """Return each diagnostic's code with the text that it points at."""
    return [(item.code, document.lines.slice(item.span)) for item in document.diagnostics]


def test_fields_and_body() -> None:
    document = record("---\n名称: 甲\n标签: [乙, 丙]\n---\n\n正文。\n")
    assert document.data == {"名称": "甲", "标签": ["乙", "丙"]}
    assert document.body == "\n正文。\n"
    assert document.sound
    assert document.complete
    assert document.diagnostics == ()


def test_places_of_fields_values_and_body() -> None:
    text = "---\n名𠮷: 甲\n标签:\n  - 乙\n---\n\n正文在这里。\n"
    document = record(text)
    assert document.key_span(("名𠮷",)) == Span(2, 1, 2, 3)
    assert document.value_span(("名𠮷",)) == Span(2, 5, 2, 6)
    assert document.lines.slice(document.value_span(("标签", 0))) == "乙"
    assert document.key_span(("标签", 0)) == document.value_span(("标签", 0))
    start = document.body.index("在")
    assert document.lines.slice(document.body_span(start, start + 3)) == "在这里"


def test_the_place_of_what_is_not_written_is_what_is_around_it() -> None:
    document = record("---\n名称: 甲\n成效:\n  - 名目: 乙\n---\n")
    assert document.value_span(("成效", 0, "数值")) == document.value_span(("成效", 0))
    assert document.value_span(("口号",)) == document.value_span(())


def test_a_mark_stays_on_its_first_line() -> None:
    document = record("---\n名称: 甲\n备注: 第一行\n  第二行\n---\n")
    assert document.lines.slice(document.value_span(("备注",))) == "第一行"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_do_not_move_places(end: str) -> None:
    text = "---\n名称: 甲\n名成：乙\n---\n\n正文。\n"
    windows = read_record("甲.md", text.replace("\n", end).encode(), is_field)
    assert windows.diagnostics[0].span == record(text).diagnostics[0].span == Span(3, 3, 3, 4)
    assert windows.body == "\n正文。\n"


@pytest.mark.parametrize("char", ["\u2028", "\u2029", "\x85"])
def test_separators_that_yaml_takes_for_line_ends_move_nothing(char: str) -> None:
    document = record(f"---\n名称: 甲{char}乙\n名成：丙\n---\n")
    assert document.data == {"名称": "甲 乙", "名成": "丙"}
    assert [item.span.line for item in document.diagnostics] == [2, 3]


def test_a_byte_order_mark_moves_nothing() -> None:
    text = "---\n名称：甲\n---\n"
    document = read_record("甲.md", text.encode("utf-8-sig"), is_field)
    assert [item.span for item in document.diagnostics] == [Span(2, 3, 2, 4)]


def test_an_unsound_document_keeps_its_id_and_what_could_be_read() -> None:
    document = record("正文而已\n")
    assert (document.data, document.sound, document.complete) == (None, False, False)


@pytest.mark.parametrize(
    ("text", "codes", "data"),
    [
        ("", ["SRC004"], None),
        ("\n\n", ["SRC004"], None),
        ("---\n", ["SRC005"], None),
        ("---\n---\n", [], None),
        ("\n---\n名称: 甲\n---\n", ["SRC004"], {"名称": "甲"}),
        ("---\n名称: 甲", ["SRC005"], {"名称": "甲"}),
        ("———\n名称: 甲\n———\n", ["SRC004", "SRC005"], {"名称": "甲"}),
        ("名称: 甲\n---\n乙\n", ["SRC004"], {"名称": "甲"}),
        ("名称：甲\n---\n乙\n", ["SRC004", "SRC007"], {"名称": "甲"}),
        ("---\n名称: 甲\n...\n正文\n", ["SRC005"], {"名称": "甲"}),
    ],
)
def test_fences_as_people_type_them(text: str, codes: list[str], data: object) -> None:
    document = record(text)
    assert sorted(item.code for item in document.diagnostics) == codes
    assert document.data == data


def test_private_fields_are_no_body_when_the_end_is_missing() -> None:
    document = record("---\n名称: 甲\n备注: 秘密\n\n正文。\n")
    assert not document.sound
    assert not document.body


@pytest.mark.parametrize(
    ("line", "code", "marked", "data"),
    [
        ("口号：乙", "SRC007", "：", {"口号": "乙"}),
        ("口号： 乙", "SRC007", "：", {"口号": "乙"}),
        ("口号 ：乙", "SRC007", "：", {"口号": "乙"}),
        ("口号：", "SRC007", "：", {"口号": ""}),
        ("口号:乙", "SRC008", ":", {"口号": "乙"}),
        ("口号:\u3000乙", "SRC008", ":", {"口号": "乙"}),
        ("口号: 乙\n\t释义: 丙", "SRC009", "\t", {"口号": "乙"}),
        ("标签:\n  -乙", "SRC008", "-", {"标签": ["乙"]}),
        ("标签:\n  —乙", "SRC008", "—", {"标签": ["乙"]}),
        ("口号: #乙", "SRC017", "#乙", {"口号": ""}),
        ("口号: 乙: 丙", "SRC006", ":", {}),
        ('口号: "乙"丙', "SRC006", "丙", {}),
        ('口号: "乙', "SRC006", '"', {}),
        ("口号: [乙", "SRC006", "[", {}),
        ("口号: {乙", "SRC006", "{", {}),
        ("口号: @乙", "SRC006", "@", {}),
        ("口号 乙", "SRC006", "口号 乙", {}),
        ("口号: - 乙", "SRC006", "-", {}),
        ("口号: 乙\n   释义: 丙", "SRC006", "释义: 丙", {"口号": "乙"}),
    ],
)
def test_a_slip_is_found_where_it_is_and_hides_nothing_else(
    line: str, code: str, marked: str, data: dict[str, object]
) -> None:
    document = record(f"---\n名称: 甲\n{line}\n层级: 村\n名成：丁\n---\n")
    assert found(document) == [(code, marked), ("SRC007", "：")]
    assert document.data == {"名称": "甲", **data, "层级": "村", "名成": "丁"}


def test_every_fault_of_a_list_is_found() -> None:
    document = listed(
        '- id: 甲\n  名称: "一"二\n- id: 乙\n  名称：三\n- id: 丙\n  名称: [四\n- id: 丁\n'
    )
    assert found(document) == [("SRC006", "二"), ("SRC007", "："), ("SRC006", "[")]
    assert document.data == [{"id": "甲"}, {"id": "乙", "名称": "三"}, {"id": "丙"}, {"id": "丁"}]
    assert not document.complete


def test_words_of_the_author_are_not_corrected() -> None:
    document = record(
        "---\n名称: 口号：甲\n备注: |\n  口号：乙\n  -丙\n  \t丁\n简介: >-\n  释义:戊\n---\n"
        "\n口号：己\n"
    )
    assert document.diagnostics == ()
    assert document.data == {
        "名称": "口号：甲",
        "备注": "口号：乙\n-丙\n\t丁\n",
        "简介": "释义:戊",
    }


def test_the_words_of_a_block_survive_a_fault_elsewhere() -> None:
    document = record('---\n备注: |\n  口号：乙\n  -丙\n口号: "丁\n---\n')
    assert found(document) == [("SRC006", '"')]
    assert isinstance(document.data, dict)
    assert str(document.data["备注"]).startswith("口号：乙\n-丙\n")


def test_conflict_markers_leave_the_first_version() -> None:
    document = record(
        "---\n名称: 甲\n<<<<<<< HEAD\n口号: 乙\n||||||| 原来\n口号: 丙\n=======\n口号: 丁\n"
        ">>>>>>> 别人\n层级: 村\n---\n"
    )
    assert document.data == {"名称": "甲", "口号": "乙", "层级": "村"}
    assert [item.code for item in document.diagnostics] == ["SRC013"] * 4


def test_a_file_full_of_faults_lists_some_and_says_how_many_more() -> None:
    document = listed("".join(f"- 名称：{number}\n" for number in range(1000)))
    assert len(document.diagnostics) == MAX_FAULTS + 1
    assert f"{1000 - MAX_FAULTS} 处" in document.diagnostics[-1].message


def test_help_names_the_first_place_of_a_key() -> None:
    document = record("---\n名称: 甲\n口号：乙\n名称: 丙\n---\n")
    duplicate = document.diagnostics[-1]
    assert duplicate.code == "SRC012"
    assert duplicate.help.startswith("第 2 行第 1 列")


def test_a_reminder_leaves_a_document_sound() -> None:
    document = record("---\n名称: 甲\u2028乙\n---\n")
    assert [item.severity for item in document.diagnostics] == [Severity.WARNING]
    assert document.sound


def test_lines_end_at_line_feeds_only() -> None:
    lines = Lines("a\u2028b\x85c\x0cd\re\nf")
    assert lines.position(10) == (2, 1)
    assert lines.slice(Span(1, 3, 1, 4)) == "b"
    assert lines.span(3, 1) == Span(1, 4, 1, 4)

"""The rules about characters: what is a fault where, and what is accepted as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcase.diagnostics import Diagnostic
from showcase.graph import link
from showcase.load import load
from showcase.rules import characters, leftovers
from tests.projects import project

RULES = {**characters.RULES, **leftovers.RULES}


def found(tmp_path: Path, files: dict[str, str]) -> list[Diagnostic]:
    graph = link(load(project(tmp_path / "project", files)))
    return [item for rule in RULES.values() for item in rule(graph)]


def in_prose(tmp_path: Path, prose: str) -> list[tuple[str, int]]:
    """Return the codes and columns of what is found in one line of prose."""
    text = f"---\n名称: 测试品牌甲\n---\n{prose}\n"
    return [
        (item.code, item.span.column) for item in found(tmp_path, {"brands/测试品牌甲.md": text})
    ]


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("向\u200b阳", [("SRC019", 2)]),
        ("向\u2060\u00ad阳", [("SRC019", 2)]),
        ("a\u202eb\u2066", [("SRC018", 2), ("SRC018", 4)]),
        ("字\U000f0000", [("SRC020", 2)]),
        ("\ufffd\ufffd花", [("SRC021", 1)]),
        ("實(shí)踐", [("TXT011", 2)]),
        ("實(shi\u0301)踐", [("TXT011", 2)]),
        ("你好, 世界", [("TXT012", 3)]),
        ("问:答", [("TXT012", 2)]),
        ("1+1gt;2", [("TXT013", 4)]),
        ("&amp;amp;nbsp;", [("TXT013", 1)]),
        ("甲&nbsp;乙", [("TXT013", 2)]),
    ],
)
def test_faults_in_prose(tmp_path: Path, prose: str, expected: list[tuple[str, int]]) -> None:
    assert in_prose(tmp_path, prose) == expected


@pytest.mark.parametrize(
    "prose",
    [
        "𠀀𪚥𰻝㐀龘〇々",
        "葛\U000e0100城、⻌\ufe00",
        "阿依努尔·买买提、克里斯蒂安•某",
        "👨\u200d👩\u200d👧\u200d👦 👩🏽\u200d⚕\ufe0f 🏳\ufe0f\u200d🌈 🇨🇳 1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "क्\u200dष می\u200cخواهم ᠠ\u180eᠠ",
        "ＡＢＣ１２３，全角　空格",
        "12:30，3:2，1,000，v2.0，第1.2节，A:B",
        "`甲,乙` 和 https://example.com/甲,乙 与 [文](甲:乙)",
        "[[品牌:甲|文字]]",
        "王䶮（yǎn）、甲(a)、注(见下)、电话(tel)",
        "R&D、AT&T;、a&b=1;c",
        "[1] 作者甲, 作者乙. 题名[M]. 出版社, 2020.",
        "&lt;有意&gt;",
    ],
)
def test_accepted_as_it_is(tmp_path: Path, prose: str) -> None:
    assert in_prose(tmp_path, prose) == []


def test_what_stands_in_fences_is_nobody_s_sentence(tmp_path: Path) -> None:
    assert in_prose(tmp_path, "```\n甲,乙&nbsp;\n```") == []


def test_the_field_is_named_and_harm_decides(tmp_path: Path) -> None:
    text = (
        "- id: 测试村\n"
        "  名称: 测试\u200b村\n"
        "  简介: 测试\u200b村\n"
        "  曾用: [甲\ue000]\n"
        "  备注: '\ue000'\n"
        "  # 注\u200b释\n"
        "- id: 测试\u200b镇\n"
        "  名称: 测试镇\n"
        "  正文: |\n"
        "    第一行\n"
        "    第二\u200b行\n"
    )
    assert [
        (item.severity.value, item.span.line, item.field)
        for item in found(tmp_path, {"places.yml": text})
    ] == [
        ("error", 2, "名称"),
        ("warning", 3, "简介"),
        ("warning", 11, "正文"),
        ("error", 4, "曾用[1]"),
        ("warning", 5, "备注"),
    ]


def test_nested_fields_and_settings(tmp_path: Path) -> None:
    brand = "---\n名称: 测试品牌甲\n荣誉:\n  - 测试\u200b奖\n成效: {名目: 甲,乙, 数值: 1}\n---\n"
    site = "站名: 测试\u200b站\n友情链接:\n  - 名称: 测试\n    网址: https://example.com/\u200b\n"
    files = {"brands/测试品牌甲.md": brand, "site.yml": site}
    assert [(item.severity.value, item.field) for item in found(tmp_path, files)] == [
        ("error", "荣誉[1]"),
        ("error", "站名"),
        ("error", "友情链接[1].网址"),
    ]


def test_many_faults_are_counted(tmp_path: Path) -> None:
    text = "---\n名称: 测试品牌甲\n---\n" + "向\u200b" * 30
    items = found(tmp_path, {"brands/测试品牌甲.md": text})
    assert len(items) == 21
    assert "还有 10 处" in items[-1].message


def test_bytes_that_were_not_read_are_reported_once(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", {"brands/测试品牌甲.md": ""})
    path = folder / "content/brands/测试品牌甲.md"
    path.write_bytes("---\n名称: 测试品牌甲\n---\n向阳花开，志愿服务".encode() + b"\xff\n")
    graph = link(load(folder))
    assert list(graph.found("SRC002"))
    assert not [item for rule in RULES.values() for item in rule(graph)]


def test_the_name_of_a_picture(tmp_path: Path) -> None:
    (item,) = found(tmp_path, {"brands/照\u202egpj.jpg": ""})
    assert (item.code, item.file) == ("SRC018", "content/brands/照\u202egpj.jpg")


def test_unreadable_files_raise_nothing(tmp_path: Path) -> None:
    files = {
        "brands/甲.md": "名称\u200b：甲,乙\n&nbsp;",
        "brands/乙.md": '---\n名称: "甲\\',
        "venues.yml": "甲\u200b,乙",
        "teams.yml": "- 甲\u200b,乙\n- [乙\ue000,丙]\n",
        "places.yml": "",
    }
    assert isinstance(found(tmp_path, files), list)

"""A folder becomes entries and diagnostics; nothing in it makes that fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcase.load import Entry, Loaded, load, load_one
from showcase.model.brand import Brand
from tests.projects import project


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    return load(
        project(
            tmp_path / "项 目",
            {
                "site.yml": "站名: 测试站\n首页推荐: [测试品牌甲]\n",
                "brands/测试品牌甲.md": "---\n名称: 测试品牌甲\n---\n\n正文甲。\n",
                "brands/测试品牌乙/index.md": "---\n名称: 测试品牌乙\n正文: 正文乙。\n---\n",
                "brands/测试品牌乙/现场.jpg": "照片",
                "brands.yml": "- id: 测试品牌丙\n  名称: 测试品牌丙\n  正文: |\n    正文丙。\n",
                "venues.yml": (
                    "- 编号: 007\n  名称: 测试阵地\n  层级: 站\n"
                    "- id: 测试\n  名称: 测\n  层级: 所\n"
                ),
            },
        )
    )


def by_id(loaded: Loaded, id: str) -> Entry:
    (entry,) = [entry for entry in loaded.entries if entry.id == id]
    return entry


def test_every_form_of_a_record_is_read(loaded: Loaded) -> None:
    assert loaded.diagnostics == ()
    assert [entry.key for entry in loaded.entries] == [
        "brand/测试品牌乙",
        "brand/测试品牌甲",
        "brand/测试品牌丙",
        "venue/007",
        "venue/测试",
    ]
    assert all(entry.sound for entry in loaded.entries)
    assert [entry.in_list for entry in loaded.entries] == [False, False, True, True, True]
    assert list(loaded.pictures) == ["content/brands/测试品牌乙/现场.jpg"]
    assert loaded.site.record.name == "测试站"
    assert loaded.unread == frozenset()


def test_the_body_stands_below_the_fields_or_in_one(loaded: Loaded) -> None:
    bodies = {entry.id: entry.body.strip() for entry in loaded.entries if entry.body}
    assert bodies == {
        "测试品牌甲": "正文甲。",
        "测试品牌乙": "正文乙。",
        "测试品牌丙": "正文丙。",
    }


def where_in(entry: Entry, start: int, end: int) -> tuple[int, str]:
    span = entry.body_span(start, end)
    return span.line, entry.document.lines.slice(span)


def test_places_lead_to_what_was_typed(loaded: Loaded) -> None:
    entry = by_id(loaded, "测试品牌甲")
    where = entry.document.lines.slice
    assert where(entry.span("title")) == "测试品牌甲"
    assert where(entry.body_span(1, 3)) == "正文"
    assert entry.label("title") == "名称"
    venue = by_id(loaded, "007")
    assert venue.document.lines.slice(venue.span("tier")) == "站"
    assert venue.span().line == 1
    body = by_id(loaded, "测试品牌丙")
    assert where_in(body, 0, 2) == (4, "正文")
    line = by_id(loaded, "测试品牌乙")
    assert where_in(line, 2, 4) == (3, "乙。")
    assert loaded.site.document.lines.slice(loaded.site.span("featured", 0)) == "测试品牌甲"


def test_a_record_with_faults_is_there_and_not_sound(tmp_path: Path) -> None:
    loaded = load(
        project(
            tmp_path / "p",
            {
                "brands/甲.md": "没有字段\n",
                "brands/乙.md": "---\n- 一\n---\n正文\n",
                "brands/丙.md": "---\n名称: 丙\n状态: 草搞\n---\n正文\n",
            },
        )
    )
    assert [(entry.id, entry.record.title, entry.sound) for entry in loaded.entries] == [
        ("丙", "丙", False),
        ("乙", "乙", False),
        ("甲", "甲", False),
    ]
    assert [item.code for item in loaded.diagnostics] == ["DAT005", "SRC014", "SRC004"]


def test_of_a_list_one_bad_record_leaves_the_others(tmp_path: Path) -> None:
    text = (
        "- id: 甲\n  名称: 甲\n- 乙\n-\n- 名称: 丙\n- id: 丁\n  名称: [丁]\n"
        "- id: [戊]\n  编号: 己\n"
    )
    loaded = load(project(tmp_path / "p", {"themes.yml": text}))
    assert [entry.id for entry in loaded.entries] == ["甲", "第4条", "丁", "己"]
    assert [entry.sound for entry in loaded.entries if entry.id in "甲丁"] == [True, False]
    assert [item.code for item in loaded.diagnostics] == [
        *("SRC014", "SRC014", "SHP007", "SHP003", "SHP004", "SHP001"),
    ]
    assert loaded.unread == {"content/themes.yml"}


@pytest.mark.parametrize("text", ["", "# 以后再写\n", "[]\n", "---\n"])
def test_a_list_may_be_empty(tmp_path: Path, text: str) -> None:
    loaded = load(project(tmp_path / "p", {"themes.yml": text, "site.yml": text.strip("[]\n")}))
    assert loaded.entries == ()
    assert loaded.diagnostics == ()


def test_settings_that_cannot_be_read_leave_their_defaults(tmp_path: Path) -> None:
    loaded = load(project(tmp_path / "p", {"site.yml": '站名: [一]\n口号: "二\n简介: 三\n'}))
    assert loaded.site.record.name == "品牌风采"
    assert loaded.site.record.intro == "三"
    assert sorted(item.code for item in loaded.diagnostics) == ["SHP003", "SRC006"]


def test_a_project_without_content(tmp_path: Path) -> None:
    loaded = load(tmp_path)
    assert loaded.entries == ()
    assert [(item.code, item.file) for item in loaded.diagnostics] == [("SRC001", "content")]


def test_each_fault_is_found_once(tmp_path: Path) -> None:
    loaded = load(
        project(tmp_path / "p", {f"brand/{name}.md": "---\n名称: 甲\n---\n" for name in "甲乙丙"})
    )
    assert [item.file for item in loaded.diagnostics] == ["content/brand"]
    assert loaded.unread == {f"content/brand/{name}.md" for name in "甲乙丙"}


def test_one_file_is_read_as_if_it_held_other_bytes(tmp_path: Path) -> None:
    loaded = load_one(tmp_path, "content/brands/甲.md", "---\n名称: 乙\n---\n".encode())
    (entry,) = loaded.entries
    assert (entry.id, entry.record.title) == ("甲", "乙")
    assert isinstance(entry.record, Brand)


def test_entries_are_equal_only_to_themselves(loaded: Loaded) -> None:
    again = load(loaded.project)
    assert loaded.entries[0] == loaded.entries[0]
    assert loaded.entries[0] != again.entries[0]
    assert loaded.entries[0].record == again.entries[0].record

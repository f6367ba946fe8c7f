"""`retire`: everything of a record is shown, taken out whole or not at all, and proven gone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from showcase import fix
from showcase.cli import main
from showcase.fix import Repair
from showcase.pipeline import check_project
from showcase.retire import places, the_one, withdrawal, write_all
from showcase.retire import write as writing
from tests.projects import HOUSE, project, site, tree

PERSON = "figures/测试人物甲.md"
FILES = {
    PERSON: "---\n名称: 测试人物甲  # 注释\n类型: 个人\n曾用: [测试甲]\n---\n\n事迹。\n",
    "places.yml": "- id: 镇甲\n  名称: 合成镇\n\n- id: 镇乙\n  名称: 测试镇\n",
    "brands/乙.md": (
        "---\n名称: 测试品牌乙\n人物:\n  - 測試人物甲\n  - 测试群体甲\n---\n\n"
        "由[[测试人物甲|一位志愿者]]发起。\n"
    ),
    "brands/丙.md": (
        "---\n名称: 测试品牌丙\n人物:\n  - 测试人物甲\n地区: 镇甲\n---\n\n测 试 人 物 甲说。\n"
    ),
    "brands/丁.md": (
        "---\r\n名称: 测试品牌丁\r\n人物: [测试甲, 测试群体甲]\r\n---\r\n\r\n[[测试人物甲]]。\r\n"
    ),
    "figures/群.md": "---\n名称: 测试群体甲\n类型: 群体\n简介: 有測試人物甲等人\n---\n",
    "site.yml": "站名: 测试\n首页推荐:\n  - 测试人物甲\n",
}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = project(tmp_path / "p", dict.fromkeys(FILES, ""))
    for name, text in FILES.items():
        (folder / "content" / name).write_bytes(text.encode())
    return folder


def retire(folder: Path, *words: str, **options: str) -> Result:
    return CliRunner().invoke(main, ["retire", "--project", str(folder), *words], **options)  # type: ignore[arg-type]


def after(folder: Path, name: str) -> str:
    return (folder / "content" / name).read_bytes().decode()


def test_every_place_is_shown(made: Path) -> None:
    graph = check_project(made).graph
    found = {(one.file, one.line) for one in places(graph, the_one(graph, "測試甲"))}
    assert found == {
        ("content/brands/乙.md", 4),
        ("content/brands/乙.md", 8),
        ("content/brands/丙.md", 4),
        ("content/brands/丙.md", 8),
        ("content/brands/丁.md", 3),
        ("content/brands/丁.md", 6),
        ("content/figures/群.md", 4),
        ("content/site.yml", 3),
    }


def test_the_record_is_withdrawn_and_what_is_mechanical_taken_out(made: Path) -> None:
    done = retire(made, "测试人物甲", "--yes")
    assert done.exit_code == 0, done.output
    assert after(made, PERSON) == FILES[PERSON].replace("名称", "状态: 撤下\n名称", 1)
    assert after(made, "brands/乙.md") == (
        "---\n名称: 测试品牌乙\n人物:\n  - 测试群体甲\n---\n\n由一位志愿者发起。\n"
    )
    assert after(made, "brands/丙.md") == FILES["brands/丙.md"].replace(
        "人物:\n  - 测试人物甲\n", ""
    )
    assert after(made, "brands/丁.md") == FILES["brands/丁.md"].replace("测试甲, ", "")
    assert after(made, "figures/群.md") == FILES["figures/群.md"]
    assert after(made, "site.yml") == "站名: 测试\n"
    by_hand = done.output.partition("要由您改写")[2]
    for place in ("brands/丙.md:8", "brands/丁.md:6", "figures/群.md:4"):
        assert f"content/{place}" in by_hand
    # A second time there is nothing left for the machine.
    before = tree(made)
    assert "已经撤下" in retire(made, "测试人物甲", "--yes").output
    assert tree(made) == before


def test_a_record_in_a_list_is_withdrawn_where_it_stands(made: Path) -> None:
    assert retire(made, "合成镇", "--yes").exit_code == 0
    assert after(made, "places.yml") == FILES["places.yml"].replace(
        "  名称: 合成镇", "  状态: 撤下\n  名称: 合成镇"
    )
    assert "地区" not in after(made, "brands/丙.md")


def test_a_status_that_stands_there_is_replaced(made: Path) -> None:
    text = "---\n名称: 测试活动\n状态: 公开  # 已核对\n---\n"
    (made / "content" / "activities").mkdir()
    (made / "content" / "activities" / "a.md").write_text(text, "utf-8")
    assert retire(made, "活动/a", "--yes").exit_code == 0
    assert after(made, "activities/a.md") == text.replace("公开", "撤下")


@pytest.mark.parametrize("words", [("--diff",), ()])
def test_nothing_is_written_unasked(made: Path, words: tuple[str, ...]) -> None:
    before = tree(made)
    done = retire(made, "测试人物甲", *words, input="n\n")
    assert done.exit_code == (0 if words else 1)
    assert "+状态: 撤下" in done.output
    assert tree(made) == before


def test_what_names_no_record_or_several_is_one_sentence(made: Path) -> None:
    (made / "content" / "activities.yml").write_text("- id: x\n  名称: 测试品牌乙\n", "utf-8")
    for name, said in (("测试人物", "是不是"), ("测试品牌乙", "不止一条"), ("无", "没有名为")):
        done = retire(made, name, "--yes")
        assert done.exit_code == 2
        assert said in done.output


@pytest.mark.parametrize("kind", [fix.NotWritten, KeyboardInterrupt])
def test_all_files_are_written_or_none(
    made: Path, monkeypatch: pytest.MonkeyPatch, kind: type[BaseException]
) -> None:
    graph = check_project(made).graph
    repairs = withdrawal(graph, the_one(graph, "测试人物甲"), tombstone=False).repairs
    assert len(repairs) == 5
    before, count = tree(made), 0

    def until_the_fourth(folder: Path, repair: Repair) -> None:
        nonlocal count
        count += 1
        if count == 4:
            raise kind
        fix.write(folder, repair)

    monkeypatch.setattr(writing, "write", until_the_fourth)
    with pytest.raises(kind):
        write_all(made, repairs)
    assert tree(made) == before


def test_a_file_changed_meanwhile_stops_everything(made: Path) -> None:
    graph = check_project(made).graph
    repairs = withdrawal(graph, the_one(graph, "测试人物甲"), tombstone=False).repairs
    (made / "content" / "site.yml").write_text("站名: 别的\n", "utf-8")
    before = tree(made)
    with pytest.raises(fix.NotWritten):
        write_all(made, repairs)
    assert tree(made) == before


def build(folder: Path) -> None:
    command = [sys.executable, "-m", "showcase.cli", "build", "--project", str(folder)]
    done = subprocess.run(command, cwd=HOUSE, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_withdrawn_person_is_proven_gone_from_every_byte(tmp_path: Path) -> None:
    folder = site(tmp_path / "p", "every-kind")
    assert retire(folder, "--prove", "测试人物甲").exit_code == 2  # nothing is built yet
    build(folder)
    assert retire(folder, "--prove", "测试人物甲").exit_code == 1
    assert retire(folder, "测试人物甲", "--yes").exit_code == 0
    # The sentence that mentions it stops the build until somebody has rewritten it.
    assert "REF004" in {one.code for one in check_project(folder).diagnostics}
    brand = folder / "content" / "brands" / "品牌甲.md"
    brand.write_text(brand.read_text("utf-8").replace("[[测试人物甲]]", "一位志愿者"), "utf-8")
    build(folder)
    done = retire(folder, "--prove", "测试人物甲")
    assert done.exit_code == 0, done.output
    for name, data in tree(folder / "site").items():
        assert "测试人物甲".encode() not in data, name
        assert b"ceshirenwujia" not in data, name
        assert "ce-shi-ren-wu-jia" not in name


def test_a_tombstone_says_that_something_was_there_and_not_what(tmp_path: Path) -> None:
    folder = site(tmp_path / "p", "every-kind")
    done = retire(folder, "测试人物甲", "--tombstone", "--yes")
    assert done.exit_code == 0
    assert "是名称的拼音" in done.output
    brand = folder / "content" / "brands" / "品牌甲.md"
    brand.write_text(brand.read_text("utf-8").replace("[[测试人物甲]]", "一位志愿者"), "utf-8")
    build(folder)
    page = (folder / "site" / "figures" / "ce-shi-ren-wu-jia" / "index.html").read_text("utf-8")
    assert "此内容已撤下" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "测试人物甲" not in page
    said = retire(folder, "--prove", "测试人物甲")
    assert said.exit_code == 0, said.output
    assert "只有墓碑页的网址还在" in said.output
    audited = CliRunner().invoke(main, ["audit", "--project", str(folder)])
    assert audited.exit_code == 0, audited.output

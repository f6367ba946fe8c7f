"""An exemption holds for its record and its rule, needs a reason, and is listed."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from showcase.cli import main
from showcase.pipeline import check_project
from showcase.rules import RULES
from showcase.rules.exemptions import can_be_exempted
from tests.projects import HOUSE, project

RULE = "豁免: [{规则: PII002, 原因: 单位的值班手机}]"


def codes(folder: Path, content: dict[str, str]) -> list[str]:
    found = check_project(project(folder, content)).diagnostics
    return [one.code for one in found if not one.code.startswith("IMG")]  # no photo is real here


def test_it_holds_for_the_whole_record_and_its_rule_only(tmp_path: Path) -> None:
    text = f"---\n名称: 甲\n标签: ['13800000001']\n{RULE}\n---\n\n13800000001，ceshi@qq.com\n"
    assert codes(tmp_path / "p", {"brands/甲.md": text}) == ["PII007"]


def test_it_holds_for_its_item_of_a_list_only(tmp_path: Path) -> None:
    items = [f"- id: 主题{name}\n  名称: 主题{name}\n  简介: 13800000001\n" for name in "甲乙丙"]
    items[1] += f"  {RULE}\n"
    made = project(tmp_path / "p", {"themes.yml": "".join(items)})
    found = check_project(made).diagnostics
    assert [(one.code, one.span.line) for one in found] == [("PII002", 3), ("PII002", 10)]


def test_it_holds_for_the_photos_in_the_record_s_folder(tmp_path: Path) -> None:
    record = f"---\n名称: 甲\n{RULE}\n---\n"
    content = {"brands/甲/index.md": record, "brands/甲/13800000001.jpg": ""}
    assert codes(tmp_path / "in", content) == []
    content = {"brands/甲.md": record, "brands/乙/13800000001.jpg": ""}
    assert codes(tmp_path / "out", content) == ["PII002", "SHP010"]


def test_a_reason_is_required(tmp_path: Path) -> None:
    text = "---\n名称: 甲\n豁免: [{规则: PII002}]\n---\n\n13800000001\n"
    assert "SHP001" in codes(tmp_path / "p", {"brands/甲.md": text})


def test_faults_that_keep_a_record_back_cannot_be_exempted(tmp_path: Path) -> None:
    text = "---\n名称: 甲\n状态: 草搞\n豁免: [{规则: DAT005, 原因: 就这样写}]\n---\n"
    assert codes(tmp_path / "p", {"brands/甲.md": text}) == ["DAT005", "SHP009"]


def test_every_code_that_reading_a_field_reports_is_one_of_them() -> None:
    sources = [
        *(HOUSE / "scripts/showcase/model").glob("*.py"),
        HOUSE / "scripts/showcase/convert.py",
    ]
    texts = [path.read_text("utf-8") for path in sources]
    named = {code for text in texts for code in re.findall(r'"([A-Z]{3}\d{3})"', text)}
    named -= {"TXT004"}  # the example of the field itself
    assert {"SHP003", "DAT001", "DAT005", "URL002"} <= named
    assert not [code for code in named if can_be_exempted(code)]


def test_what_prose_and_private_data_report_can_be_exempted() -> None:
    codes = [code for code in RULES if code[:3] in ("TXT", "PII", "IMG") and code != "IMG016"]
    assert all(can_be_exempted(code) for code in codes)


def test_they_are_listed_with_their_reasons(tmp_path: Path) -> None:
    made = project(tmp_path / "p", {"brands/甲.md": f"---\n名称: 甲\n{RULE}\n---\n\n13800000001\n"})
    arguments = ["check", "--project", str(made), "--show-exemptions"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0
    assert (
        "content/brands/甲.md:3: 豁免 PII002 出现了手机号\n原因：单位的值班手机\n" in result.output
    )
    assert "共 1 项豁免。" in result.output
    machine = CliRunner().invoke(main, [*arguments, "--format", "json"])
    assert machine.stdout == "[]\n"
    assert "原因：单位的值班手机" in machine.stderr
    elsewhere = CliRunner().invoke(
        main, ["check", "--project", str(project(tmp_path / "q", {})), "--show-exemptions"]
    )
    assert "没有豁免。" in elsewhere.output

"""`check --fix`: what is put right, what is left alone, and how it is written."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from showcase import fix
from showcase.cli import main
from showcase.fix import Repair, repair
from tests.projects import project, tree

FILE = "content/activities/测试活动甲.md"
LIST = "content/activities.yml"


def record(*fields: str, body: str = "正文。") -> str:
    return "\n".join(["---", "名称: 测试活动甲", *fields, "---", "", body, ""])


def fixed(text: str | bytes, file: str = FILE, *, pinyin: bool = False) -> tuple[str, str]:
    """The repaired text and what was said about it; a second repair must find nothing."""
    made = repair(file, text.encode() if isinstance(text, str) else text, pinyin=pinyin)
    assert made is not None
    assert repair(file, made.after, pinyin=pinyin) is None
    return made.after.decode(), fix.sentence(made, "已修复").partition("：")[2]


def is_left_alone(text: str | bytes, file: str = FILE) -> bool:
    return repair(file, text.encode() if isinstance(text, str) else text) is None


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("简介：示例", "简介: 示例", "全角冒号 1 处"),
        ("简介： 示例", "简介: 示例", "全角冒号 1 处"),
        ("简介：\u3000示例", "简介: 示例", "全角冒号 1 处"),
        ("简介:示例\n标签:甲", "简介: 示例\n标签: 甲", "空格 2 处"),
        ("标签:\n-甲\n-乙", "标签:\n- 甲\n- 乙", "空格 2 处"),
        (
            "成效:\n  － 名目：甲\n    数值：5\n  — 名目: 乙\n    数值: 6",
            "成效:\n  - 名目: 甲\n    数值: 5\n  - 名目: 乙\n    数值: 6",
            "全角冒号 2 处、空格 2 处",
        ),
        ("标签:\n• 甲\n• 乙", "标签:\n- 甲\n- 乙", "空格 2 处"),
        ("标签:\n\t- 甲", "标签:\n  - 甲", "缩进 1 处"),
        ("标签:\n\u3000- 甲", "标签:\n  - 甲", "缩进 1 处"),
        ("开始: 2019年3月", "开始: 2019-03", "日期 1 处"),
        ("开始: '2019.3.8'  # 当天", "开始: '2019-03-08'  # 当天", "日期 1 处"),
        ('开始: "二〇一九年三月"', '开始: "2019-03"', "日期 1 处"),
        ("开始: 民国八年", "开始: 1919", "日期 1 处"),
        ("开始：２０１９年３月", "开始: 2019-03", "全角冒号 1 处、日期 1 处"),
        ("简介: 示\ufeff例", "简介: 示例", "多余的 BOM 1 处"),
    ],
)
def test_a_slip_is_put_right(wrong: str, right: str, said: str) -> None:
    assert fixed(record(wrong)) == (record(right), said)


def test_fences_from_the_chinese_keyboard_become_hyphens() -> None:
    text, said = fixed("———\n名称: 测试活动甲\n——\n\n正文 ——\n")
    assert text == "---\n名称: 测试活动甲\n---\n\n正文 ——\n"
    assert said == "开头的「---」 1 处、结束的「---」 1 处"


def test_blank_lines_before_the_fence_go() -> None:
    assert fixed("\n \n" + record()) == (record(), "开头的「---」 1 处")


@pytest.mark.parametrize(
    "encoding", ["gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]
)
def test_another_encoding_becomes_utf_8_without_a_mark(encoding: str) -> None:
    text = record("简介: 新时代文明实践的志愿者")
    assert fixed(text.encode(encoding)) == (text, "编码改成 UTF-8")


def test_big5_becomes_utf_8() -> None:
    text = record("简介: 為人民服務的志願者").replace("测试活动", "測試活動")
    text = text.replace("名称", "title").replace("简介", "summary")
    assert fixed(text.encode("big5")) == (text, "编码改成 UTF-8")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("title: テスト日本語の文章です".encode("shift_jis"), id="Japanese"),
        pytest.param("title: Überraschung façade".encode("latin-1"), id="Western"),
        pytest.param(record().encode() + b"\xff\xfe", id="damaged UTF-8"),
        pytest.param(record().encode("utf-16-le")[:-1], id="cut UTF-16"),
        pytest.param("\n\0".encode("utf-16"), id="a zero in UTF-16, which is UTF-16 in UTF-8"),
    ],
)
def test_bytes_that_are_not_certain_are_left_alone(data: bytes) -> None:
    assert is_left_alone(data)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_line_ends_stay_as_they_are(newline: str) -> None:
    assert is_left_alone(record("简介: 示例").replace("\n", newline))
    text, said = fixed(record("简介：示例", "# 注释").replace("\n", newline))
    assert text == record("简介: 示例", "# 注释").replace("\n", newline)
    assert said == "全角冒号 1 处"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("marks", [1, 2])
def test_the_mark_before_the_text_goes(newline: str, marks: int) -> None:
    text = record("简介: 示例").replace("\n", newline)
    assert fixed("\ufeff" * marks + text) == (text, f"多余的 BOM {marks} 处")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"PK\x03\x04\x14\0word/document.xml" + b"<a/>" * 99, id="Word"),
        pytest.param(b"PK\x03\x04\x14\0\x08\0 \n\0\n\0" + b" \0" * 99, id="an archive"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b" \0" * 99, id="old Word"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", id="a picture"),
        pytest.param("\ufeff%PDF-1.7\n".encode(), id="PDF with a mark"),
        pytest.param("%PDF-1.7\n".encode("utf-16"), id="PDF in UTF-16"),
    ],
)
def test_a_file_of_another_software_is_not_touched(data: bytes) -> None:
    assert is_left_alone(data)


def test_fields_never_become_prose() -> None:
    for fence in ("...", " ---", "———"):
        assert is_left_alone(f"---\n名称: 甲\n{fence}\n备注: 内部\n---\n\n正文\n")


def test_line_ends_of_two_kinds_become_one() -> None:
    text = record("简介: 示例")
    mixed = text.replace("\n", "\r\n", 3)
    assert fixed(mixed) == (text, "换行 3 处")
    assert fixed(text.replace("\n", "\r")) == (text, f"换行 {text.count(chr(10))} 处")


def test_all_else_stays_byte_for_byte() -> None:
    kept = "简介: '单引号'   # 注释：不动\n\n\n口号:   \"双引号\"\n正文: |\n  名称：甲\n  -乙\t\n"
    body = "名称：正文里的冒号\n\t制表符\n2019年3月\n———\n \u3000行尾空白  "
    text, said = fixed(record(kept, "开始: 2019年3月", body=body))
    assert text == record(kept, "开始: 2019-03", body=body)
    assert said == "日期 1 处"


@pytest.mark.parametrize(
    "field",
    [
        "开始: 2019.10-12",
        "开始: 2019111",
        "开始: 20193",
        "开始: 2019年13月",
        "开始: 去年春天",
        "开始: 2019-02-30",
        "状态: 草搞",
        "名成: 测试活动甲",
        "简介: 主题: 向阳",
        "标签: [甲",
        "简介: 2019年3月",
    ],
)
def test_what_a_person_must_decide_is_left_alone(field: str) -> None:
    assert is_left_alone(record(field))


def test_one_slip_that_cannot_be_mended_does_not_keep_the_others() -> None:
    text, said = fixed(record("标签: [甲", "开始: 2019年3月", "简介：示例", "名成: 甲"))
    assert text == record("标签: [甲", "开始: 2019-03", "简介: 示例", "名成: 甲")
    assert said == "全角冒号 1 处、日期 1 处"


def test_lists_settings_and_wordings_are_repaired_too() -> None:
    text, _ = fixed("- id: 甲\n  名称：测试活动甲\n  开始: 2019年3月\n", LIST)
    assert text == "- id: 甲\n  名称: 测试活动甲\n  开始: 2019-03\n"
    text, _ = fixed("站名：测试站\n口号: 示例\n", "content/site.yml")
    assert text == "站名: 测试站\n口号: 示例\n"
    text, _ = fixed("- 不用：甲\n  改用: 乙\n", "content/terms.yml")
    assert text == "- 不用: 甲\n  改用: 乙\n"


def test_many_slips_in_one_file() -> None:
    fields = "".join(f"- id: 甲{number}\n  名称：测试活动{number}\n" for number in range(300))
    text, said = fixed(fields, LIST)
    assert text == fields.replace("：", ": ")
    assert said == "全角冒号 300 处"


def test_leftover_pinyin_goes_on_request_only() -> None:
    text = record("简介: 新时代文明实(shí)践（jiàn）站（Station）", body="正文：村(cūn)民。")
    assert is_left_alone(text)
    assert fixed(text, pinyin=True) == (
        record("简介: 新时代文明实践站（Station）", body="正文：村民。"),
        "拼音 3 处",
    )


def test_more_pinyin_than_a_report_lists() -> None:
    text, said = fixed(record(body="村(cūn)" * 60), pinyin=True)
    assert text == record(body="村" * 60)
    assert said == "拼音 60 处"


# --- the command ----------------------------------------------------------------------------------


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--project", str(folder), *arguments])


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    return project(
        tmp_path / "p",
        {
            "site.yml": "站名: 测试站\n",
            "activities/测试活动甲.md": record("开始: 2019年3月", "结束：2019.4"),
            "activities/测试活动乙.md": record("开始: 2019年4月"),
        },
    )


def test_nothing_is_written_without_fix(wrong: Path) -> None:
    before = tree(wrong)
    assert run(wrong).exit_code == 1
    result = run(wrong, "--diff")
    assert result.exit_code == 1
    assert tree(wrong) == before
    assert "-开始: 2019年3月\n-结束：2019.4\n+开始: 2019-03\n+结束: 2019-04\n" in result.stdout
    assert f"可以修复 {FILE}：全角冒号 1 处、日期 2 处\n" in result.stdout
    assert run(wrong, "--fix", "--diff").stdout == result.stdout
    assert tree(wrong) == before


def test_fix_writes_and_reports_what_remains(wrong: Path) -> None:
    result = run(wrong, "--fix")
    assert f"已修复 {FILE}：全角冒号 1 处、日期 2 处\n" in result.stdout
    text = (wrong / FILE).read_text(encoding="utf-8")
    assert text == record("开始: 2019-03", "结束: 2019-04")
    before = tree(wrong)
    again = run(wrong, "--fix")
    assert "已修复" not in again.output
    assert tree(wrong) == before
    assert "没有可以自动修复的写法" in run(wrong, "--diff").stdout


def test_only_the_chosen_files_are_repaired(wrong: Path) -> None:
    result = run(wrong, "--fix", FILE)
    assert result.exit_code == 0
    assert result.stdout.count("已修复") == 1
    assert "2019年4月" in (wrong / "content/activities/测试活动乙.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("style", ["json", "sarif", "github"])
@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_a_machine_s_output_is_not_mixed_with_repairs(wrong: Path, style: str, option: str) -> None:
    result = run(wrong, option, "--format", style)
    assert "修复" not in result.stdout
    assert f"修复 {FILE}" in result.stderr
    assert result.stdout == run(wrong, "--format", style).stdout


def test_control_characters_are_spelt_out(tmp_path: Path) -> None:
    text = record("简介：示\x1b[31m例", "# \u202e")
    made = repair(FILE, text.encode())
    assert made is not None
    lines = [click.unstyle(line) for line in fix.diff(made)]
    assert "+简介: 示\\u{1B}[31m例" in lines
    assert " # \\u{202E}" in lines
    folder = project(tmp_path / "p", {"activities/甲.md": text})
    assert not re.search("[\x1b\u202e]", run(folder, "--diff").output)


def test_a_change_of_line_ends_is_shown() -> None:
    made = repair(FILE, record().replace("\n", "\r\n", 1).encode())
    assert made is not None
    lines = [click.unstyle(line) for line in fix.diff(made)]
    assert lines[3:5] == ["----\\u{D}", "+---"]


# --- writing --------------------------------------------------------------------------------------


def first_repair(folder: Path) -> Repair:
    data = (folder / FILE).read_bytes()
    made = repair(FILE, data)
    assert made is not None
    return made


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_permissions_stay(wrong: Path, mode: int) -> None:
    (wrong / FILE).chmod(mode)
    fix.write(wrong, first_repair(wrong))
    assert stat.S_IMODE((wrong / FILE).stat().st_mode) == mode


def test_a_read_only_file_is_left_alone(wrong: Path) -> None:
    (wrong / FILE).chmod(0o444)
    before = tree(wrong)
    result = run(wrong, "--fix", FILE)
    assert result.exit_code == 2
    assert f"没有修复 {FILE}" in result.stderr
    assert "只读" in result.stderr
    assert tree(wrong) == before


def test_a_file_changed_in_between_is_left_alone(wrong: Path) -> None:
    made = first_repair(wrong)
    (wrong / FILE).write_text("别的内容", encoding="utf-8")
    before = tree(wrong)
    with pytest.raises(fix.NotWritten, match="又被改过"):
        fix.write(wrong, made)
    assert tree(wrong) == before


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_are_not_followed(wrong: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (wrong / "content/activities").rename(outside)
    (wrong / "content/activities").symlink_to(outside)
    before = tree(outside)
    run(wrong, "--fix")
    assert tree(outside) == before

    (wrong / "content/activities").unlink()
    (wrong / "content/activities").mkdir()
    (wrong / FILE).symlink_to(outside / "测试活动甲.md")
    run(wrong, "--fix")
    assert tree(outside) == before
    made = repair(FILE, (outside / "测试活动甲.md").read_bytes())
    assert made is not None
    with pytest.raises(fix.NotWritten):
        fix.write(wrong, made)
    assert (wrong / FILE).is_symlink()


def test_nothing_is_left_when_writing_fails(wrong: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, before = first_repair(wrong), tree(wrong)

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(fix.NotWritten, match="No space left"):
        fix.write(wrong, made)
    assert tree(wrong) == before


def test_files_that_are_no_records_are_not_touched(tmp_path: Path) -> None:
    folder = project(
        tmp_path / "p",
        {
            "README.md": "标题：甲\r\n文字\n",
            "activities/a/b/c.md": record("简介：示例"),
            "brand/测试.md": record("简介：示例"),
            "activities/台账.csv": "甲\r\n乙\n",
        },
    )
    before = tree(folder)
    run(folder, "--fix")
    assert tree(folder) == before


@pytest.mark.parametrize("options", [["--fix", "--fix-pinyin"], ["--fix-pinyin", "--fix"]])
def test_both_sorts_of_repairs_may_be_asked_for_in_either_order(
    wrong: Path, options: list[str]
) -> None:
    path = wrong / FILE
    path.write_text(path.read_text(encoding="utf-8") + "\n實(shí)踐\n", encoding="utf-8")
    run(wrong, *options)
    assert "實踐" in path.read_text(encoding="utf-8")

"""What is derived from the tables of kinds and rules is up to date; the handbook tells the truth.

The handbook's examples are taken out of its pages and checked like anyone's records. An example
stands below a paragraph that names its file: ``文件 `content/….md`：``.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import markdown
import pytest

from showcase import derive, handbook
from showcase.audit import CHECKS
from showcase.cli import main
from showcase.model import KINDS, Kind, Site, all_fields
from showcase.pipeline import check_project
from showcase.report import FAMILIES, as_text
from showcase.rules import RULES
from tests import photography
from tests.projects import HOUSE, SITES

HANDBOOK = HOUSE / "docs/handbook"
PAGES = sorted(HANDBOOK.glob("*.md"))
GUIDES = [*PAGES, *(HOUSE / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md"))]

_EXAMPLE = re.compile(r"(?ms)文件 `(content/[^`]+)`[^\n`]*：\n\n```yaml\n(.*?)^```$")
_LISTED = re.compile(r"(?ms)列表文件 `(content/[^`]+)`[^\n]*：\n\n```yaml\n(.*?)^```$")
_FAULTY = re.compile(r"(?ms)文件 `(content/[^`]+)` 写成了[^\n]*\n\n```text\n(.*?)^```$")
_REPORT = re.compile(r"(?ms)^检查报告是：\n\n```text\n(.*?)^```$")


# --- derived files ------------------------------------------------------------------------------


def test_derived_files_are_up_to_date() -> None:
    assert derive.stale(HOUSE) == [], "run: python3 scripts/run.py derive"


def test_writing_mends_what_is_missing_changed_or_left_over(tmp_path: Path) -> None:
    every = sorted(derive.derived())
    assert sorted(derive.write(tmp_path)) == every
    assert derive.stale(tmp_path) == []

    rules = tmp_path / handbook.RULES_FOLDER
    (rules / "SHP001.md").unlink()
    (rules / "SHP002.md").write_text("changed", encoding="utf-8")
    (rules / "OLD001.md").write_text("of a rule that is gone", encoding="utf-8")
    expected = [f"{handbook.RULES_FOLDER}/{name}.md" for name in ("SHP001", "SHP002", "OLD001")]
    assert sorted(derive.stale(tmp_path)) == sorted(expected)
    assert sorted(derive.write(tmp_path)) == sorted(expected)
    assert derive.stale(tmp_path) == []


def test_line_ends_of_another_system_are_not_a_change(tmp_path: Path) -> None:
    derive.write(tmp_path)
    page = tmp_path / handbook.FIELDS
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert derive.stale(tmp_path) == []


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "docs/handbook").mkdir(parents=True)
    own = tmp_path / "docs/handbook/daily.md"
    own.write_text("hand-written", encoding="utf-8")
    derive.write(tmp_path)
    assert own.read_text(encoding="utf-8") == "hand-written"


# --- completeness -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_kind_has_its_section_fields_and_schemas(kind: Kind) -> None:
    files = derive.derived()
    page = files[handbook.FIELDS]
    assert f"{{#{kind.name}}}" in page
    for field in all_fields(kind.record):
        assert field.label.name in page
        assert f"`{field.name}`" in page
    for name in (f"{kind.name}.schema.json", f"{kind.plural}.list.schema.json"):
        definitions = json.loads(files[f"{derive.SCHEMAS}/{name}"])["definitions"]
        assert {field.name for field in kind.fields} <= set(definitions)


def test_every_reference_within_a_schema_leads_somewhere() -> None:
    for path, text in derive.derived().items():
        if path.startswith(derive.SCHEMAS):
            definitions = json.loads(text)["definitions"]
            named = set(re.findall(r'"#/definitions/([^"]+)"', text))
            assert named <= set(definitions), path


def test_the_settings_lead_to_schemas_that_are_written() -> None:
    files = derive.derived()
    named = json.loads(files[derive.SETTINGS])["yaml.schemas"]
    assert {path.removeprefix("./") for path in named} <= set(files)


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_a_page_that_shows_its_examples_as_written(code: str) -> None:
    text = handbook.rule_page(code)
    assert f"[{code}]({code}.md)" in handbook.rules_index()
    html = markdown.markdown(text.split("---\n", 2)[2], extensions=["fenced_code", "tables"])
    # Prose, two examples, and the links at the end: nothing of an example became markup.
    tags = set(re.findall(r"<(\w+)", html))
    assert tags <= {"h1", "p", "strong", "pre", "code", "a"}
    assert html.count("<pre>") == 2
    assert html.count("<a ") == 2


def test_the_fields_page_keeps_the_columns_of_its_tables() -> None:
    for line in handbook.fields_page().splitlines():
        if line.startswith("|"):
            assert line.count("|") in (4, 6), line


# --- the examples -------------------------------------------------------------------------------


def examples(page: Path) -> dict[str, str]:
    return dict(_EXAMPLE.findall(page.read_text(encoding="utf-8")))


def lay_out(project: Path, files: dict[str, str]) -> None:
    """Make a project of what the examples mention, the kinds' own examples and some files."""
    shutil.copytree(SITES / "handbook", project, dirs_exist_ok=True)
    others = {
        f"content/{kind.plural}/另一个示例{kind.label}.md": bare(kind) for kind in KINDS.values()
    }
    for name, text in {**others, **examples(HANDBOOK / "fields.md"), **files}.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        for number, photo in enumerate(re.findall(r"文件: (\S+)", text)):
            folder = path.parent if path.name == "index.md" else project / "content" / path.stem
            folder = folder if path.suffix == ".yml" else path.parent
            folder.mkdir(exist_ok=True)
            # No two are alike, or the checker would say so.
            data = photography.jpeg(60 + len(name), 40 + number)
            (folder / photo).write_bytes(data)


def bare(kind: Kind) -> str:
    """Return the least that a record of a kind can be."""
    needed = [field for field in kind.fields if field.required and field.name != "title"]
    fields = [f"{field.label.name}: {field.label.example}" for field in needed]
    return "\n".join(["---", f"名称: 另一个示例{kind.label}", *fields, "---", ""])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_pass_the_checker(page: Path, tmp_path: Path) -> None:
    lay_out(tmp_path, examples(page))
    checked = check_project(tmp_path)
    assert "\n".join(as_text(checked.diagnostics, checked.text_of)) == "检查通过，没有发现问题。"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_example_is_overlooked(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    shown = text.count("```yaml")
    assert shown == len(_EXAMPLE.findall(text)) + len(_LISTED.findall(text))


def test_the_list_example_of_the_fields_page_passes_the_checker(tmp_path: Path) -> None:
    text = (HANDBOOK / "fields.md").read_text(encoding="utf-8")
    found = _LISTED.search(text)
    assert found is not None
    lay_out(tmp_path, {found[1]: found[2]})
    assert check_project(tmp_path).diagnostics == ()


def test_the_report_in_the_handbook_is_what_the_checker_says(tmp_path: Path) -> None:
    text = (HANDBOOK / "report.md").read_text(encoding="utf-8")
    faulty, report = _FAULTY.search(text), _REPORT.search(text)
    assert faulty is not None
    assert report is not None
    lay_out(tmp_path, {faulty[1]: faulty[2]})
    checked = check_project(tmp_path)
    said = "\n".join(as_text(checked.diagnostics, checked.text_of))
    assert re.sub(r"\x1b\[[0-9;]*m", "", said) == report[1].rstrip("\n")


# --- what the guides name -----------------------------------------------------------------------


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_commands_that_a_guide_names_exist(guide: Path) -> None:
    named = re.findall(r"scripts/run\.py ([a-z]+)", guide.read_text(encoding="utf-8"))
    assert set(named) <= {*main.commands, "test"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_rules_that_the_handbook_names_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"\b[A-Z]{3}\d{3}\b", text)) <= {*RULES, *CHECKS}


def test_the_handbook_says_what_each_family_of_codes_is_about() -> None:
    text = (HANDBOOK / "report.md").read_text(encoding="utf-8")
    for family in {code[:3] for code in RULES}:
        assert f"{family} 是{FAMILIES[family]}" in text


def test_settings_that_the_handbook_names_exist() -> None:
    names = {field.label.name for field in all_fields(Site)}
    text = (HANDBOOK / "site.md").read_text(encoding="utf-8")
    named = re.search(r"还可以填(「.*?」)，", text)
    assert named is not None
    assert set(re.findall("「(.*?)」", named[1])) <= names

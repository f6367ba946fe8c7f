"""The SARIF log has the form that the standard asks for (SARIF 2.1.0, OASIS)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from showcase.cli import main
from showcase.diagnostics import START, Diagnostic, Severity, Span
from showcase.rules import RULES, explanation
from showcase.sarif import as_sarif
from tests.projects import project

FILE = "content/brands/测试 品牌#甲%1.md"
FOUND = [
    Diagnostic(
        "SHP002", Severity.ERROR, FILE, Span(3, 1, 3, 3), "名成", "不认识「名成」", "是不是"
    ),
    Diagnostic(
        "TXT004", Severity.WARNING, FILE, Span(9, 5, 9, 5), "", "层级\u202e\x1b[31m", "改成"
    ),
    Diagnostic("SRC015", Severity.ERROR, "content/brand", START, "", "不认识的文件夹", "改名"),
]


def run_of(found: list[Diagnostic]) -> dict[str, Any]:
    log = json.loads(as_sarif(found))
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    assert len(log["runs"]) == 1
    run: dict[str, Any] = log["runs"][0]
    return run


@pytest.fixture(scope="module")
def run() -> dict[str, Any]:
    return run_of(FOUND)


def test_the_run_says_how_to_read_its_places(run: dict[str, Any]) -> None:
    assert set(run) == {"tool", "language", "columnKind", "originalUriBaseIds", "results"}
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["language"] == "zh-CN"
    assert set(run["tool"]) == {"driver"}
    assert run["tool"]["driver"]["name"] == "showcase"
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", run["tool"]["driver"]["version"])


def test_every_rule_is_there_once_with_its_page_as_help(run: dict[str, Any]) -> None:
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    for rule in rules:
        title, _, page = explanation(rule["id"]).partition("\n")
        assert rule["shortDescription"] == {"text": title}
        assert rule["help"] == {"text": page.strip()}
        assert rule["fullDescription"]["text"]
        assert "\n" not in rule["fullDescription"]["text"]
        assert "helpUri" not in rule
        tags = rule["properties"]["tags"]
        assert len(tags) == 1
        assert tags[0]


def test_a_result_names_its_rule_level_and_place(run: dict[str, Any]) -> None:
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(FOUND)
    for result, item in zip(run["results"], FOUND, strict=True):
        assert result["ruleId"] == item.code
        assert rules[result["ruleIndex"]]["id"] == item.code
        assert result["level"] == item.severity.value
        assert item.help in result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)
        assert unquote(uri) == item.file
        assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
        span = item.span
        assert place["region"] == {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        }
    assert run["results"][0]["properties"] == {"field": "名成"}
    assert "properties" not in run["results"][1]


def test_nothing_found_is_an_empty_list() -> None:
    assert run_of([])["results"] == []


def test_the_log_is_plain_ascii_and_messages_turn_nothing_around(run: dict[str, Any]) -> None:
    assert as_sarif(FOUND).isascii()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", as_sarif(FOUND))
    assert run["results"][1]["message"]["text"] == "层级\\u{202E}\\u{1B}[31m。改成"


def test_the_command_prints_it_and_ends_as_always(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", {"brands/测试品牌甲.md": "---\n名称：甲\n---\n"})
    result = CliRunner().invoke(main, ["check", "--project", str(folder), "--format", "sarif"])
    assert result.exit_code == 1
    (found,) = json.loads(result.stdout)["runs"][0]["results"]
    assert found["ruleId"] == "SRC007"
    region = found["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 4}

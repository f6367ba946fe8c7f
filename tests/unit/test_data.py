"""The open data: every public field and no other, in files that other programs read."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from showcase.model import KINDS, Kind, all_fields
from showcase.outputs.data.columns import columns_of
from showcase.outputs.data.sheet import harmless
from tests.outputs import URL, files
from tests.projects import project, site

PRIVATE = ("consent", "notes", "exemptions", "status", "expire_on", "slug", "photos", "body")


def table(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in data.replace(b"\r\n", b"")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def records(data: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(data)
    return found


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return files(site(tmp_path_factory.mktemp("data") / "site", "every-kind"))


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_both_files_hold_the_same_records(every_kind: dict[str, bytes], kind: Kind) -> None:
    rows = table(every_kind[f"data/{kind.plural}.csv"])
    found = records(every_kind[f"data/{kind.plural}.json"])
    assert [row["key"] for row in rows] == [one["key"] for one in found]
    assert found
    for row, one in zip(rows, found, strict=True):
        assert row["title"] == one["title"]
        assert row["page"] == one["page"]
        assert list(row) == [column.name for column in columns_of(kind)]
        assert not set(PRIVATE) & one.keys()


def test_every_public_field_is_a_column_and_no_private_one_is() -> None:
    for kind in KINDS.values():
        tops = {column.path[0] for column in columns_of(kind)} - {"key", "page"}
        assert tops == {field.name for field in kind.fields} - set(PRIVATE)
        private = {field.name for field in all_fields(kind.record) if field.label.private}
        assert not private & {step for column in columns_of(kind) for step in column.path}
        names = [column.name for column in columns_of(kind)]
        assert len(set(names)) == len(names)


def test_values_are_what_was_written(every_kind: dict[str, bytes]) -> None:
    (brand,) = records(every_kind["data/brands.json"])
    assert brand["launched"] == "2019-03"
    assert brand["place"] == {"key": "place/合成镇", "title": "合成镇"}
    # An honour that is not public is not there, nor what was said of it.
    assert brand["honours"] == [
        {
            "honour": {"key": "honour/荣誉甲", "title": "测试荣誉甲"},
            "year": "2020",
            "issuer": "合成办公室",
        }
    ]
    assert brand["text"].startswith("开头一段，提到测试人物甲和那次活动。")
    held = next(
        one for one in records(every_kind["data/activities.json"]) if one["title"] == "测试活动甲"
    )
    assert held["attendance"] == 120
    assert held["funds"]["amount"] == {"value": 9931, "text": "9,931"}
    assert held["regular"] == {"regular": False, "rhythm": ""}
    (number,) = records(every_kind["data/indicators.json"])
    assert number["value"] == {"value": 130000, "text": "13万"}


def test_columns_are_what_the_records_hold(every_kind: dict[str, bytes]) -> None:
    (brand,) = table(every_kind["data/brands.csv"])
    assert brand["themes"] == "测试主题甲 | 测试主题乙"
    assert brand["themes_key"] == "theme/主题甲 | theme/主题乙"
    assert brand["tags"] == "标签一 | R&D <创新>"
    assert (brand["honours_honour"], brand["honours_year"]) == ("测试荣誉甲", "2020")
    assert (brand["results_label"], brand["results_source"]) == ("测试成效", "测试来源甲")
    held = {row["title"]: row for row in table(every_kind["data/activities.csv"])}
    assert held["测试活动甲"]["funds_amount"] == "9931"
    assert held["测试活动甲"]["funds_amount_text"] == "9,931"
    assert held["测试活动甲"]["regular"] == "false"
    assert held["测试活动乙"]["regular_rhythm"] == "每年五场"
    assert held["测试活动乙"]["funds_unit"] == ""


def test_lists_of_a_group_keep_their_places(tmp_path: Path) -> None:
    text = (
        "---\n名称: 甲\n成效:\n  - {名目: 一, 数值: a|b}\n  - {名目: 二, 数值: 3, 单位: 元}\n---\n"
    )
    (row,) = table(files(project(tmp_path / "p", {"brands/甲.md": text}))["data/brands.csv"])
    assert row["results_label"] == "一 | 二"
    assert row["results_value"] == "a｜b | 3"
    assert row["results_unit"] == " | 元"
    assert row["results_as_of"] == ""


def test_a_page_s_address_is_whole_where_the_site_s_is_known(tmp_path: Path) -> None:
    made = project(tmp_path / "p", {"brands/甲.md": "---\n名称: 甲\n---\n"})
    assert records(files(made)["data/brands.json"])[0]["page"] == "brands/jia/"
    assert records(files(made, URL)["data/brands.json"])[0]["page"] == f"{URL}brands/jia/"


def test_a_kind_without_records_has_its_files(tmp_path: Path) -> None:
    made = files(project(tmp_path / "p", {}))
    assert records(made["data/brands.json"]) == []
    assert table(made["data/brands.csv"]) == []


def test_prose_names_no_record_that_is_not_public(tmp_path: Path) -> None:
    content = {
        "brands/甲.md": "---\n名称: 甲\n人物: 秘密人物\n---\n\n[[秘密人物|那位同志]]和[[甲]]\n",
        "figures/秘密人物.md": "---\n名称: 秘密人物\n类型: 个人\n状态: 撤下\n曾用: 旧秘密\n---\n",
    }
    for path, data in files(project(tmp_path / "p", content)).items():
        assert "秘密" not in data.decode("utf-8", "replace"), path
        assert "mi-mi" not in path


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+8613800000000+", "'+8613800000000+"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("\u200b=1", "'\u200b=1"),
        ("＝1+1", "'＝1+1"),
        ("\0=1", "'=1"),
        ("——说明", "——说明"),
        ("-5", "-5"),
        ("+5", "+5"),
        ("-5.25", "-5.25"),
        ("-5,25", "'-5,25"),
        ("18+N", "18+N"),
        ("a=b", "a=b"),
        ("甲\r\n乙", "甲\n乙"),
    ],
)
def test_no_cell_is_a_formula(text: str, safe: str) -> None:
    assert harmless(text) == safe


def test_the_dictionary_describes_every_column_in_two_files(every_kind: dict[str, bytes]) -> None:
    described = json.loads(every_kind["data/dictionary.json"])
    rows = table(every_kind["data/dictionary.csv"])
    assert [one["kind"] for one in described] == list(KINDS)
    for one in described:
        kind = KINDS[one["kind"]]
        names = [*(column.name for column in columns_of(kind)), "text"]
        assert [field["name"] for field in one["fields"]] == names
        assert [row["name"] for row in rows if row["kind"] == kind.label] == names
        assert all(field["title"] and field["description"] for field in one["fields"])
        for record in records(every_kind[f"data/{kind.plural}.json"]):
            for field in one["fields"]:
                _follow(record, field["json_path"])


def _follow(value: Any, path: list[str]) -> None:
    """Go down a path; what it passes is there, or is empty as a whole."""
    for number, step in enumerate(path):
        if value is None:
            return
        if isinstance(value, list):
            for one in value:
                _follow(one, path[number:])
            return
        value = value[step]


def test_the_package_describes_every_file_as_it_is(every_kind: dict[str, bytes]) -> None:
    package = json.loads(every_kind["data/datapackage.json"])
    assert re.fullmatch(r"[a-z0-9._/-]+", package["name"])
    assert "created" not in package
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names) == 2 * len(KINDS)
    for resource in package["resources"]:
        assert re.fullmatch(r"[a-z0-9._/-]+", resource["name"])
        data = every_kind[f"data/{resource['path']}"]
        if resource["format"] == "json":
            continue
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        rows = table(data)
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        header = data.decode("utf-8-sig").split("\r\n", 1)[0]
        assert [name.strip('"') for name in header.split(",")] == list(fields)
        keys = [row[resource["schema"]["primaryKey"]] for row in rows]
        assert len(set(keys)) == len(keys)
        for row in rows:
            for name, text in row.items():
                assert _fits(text, fields[name]), (resource["name"], name, text)


def _fits(text: str, field: dict[str, Any]) -> bool:
    """Tell whether a cell is a value of its field (Table Schema 1.0)."""
    limits = field.get("constraints", {})
    if not text:
        return not limits.get("required")
    patterns = {
        "string": r"(?s).*",
        "integer": r"-?\d+",
        "number": r"-?\d+(\.\d+)?",
        "boolean": "true|false",
    }
    return (
        re.fullmatch(patterns[field["type"]], text) is not None
        and text in limits.get("enum", [text])
        and re.fullmatch(limits.get("pattern", r"(?s).*"), text) is not None
    )

"""What lists the pages: all of them, with dates from the records, and nothing that is hidden."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

from showcase.outputs import Listed
from tests.outputs import URL, listed
from tests.projects import project, site

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CONTENT = {
    "brands/甲.md": "---\n名称: 甲\n启用: 2019-03\n曾用: 旧\n---\n",
    "brands/乙.md": "---\n名称: 乙\n---\n",
    "activities/丙.md": "---\n名称: 丙\n品牌: 甲\n开始: 2021-05-06\n---\n",
    "activities/丁.md": "---\n名称: 丁\n状态: 草稿\n---\n",
}
ABOUT = Listed("about/", "关于 & 我们", composed=False)


def sitemap(data: bytes) -> dict[str, str]:
    root = ET.fromstring(data)  # noqa: S314 - our own
    assert root.tag == f"{SPACE}urlset"
    items = [(one.findtext(f"{SPACE}loc"), one.findtext(f"{SPACE}lastmod", "")) for one in root]
    assert len(items) == len(dict(items))
    return {str(place).removeprefix(URL): changed for place, changed in items}


def test_the_sitemap_has_every_page_with_the_date_of_its_records(tmp_path: Path) -> None:
    made = listed(project(tmp_path / "p", CONTENT), URL, ABOUT)
    found = sitemap(made["sitemap.xml"])
    assert found["brands/jia/"] == "2021-05-06"  # what names it is shown there
    assert found["brands/yi/"] == ""
    assert found["brands/"] == "2019-03-01"
    assert found["activities/bing/"] == found["activities/"] == found[""] == "2021-05-06"
    assert found["figures/"] == ""
    assert found["about/"] == ""
    assert {"explore/", "years/2021/", "data/"} <= set(found)
    assert "brands/jiu/" not in found
    assert "activities/ding/" not in found
    assert b"&" not in made["sitemap.xml"]


def test_a_page_that_is_not_to_be_found_is_in_no_sitemap(tmp_path: Path) -> None:
    sheet = Listed("sheet/", "甲", composed=True, hidden=True)
    made = listed(project(tmp_path / "p", CONTENT), URL, ABOUT, sheet)
    assert not {"sheet/", "brands/jia/board/"} & set(sitemap(made["sitemap.xml"]))
    assert {"/sheet/", "/brands/jia/board/"} <= set(json.loads(made["data/addresses.json"]))


def test_robots_know_where_it_is(tmp_path: Path) -> None:
    made = project(tmp_path / "p", CONTENT)
    assert listed(made, URL)["robots.txt"].decode().split("\n") == [
        "User-agent: *",
        "Allow: /",
        f"Sitemap: {URL}sitemap.xml",
        "",
    ]
    assert listed(made)["robots.txt"] == b"User-agent: *\nAllow: /\n"
    assert "sitemap.xml" not in listed(made)


def test_the_manifest_is_sorted_with_one_page_on_a_line(tmp_path: Path) -> None:
    data = listed(project(tmp_path / "p", CONTENT), "", ABOUT)["data/addresses.json"]
    pages = json.loads(data)
    assert list(pages) == sorted(pages)
    assert len(data.decode().split("\n")) == len(pages) + 3
    assert pages["/about/"] == {"title": "关于 & 我们", "kind": "page"}
    assert pages["/brands/jia/"] == {"title": "甲", "kind": "brand"}
    assert "/activities/ding/" not in pages


def test_what_is_not_public_is_in_none(tmp_path: Path) -> None:
    for path, data in listed(site(tmp_path / "p", "every-kind"), URL).items():
        assert "保密" not in data.decode(), path
        assert "bao-mi" not in data.decode(), path

"""What machines read: valid, whole, and no claim that the record does not make."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from showcase.pipeline import check_project, site_of
from tests import photography
from tests.projects import project, site
from tests.unit.test_pages import DAY

REQUIRED = {
    "Article": {"headline"},
    "BreadcrumbList": {"itemListElement"},
    "Event": {"name", "startDate", "location"},
    "ListItem": {"position", "name", "item"},
    "Organization": {"name"},
    "Person": {"name"},
    "Place": {"name"},
    "Thing": {"name"},
    "WebSite": {"name"},
}
URL = "https://example.org/x/"


class Blocks(HTMLParser):
    """Collects the data blocks of a page, and its other scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.data: list[Any] = []
        self.scripts = 0
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self._inside = ("type", "application/ld+json") in attrs
            self.scripts += not self._inside

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.data.append(json.loads(data))


def composed(folder: Path, url: str = URL) -> dict[str, Blocks]:
    made = site_of(check_project(folder), day=DAY, url=url)
    return {page.uri.removesuffix("index.md"): Blocks(page.html) for page in made.pages()}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Blocks]:
    return composed(site(tmp_path_factory.mktemp("linked") / "site", "every-kind"))


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def test_every_block_has_what_its_type_demands(pages: dict[str, Blocks]) -> None:
    seen = set()
    for address, page in pages.items():
        for block in page.data:
            assert block["@context"] == "https://schema.org"
            for node in nodes(block):
                kind = node["@type"]
                seen.add(kind)
                assert REQUIRED[kind] <= node.keys(), (address, node)
                assert all(node.values()), (address, node)
    assert seen == set(REQUIRED)


def test_an_activity_is_an_event_with_its_date_as_written(pages: dict[str, Blocks]) -> None:
    event, path = pages["activities/huo-dong-jia/"].data
    assert event["@type"] == "Event"
    assert (event["startDate"], event["endDate"]) == ("2019-03-18", "2019-03-20")
    assert event["location"]["name"] == "测试阵地甲"
    assert event["location"]["address"] == "合成路 1 号"
    assert event["organizer"] == {"@type": "Organization", "name": "测试单位甲"}
    steps = [(item["position"], item["item"]) for item in path["itemListElement"]]
    assert steps == [
        (1, URL),
        (2, URL + "activities/"),
        (3, URL + "activities/huo-dong-jia/"),
    ]


def test_without_a_date_it_is_no_event(pages: dict[str, Blocks]) -> None:
    article = pages["activities/huo-dong-yi/"].data[0]
    assert article["@type"] == "Article"
    assert "startDate" not in article


def test_what_is_private_or_not_public_is_not_told(pages: dict[str, Blocks]) -> None:
    text = json.dumps([page.data for page in pages.values()], ensure_ascii=False)
    assert "保密" not in text
    assert "授权" not in text


def test_a_site_without_an_address_claims_no_path(tmp_path: Path) -> None:
    made = composed(site(tmp_path / "site", "every-kind"), url="")
    text = json.dumps([page.data for page in made.values()], ensure_ascii=False)
    assert '"Event"' in text
    assert "BreadcrumbList" not in text
    assert '"url"' not in text


def test_the_picture_of_a_thing_is_its_photo_and_never_a_cover(tmp_path: Path) -> None:
    text = "---\n名称: {}\n类型: 个人\n照片: {{文件: 甲.jpg, 说明: 测试, 来源: 测试单位甲}}\n---\n"
    folder = project(tmp_path / "site", {"figures/甲.md": text.format("测试人物甲")})
    (folder / "content/figures/甲.jpg").write_bytes(photography.jpeg(900, 600))
    (folder / "content/figures/乙.md").write_text(
        "---\n名称: 测试人物乙\n类型: 个人\n---\n", "utf-8"
    )
    pages = composed(folder)
    image = pages["figures/jia/"].data[0]["image"]
    assert image.startswith(URL + "photos/")
    assert image.endswith("-900.jpg")
    assert "image" not in pages["figures/yi/"].data[0]
    assert "image" not in composed(folder, url="")["figures/jia/"].data[0]


def test_nothing_breaks_out_of_the_block(tmp_path: Path) -> None:
    name = "</script><script>alert(1)</script><!-- <script>"
    files = {"organisations.yml": f"- {{id: 甲, 名称: '{name}', 简介: '&amp; {name}'}}\n"}
    page = composed(project(tmp_path / "site", files))["organisations/jia/"]
    assert page.scripts == 0
    assert page.data[0]["name"] == name
    assert page.data[0]["description"] == f"&amp; {name}"

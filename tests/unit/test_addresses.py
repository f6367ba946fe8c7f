"""Each record has one address; links lead from page to page wherever the site lies."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest

from showcase.addresses import address, feed_of, record_address, relative
from showcase.load import Entry, load
from tests.projects import project


def entries(folder: Path, *records: tuple[str, str]) -> list[Entry]:
    text = "".join(f"- id: {id}\n  名称: 测试\n{more}" for id, more in records)
    return list(load(project(folder / "p", {"brands.yml": text})).entries)


@pytest.mark.parametrize(
    ("id", "slug"),
    [
        ("向阳花开", "xiang-yang-hua-kai"),
        ("黨群同心·向陽花開", "dang-qun-tong-xin-xiang-yang-hua-kai"),
        ("2019-03-揭牌", "2019-03-jie-pai"),
        ("18+N", "18-n"),
        ("Open Day", "open-day"),
        ("单县", "shan-xian"),
    ],
)
def test_an_address_is_the_id_s_pinyin(tmp_path: Path, id: str, slug: str) -> None:
    (entry,) = entries(tmp_path, (id, ""))
    assert address(entry) == f"brands/{slug}/"


def test_a_slug_that_was_given_goes_before(tmp_path: Path) -> None:
    (entry,) = entries(tmp_path, ("向阳花开", "  网址名: sunflower\n"))
    assert entry.spelling == "sunflower"


def test_an_id_without_a_sound_has_an_address_too(tmp_path: Path) -> None:
    first, second = entries(tmp_path, ("“……”", ""), ("🌻", ""))
    assert first.spelling.startswith("r-")
    assert first.spelling != second.spelling
    assert first.spelling == entries(tmp_path / "again", ("“……”", ""))[0].spelling


PAGES = ["", "brands/", "brands/page/2/", "brands/xiang-yang/", "years/2019/"]
FILES = ["feed.xml", "data/brands.json", "assets/a.css"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("target", PAGES + FILES)
@pytest.mark.parametrize(
    "base", ["https://example.com/", "https://example.com/a/b/", "file:///c:/a/"]
)
def test_a_link_leads_where_it_should(page: str, target: str, base: str) -> None:
    link = relative(target, page)
    assert urljoin(base + page, link) == base + target
    assert not link.startswith("/")
    assert "//" not in link


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("/brands/xiang-yang/", "brands/xiang-yang/"),
        ("brands/xiang-yang", "brands/xiang-yang/"),
        ("https://www.example.org/wm/brands/a1/?q=1#s-2", "brands/a1/"),
        ("brands/page/", ""),
        ("/brands/page/2/", ""),
        ("/places/xiang-qun-cun/feed.xml", ""),
        ("/handbook/daily/", ""),
        ("/brands/", ""),
        ("品牌/向阳花开", ""),
        ("brands/" + "a" * 300, ""),
        ("", ""),
    ],
)
def test_an_address_of_a_record_is_known_as_one(text: str, place: str) -> None:
    assert record_address(text) == place


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("brands/", "brands/feed.xml"),
        ("places/", "places/feed.xml"),
        ("places/xiang-qun-cun/", "places/xiang-qun-cun/feed.xml"),
        ("brands/xiang-yang/", ""),
        ("brands/page/2/", ""),
        ("years/2019/", ""),
        ("data/", ""),
        ("", ""),
    ],
)
def test_a_list_and_a_place_have_a_feed(page: str, feed: str) -> None:
    assert feed_of(page) == feed

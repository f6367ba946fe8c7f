"""Feeds: what Atom (RFC 4287) demands, the whole text, links that lead somewhere, stable dates."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest

from showcase.outputs.feeds import LENGTH
from tests.outputs import URL, files
from tests.projects import project, site

ATOM = {"a": "http://www.w3.org/2005/Atom"}
BASE = "{http://www.w3.org/XML/1998/namespace}base"
MEDIA = "application/atom+xml"


def feeds(made: dict[str, bytes]) -> dict[str, ET.Element]:
    return {path: ET.fromstring(data) for path, data in made.items() if path.endswith("feed.xml")}  # noqa: S314 - our own


def text(element: ET.Element, path: str) -> str:
    found = element.findtext(path, None, ATOM)
    assert found is not None, path
    return found


def titles(feed: ET.Element) -> list[str]:
    return [text(entry, "a:title") for entry in feed.findall("a:entry", ATOM)]


@pytest.fixture(scope="module", params=["", URL], ids=["anywhere", "at an address"])
def every_kind(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, ET.Element]]:
    folder = site(tmp_path_factory.mktemp("feeds") / "site", "every-kind")
    return request.param, feeds(files(folder, request.param))


def test_each_feed_is_what_the_standard_demands(
    every_kind: tuple[str, dict[str, ET.Element]],
) -> None:
    url, found = every_kind
    ids = [text(feed, "a:id") for feed in found.values()]
    assert len(set(ids)) == len(ids)
    for path, feed in found.items():
        assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
        assert text(feed, "a:title").strip()
        assert text(feed, "a:author/a:name").strip()
        assert [link.get("href") for link in feed.findall("a:link[@rel='self']", ATOM)] == (
            [url + path] if url else []
        )
        moments = [text(one, "a:updated") for one in (feed, *feed.findall("a:entry", ATOM))]
        assert all(datetime.fromisoformat(moment).tzinfo for moment in moments)
        assert moments[1:] == sorted(moments[1:], reverse=True)
        assert moments[:1] == moments[1:2] or len(moments) == 1
        entries = feed.findall("a:entry", ATOM)
        keys = [text(entry, "a:id") for entry in entries]
        assert len(set(keys)) == len(keys)
        assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", key) for key in keys)
        for entry in entries:
            content = entry.find("a:content", ATOM)
            assert content is not None
            assert content.get("type") == "html"


def test_there_is_one_for_the_site_each_kind_and_each_place(
    every_kind: tuple[str, dict[str, ET.Element]],
) -> None:
    _, found = every_kind
    assert {"feed.xml", "brands/feed.xml", "series/feed.xml", "places/feed.xml"} <= set(found)
    assert titles(found["places/he-cheng-zhen/feed.xml"]) == [
        "测试品牌甲",
        "测试人物甲",
        "测试单位乙",
    ]
    # A place shows what lies in the places below it too.
    assert "测试品牌甲" in titles(found["places/he-cheng-shi/feed.xml"])
    assert titles(found["places/mei-you-pin-pai-de-zhen/feed.xml"]) == []
    assert {"测试品牌甲", "测试人物甲", "测试活动甲"} <= set(titles(found["feed.xml"]))


def test_the_whole_text_is_there_with_links_that_lead_to_the_pages(
    every_kind: tuple[str, dict[str, ET.Element]],
) -> None:
    url, found = every_kind
    pages = {"activities/huo-dong-jia/", "figures/ce-shi-ren-wu-jia/", "brands/brand-a/"}
    for path in ("feed.xml", "brands/feed.xml", "places/he-cheng-zhen/feed.xml"):
        entry = found[path].find("a:entry[a:title='测试品牌甲']", ATOM)
        assert entry is not None
        content = entry.find("a:content", ATOM)
        assert content is not None
        html = content.text or ""
        assert "<strong>“加粗”</strong>" in html
        assert "测试口号" in html
        assert "R&amp;D &lt;创新&gt;" in html
        assert "测试荣誉甲（2020年）" in html
        # Where the feed lies, then what it says its base is, then the link: as a reader does.
        home = url or "https://host/below/"
        base = urljoin(urljoin(home, path), content.get(BASE))
        links = {urljoin(base, link) for link in re.findall(r'href="([^"#]+)"', html)}
        assert links <= {home + page for page in pages}
        assert links
        if url:
            assert all(link.startswith(url) for link in re.findall(r'href="([^"]+)"', html))
        link = entry.find("a:link[@rel='alternate']", ATOM)
        assert link is not None
        assert urljoin(urljoin(home, path), link.get("href")) == f"{home}brands/brand-a/"


def test_what_is_not_public_is_in_none(tmp_path: Path) -> None:
    for path, data in files(site(tmp_path / "p", "every-kind"), URL).items():
        text = data.decode("utf-8", "replace")
        for secret in ("保密", "不公开的授权记录", "只给工作人员看的备注", "2999"):
            assert secret not in text, f"{secret} in {path}"


def test_the_newest_come_first_and_no_more_than_a_reader_needs(tmp_path: Path) -> None:
    content = {
        f"activities/{n:03}.md": f"---\n名称: 活动{n:03}\n开始: 2024-01-01\n---\n"
        for n in range(LENGTH + 20)
    }
    content["activities/最新.md"] = "---\n名称: 最新\n发布日期: 2025-02-03\n---\n"
    content["activities/不详.md"] = "---\n名称: 不详\n---\n"
    found = feeds(files(project(tmp_path / "p", content)))
    for path in ("feed.xml", "activities/feed.xml"):
        shown = titles(found[path])
        assert len(shown) == LENGTH
        assert shown[:2] == ["最新", "活动000"]
        assert text(found[path], "a:updated") == "2025-02-03T00:00:00+08:00"
        assert "不详" not in shown


def test_dates_are_the_content_s_own_whatever_the_clock_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = {
        "activities/甲.md": "---\n名称: 甲\n开始: 2019-03\n---\n",
        "activities/乙.md": "---\n名称: 乙\n---\n",
        "figures/丙.md": "---\n名称: 丙\n类型: 个人\n荣誉: [{荣誉: 丁, 年份: 2021}]\n---\n",
        "honours.yml": "- id: 丁\n  名称: 丁\n",
        "places.yml": "- id: 空\n  名称: 空\n",
    }
    made = project(tmp_path / "p", content)
    before = files(made)
    monkeypatch.setitem(os.environ, "SOURCE_DATE_EPOCH", "1900000000")
    assert files(made) == before
    feed = feeds(before)["feed.xml"]
    when = {
        text(entry, "a:title"): text(entry, "a:updated")[:10]
        for entry in feed.findall("a:entry", ATOM)
    }
    # What has no date stands last, with the date of the oldest: it never turns up as new.
    assert when == {
        "丙": "2021-01-01",
        "甲": "2019-03-01",
        "乙": "2019-03-01",
        "丁": "2019-03-01",
        "空": "2019-03-01",
    }
    assert text(feeds(before)["places/kong/feed.xml"], "a:updated")[:10] == "2019-03-01"


def test_an_id_stays_when_title_and_address_change(tmp_path: Path) -> None:
    one = project(tmp_path / "one", {"brands/甲.md": "---\n名称: 甲\n---\n"})
    other = project(tmp_path / "other", {"brands/甲.md": "---\n名称: 乙\n网址名: yi\n---\n"})
    foreign = project(
        tmp_path / "foreign",
        {"brands/甲.md": "---\n名称: 甲\n---\n", "site.yml": "站名: 另一个站\n"},
    )
    ids = [
        text(feeds(files(made))["brands/feed.xml"], "a:entry/a:id")
        for made in (one, other, foreign)
    ]
    assert ids[0] == ids[1] != ids[2]
    assert text(feeds(files(one, URL))["brands/feed.xml"], "a:entry/a:id") not in ids


@pytest.mark.parametrize("sign", ["]]>", "<![CDATA[", "&amp;", "--", "🌻"])
def test_no_text_breaks_the_xml(tmp_path: Path, sign: str) -> None:
    made = project(
        tmp_path / "p",
        {"brands/甲.md": f"---\n名称: 甲{sign}乙\n简介: 甲{sign}乙\n---\n\n甲{sign}乙\n"},
    )
    feed = feeds(files(made, 'https://e.org/"<&/'))["feed.xml"]
    assert titles(feed) == [f"甲{sign}乙"]


def test_only_real_links_are_made_absolute(tmp_path: Path) -> None:
    body = (
        "[坏](http://[::1)和[好](<https://e.org/[1]>)，"
        '写着 href="../x" 的字，[外面](https://e.org/?a=1&b=2)，[本页](#甲)，'
        '`<a href="../y">`\n\n## 甲\n'
    )
    made = project(tmp_path / "p", {"brands/甲.md": f"---\n名称: 甲\n网址名: jia\n---\n\n{body}"})
    entry = feeds(files(made, URL))["feed.xml"].find("a:entry", ATOM)
    assert entry is not None
    html = text(entry, "a:content")
    assert 'href="../x" 的字' in html
    assert '&lt;a href="../y"&gt;' in html
    assert re.findall(r'<a[^>]* href="([^"]*)"', html) == [
        "https://e.org/[1]",
        "https://e.org/?a=1&amp;b=2",
        f"{URL}brands/jia/#s-甲",
    ]

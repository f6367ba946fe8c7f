"""The built site's other files: all listed, all reachable, the same below any path."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest

from showcase import builder
from showcase.model import KINDS
from tests.commands import showcase
from tests.projects import site, tree

URL = "https://www.example.org/wm/"


class Links(HTMLParser):
    """Every address in a page's links, by the relation it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = dict(attrs)
        if tag in ("a", "link") and had.get("href"):
            self.found.append((had.get("rel") or "", had["href"] or ""))


@pytest.fixture(scope="module", params=["", URL], ids=["anywhere", "at an address"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = site(tmp_path_factory.mktemp("outputs") / "p", "every-kind")
    if request.param:
        settings = made / "mkdocs.yml"
        settings.write_text(f"site_url: {URL}\n{settings.read_text('utf-8')}", "utf-8")
    builder.build(made, made / "site", strict=True)
    return made / "site"


def test_every_page_says_where_its_feed_is(built: Path) -> None:
    def feeds(page: str) -> list[str]:
        links = Links((built / page / "index.html").read_text("utf-8")).found
        return [urljoin(f"/{page}", url) for rel, url in links if rel == "alternate"]

    assert feeds("") == ["/feed.xml"]
    assert feeds("about/") == ["/feed.xml"]
    assert feeds("brands/") == ["/feed.xml", "/brands/feed.xml"]
    assert feeds("places/he-cheng-zhen/") == ["/feed.xml", "/places/he-cheng-zhen/feed.xml"]
    for page in built.rglob("index.html"):
        for rel, url in Links(page.read_text("utf-8")).found:
            if rel == "alternate":
                assert (page.parent / url).resolve().is_file(), (page, url)


def test_what_the_pages_of_data_and_activities_link_to_is_there(built: Path) -> None:
    for page, names in (("activities", {"activities.ics"}), ("data", {"brands.csv", "feed.xml"})):
        links = Links((built / page / "index.html").read_text("utf-8")).found
        near = [url for rel, url in links if not urlsplit(url).scheme and rel != "alternate"]
        files = {unquote(urlsplit(url).path) for url in near}
        for file in files:
            target = (built / page / file).resolve()
            assert target.is_file() or (target / "index.html").is_file(), file
        assert names <= {Path(file).name for file in files}


def test_the_lists_of_pages_are_what_was_built(built: Path) -> None:
    pages = {
        page.parent.relative_to(built).as_posix().removeprefix(".")
        for page in built.rglob("index.html")
    }
    addresses = json.loads((built / "data/addresses.json").read_text("utf-8"))
    assert {place.strip("/") for place in addresses} == pages
    at_address = "Sitemap:" in (built / "robots.txt").read_text("utf-8")
    assert (built / "sitemap.xml").exists() is at_address
    if at_address:
        space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
        root = ET.fromstring((built / "sitemap.xml").read_bytes())  # noqa: S314 - our own
        found = [str(one.findtext(f"{space}loc")) for one in root]
        kept = {
            place
            for place, page in addresses.items()
            if "to" not in page
            and '<meta name="robots"' not in (built / place[1:] / "index.html").read_text("utf-8")
        }
        assert "/brands/brand-a/" in kept
        assert "/brands/brand-a/board/" not in kept
        assert sorted(found) == sorted(f"{URL}{place[1:]}" for place in kept)
        assert not (built / "sitemap.xml.gz").exists()
        robots = (built / "robots.txt").read_text("utf-8")
        assert f"Sitemap: {URL}sitemap.xml" in robots


def test_a_former_address_leads_on(built: Path) -> None:
    html = (built / "brands/ce-shi-pin-pai-jia-jiu-ming/index.html").read_text("utf-8")
    assert re.search(r'content="0; url=../brand-a/"', html)
    assert (built / "brands/brand-a/index.html").is_file()


def test_there_are_the_data_of_every_kind(built: Path) -> None:
    for kind in KINDS.values():
        for ending in ("csv", "json"):
            assert (built / f"data/{kind.plural}.{ending}").is_file()


def test_templates_are_not_published(built: Path) -> None:
    assert not (built / "feeds").exists()
    assert not [name for name in tree(built) if name.endswith((".xml.html", "redirect.html"))]


def test_a_file_put_there_by_hand_stays(tmp_path: Path) -> None:
    made = site(tmp_path / "p", "every-kind")
    (made / "docs/robots.txt").write_text("User-agent: *\nDisallow: /handbook/\n", "utf-8")
    (made / "docs/_redirects").write_text("/old/ /about/ 301\n", "utf-8")
    builder.build(made, made / "site", strict=True)
    assert "Disallow: /handbook/" in (made / "site/robots.txt").read_text("utf-8")
    assert (made / "site/_redirects").read_text("utf-8") == "/old/ /about/ 301\n"


def test_an_address_that_would_vanish_is_reported_after_a_build(tmp_path: Path) -> None:
    made = site(tmp_path / "p", "every-kind")
    builder.build(made, made / "site", strict=True)
    assert showcase("check", "--strict", "--project", str(made)).returncode == 0
    (made / "content/figures/群体甲.md").rename(made / "content/figures/群体丙.md")
    done = showcase("check", "--format", "json", "--project", str(made))
    assert [item["code"] for item in json.loads(done.stdout)] == ["URL006"]
    assert "qun-ti-jia" in json.loads(done.stdout)[0]["help"]
    text = (made / "content/figures/群体丙.md").read_text("utf-8")
    mended = text.replace("类型:", "曾用: qun-ti-jia\n类型:")
    (made / "content/figures/群体丙.md").write_text(mended, "utf-8")
    assert showcase("check", "--strict", "--project", str(made)).returncode == 0
    builder.build(made, made / "new", strict=True)
    html = (made / "new/figures/qun-ti-jia/index.html").read_text("utf-8")
    assert "url=../qun-ti-bing/" in html

"""Former addresses lead to the page of today: at once, or nowhere rather than to another's."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

from tests.outputs import URL, files, listed
from tests.projects import project


def brand(title: str, *lines: str) -> str:
    return "\n".join(["---", f"名称: {title}", *lines, "---", ""])


class Page(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def one(self, tag: str, **attributes: str) -> dict[str, str]:
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        (found,) = [had for name, had in self.tags if name == tag and wanted.items() <= had.items()]
        return found


def moved(folder: Path, content: dict[str, str], url: str = "") -> dict[str, str]:
    """Return where each former address leads, by its page."""
    found = {}
    for path, data in files(project(folder, content), url).items():
        if path.endswith("/index.html"):
            refresh = Page(data).one("meta", http_equiv="refresh")["content"]
            target = urljoin(f"/{path}", refresh.removeprefix("0; url="))
            found[path.removesuffix("index.html")] = target.removeprefix("/")
    return found


def test_each_way_to_name_a_former_address(tmp_path: Path) -> None:
    aliases = (
        "曾用: [向阳, old-name, figures/ren-wu, 'https://e.org/wm/themes/zhu-ti/#s-1', 向陽花開]"
    )
    found = moved(tmp_path / "p", {"brands/向阳花开.md": brand("甲", aliases)})
    assert found == {
        "brands/xiang-yang/": "brands/xiang-yang-hua-kai/",
        "brands/old-name/": "brands/xiang-yang-hua-kai/",
        "figures/ren-wu/": "brands/xiang-yang-hua-kai/",
        "themes/zhu-ti/": "brands/xiang-yang-hua-kai/",
    }


def test_what_cannot_be_an_address_makes_no_page(tmp_path: Path) -> None:
    long = "长" * 100
    aliases = f"曾用: [page, /brands/page/, ../../etc/passwd, {long}, /unknown/jia/, ★]"
    found = moved(tmp_path / "p", {"brands/甲.md": brand("甲", aliases)})
    (of_a_sign,) = [place for place in found if re.fullmatch(r"brands/r-[0-9a-f]{8}/", place)]
    assert set(found) == {
        "brands/etc-passwd/",
        "brands/unknown-jia/",
        "brands/brands-page/",
        of_a_sign,
    }
    assert set(found.values()) == {"brands/jia/"}


def test_a_page_goes_before_a_former_address_and_two_claims_lead_nowhere(tmp_path: Path) -> None:
    content = {
        "brands/甲.md": brand("甲", "曾用: [乙, 丙]"),
        "brands/乙.md": brand("乙", "曾用: 丙"),
        "brands/丁.md": brand("丁", "曾用: 戊"),
    }
    assert moved(tmp_path / "p", content) == {"brands/wu/": "brands/ding/"}


def test_what_is_not_public_leads_nowhere_and_makes_room(tmp_path: Path) -> None:
    content = {
        "brands/甲.md": brand("甲", "状态: 撤下", "曾用: 旧甲"),
        "brands/乙.md": brand("乙", "曾用: 甲"),
    }
    assert moved(tmp_path / "p", content) == {"brands/jia/": "brands/yi/"}


def test_the_page_is_small_and_is_not_indexed(tmp_path: Path) -> None:
    made = project(tmp_path / "p", {"brands/甲.md": brand("'<甲> & \"乙\"'", "曾用: 旧")})
    for url, canonical in (("", "../jia/"), (URL, f"{URL}brands/jia/")):
        data = files(made, url)["brands/jiu/index.html"]
        assert len(data) < 1_000
        page = Page(data)
        assert page.one("link", rel="canonical")["href"] == canonical
        assert page.one("meta", name="robots")["content"] == "noindex"
        assert page.one("a")["href"] == "../jia/"
        assert page.one("html")["lang"] == "zh-Hans"
        assert "&lt;甲&gt; &amp;" in data.decode()
        assert not {"script", "img", "style"} & {tag for tag, _ in page.tags}


def test_hosts_get_a_file_that_counts_from_their_root(tmp_path: Path) -> None:
    made = project(tmp_path / "p", {"brands/甲.md": brand("甲", "曾用: 旧")})
    assert files(made)["_redirects"] == b"/brands/jiu/ /brands/jia/ 301\n"
    assert files(made, URL)["_redirects"] == b"/wm/brands/jiu/ /wm/brands/jia/ 301\n"
    plain = project(tmp_path / "plain", {"brands/甲.md": brand("甲")})
    assert "_redirects" not in files(plain)


def test_the_manifest_holds_them_too(tmp_path: Path) -> None:
    made = project(tmp_path / "p", {"brands/甲.md": brand("甲", "曾用: 旧")})
    pages = json.loads(listed(made)["data/addresses.json"])
    assert pages["/brands/jia/"] == {"title": "甲", "kind": "brand"}
    assert pages["/brands/jiu/"] == {"title": "甲", "kind": "brand", "to": "/brands/jia/"}

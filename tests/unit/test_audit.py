"""`audit`: a fault planted in a built site is found, and nothing else is."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from PIL import Image

from showcase.audit import CHECKS, Audit, audit, explanation, known, traces_of
from showcase.audit.page import read_page
from showcase.audit.show import as_page, as_text
from showcase.audit.survey import Known
from showcase.audit.twice import compare
from showcase.cli import main
from showcase.pipeline import check_project
from tests.projects import HOUSE, project, site

DAY = date(2026, 1, 5)
PAGE = "figures/ce-shi-ren-wu-jia/index.html"
Built = tuple[Path, Known]
Plant = Callable[..., None]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A project with its built site; the site is not a registered one, so that it may be old."""
    made = site(tmp_path_factory.mktemp("audit") / "p", "every-kind")
    settings = made / "content" / "site.yml"
    lines = settings.read_text("utf-8").split("\n")
    settings.write_text("\n".join(line for line in lines if "标识码" not in line), "utf-8")
    command = [sys.executable, "-m", "showcase.cli", "build", "--project", str(made)]
    done = subprocess.run(command, cwd=HOUSE, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return made, known(check_project(made), DAY)


def look(folder: Path, about: Known | None = None) -> set[tuple[str, str]]:
    return {(one.code, one.file) for one in audit(folder, DAY, about).diagnostics}


def change(file: str, *pairs: tuple[str, str]) -> Plant:
    """Change words of a file, of the page itself where none is named."""

    def plant(folder: Path, page: str) -> None:
        path = folder / (file or page)
        text = path.read_text("utf-8")
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        path.write_text(text, "utf-8")

    return plant


def body(html: str) -> Plant:
    """Put HTML at the end of the page's main part."""
    return change("", ("</main>", f"{html}</main>"))


def add(file: str, data: str | bytes) -> Plant:
    def plant(folder: Path, _: str = "") -> None:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)

    return plant


def every(*plants: Plant) -> Plant:
    def plant(folder: Path, page: str) -> None:
        for one in plants:
            one(folder, page)

    return plant


def used(name: str, data: str | bytes) -> Plant:
    """Add a file that the page leads to."""
    return every(add(name, data), body(f'<p><a href="/{name}">文件</a></p>'))


def photo(folder: Path, page: str) -> None:
    image = Image.new("RGB", (8, 8))
    exif = Image.Exif()
    exif[0x010F] = "测试相机"
    (folder / "photos").mkdir(exist_ok=True)
    image.save(folder / "photos" / "a.jpg", exif=exif)
    body('<p><img src="/photos/a.jpg" alt="测试照片"></p>')(folder, page)


ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:1</id><title>测试</title>
<updated>2020-01-01T00:00:00Z</updated><author><name>甲</name></author>
<link rel="self" href="/feed.xml"/>
<entry><id>urn:x:2</id><title>条目</title><updated>2020-01-01T00:00:00Z</updated>
<link href="/figures/"/></entry></feed>
"""
ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//测试//测试//
BEGIN:VEVENT
UID:a@b
DTSTAMP:20200101T000000Z
DTSTART;VALUE=DATE:20200101
DTEND;VALUE=DATE:20200102
SUMMARY:测试活动
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")
MAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://example.org/no/such/</loc></url></urlset>
"""

FAULTS: dict[str, tuple[Plant, set[tuple[str, str]]]] = {
    "a link to nowhere": (body('<a href="../没有/">甲</a>'), {("AUD001", PAGE)}),
    "a link that climbs out": (body('<a href="../../../../x/">甲</a>'), {("AUD001", PAGE)}),
    "an absolute link to nowhere": (body('<a href="/nowhere/">甲</a>'), {("AUD001", PAGE)}),
    "a percent-encoded link to nowhere": (
        body('<a href="../%E6%B2%A1%E6%9C%89/">甲</a>'),
        {("AUD001", PAGE)},
    ),
    "an image's candidate that is missing": (
        body('<img src="/assets/images/logo.svg" srcset="/a.png 1x, /b.png 2x" alt="">'),
        {("AUD001", PAGE)},
    ),
    "a style that loads nothing": (
        used("s6.css", "p{background:url(no.png)}"),
        {("AUD001", "s6.css")},
    ),
    "a place that is not there": (body('<a href="#nowhere">甲</a>'), {("AUD002", PAGE)}),
    "a place that another page lacks": (
        body('<a href="../#%E6%97%A0">甲</a>'),
        {("AUD002", PAGE)},
    ),
    "p in p": (body("<p>甲<p>乙</p></p>"), {("AUD003", PAGE)}),
    "a block among words": (body("<p><span><div>甲</div></span></p>"), {("AUD003", PAGE)}),
    "a link in a link": (
        body('<a href="#main-content">甲<a href="#main-content">乙</a></a>'),
        {("AUD003", PAGE)},
    ),
    "a stray end": (body("</section>"), {("AUD003", PAGE)}),
    "an open tag": (body("<div>"), {("AUD003", PAGE)}),
    "crossed tags": (body("<p><b><i>甲</b></i></p>"), {("AUD003", PAGE)}),
    "an attribute twice": (body('<p class="a" class="b">甲</p>'), {("AUD003", PAGE)}),
    "an unknown element": (body("<foo>甲</foo>"), {("AUD003", PAGE)}),
    "an obsolete element": (body("<p><font>甲</font></p>"), {("AUD003", PAGE)}),
    "words in a list": (body("<ul>甲<li>乙</li></ul>"), {("AUD003", PAGE)}),
    "a bare ampersand reference": (body("<p>甲 &lt 乙</p>"), {("AUD003", PAGE)}),
    "a bare less-than": (body("<p>1 < 2</p>"), {("AUD003", PAGE)}),
    "an id twice": (body('<p id="main-content">甲</p>'), {("AUD004", PAGE)}),
    "a title twice": (
        change("", ("<title>测试人物甲", "<title>关于")),
        {("AUD005", PAGE)},
    ),
    "a number of a person": (body("<p>电话 13812345678</p>"), {("AUD006", PAGE)}),
    "a number in an attribute": (
        body('<p><img src="/assets/images/logo.svg" alt="13812345678"></p>'),
        {("AUD006", PAGE)},
    ),
    "a number written in references": (
        body("<p>&#49;3812345&#54;78</p>"),
        {("AUD006", PAGE)},
    ),
    "a number in the search index": (
        change("search/r/8.js", ('"]', ' 13812345678"]')),
        {("AUD006", "search/r/8.js")},
    ),
    "a number in a drawing": (
        used("d27.svg", "<svg><title>13812345678</title></svg>"),
        {("AUD006", "d27.svg")},
    ),
    "a draft's title": (body("<p>保密草稿标题</p>"), {("AUD007", PAGE)}),
    "a draft's title in the other script and spaced": (
        body("<p>保 密 草 稿 標 題</p>"),
        {("AUD007", PAGE)},
    ),
    "a draft's title percent-encoded": (
        body('<a href="?q=%E4%BF%9D%E5%AF%86%E8%8D%89%E7%A8%BF%E6%A0%87%E9%A2%98">甲</a>'),
        {("AUD007", PAGE)},
    ),
    "a draft's title in references": (
        body("<p>&#20445;&#23494;&#x8349;&#x7a3f;&#26631;&#39064;</p>"),
        {("AUD007", PAGE)},
    ),
    "a draft's title in the search index": (
        change("search/r/5.js", ('"]', ' \\u4fdd\\u5bc6\\u8349\\u7a3f\\u6807\\u9898"]')),
        {("AUD007", "search/r/5.js")},
    ),
    "a draft's title in parts": (
        body("<p>保密<b>草稿</b>标题</p>"),
        {("AUD007", PAGE)},
    ),
    "a draft's words": (body("<p>前面，保密草稿正文，提到了</p>"), set()),
    "a draft's pinyin": (
        used("bao-mi-cao-gao-biao-ti.txt", "甲"),
        {("AUD007", "bao-mi-cao-gao-biao-ti.txt"), ("AUD007", PAGE)},
    ),
    "a draft's page": (
        add("activities/bu-gong-kai-de-cao-gao/index.html", "<!doctype html>"),
        {("AUD007", "activities/bu-gong-kai-de-cao-gao/index.html")},
    ),
    "a private field": (body("<p>不公开的授权记录</p>"), {("AUD008", PAGE)}),
    "a script from elsewhere": (
        body('<script src="https://cdn.example.org/a.js"></script>'),
        {("AUD009", PAGE)},
    ),
    "a host that is warmed up": (
        change("", ("</head>", '<link rel="preconnect" href="//cdn.example.org"></head>')),
        {("AUD009", PAGE)},
    ),
    "a style from elsewhere": (
        used("s40.css", '@import "https://a.example/a.css";'),
        {("AUD009", "s40.css")},
    ),
    "a script that asks elsewhere": (
        used("a.js", 'fetch("https://a.example/x");'),
        {("AUD009", "a.js")},
    ),
    "a heavy page": (body(f"<p hidden>{'0a1b' * 1}</p>"), set()),
    "no language": (change("", (' lang="zh-Hans"', "")), {("AUD011", PAGE)}),
    "an image without words": (
        body('<p><img src="/assets/images/logo.svg"></p>'),
        {("AUD012", PAGE)},
    ),
    "two first headings": (body("<h1>甲</h1>"), {("AUD013", PAGE)}),
    "a skipped heading": (body("<h2>甲</h2><h4>乙</h4>"), {("AUD013", PAGE)}),
    "an empty link": (body('<p><a href="../"></a></p>'), {("AUD014", PAGE)}),
    "an empty heading": (body("<h2> </h2>"), {("AUD014", PAGE)}),
    "a link with a hidden sign": (
        body('<p><a href="../"><span aria-hidden="true">×</span></a></p>'),
        {("AUD014", PAGE)},
    ),
    "a file left over": (add("assets/old.css", "a{}"), {("AUD015", "assets/old.css")}),
    "a record left over in the index": (
        add("search/r/9999.js", "showcaseSearch.record();"),
        {("AUD015", "search/r/9999.js")},
    ),
    "a feed without an author": (
        add("f52/feed.xml", ATOM.replace("<author><name>甲</name></author>", "")),
        {("AUD016", "f52/feed.xml")},
    ),
    "a feed with a wrong time": (
        add("f53/feed.xml", ATOM.replace("2020-01-01T00:00:00Z", "2020-01-01")),
        {("AUD016", "f53/feed.xml")},
    ),
    "a feed with entities": (
        add("f54/feed.xml", ATOM.replace("<feed", '<!DOCTYPE x [<!ENTITY a "b">]><feed')),
        {("AUD016", "f54/feed.xml")},
    ),
    "a feed that leads nowhere": (
        add("f55/feed.xml", ATOM.replace("/figures/", "/nowhere/")),
        {("AUD001", "f55/feed.xml")},
    ),
    "a feed from tomorrow's tomorrow": (
        add("f56/feed.xml", ATOM.replace("2020-01-01", "2027-01-01")),
        {("AUD019", "f56/feed.xml")},
    ),
    "a calendar of bare line feeds": (
        add("c57.ics", ICS.replace("\r\n", "\n")),
        {("AUD017", "c57.ics")},
    ),
    "a day that ends before it began": (
        add("c58.ics", ICS.replace("DATE:20200102", "DATE:20200101")),
        {("AUD017", "c58.ics")},
    ),
    "a map of another site": (add("sitemap-2.xml", MAP), {("AUD018", "sitemap-2.xml")}),
    "a list of addresses that are gone": (
        add("data/addresses.json", '{"figures/gone/": {"title": "甲", "kind": "figure"}}'),
        {("AUD018", "data/addresses.json")},
    ),
    "a blank column": (body('<p class="sc-empty">空</p>'), {("AUD020", PAGE)}),
    "a path of a computer": (body("<p>/home/ceshi/p/content</p>"), {("AUD022", PAGE)}),
    "a host of the office's network": (
        body('<a href="http://oa.intranet/">甲</a>'),
        {("AUD022", PAGE)},
    ),
    "an inline handler": (body('<p onclick="a()">甲</p>'), {("AUD023", PAGE)}),
    "a link of script": (body('<a href="javascript:a()">甲</a>'), {("AUD023", PAGE)}),
    "a script in a drawing": (
        used("d66.svg", "<svg><script>a()</script></svg>"),
        {("AUD023", "d66.svg")},
    ),
    "no UTF-8": (used("a.txt", "测试".encode("gb18030")), {("AUD025", "a.txt")}),
    "a file of an office program": (
        used("~$a.txt", "a"),
        {("AUD025", "~$a.txt")},
    ),
    "a photo with its camera": (photo, {("AUD026", "photos/a.jpg")}),
    "data that is none": (add("data/j70.json", "{"), {("AUD027", "data/j70.json")}),
    "a table for a formula": (
        add("data/t71.csv", "\ufeff甲,乙\r\n=1+1,2\r\n"),
        {("AUD027", "data/t71.csv")},
    ),
    "a table without its mark": (add("data/t72.csv", "甲,乙\r\n"), {("AUD027", "data/t72.csv")}),
}
GOOD: dict[str, Plant] = {
    "links of every kind": body(
        '<a href="../">甲</a><a href="/figures/?q=1#main-content">乙</a><a href="?a">丙</a>'
        '<a href="https://example.org/">丁</a><a href="mailto:office@example.gov.cn">戊</a>'
        '<a href="./index.html#%6Dain-content">己</a><a href="#">庚</a><a href="#top">辛</a>'
        '<a href="/brands">壬</a>'
    ),
    "optional end tags": body("<ul><li>甲<li>乙</ul><dl><dt>甲<dd>乙</dl><div><p>甲</div>"),
    "a table": body("<table><tr><th scope=col>甲<td>乙<tr><td>丙<td>丁</table>"),
    "a link around blocks": body('<div><a href="../"><div>甲</div></a></div>'),
    "names of links": body(
        '<p><a href="../" aria-label="甲"></a>'
        '<a href="../"><img src="/assets/images/logo.svg" alt="乙"></a></p>'
    ),
    "ampersands in addresses": body('<a href="?a=1&b=2&amp;c">甲</a><p>R&amp;D，A & B</p>'),
    "a public record's own words": body("<p>测试人物甲 ce-shi-ren-wu-jia</p>"),
    "data of a picture": body('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">'),
    "a feed": add("f81/feed.xml", ATOM),
    "a calendar": add("c82.ics", ICS),
    "a table of data": add("data/t83.csv", "\ufeff甲,乙\r\n-1.5,2\r\n"),
    "a manual's example of a path": body("<p>放在 content/brands 里，/etc/nginx 不动</p>"),
    "a page for a former address": add(
        "old/index.html",
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url=../">'
        '<title>已移到新地址</title></head><body><p><a href="../">新地址</a></p></body></html>',
    ),
}


def copy(built: Built, tmp_path: Path) -> Path:
    shutil.copytree(built[0] / "site", tmp_path / "site")
    return tmp_path / "site"


def test_a_site_as_it_is_built_has_no_fault(built: Built) -> None:
    assert look(built[0] / "site", built[1]) == set()


@pytest.fixture(scope="module")
def planted(
    built: Built, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """A site with every fault on a page of its own, audited once: the pages, what was found."""
    folder = copy(built, tmp_path_factory.mktemp("planted"))
    add("feed.xml", ATOM)(folder)
    free = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*/*/index.html"))]
    free = [page for page in free if page not in (PAGE, "handbook/rules/index.html")]
    pages = {}
    for name, plant in {**{name: one for name, (one, _) in FAULTS.items()}, **GOOD}.items():
        pages[name] = PAGE if name == "a title twice" else free.pop()
        plant(folder, pages[name])
    return pages, look(folder, built[1])


Planted = tuple[dict[str, str], set[tuple[str, str]]]


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_what_is_found(planted: Planted, name: str) -> None:
    pages, found = planted
    expected = {(code, pages[name] if file == PAGE else file) for code, file in FAULTS[name][1]}
    files = {pages[name], *(file for _, file in expected)}
    here = {(code, file) for code, file in found if file in files}
    if name == "a draft's page":  # it is an empty page besides
        here = {(code, file) for code, file in here if code == "AUD007"}
    assert here == expected


@pytest.mark.parametrize("name", GOOD)
def test_what_is_right_is_not_reported(planted: Planted, name: str) -> None:
    pages, found = planted
    assert {code for code, file in found if file == pages[name]} == set()


def test_nothing_but_the_planted_faults_is_found(planted: Planted) -> None:
    pages, found = planted
    named = {file for _, expected in FAULTS.values() for _, file in expected}
    assert {file for _, file in found} <= named | set(pages.values())


def test_a_policy_is_held_against_the_page(built: Built, tmp_path: Path) -> None:
    folder = copy(built, tmp_path)
    body('<p style="color:red">甲</p><script>a()</script>')(folder, PAGE)
    other = folder / "brands" / "index.html"
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", other.read_text("utf-8"))
    other.write_text(bare, "utf-8")
    found = [one for one in audit(folder, DAY).diagnostics if one.code == "AUD023"]
    mine = sorted(one.message for one in found if one.file == PAGE)
    assert mine == ["策略不允许行内样式（style 属性）", "策略不允许这段行内的 <script>"]
    # A page without any is a fault where the others have one.
    assert {one.file for one in found} == {PAGE, "brands/index.html"}


def test_a_hash_allows_an_inline_script() -> None:
    hashed = "'sha256-Vl42BBcIwoyvRj4CEbxtt7YGeC3UkbNH3zRVFBBSMM8='"
    for source, faults in ((hashed, 1), ("'unsafe-inline'", 0), ("'self'", 1)):
        page = read_page(
            "<!doctype html><meta http-equiv=content-security-policy "
            f'content="script-src {source}"><script>a()</script>'
        )
        from showcase.audit.reading import against_policy  # noqa: PLC0415 - beside its use

        assert len(list(against_policy(page))) == faults


def test_heavy_pages_and_pictures_are_reported(built: Built, tmp_path: Path) -> None:
    folder = copy(built, tmp_path)
    noise = "".join(chr(0x4E00 + (index * 7919) % 20000) for index in range(60_000))
    body(f"<p>{noise}</p>")(folder, PAGE)
    assert ("AUD010", PAGE) in look(folder, built[1])


def test_without_its_records_a_site_is_audited_and_the_report_says_so(built: Built) -> None:
    done = audit(built[0] / "site", DAY)
    assert done.diagnostics == ()
    assert any("没有记录" in line for line in as_text(done))


def test_a_registered_site_must_have_news(tmp_path: Path) -> None:
    text = "名称: 测试\n标识码: '1234567890'\n".replace("名称", "站名")
    made = project(
        tmp_path / "p",
        {"site.yml": text, "activities/甲.md": "---\n名称: 甲\n开始: 2026-01-01\n---\n"},
    )
    (made / "site").mkdir()
    add("index.html", "<!doctype html>")(made / "site")
    checked = check_project(made)
    for day, stale in ((date(2026, 1, 10), False), (date(2026, 2, 1), True)):
        codes = {one.code for one in audit(made / "site", day, known(checked, day)).diagnostics}
        assert ("AUD021" in codes) is stale


def test_names_that_should_be_gone_are_found_in_every_form(built: Built) -> None:
    done = audit(built[0] / "site", DAY, built[1], traces_of(("測試人物甲",)))
    files = {one.file for one in done.diagnostics if one.code == "AUD028"}
    assert {PAGE, "index.html", "figures/index.html", "search/w/0.js"} <= files
    gone = audit(built[0] / "site", DAY, built[1], traces_of(("无此人名",)))
    assert gone.diagnostics == ()


# --- hostile sites ------------------------------------------------------------------------------


HOSTILE = {
    "garbage.html": bytes(range(256)) * 400,
    "open.html": b"<a " * 100_000,
    "quotes.html": b'<a x="' * 100_000,
    "comments.html": b"<!--" * 100_000,
    "deep.html": b"<!doctype html><div>" + b"<div>" * 100_000 + b"</b>" * 100_000,
    "entities.html": b"<p>" + b"&#" * 100_000,
    "less.html": b"<" * 200_000,
    "utf16.html": "<!doctype html><p>甲".encode("utf-16"),
    "a.css": b"url(" * 50_000 + b"@import " * 50_000,
    "a.js": b'"' * 100_001 + b"\\u{110000}" * 1000,
    "a.svg": b"<svg" * 50_000,
    "feed.xml": b"<feed>" * 100_000,
    "a.ics": b"BEGIN:VEVENT\n" * 5_000,
    "data/a.json": b"[" * 100_000,
    "data/a.csv": b'"' * 100_001,
    "a.jpg": b"\xff\xd8\xff\xe1" + b"\0" * 1000,
    "a.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 1000,
    "sitemap.xml": b"\xff\xfe<",
    "_headers": b"/*\n  Content-Security-Policy: ;;;",
    "robots.txt": b"Sitemap:\nSitemap: http://[::1\n",
    "links.html": b'<a href="http://[">a</a><a href="%ff%00">a</a><a href="///">a</a>'
    b'<img srcset=",,, , a" alt><a href="\\\\host\\x">b</a>',
}


def test_nothing_in_a_site_makes_the_audit_fail(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    for name, data in HOSTILE.items():
        add(name, data)(folder)
    (folder / "out").symlink_to("/")
    (folder / "loop").symlink_to(".")
    with (folder / "large.txt").open("wb") as stream:
        stream.truncate(50 << 20)
    done = audit(folder, DAY)
    found = {(one.code, one.file) for one in done.diagnostics}
    assert {("AUD025", "out"), ("AUD025", "loop"), ("AUD010", "large.txt")} <= found
    assert ("AUD001", "index.html") in found
    for name in HOSTILE:
        if name.endswith(".html"):
            assert any(file == name for _, file in found), name
    assert all(line.replace("\x1b", "").isprintable() for line in as_text(done))


def test_an_empty_folder_has_no_home_page(tmp_path: Path) -> None:
    assert look(tmp_path) == {("AUD001", "index.html")}


# --- the report ---------------------------------------------------------------------------------


def test_the_page_of_the_report_is_valid_and_needs_nothing(built: Built, tmp_path: Path) -> None:
    folder = copy(built, tmp_path)
    for name in ("p in p", "an inline handler", "a private field"):
        FAULTS[name][0](folder, PAGE)
    done = audit(folder, DAY, built[1])
    page = read_page(as_page(done, "<site>", DAY))
    assert page.faults == []
    assert [use for use in page.uses if use.way == "load"] == []
    assert {"AUD003", "AUD008", "AUD023"} <= page.ids.keys()


def test_places_are_where_the_fault_stands(built: Built, tmp_path: Path) -> None:
    folder = copy(built, tmp_path)
    body('\n\n  <p><a href="no/">甲</a></p>')(folder, PAGE)
    (one,) = audit(folder, DAY).diagnostics
    line = (folder / PAGE).read_text("utf-8").split("\n")[one.span.line - 1]
    assert line[one.span.column - 1 :].startswith('<a href="no/">')


@pytest.mark.parametrize("code", CHECKS)
def test_every_check_can_be_explained(code: str) -> None:
    done = CliRunner().invoke(main, ["explain", code.lower()])
    assert done.exit_code == 0
    assert done.output.startswith(f"{code} {CHECKS[code].title}")
    assert explanation(code).endswith("。")


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["audit", *words])
    return done.exit_code, done.output


def test_the_command_keeps_the_contract(built: Built, tmp_path: Path) -> None:
    made, folder = built[0], copy(built, tmp_path)
    assert run("--project", str(made), str(folder))[0] == 0
    assert run("--project", str(made), str(folder / "none"))[0] == 2
    body("<h1>甲</h1>")(folder, PAGE)
    assert run("--project", str(made), str(folder))[0] == 0
    code, said = run("--project", str(made), "--strict", "--format", "json", str(folder))
    assert code == 1
    (one,) = json.loads(said)
    assert one == {
        "code": "AUD013",
        "severity": "warning",
        "file": PAGE,
        "line": one["line"],
        "column": one["column"],
        "field": "",
        "message": "一页应当有一个一级标题，这里有 2 个",
        "help": CHECKS["AUD013"].help,
    }
    report = tmp_path / "report.html"
    body("<p>/home/ceshi/a</p>")(folder, PAGE)
    assert run("--project", str(made), "--html", str(report), str(folder))[0] == 1
    assert "AUD022" in report.read_text("utf-8")


def test_two_builds_of_a_project_are_the_same(built: Built) -> None:
    kept = built[0] / ".cache"
    shutil.rmtree(kept)
    assert list(compare(built[0])) == []
    # Both began with nothing: what one kept would have hidden what the other does.
    assert not kept.exists()


def test_a_difference_is_named_with_its_place(tmp_path: Path) -> None:
    from showcase.audit.twice import _differences  # noqa: PLC0415 - the half that needs no build

    one, other = tmp_path / "1", tmp_path / "2"
    for folder, text in ((one, "甲\nabc"), (other, "甲\nabd")):
        add("a.txt", text)(folder)
    add("b.txt", "")(other)
    found = [(item.file, item.span.line, item.span.column) for item in _differences(one, other)]
    assert found == [("a.txt", 2, 3), ("b.txt", 1, 1)]


def test_more_of_the_same_is_counted(built: Built, tmp_path: Path) -> None:
    done = Audit((), 0, 0, with_records=False, newest=None, registered=False, counts={})
    assert replace(done, counts={"AUD003": 500}).counting(strict=True) == ()
    folder = copy(built, tmp_path)
    pages = sorted(folder.rglob("index.html"))
    for page in islice((page for page in pages if "</main>" in page.read_text("utf-8")), 30):
        body("<foo>甲</foo>" * 15)(folder, page.relative_to(folder).as_posix())
    done = audit(folder, DAY)
    assert len(done.diagnostics) == 200
    assert any("另有 250 处没有列出" in line for line in as_text(done))

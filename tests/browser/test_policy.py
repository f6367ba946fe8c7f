"""The content policy: every page works under it, and what slips into a page does nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from showcase.policy import headers, page_policy
from tests.browser.conftest import Serve
from tests.browser.test_site import addresses

pytestmark = pytest.mark.browser

LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
MODES = {
    "light": {},
    "dark": {"showcase.scheme": "dark"},
    "larger text": {"showcase.size": "3"},
}
FAILED = "Failed to load resource: net::ERR_FAILED"
WAYS = [("http", mode) for mode in MODES] + [("file", "dark")]


def sorts(site: Path) -> list[str]:
    """Return a page of every sort: the others are made from the same template."""
    found: dict[tuple[str, int], str] = {}
    for address in addresses(site):
        found.setdefault((address.partition("/")[0], address.count("/")), address)
    return list(found.values())


def opened(context: BrowserContext, url: str) -> tuple[Page, list[str]]:
    """Open a page; return it with the list in which everything blocked or broken turns up."""
    wrong: list[str] = []
    page = context.new_page()
    page.add_init_script(LISTEN)
    page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(url)
    wrong += page.evaluate("window.violations")
    if url.startswith("file:"):
        # No policy: from a disk a browser lets no picture be used as a mask (the cover's seeds).
        wrong[:] = [what for what in wrong if "by CORS policy" not in what and FAILED not in what]
    return page, wrong


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


def test_every_page_carries_the_policy_before_anything_it_rules(site: Path) -> None:
    meta = f'<meta http-equiv="Content-Security-Policy" content="{page_policy()}">'
    for address in addresses(site):
        path = site / address
        html = (path / "index.html" if path.is_dir() else path).read_text("utf-8")
        before, found, after = html.partition(meta)
        assert found, address
        assert not re.search(r"<(script|link|style|img|base)\b", before), address
        assert '<meta name="referrer" content="same-origin">' in after, address
        # Nothing inline: no script, style, handler or address that is a script.
        # A block of data is not run, and no policy of scripts asks about it.
        code = re.findall(r'<script(?! type="application/ld\+json">)[^>]*>', after)
        assert all(" src=" in script for script in code), address
        assert not re.search(r"<style\b|<[^>]*\s(style|on[a-z]+)=|=\"\s*javascript:", after), (
            address
        )


def test_the_policy_forbids_what_is_inline_and_what_is_elsewhere() -> None:
    policy = page_policy()
    assert "unsafe" not in policy
    assert "http" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "base-uri 'none'" in policy
    assert "form-action 'self'" in policy


def test_hosts_are_given_the_same_policy_and_more(site: Path) -> None:
    lines = (site / "_headers").read_text("utf-8").splitlines()
    assert lines[0] == "/*"
    given = dict(line.strip().split(": ", 1) for line in lines[1:])
    assert given == dict(headers())
    assert given["Content-Security-Policy"].startswith(page_policy())
    assert "frame-ancestors 'self'" in given["Content-Security-Policy"]
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in given["Permissions-Policy"]


@pytest.mark.parametrize(("scheme", "mode"), WAYS)
def test_every_sort_of_page_opens_under_the_policy(
    browser: Browser, serve: Serve, site: Path, scheme: str, mode: str
) -> None:
    root = serve(site) if scheme == "http" else f"{site.as_uri()}/"
    context = browser.new_context()
    choices = "".join(f"localStorage.setItem('{k}', '{v}');" for k, v in MODES[mode].items())
    context.add_init_script(f"try {{ {choices} }} catch {{}}")
    wrong = []
    for address in sorts(site):
        place = (
            f"{address}index.html" if scheme == "file" and address[-1:] in ("", "/") else address
        )
        if scheme == "file" and address == "404.html":
            continue  # a page for servers: its links begin at the server's root
        page, told = opened(context, root + place)
        wrong += [f"/{address}: {what}" for what in told]
        # Its own scripts and styles did run.
        assert page.evaluate("document.documentElement.className") == "js", address
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px", address
        page.close()
    context.close()
    assert wrong == []


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_the_search_works_under_the_policy(
    context: BrowserContext, serve: Serve, site: Path, scheme: str
) -> None:
    root = serve(site) if scheme == "http" else f"{site.as_uri()}/"
    page, wrong = opened(context, f"{root}explore/index.html?q=向阳")
    expect(page.locator("[data-search-state=done]")).to_be_visible()
    expect(page.locator('[data-record="brand/向阳花开"]').first).to_be_visible()
    page.locator("main input[type=search]").fill("乳娘")
    page.keyboard.press("Enter")
    expect(page.locator('[data-record="figure/红色乳娘"]').first).to_be_visible()
    assert wrong == []
    assert page.evaluate("window.violations") == []


def test_the_search_of_the_header_works_under_the_policy(
    context: BrowserContext, serve: Serve, site: Path
) -> None:
    page, wrong = opened(context, f"{serve(site)}about/")
    page.locator("[data-search-open]").click()
    page.locator("[role=dialog] input[type=search]").fill("乳娘")
    page.keyboard.press("Enter")
    expect(page.locator('[data-record="figure/红色乳娘"]').first).to_be_visible()
    assert wrong == []
    assert page.evaluate("window.violations") == []


INJECTED = {
    "handler": '<img src="no.png" onerror="window.hit = 1">',
    "script": "<script>window.hit = 1</script>",
    "address": '<a id="try" href="javascript:window.hit = 1">x</a>',
    "frame": '<iframe srcdoc="<script>parent.hit = 1</script>"></iframe>',
    "other host": '<script src="https://127.0.0.1:9/x.js"></script>',
    "data": '<script src="data:text/javascript,window.hit = 1"></script>',
    "style": "<style>body { --hit: 1 }</style>",
    "style attribute": '<p id="styled" style="--hit: 1">x</p>',
    "base": '<base href="https://127.0.0.1:9/">',
    "object": '<object data="data:text/html,<script>parent.hit = 1</script>"></object>',
}


@pytest.mark.parametrize("scheme", ["http", "file"])
@pytest.mark.parametrize("name", INJECTED)
def test_what_slips_into_a_page_stays_dead(
    context: BrowserContext, serve: Serve, site: Path, tmp_path: Path, scheme: str, name: str
) -> None:
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    home = copy / "index.html"
    html = home.read_text("utf-8")
    found = html.index("<h1")
    home.write_text(html[:found] + INJECTED[name] + html[found:], "utf-8")
    url = f"{serve(copy)}index.html" if scheme == "http" else home.as_uri()
    page, wrong = opened(context, url)
    if name == "address":
        page.locator("#try").click()
        page.wait_for_timeout(200)
        wrong += page.evaluate("window.violations")
    assert wrong, "nothing was blocked"
    assert page.evaluate("window.hit") is None
    styled = "getComputedStyle(document.querySelector('#styled') ?? document.body)"
    assert page.evaluate(f"{styled}.getPropertyValue('--hit')") == ""
    assert page.evaluate("document.baseURI") == page.url


def test_links_that_leave_say_so(context: BrowserContext, serve: Serve, site: Path) -> None:
    copy_of_home = serve(site)
    page, _ = opened(context, copy_of_home)
    page.evaluate("""() => {
      const links = ["https://www.gov.cn/", "http://www.gov.cn/", "about/", "mailto:a@b.cn"];
      document.querySelector("main").append(...links.map((href, i) => {
        const a = document.createElement("a");
        a.href = href; a.textContent = "链接" + i; a.id = "link" + i;
        return a;
      }));
    }""")
    for number, outside in enumerate((True, True, False, False)):
        link = page.locator(f"#link{number}")
        words = r" ?（站外链接）" if outside else ""
        expect(link).to_have_accessible_name(re.compile(f"^链接{number}{words}$"))
        sign = "e => getComputedStyle(e, '::after').content !== 'none'"
        assert link.evaluate(sign) == outside

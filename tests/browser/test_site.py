"""Every page of the shipped site, opened as a reader opens it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.browser.conftest import Serve, leads_on

WIDTHS = (390, 1280)

pytestmark = pytest.mark.browser

LINKS = """() => [...document.querySelectorAll('[href], [src]')].map(e => e.href || e.src)"""
IDS = """() => [...document.querySelectorAll('[id]')].map(e => e.id)"""
SCROLL = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""


def addresses(site: Path) -> list[str]:
    """Return the address of every page, from the site's root."""
    pages = sorted(page for page in site.rglob("*.html") if not leads_on(page))
    return [path.relative_to(site).as_posix().removesuffix("index.html") for path in pages]


class Visit:
    """A browser page that remembers everything that went wrong on it."""

    def __init__(self, page: Page, root: str) -> None:
        self.page, self.root, self.wrong = page, root, list[str]()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.wrong.append(f"script error: {error}"))
        page.on("request", lambda request: self._request(request.url))
        page.on("response", self._response)

    def _console(self, message: object) -> None:
        if getattr(message, "type", "") in ("error", "warning"):
            self.wrong.append(f"console: {getattr(message, 'text', message)}")

    def _response(self, answer: Response) -> None:
        if answer.status >= 400:
            self.wrong.append(f"{answer.status} {answer.url}")

    def _request(self, url: str) -> None:
        if not url.startswith((self.root, "data:")):
            self.wrong.append(f"request to another host: {url}")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_opens_without_a_fault(
    browser: Browser, serve: Serve, site: Path, width: int
) -> None:
    root = serve(site)
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    visit = Visit(context.new_page(), root)
    wrong: list[str] = []
    ids: dict[str, set[str]] = {}
    links: dict[str, list[str]] = {}
    for address in addresses(site):
        visit.page.goto(root + address)
        scroll = visit.page.evaluate(SCROLL)
        if scroll > 0:
            visit.wrong.append(f"scrolls {scroll} px sideways")
        headings = visit.page.locator("h1").count()
        if headings != 1:
            visit.wrong.append(f"{headings} headings of the first level")
        found = visit.page.evaluate(IDS)
        if len(found) != len(set(found)):
            visit.wrong.append(f"ids twice: {sorted(i for i in set(found) if found.count(i) > 1)}")
        ids[address], links[address] = set(found), visit.page.evaluate(LINKS)
        wrong += [f"/{address}: {what}" for what in visit.wrong]
        visit.wrong.clear()
    context.close()
    assert wrong == []
    assert list(broken(root, site, ids, links)) == []


def broken(
    root: str, site: Path, ids: dict[str, set[str]], links: dict[str, list[str]]
) -> list[str]:
    """Return the links that lead to no file or no heading of the site."""
    found = []
    for address, targets in links.items():
        for target in targets:
            url, anchor = urldefrag(urljoin(root + address, target))
            if not url.startswith(root):
                if urlsplit(url).scheme in ("http", "https", "mailto", "tel", "data"):
                    continue
                found.append(f"/{address}: {target}")
                continue
            place = unquote(urlsplit(url).path).lstrip("/")
            file = site / place / "index.html" if place.endswith("/") or not place else site / place
            if not file.is_file():
                found.append(f"/{address}: {target} leads nowhere")
            elif anchor and place in ids and unquote(anchor) not in ids[place]:
                found.append(f"/{address}: {target} has no such place")
    return found


def test_a_broken_link_would_be_found(tmp_path: Path) -> None:
    root = "http://127.0.0.1:1/"
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text("", "utf-8")
    links = {"a/": ["../b/", "#no", "#yes", "./"]}
    assert len(broken(root, tmp_path, {"a/": {"yes"}}, links)) == 2


def test_records_lead_to_each_other_in_both_directions(
    browser: Browser, serve: Serve, site: Path
) -> None:
    page = browser.new_page()
    page.goto(serve(site) + "brands/xiang-yang-hua-kai/")
    page.locator(".sc-rows__link", has_text="新时代文明实践助学活动").click()
    assert "/activities/" in page.url
    page.locator(".sc-rows__link", has_text="党群同心·向阳花开").first.click()
    assert page.url.endswith("/brands/xiang-yang-hua-kai/")
    page.close()


def test_a_former_address_leads_on_without_script(
    browser: Browser, serve: Serve, site: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    root = serve(site)
    page.goto(f"{root}brands/dang-qun-tong-xin-xiang-yang-hua-kai/")
    page.wait_for_url(f"{root}brands/xiang-yang-hua-kai/")
    assert page.locator("h1").inner_text() == "党群同心·向阳花开"
    context.close()


def test_lists_and_records_need_no_script(browser: Browser, serve: Serve, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(serve(site))
    page.locator(".sc-nav__link", has_text="品牌").click()
    assert page.url.endswith("/brands/")
    page.locator(".sc-card__link", has_text="党群同心·向阳花开").click()
    assert page.locator("h1").inner_text() == "党群同心·向阳花开"
    page.goto(serve(site) + "explore/")
    assert page.locator("main a[href*='/places/'], main a[href*='places/']").count() > 0
    context.close()

"""Every kind of page, read by everyone: small and zoomed, without script, by keyboard, lightly."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Serve
from tests.browser.test_look import PHONE, one_of_each, opened

pytestmark = pytest.mark.browser

BRAND = "brands/xiang-yang-hua-kai/"
FIRST_VISIT, NEXT_PAGE = 60 * 1024, 15 * 1024
"""Bytes over the wire of a record's page without photos, compressed as servers do."""
SIDEWAYS = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""
CUT = """() => [...document.querySelectorAll('main *')]
  .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0)
  .filter(e => getComputedStyle(e).overflowX === 'hidden' && e.textContent.trim())
  .filter(e => !e.closest('[aria-hidden=true]'))
  .map(e => e.className || e.tagName)"""
INVISIBLE = """() => [...document.querySelectorAll('main a, main h1, main p, main td, main dd')]
  .filter(e => e.checkVisibility() && e.textContent.trim())
  .filter(e => getComputedStyle(e).color === getComputedStyle(document.body).backgroundColor)
  .map(e => e.className || e.tagName)"""


@pytest.mark.parametrize("size", ["", "3"], ids=["320 px", "320 px, largest text"])
def test_nothing_is_lost_on_the_smallest_screen(
    browser: Browser, serve: Serve, site: Path, size: str
) -> None:
    # 320 px is also what 1280 px at 400 % leaves (WCAG 1.4.10).
    root = serve(site)
    wrong = []
    with opened(browser, root, "light", 320) as page:
        page.evaluate("size => localStorage.setItem('showcase.size', size)", size)
        for address in one_of_each(site):
            page.goto(root + address)
            wrong += [f"/{address}: {what}" for what in page.evaluate(CUT)]
            if (scroll := page.evaluate(SIDEWAYS)) > 0:
                wrong.append(f"/{address} scrolls {scroll} px sideways")
    assert wrong == []


@pytest.mark.parametrize("size", ["", "1"], ids=["usual", "large"])
def test_a_table_keeps_to_its_column(browser: Browser, serve: Serve, site: Path, size: str) -> None:
    root = serve(site)
    with opened(browser, root, "light") as page:
        page.evaluate("size => localStorage.setItem('showcase.size', size)", size)
        page.goto(root + "indicators/")
        for width in range(700, 1100, 8):
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.locator(".sc-matrix").evaluate("e => e.scrollWidth - e.clientWidth")
            assert wide == 0, width


def test_a_cover_s_name_stands_in_the_middle(browser: Browser, serve: Serve, site: Path) -> None:
    root = serve(site)
    with opened(browser, root, "large") as page:
        page.goto(root + "activities/zhu-xue-huo-dong/board/")
        above, below = page.locator(".sc-cover__line").evaluate(
            """e => { const text = document.createRange(); text.selectNodeContents(e);
            const [name, cover] =
              [text, e.closest('.sc-cover')].map(x => x.getBoundingClientRect());
            return [name.top - cover.top, cover.bottom - name.bottom]; }"""
        )
        assert abs(above - below) < 12


def test_nothing_vanishes_where_the_system_chooses_the_colours(
    browser: Browser, serve: Serve, site: Path
) -> None:
    root = serve(site)
    context = browser.new_context(forced_colors="active", viewport={"width": PHONE, "height": 844})
    page = context.new_page()
    wrong = []
    for address in one_of_each(site):
        page.goto(root + address)
        wrong += [f"/{address}: {what}" for what in page.evaluate(INVISIBLE)]
    page.goto(root + "indicators/")
    bar, scale = (
        page.locator(f".sc-chart__{part}").first.evaluate("e => getComputedStyle(e).fill")
        for part in ("part", "whole")
    )
    assert bar != scale
    page.goto(root)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for mark in (".sc-head__kicker", ".sc-card__kind"):
        drawn = page.locator(mark).first.evaluate(
            "e => getComputedStyle(e, '::before').backgroundColor"
        )
        assert drawn != ground, mark
    badge = page.locator(".sc-badge").first
    assert badge.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
    context.close()
    assert wrong == []


def test_every_kind_of_page_says_everything_without_script(
    browser: Browser, serve: Serve, site: Path
) -> None:
    root = serve(site)
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": PHONE, "height": 844}
    )
    page = context.new_page()
    for address in one_of_each(site):
        page.goto(root + address)
        assert page.locator("h1").is_visible(), address
        assert page.locator(".sc-nav__link").first.is_visible(), address
        # Nothing that needs script is offered.
        assert not page.locator(".sc-bar__tools").is_visible(), address
        assert page.locator("main").inner_text().strip(), address
    page.goto(root + "activities/")
    page.get_by_role("link", name="活动月历").click()
    page.get_by_role("link", name="2019年3月，1 项").click()
    page.get_by_role("link", name="“党群同心·向阳花开”品牌揭牌").click()
    assert page.locator("h1").inner_text() == "“党群同心·向阳花开”品牌揭牌"
    context.close()


def stops(page: Page) -> Iterator[str]:
    """Press Tab until the page is left; yield what each stop is called."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return
        yield page.evaluate("document.activeElement.textContent.trim().slice(0, 30)")


@pytest.mark.parametrize("address", ["calendar/", "indicators/", BRAND + "board/", "sitemap/"])
def test_the_keyboard_reaches_every_link_and_its_place_is_seen(
    browser: Browser, serve: Serve, site: Path, address: str
) -> None:
    root = serve(site)
    with opened(browser, root, "light", 1280) as page:
        page.goto(root + address)
        links = page.locator("a[href]:visible").count()
        buttons = page.locator("button:visible, summary:visible").count()
        assert len(list(stops(page))) >= links + buttons
        page.locator("main a").first.focus()
        page.keyboard.press("Tab")
        assert page.locator(":focus").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_only_what_leaves_the_site_says_so(browser: Browser, serve: Serve, site: Path) -> None:
    root = serve(site)
    page = browser.new_page(viewport={"width": PHONE, "height": 844})
    signs = "all => all.map(a => getComputedStyle(a, '::after').content !== 'none')"
    page.goto(root + "explore/?q=红色")
    page.locator("[data-search-state=done]").wait_for()
    hits = page.locator(".sc-hit__link").evaluate_all(signs)
    assert hits
    assert not any(hits)
    page.goto(root)
    page.keyboard.press("/")
    page.locator(".sc-dialog__input").fill("红色")
    page.locator(".sc-option").first.wait_for()
    assert not any(page.locator(".sc-dialog a[href]").evaluate_all(signs))
    page.close()


def test_the_first_screen_says_what_this_is(browser: Browser, serve: Serve, site: Path) -> None:
    root = serve(site)
    for width, height in ((PHONE, 844), (1280, 800)):
        context = browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        page.goto(root)
        for part in ("h1", ".sc-head__lead", ".sc-seek", ".sc-feature h3"):
            box = page.locator(part).first.bounding_box()
            assert box is not None, part
            assert box["y"] + box["height"] <= height, (width, part)
        context.close()


def loaded(browser: Browser, url: str, site: Path) -> dict[str, int]:
    """Return what one visit to a page loads, by its path, in bytes as servers send them."""
    page = browser.new_page(viewport={"width": PHONE, "height": 844})
    paths: list[str] = []
    page.on("response", lambda answer: paths.append(urlsplit(answer.url).path))
    page.goto(url, wait_until="networkidle")
    page.close()
    found = {}
    for path in paths:
        file = site / path.lstrip("/")
        data = (file / "index.html" if path.endswith("/") else file).read_bytes()
        found[path] = min(len(data), len(gzip.compress(data, 6)))
    return found


def test_pages_are_light(browser: Browser, serve: Serve, site: Path) -> None:
    root = serve(site)
    heavy = []
    for address in one_of_each(site):
        sizes = loaded(browser, root + address, site)
        own = sizes[f"/{address}"]
        if sum(sizes.values()) > FIRST_VISIT or own > NEXT_PAGE:
            heavy.append(f"/{address}: {sum(sizes.values())} bytes at first, {own} next")
    assert heavy == []


def test_each_component_stands_on_the_pattern_page() -> None:
    house = Path(__file__).parents[2]
    shown = (house / "overrides" / "patterns.html").read_text("utf-8")
    partials = {
        path.name
        for path in (house / "overrides" / "partials").glob("*.html")
        if "{% macro " in path.read_text("utf-8")
    }
    elsewhere = {"linked_data.html", "rows.html"}
    assert {name for name in partials - elsewhere if f"partials/{name}" not in shown} == set()
    sheets = {path.name for path in (house / "docs/assets/stylesheets").glob("*.css")}
    # What is around every page, what paper and the dark change, and what needs a script.
    around = {"tokens.css", "base.css", "shell.css", "dark.css", "print.css", "pattern.css"}
    assert {name for name in sheets - around if f"{name}：" not in shown} == {
        "report.css", "search.css"
    }  # fmt: skip

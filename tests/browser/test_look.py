"""The look: accessible in every dress, steady while it loads, and the reader's choice is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from showcase.model import KINDS
from tests.browser.conftest import Serve, leads_on

pytestmark = pytest.mark.browser

PHONE, DESK = 390, 1280
DRESSES = {
    "light": {},
    "dark": {"showcase.scheme": "dark"},
    "large": {"showcase.size": "1"},
}
"""What the reader's browser remembers in each dress."""

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OTHERS = (
    *(
        "",
        "explore/",
        "about/",
        "privacy/",
        "data/",
        "handbook/",
        "handbook/site/",
        "handbook/patterns/",
        "404.html",
    ),
    *("brands/", "venues/", "places/", "years/", "honours/", "teams/", "indicators/"),
    *("calendar/", "calendar/2019-03/", "sitemap/"),
)

REMEMBERED = """choices => {
  for (const [key, value] of Object.entries(choices)) localStorage.setItem(key, value);
}"""
WATCHED = """
  window.shifted = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) window.shifted += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(function first() {
    if (!document.body) return requestAnimationFrame(first);
    window.first = window.dress();
  });
  window.dress = () => ({
    size: document.documentElement.dataset.size ?? '',
    ground: getComputedStyle(document.body).backgroundColor,
  });
"""
SMALL = """() => [...document.querySelectorAll('body *')]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).fontSize) < 18)
  .map(e => e.className || e.tagName)"""
LEVELS = """() => [...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')]
  .filter(e => e.checkVisibility())
  .map(e => [Number(e.tagName[1]), e.textContent.trim()])"""


def one_of_each(site: Path) -> list[str]:
    """Return the address of one page of each kind of page."""
    pages = (sorted((site / kind.plural).glob("*/index.html")) for kind in KINDS.values())
    records = [next(page for page in of_kind if not leads_on(page)).parent for of_kind in pages]
    year = min((site / "years").glob("*/index.html")).parent
    boards = [page / "board" for page in records]
    return [
        *OTHERS,
        "brands/xiang-yang-hua-kai/",
        *(f"{page.relative_to(site).as_posix()}/" for page in (*records, *boards, year)),
    ]


@contextmanager
def opened(browser: Browser, root: str, dress: str, width: int = PHONE) -> Iterator[Page]:
    """Open a window in which the reader has chosen a dress before."""
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(root + "404.html")
    page.evaluate(REMEMBERED, DRESSES[dress])
    yield page
    context.close()


@pytest.mark.parametrize("dress", DRESSES)
def test_every_kind_of_page_is_accessible(
    browser: Browser, serve: Serve, site: Path, dress: str
) -> None:
    root = serve(site)
    axe = Axe()
    wrong: list[str] = []
    with opened(browser, root, dress) as page:
        for address in one_of_each(site):
            page.goto(root + address)
            answer = axe.run(
                page,
                options={
                    "runOnly": WCAG,
                    # 7:1 (WCAG 2.2, 1.4.6) is what the large text promises.
                    "rules": {"color-contrast-enhanced": {"enabled": dress == "large"}},
                    "resultTypes": ["violations"],
                },
            )
            wrong += [
                f"/{address}: {found['id']} at {[node['target'] for node in found['nodes'][:3]]}"
                for found in answer.response["violations"]
            ]
            if dress == "large":
                wrong += [f"/{address}: under 18 px: {what}" for what in page.evaluate(SMALL)]
            if dress == "light":
                wrong += [f"/{address}: {what}" for what in skipped(page.evaluate(LEVELS))]
    assert wrong == []


def skipped(headings: list[tuple[int, str]]) -> Iterator[str]:
    """Yield the headings that are empty or that leave out a level."""
    above = 0
    for level, text in headings:
        if not text:
            yield f"an empty heading of level {level}"
        if level > above + 1:
            yield f"«{text}» goes from level {above} to {level}"
        above = level


def test_a_skipped_level_would_be_found() -> None:
    assert list(skipped([(1, "甲"), (2, "乙"), (3, "丙"), (2, "丁")])) == []
    assert len(list(skipped([(1, "甲"), (3, "乙"), (2, "")]))) == 2


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("dress", DRESSES)
def test_nothing_moves_or_flashes_while_a_page_loads(
    browser: Browser, serve: Serve, site: Path, dress: str, width: int
) -> None:
    root = serve(site)
    with opened(browser, root, dress, width) as page:
        page.add_init_script(WATCHED)
        for address in ("", "brands/xiang-yang-hua-kai/", "venues/"):
            page.goto(root + address)
            page.wait_for_function("window.first")
            assert page.evaluate("window.first") == page.evaluate("window.dress()"), address
            assert page.evaluate("window.shifted") < 0.01, address
        assert page.evaluate("window.first.size") == DRESSES[dress].get("showcase.size", "")


@pytest.mark.parametrize(("choice", "mark"), [("size", "data-size"), ("scheme", "data-scheme")])
def test_a_choice_is_kept_until_it_is_taken_back(
    browser: Browser, serve: Serve, site: Path, choice: str, mark: str
) -> None:
    root = serve(site)
    with opened(browser, root, "light") as page:
        page.goto(root)
        html, button = page.locator("html"), page.locator(f"[data-sc-toggle={choice}]")
        before, name = html.get_attribute(mark), button.inner_text()
        button.click()
        chosen = html.get_attribute(mark)
        assert chosen != before
        for address in ("", "brands/"):
            page.goto(root + address)
            assert html.get_attribute(mark) == chosen
            assert button.inner_text() != name
        button.click()
        page.reload()
        assert html.get_attribute(mark) == before
        assert button.inner_text() == name


def test_the_keyboard_skips_to_the_text(browser: Browser, serve: Serve, site: Path) -> None:
    root = serve(site)
    with opened(browser, root, "light") as page:
        page.goto(root + "brands/")
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "跳到正文"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.locator("#main-content :focus").count() == 1


def test_escape_closes_the_menu(browser: Browser, serve: Serve, site: Path) -> None:
    root = serve(site)
    with opened(browser, root, "light") as page:
        page.goto(root)
        menu, nav = page.get_by_role("button", name="菜单"), page.locator("#sc-nav")
        assert not nav.is_visible()
        menu.focus()
        page.keyboard.press("Enter")
        assert nav.is_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert not nav.is_visible()
        assert menu.evaluate("button => button === document.activeElement")

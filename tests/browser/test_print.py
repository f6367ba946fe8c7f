"""Paper: official proportions, a sane number of pages, nothing cut, one sheet for a board."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from showcase.model import KINDS
from tests.browser.conftest import Serve

pytestmark = pytest.mark.browser

BRAND = "brands/xiang-yang-hua-kai/"
TEXT_BLOCK = ViewportSize(width=590, height=850)
"""156 × 225 mm at 96 pixels an inch (GB/T 9704-2012, 5.2)."""
WIDE = """() => [...document.querySelectorAll('main *')]
  .filter(e => e.checkVisibility() && getComputedStyle(e).clipPath === 'none')
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(e => e.className || e.tagName)"""

CUT = """() => [...document.querySelectorAll('.sc-board, .sc-board__text')]
  .filter(e => e.scrollHeight > e.clientHeight).map(e => e.className)"""
"""What of a board has no room on its sheet."""


def paper(browser: Browser, url: str) -> int:
    """Return how many sheets of A4 a page fills."""
    page = browser.new_page()
    page.goto(url)
    data = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    assert set(re.findall(rb"/MediaBox\s*\[0 0 (\d+)\.\d+ (\d+)\.\d+\]", data)) == {
        (b"594", b"841")
    }
    return len(re.findall(rb"/Type\s*/Page\b", data))


def test_a_case_study_prints_on_a_few_sheets(browser: Browser, serve: Serve, site: Path) -> None:
    root = serve(site)
    assert 6 <= paper(browser, root + BRAND) <= 10
    assert paper(browser, root + "activities/zhu-xue-huo-dong/") <= 2


def test_a_board_is_one_sheet_and_holds_all_of_it(
    browser: Browser, serve: Serve, site: Path
) -> None:
    root = serve(site)
    page = browser.new_page(viewport={"width": 794, "height": 1123})
    page.emulate_media(media="print")
    for board in sorted(site.glob("*/*/board/index.html")):
        address = board.parent.relative_to(site).as_posix() + "/"
        page.goto(root + address)
        assert page.evaluate(CUT) == [], address
        assert not page.locator(".sc-header, .sc-footer").first.is_visible()
    page.close()
    for kind in KINDS.values():
        first = min((site / kind.plural).glob("*/board/index.html")).parent
        assert paper(browser, f"{root}{first.relative_to(site).as_posix()}/") == 1, kind.label


def test_text_has_the_proportions_of_an_official_document(
    browser: Browser, serve: Serve, site: Path
) -> None:
    context = browser.new_context(viewport=TEXT_BLOCK)
    page = context.new_page()
    page.goto(serve(site) + BRAND)
    page.evaluate("localStorage.setItem('showcase.size', '3')")
    page.emulate_media(media="print")
    page.reload()
    line, size = page.locator(".sc-prose > p").first.evaluate(
        "e => (s => [parseFloat(s.lineHeight), parseFloat(s.fontSize)])(getComputedStyle(e))"
    )
    millimetre = 96 / 25.4
    assert int(156 * millimetre / size) == 28
    assert int(225 * millimetre / line) == 22
    assert page.evaluate(WIDE) == []
    context.close()


@pytest.mark.parametrize("address", ["calendar/2019-03/", "indicators/", "places/", "venues/", ""])
def test_nothing_is_cut_at_the_edge_of_the_paper(
    browser: Browser, serve: Serve, site: Path, address: str
) -> None:
    page = browser.new_page(viewport=TEXT_BLOCK)
    page.emulate_media(media="print")
    page.goto(serve(site) + address)
    assert page.evaluate(WIDE) == []
    assert page.locator("h1").is_visible()
    page.close()

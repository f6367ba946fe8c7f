"""Photos in a real browser: nothing moves while they come, and the viewer is everyone's."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests import photography as made
from tests.browser.conftest import Serve
from tests.projects import site as site_of

pytestmark = pytest.mark.browser

COUNTS = (1, 2, 3, 12, 60)
PHONE, DESK = 390, 1280
SHIFTS = """
  window.shifted = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) window.shifted += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
"""
COME = "[...document.images].every(i => i.complete || i.loading === 'lazy')"
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with galleries of several sizes, built once."""
    folder = site_of(tmp_path_factory.mktemp("photos") / "p", "every-kind")
    for count in COUNTS:
        record = folder / "content" / "activities" / f"photos-{count}"
        record.mkdir()
        lines = ["---", f"名称: 测试照片{count}张", "照片:"]
        # The first opens the page; the others are the gallery.
        for number in range(count + 1):
            wide = number % 3 != 2
            size = (900 + number, 600) if wide else (600 + number, 900)
            (record / f"{number}.jpg").write_bytes(made.jpeg(*size))
            lines += [
                f"  - 文件: {number}.jpg",
                f"    说明: 测试说明，第 {number + 1} 幅",
                f"    图注: 测试图注，第 {number + 1} 幅",
                "    来源: 测试单位甲提供",
            ]
        (record / "插图.jpg").write_bytes(made.jpeg(1000 + count, 700))
        lines += ["---", "", '![正文里的插图](插图.jpg "测试单位乙提供")', "", "正文一段。"]
        (record / "index.md").write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "showcase.cli", "build", "--strict", "--project", str(folder)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@contextmanager
def opened(
    browser: Browser, address: str, width: int = DESK, *, script: bool = True
) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        java_script_enabled=script,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(address)
    yield page
    context.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("count", COUNTS)
def test_nothing_moves_while_photos_come(
    browser: Browser, serve: Serve, photos: Path, count: int, width: int
) -> None:
    with opened(browser, f"{serve(photos)}activities/photos-{count}/", width) as page:
        last = page.locator(".sc-gallery__cell").last
        last.scroll_into_view_if_needed()
        page.wait_for_function(
            "[...document.images].every(i => i.complete || i.loading === 'lazy')"
        )
        assert page.evaluate("window.shifted") < 0.01
        assert not page.evaluate(OVERFLOWS)
        assert page.locator(".sc-gallery__cell").count() == count
        boxes = [
            box for cell in page.locator(".sc-gallery img").all() if (box := cell.bounding_box())
        ]
        assert len({round(box["width"]) for box in boxes}) == 1
        assert min(box["width"] for box in boxes) > 90


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_page_of_photos_is_accessible_closed_and_open(
    browser: Browser, serve: Serve, photos: Path, width: int
) -> None:
    with opened(browser, f"{serve(photos)}activities/photos-12/", width) as page:
        for is_open in (False, True):
            if is_open:
                page.locator("a.sc-photo__link").first.click()
            found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
            serious = [one["id"] for one in found if one["impact"] in ("serious", "critical")]
            assert serious == []


def test_the_viewer_works_by_keyboard(browser: Browser, serve: Serve, photos: Path) -> None:
    with opened(browser, f"{serve(photos)}activities/photos-3/") as page:
        viewer = page.locator("[data-sc-viewer]")
        count, picture = viewer.locator(".sc-viewer__count"), viewer.locator("img")
        links = page.locator("a.sc-photo__link")
        # The first, the one in the prose, the gallery's three.
        assert links.count() == 5
        links.first.focus()
        page.keyboard.press("Enter")
        assert viewer.is_visible()
        assert count.inner_text() == "1／5"
        assert picture.get_attribute("alt") == "测试说明，第 1 幅"
        page.wait_for_function("document.querySelector('.sc-viewer img').naturalWidth > 600")
        page.keyboard.press("ArrowRight")
        assert (count.inner_text(), picture.get_attribute("alt")) == ("2／5", "正文里的插图")
        assert "测试单位乙提供" in viewer.locator(".sc-viewer__caption").inner_text()
        page.keyboard.press("End")
        assert count.inner_text() == "5／5"
        page.keyboard.press("ArrowRight")
        assert count.inner_text() == "1／5"
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Escape")
        assert not viewer.is_visible()
        assert links.last.evaluate("link => link === document.activeElement")
        assert page.url.endswith("/activities/photos-3/")


def test_back_closes_the_viewer_and_stays_on_the_page(
    browser: Browser, serve: Serve, photos: Path
) -> None:
    root = serve(photos)
    with opened(browser, root) as page:
        page.goto(f"{root}activities/photos-2/")
        page.locator("a.sc-photo__link").first.click()
        page.go_back()
        assert not page.locator("[data-sc-viewer]").is_visible()
        assert page.url.endswith("/photos-2/")
        page.go_back()
        assert page.url == root


def test_a_swipe_turns_the_page(browser: Browser, serve: Serve, photos: Path) -> None:
    swipe = """viewer => {
      const touch = (x) => new Touch({ identifier: 1, target: viewer, clientX: x, clientY: 300 });
      const fire = (name, x, list) => viewer.dispatchEvent(new TouchEvent(name, {
        touches: list ? [touch(x)] : [], changedTouches: [touch(x)], bubbles: true }));
      fire('touchstart', 300, true);
      fire('touchend', 120, false);
    }"""
    with opened(browser, f"{serve(photos)}activities/photos-2/", PHONE) as page:
        page.locator("a.sc-photo__link").first.click()
        viewer = page.locator("[data-sc-viewer]")
        viewer.evaluate(swipe)
        assert viewer.locator(".sc-viewer__count").inner_text() == "2／4"


def test_without_script_a_photo_is_a_link(browser: Browser, serve: Serve, photos: Path) -> None:
    with opened(browser, f"{serve(photos)}activities/photos-1/", script=False) as page:
        assert page.locator("[data-sc-viewer]").is_hidden()
        page.locator("a.sc-photo__link").first.click()
        page.wait_for_url("**/photos/*.jpg")


def test_from_a_folder_on_disk_photos_show(browser: Browser, photos: Path) -> None:
    address = (photos / "activities" / "photos-1" / "index.html").as_uri()
    with opened(browser, address) as page:
        page.wait_for_function("document.querySelector('.sc-photo img').naturalWidth > 100")
        assert page.locator(".sc-photo img").first.evaluate("i => i.currentSrc").endswith(".webp")
        page.locator("a.sc-photo__link").first.click()
        page.wait_for_function("document.querySelector('.sc-viewer img').naturalWidth > 600")


def test_on_paper_photos_are_whole(browser: Browser, serve: Serve, photos: Path) -> None:
    with opened(browser, f"{serve(photos)}activities/photos-12/", 700) as page:
        page.emulate_media(media="print")
        assert (
            page.locator(".sc-gallery").evaluate(
                "list => getComputedStyle(list).gridTemplateColumns.split(' ').length"
            )
            == 2
        )
        assert (
            page.locator(".sc-gallery img")
            .first.evaluate("image => getComputedStyle(image).aspectRatio")
            .startswith("auto")
        )
        assert not page.evaluate(OVERFLOWS)


def test_a_list_shows_the_pictures_of_its_records_and_stays_still(
    browser: Browser, serve: Serve, photos: Path
) -> None:
    for width in (320, PHONE, DESK):
        with opened(browser, serve(photos) + "activities/", width) as page:
            shown = page.locator(".sc-card__photo img")
            assert shown.count() == len(COUNTS)
            assert page.locator(".sc-card").count() > len(COUNTS)
            for number in range(len(COUNTS)):
                image = shown.nth(number)
                image.scroll_into_view_if_needed()
                assert image.get_attribute("loading") == "lazy"
                assert image.get_attribute("alt") == ""
                box, card = (
                    image.bounding_box(),
                    image.locator("xpath=ancestor::article").bounding_box(),
                )
                assert box
                assert card
                assert abs(box["width"] / box["height"] - 1.5) < 0.02
                assert card["width"] - 3 <= box["width"] <= card["width"]
            page.wait_for_function(COME)
            assert page.evaluate("window.shifted") == 0
            assert not page.evaluate(OVERFLOWS)
            # No more is loaded than is shown: a phone's column at two pixels for one.
            sizes = shown.evaluate_all(
                "all => all.map(i => i.currentSrc.match(/-(\\d+)\\.webp$/)[1])"
            )
            assert set(sizes) <= {"480", "900", "960"}
            assert Axe().run(page).violations_count == 0

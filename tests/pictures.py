"""Makes the repository's pictures of the site: ``python -m tests.pictures``.

The README's two (a record file beside its page; pages in the dresses that readers choose) and the
square one that chats show, set from the logo. Not a test: it is kept here because it needs what the
browser tests need.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.browser.conftest import FLAGS, chromium, server
from tests.projects import HOUSE

RECORD = HOUSE / "content" / "brands" / "向阳花开.md"
ADDRESS = "brands/xiang-yang-hua-kai/"
PICTURES = HOUSE / "docs" / "assets" / "readme"
SHARED = HOUSE / "docs" / "assets" / "images" / "share.png"
WIDTH, HEIGHT, GAP = 620, 860, 20
PHONE = 390
COLOURS = 128
"""Enough for flat colours, and a quarter of the bytes."""
SIDE, LOGO = 600, 440
"""Pixels of the shared picture and of the logo in it; chats want 300 at least."""
DRESSES: tuple[tuple[str, dict[str, str]], ...] = (
    ("", {}),
    (ADDRESS, {"showcase.scheme": "dark"}),
    ("figures/hong-se-ru-niang/", {"showcase.size": "1"}),
)
"""What each phone of the second picture shows, and what its reader has chosen."""
REMEMBERED = """choices => {
  for (const [key, value] of Object.entries(choices)) localStorage.setItem(key, value);
}"""


def main() -> None:
    """Build the site and take every picture of it."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        command = [sys.executable, "-m", "showcase.cli", "build", "--site-dir", str(site)]
        subprocess.run(command, cwd=HOUSE, check=True)
        (site / "record.txt").write_bytes(b"\xef\xbb\xbf" + RECORD.read_bytes())
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        with server(site) as root:
            halves = [shot(browser, root + name, Path(folder)) for name in ("record.txt", ADDRESS)]
            side_by_side(halves, PICTURES / "record-and-page.png")
            phones = [
                dressed(browser, root, number, Path(folder)) for number in range(len(DRESSES))
            ]
            side_by_side(phones, PICTURES / "pages.png")
            shared(browser, root, Path(folder))
        browser.close()


def side_by_side(parts: list[Path], out: Path) -> None:
    """Put pictures of one height beside each other."""
    images = [Image.open(part) for part in parts]
    width = sum(image.width for image in images) + GAP * (len(images) - 1)
    picture = Image.new("RGB", (width, HEIGHT), "#d9d4c8")
    left = 0
    for image in images:
        picture.paste(image, (left, 0))
        left += image.width + GAP
        image.close()
    out.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(COLOURS).save(out, optimize=True)


def dressed(browser: Browser, root: str, number: int, folder: Path) -> Path:
    """Take the top of a page on a phone whose reader has made a choice."""
    address, choices = DRESSES[number]
    viewport = ViewportSize(width=PHONE, height=HEIGHT)
    context = browser.new_context(viewport=viewport, color_scheme="light")
    page = context.new_page()
    page.goto(root + "404.html")
    page.evaluate(REMEMBERED, choices)
    page.goto(root + address)
    path = folder / f"phone-{number}.png"
    page.screenshot(path=path)
    context.close()
    return path


def shared(browser: Browser, root: str, folder: Path) -> None:
    """Set the logo on the site's ground: the picture that stands for the site in a chat."""
    page = browser.new_page(viewport={"width": LOGO, "height": LOGO})
    page.goto(root + "assets/images/logo.svg")
    page.screenshot(path=folder / "logo.png", omit_background=True)
    page.close()
    picture = Image.new("RGB", (SIDE, SIDE), "#faf7f1")
    with Image.open(folder / "logo.png") as logo:
        at = ((SIDE - LOGO) // 2, (SIDE - LOGO) // 2)
        picture.paste(logo, at, logo.convert("RGBA"))
    picture.quantize(COLOURS).save(SHARED, optimize=True)


def shot(browser: Browser, url: str, folder: Path) -> Path:
    """Take the top of a page as a picture."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
    page.goto(url)
    path = folder / f"{page.title() or 'record'}.png"
    page.screenshot(path=path)
    page.close()
    return path


if __name__ == "__main__":
    main()

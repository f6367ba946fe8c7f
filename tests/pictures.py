"""Makes the README's picture, a record file beside its page: ``python -m tests.pictures``.

Not a test: it is kept here because it needs what the browser tests need.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS, chromium, server
from tests.projects import HOUSE

RECORD = HOUSE / "content" / "brands" / "向阳花开.md"
ADDRESS = "brands/xiang-yang-hua-kai/"
PICTURE = HOUSE / "docs" / "assets" / "readme" / "record-and-page.png"
WIDTH, HEIGHT, GAP = 620, 860, 20
COLOURS = 128
"""Enough for flat colours, and a quarter of the bytes."""


def main() -> None:
    """Build the site, take both halves and put them side by side."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        command = [sys.executable, "-m", "showcase.cli", "build", "--site-dir", str(site)]
        subprocess.run(command, cwd=HOUSE, check=True)
        (site / "record.txt").write_bytes(b"\xef\xbb\xbf" + RECORD.read_bytes())
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        with server(site) as root:
            halves = [shot(browser, root + name, Path(folder)) for name in ("record.txt", ADDRESS)]
        browser.close()
        picture = Image.new("RGB", (2 * WIDTH + GAP, HEIGHT), "#d9d4c8")
        for index, half in enumerate(halves):
            with Image.open(half) as image:
                picture.paste(image, (index * (WIDTH + GAP), 0))
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        picture.quantize(COLOURS).save(PICTURE, optimize=True)


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

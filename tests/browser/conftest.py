"""What browser tests stand on: a real Chromium, and a folder served the way a static host does it.

Where no Chromium is found the tests are skipped, and the end of the run says so in capitals; under
CI they fail, for a check that silently does not happen is worse than none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import ABSENT
from tests.projects import HOUSE

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
FLAGS = (
    "--no-sandbox",  # CI runs as root, where Chromium's own sandbox refuses to start
    "--disable-gpu",
    "--no-first-run",
    # These would ask other hosts, and a test counts every request.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
Serve = Callable[[Path], str]
"""Serves a folder until the session ends; returns its address, ``http://127.0.0.1:PORT/``."""


def chromium() -> str | None:
    """The browser to use: the one that is named, else the first that is found."""
    named = os.environ.get("SHOWCASE_CHROMIUM")
    if named:
        return named
    found = (shutil.which(name) for name in NAMES)
    placed = (place for place in PLACES if Path(place).is_file())
    return next((program for program in (*found, *placed) if program), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole session; a test opens a context of its own in it."""
    program = chromium()
    if program is None:
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(ABSENT, pytrace=False)
        pytest.skip(ABSENT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """A function that serves a folder on this machine, at a port that is free."""
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(server(folder))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped site, built once for all browser tests."""
    out = tmp_path_factory.mktemp("shipped") / "site"
    done = subprocess.run(
        [sys.executable, "-m", "showcase.cli", "build", "--strict", "--site-dir", str(out)],
        cwd=HOUSE,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def leads_on(page: Path) -> bool:
    """Tell whether a page only leads from a former address to the one of today."""
    return 'http-equiv="refresh"' in page.read_text("utf-8")


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A static file server in a thread; yields its address."""
    handler = partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        thread = Thread(target=http.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}/"
        http.shutdown()
        thread.join()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a log line for each."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Nothing: a test looks at the answers."""

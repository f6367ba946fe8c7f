"""The preview: drafts marked, diagnostics on the page, a change shown without a restart."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.projects import site

PATIENCE = 60
"""Seconds to wait on a machine that is busy with something else."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(url: str) -> str:
    with urlopen(url, timeout=10) as answer:  # noqa: S310 - this machine, over http
        return str(answer.read().decode("utf-8"))


def wait_for(url: str, text: str) -> str:
    """Return the page once it holds a text; fail with what it held last."""
    page, until = "", time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            page = get(url)
        except (URLError, ConnectionError):
            page = ""
        if text in page:
            return page
        time.sleep(0.3)
    raise AssertionError(f"{text!r} is not on {url}: {page[-2000:]}")


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    made = site(tmp_path / "项目 二", "every-kind")
    port = free_port()
    command = [sys.executable, "-m", "showcase.cli", "serve", "--port", str(port)]
    with subprocess.Popen(
        [*command, "--project", str(made)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as process:
        yield made, f"http://127.0.0.1:{port}/"
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def test_the_preview_follows_the_content(preview: tuple[Path, str]) -> None:
    made, root = preview
    page = wait_for(root + "activities/bu-gong-kai-de-cao-gao/", "保密草稿正文")
    # The script by which the engine reloads the page stands in it; only here may it run.
    assert "livereload(" in page
    assert "script-src 'self' 'unsafe-inline';" in page
    assert "草稿" in page.partition("<main")[2]
    assert "保密撤下标题" not in get(root + "brands/brand-a/")
    brand = made / "content" / "brands" / "品牌甲.md"
    brand.write_text(brand.read_text("utf-8").replace("一个合成的品牌", "一个改过的品牌"), "utf-8")
    wait_for(root + "brands/brand-a/", "一个改过的品牌")
    (made / "content" / "brands" / "坏.md").write_text("---\n名称：坏\n---\n", "utf-8")
    page = wait_for(root + "brands/brand-a/", "SRC007")
    assert "content/brands/坏.md:2:3" in page
    assert "一个改过的品牌" in page

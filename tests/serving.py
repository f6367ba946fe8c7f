"""A preview that runs in a process of its own, and what asks it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from showcase.preview.server import Server

PATIENCE = 60
"""Seconds to wait on a machine that is busy with something else."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(url: str, patience: float = 30) -> str:
    with urlopen(url, timeout=patience) as answer:  # noqa: S310 - this machine, over http
        return str(answer.read().decode("utf-8"))


def wait_for(url: str, text: str) -> str:
    """Return the page once it holds a text; fail with what it held last."""
    page, until = "", time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            page = get(url)
        except HTTPError as none:
            none.close()
        except (URLError, ConnectionError):
            page = ""
        if text in page:
            return page
        time.sleep(0.3)
    raise AssertionError(f"{text!r} is not on {url}: {page[-2000:]}")


@contextmanager
def serving(project: Path, *command: str) -> Iterator[str]:
    """Yield the address of a preview for as long as it runs."""
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", *(part.format(port=port) for part in command)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=project,
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as process:
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=30)
            finally:
                process.kill()


@contextmanager
def answering(project: Path) -> Iterator[tuple[Server, str]]:
    """Yield a server of this process that has read nothing yet, and its address."""
    port = free_port()
    with Server(project, port) as server:
        worker = threading.Thread(target=server.serve_forever)
        worker.start()
        try:
            yield server, f"http://127.0.0.1:{port}/"
        finally:
            server.shutdown()
            worker.join()

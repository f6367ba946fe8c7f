"""What a preview feels like: from start to first page, from saving to the new text served."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Protocol

from msgspec import Struct

from showcase.bench.peers.generator import Generator

_PATIENCE = 600.0
"""Seconds after which a page is not waited for any longer."""
_ENOUGH = 60.0
"""Seconds after which a sort of edit is not repeated."""
_EVERY = 0.01
"""Seconds between two looks at a page."""
_GRACE = 10.0
"""Seconds that a server has to end."""


class Edit(Struct, frozen=True):
    """An edit of one record: the files to write, and the words that its pages then show."""

    files: tuple[tuple[str, str], ...]
    page: str
    related: str
    """The page of the record that it names from now on."""
    words: str


class Seen(Struct, frozen=True):
    """Seconds in a preview: to the first page; to an edit on its page; on the page it names."""

    generator: Generator
    first: float | None = None
    text: tuple[float, ...] = ()
    relation: tuple[float, ...] = ()
    failed: str = ""


class Previewed(Protocol):
    """A project that can be served and edited."""

    @property
    def generator(self) -> Generator:
        """What serves it."""

    @property
    def folder(self) -> Path:
        """Where it stands."""

    def edit(self) -> Edit:
        """Return the next edit."""

    def save(self, edit: Edit) -> None:
        """Write an edit's files."""


def watch(site: Previewed, edits: int) -> Seen:
    """Serve a project that was built before, edit it, and return how long everything took.

    Raises ``RuntimeError`` when the server ends by itself, ``TimeoutError`` when a page stays away.
    """
    port = free_port()
    started = time.perf_counter()
    home = f"http://127.0.0.1:{port}/"
    command = site.generator.serve(site.folder, port)
    with serving(command, site.folder, lambda page: _news(site.generator, home, page)) as server:
        server.wait(home, bool)
        first = time.perf_counter() - started
        # Not counted: a generator may still be busy with its start behind the first page.
        _edit(site, server, home, _page_of)
        text = [_edit(site, server, home, _page_of) for _ in _while_quick(edits)]
        relation = [_edit(site, server, home, _related_to) for _ in _while_quick(edits)]
    return Seen(site.generator, first, tuple(text), tuple(relation))


def _news(generator: Generator, home: str, page: str) -> str:
    path = generator.news(page)
    return home + path if path else ""


def _while_quick(most: int) -> Iterator[int]:
    """Count to ``most``, or until it takes too long."""
    begun = time.monotonic()
    for number in range(most):
        yield number
        if time.monotonic() - begun > _ENOUGH:
            return


def _edit(site: Previewed, server: Server, home: str, where: Callable[[Edit], str]) -> float:
    """Edit the record; return the seconds until a page shows it."""
    edit = site.edit()
    # They are looked at before: that is how people work.
    server.wait(home + edit.page, bool)
    server.wait(home + edit.related, bool)
    saved = time.perf_counter()
    site.save(edit)
    server.wait(home + where(edit), partial(_in, edit.words))
    return time.perf_counter() - saved


def _page_of(edit: Edit) -> str:
    return edit.page


def _related_to(edit: Edit) -> str:
    return edit.related


def _in(words: str, text: str) -> bool:
    return words in text


@contextmanager
def serving(
    command: Sequence[str], folder: Path, news: Callable[[str], str] = lambda _: ""
) -> Iterator[Server]:
    """Run a preview's process in a folder; it ends with the block, and everything it started.

    ``news`` gives of a page the address that answers when there is a newer state.
    What it leaves in the system's temporary folder would stay there, so it gets another: the one
    that ``folder`` stands in.
    """
    temporary = dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(folder.parent))
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - the peers' own commands
            command,
            cwd=folder,
            env={**os.environ, **temporary},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield Server(process, said, news)
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    _signal(process, signal.SIGTERM)
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        _signal(process, getattr(signal, "SIGKILL", signal.SIGTERM))
        process.wait()


def _signal(process: subprocess.Popen[bytes], number: int) -> None:
    """Send a signal to a process and all it started (on Windows, to it alone)."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, number)
    else:
        process.terminate()


class Server(Struct, frozen=True):
    """A preview that runs, and the file that takes what it says."""

    process: subprocess.Popen[bytes]
    said: IO[bytes]
    news: Callable[[str], str]

    def wait(self, url: str, shows: Callable[[str], bool]) -> None:
        """Return as soon as a page shows something.

        Raises ``RuntimeError`` with the server's last words when it ended, ``TimeoutError`` when
        the page never did.
        """
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            text = _page(url)
            if text is not None and shows(text):
                return
            if self.process.poll() is not None:
                self.said.seek(0)
                raise RuntimeError(self.said.read().decode("utf-8", "replace").strip())
            # As a browser waits, where a question can: asking all the time slows the server down.
            news = self.news(text or "")
            if not news or _page(news) is None:
                time.sleep(_EVERY)
        raise TimeoutError(url)


def _page(url: str) -> str | None:
    """Return a page's text, or ``None`` when it is not served (yet)."""
    try:
        with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:  # noqa: S310 - our own
            body: bytes = answer.read()
    except (urllib.error.URLError, http.client.HTTPException, OSError):
        return None
    return body.decode("utf-8", "replace")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port

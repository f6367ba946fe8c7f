"""Answers browsers on this machine, and only on this machine."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from showcase import collector
from showcase.news import NEWS, RELOAD
from showcase.preview.answer import Answer
from showcase.preview.former import Former
from showcase.preview.watch import following, heard
from showcase.store import Store

if TYPE_CHECKING:
    from showcase.preview.follow import Preview

_HOST = "127.0.0.1"
_OURS = frozenset({_HOST, "localhost"})
"""Names under which this machine is asked: a page from elsewhere that has its own name lead here
(«DNS rebinding») could otherwise read what is not public yet."""
_LONGEST = 25.0
"""Seconds that a question for news stays open."""
_SCRIPT = Path(__file__).with_name("reload.js")

Tell = Callable[[str], None]


class NotServed(Exception):
    """A project cannot be shown; the message says why."""


def serve(project: Path, port: int, *, open_browser: bool, tell: Tell) -> None:
    """Serve a project until it is interrupted; ``tell`` is given what its user should know.

    Until it has been read, the site that was built last is served.

    Raises ``OSError`` when the port is taken, and :class:`NotServed`.
    """
    with Server(project, port) as server:
        address = f"http://{_HOST}:{port}/"
        # Heard from before anything is read, so that no change is missed.
        with heard(project) as changes, Store.open(project) as store:
            tell(f"预览地址：{address} （按 Ctrl+C 结束）")
            if server.former.is_there:
                tell("内容读完以前，先显示上一次生成的网站；读完以后网页自己更新。")
            with following(partial(server.begin, store), changes, tell):
                if open_browser:
                    webbrowser.open(address)
                server.serve_forever()
        server.preview()


class Server(ThreadingHTTPServer):
    """Answers at once, with the site that was built last until the project has been read.

    Raises ``OSError`` when the port is taken.
    """

    daemon_threads = True

    def __init__(self, project: Path, port: int) -> None:
        super().__init__((_HOST, port), _Handler)
        self.former = Former(project / "site")
        self._project = project
        self._begun: Future[Preview] = Future()

    def begin(self, store: Store) -> Preview | None:
        """Read the project; what is in the way of that ends the serving, and is raised there."""
        try:
            with collector.put_off():
                from showcase.frame import EngineFailed  # noqa: PLC0415 - takes as long as reading
                from showcase.preview.follow import Preview  # noqa: PLC0415
            try:
                preview = Preview(self._project, store)
            except EngineFailed as error:
                raise NotServed(str(error)) from error
        except Exception as error:  # noqa: BLE001 - raised where the preview is asked for
            self._begun.set_exception(error)
            self.shutdown()
            return None
        self._begun.set_result(preview)
        return preview

    @property
    def is_ready(self) -> bool:
        """Whether the project has been read."""
        return self._begun.done()

    def preview(self) -> Preview:
        """Return the preview, as soon as the project has been read; raises why it was not."""
        return self._begun.result()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with what stands at an address."""
        self._send(self._answer())

    def do_HEAD(self) -> None:
        """Answer so, without the bytes."""
        self._send(self._answer())

    def _answer(self) -> Answer | str:
        if urlsplit(f"//{self.headers.get('Host', '')}").hostname not in _OURS:
            return _text(HTTPStatus.MISDIRECTED_REQUEST, "这个地址不是预览的地址")
        asked = urlsplit(self.path)
        if asked.path == RELOAD:
            return Answer(HTTPStatus.OK, "text/javascript; charset=utf-8", _SCRIPT.read_bytes())
        try:
            return self._from_project(asked)
        except NotServed as why:
            return _text(HTTPStatus.SERVICE_UNAVAILABLE, str(why))

    def _from_project(self, asked: SplitResult) -> Answer | str:
        if asked.path == NEWS:
            known = parse_qs(asked.query).get("known", [""])[0]
            version = int(known) if known.isdecimal() else -1
            return _text(HTTPStatus.OK, str(self.server.preview().wait(version, _LONGEST)))
        path = unquote(asked.path).removeprefix("/")
        former = None if self.server.is_ready else self.server.former.answer(path)
        return former or self.server.preview().answer(path)

    def _send(self, answer: Answer | str) -> None:
        """Send an answer, or lead to another address."""
        if isinstance(answer, str):
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", quote(answer))
            answer = _text(HTTPStatus.FOUND, "")
        else:
            self.send_response(answer.status)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(answer.data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.data)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: what was asked for is of no use to staff."""


def _text(status: HTTPStatus, text: str) -> Answer:
    return Answer(status, "text/plain; charset=utf-8", text.encode())

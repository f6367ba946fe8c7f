"""Answers browsers on this machine, and only on this machine."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

from showcase.frame import RELOAD
from showcase.preview.follow import Preview
from showcase.preview.shown import Answer
from showcase.preview.watch import following, heard
from showcase.store import Store

_HOST = "127.0.0.1"
_OURS = frozenset({_HOST, "localhost"})
"""Names under which this machine is asked: a page from elsewhere that has its own name lead here
(«DNS rebinding») could otherwise read what is not public yet."""
_NEWS = "/-/news"
_LONGEST = 25.0
"""Seconds that a question for news stays open."""
_SCRIPT = Path(__file__).with_name("reload.js")

Tell = Callable[[str], None]


def serve(project: Path, port: int, *, open_browser: bool, tell: Tell) -> None:
    """Serve a project until it is interrupted; ``tell`` is given what its user should know.

    Raises ``OSError`` when the port is taken, and :class:`showcase.frame.EngineFailed`.
    """
    with _Server((_HOST, port), _Handler) as server:
        address = f"http://{_HOST}:{port}/"
        # Heard from before anything is read, so that no change is missed.
        with heard(project) as changes, Store.open(project) as store:
            server.preview = Preview(project, store)
            tell(f"预览地址：{address} （按 Ctrl+C 结束）")
            with following(server.preview, changes, tell):
                if open_browser:
                    webbrowser.open(address)
                server.serve_forever()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    preview: Preview


class _Handler(BaseHTTPRequestHandler):
    server: _Server
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
        preview = self.server.preview
        if asked.path == RELOAD:
            return Answer(HTTPStatus.OK, "text/javascript; charset=utf-8", _SCRIPT.read_bytes())
        if asked.path == _NEWS:
            known = parse_qs(asked.query).get("known", [""])[0]
            version = int(known) if known.isdecimal() else -1
            return _text(HTTPStatus.OK, str(preview.wait(version, _LONGEST)))
        return preview.answer(unquote(asked.path).removeprefix("/"))

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

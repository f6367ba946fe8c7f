"""A site of nothing but the search, and a server that counts: for tests and measurements.

The pages are the project's own templates in a bare frame, so that what is measured is the search
and not the shell around it.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import jinja2

from showcase.outputs.search import SearchDocument, build
from showcase.pages.views import ExploreView, Way, Ways

HOUSE = Path(__file__).resolve().parents[2]
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
_FRAME = """<!doctype html>
<html lang="zh-Hans" class="no-js"><head><meta charset="utf-8"><title>查找</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="{{ root }}tokens.css">
<link rel="stylesheet" href="{{ root }}search.css">
<link rel="icon" href="data:,"><script defer src="{{ root }}search/search.js"></script></head>
<body><header>{% include "partials/search_box.html" %}</header>
<main>{{ content }}</main></body></html>
"""


#: What the template of /explore/ is given: one list to fall back on.
_VIEW = ExploreView(crumbs=(), ways=(Ways("按种类", (Way("品牌", "../brands/", 3),)),), count=3)


def write_site(folder: Path, documents: Iterable[SearchDocument]) -> None:
    """Write the index of `documents`, /explore/ and a home page into `folder`."""
    for path, data in build(documents):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    for address, template in (("", ""), ("explore/", "pages/explore.html")):
        page = folder / address / "index.html"
        page.parent.mkdir(exist_ok=True)
        page.write_text(_page(address, template), "utf-8")
    for name in ("search.css", "tokens.css"):
        style = HOUSE / "docs" / "assets" / "stylesheets" / name
        (folder / name).write_bytes(style.read_bytes())


def _page(address: str, template: str) -> str:
    root = "../" * address.count("/")
    loader = jinja2.FileSystemLoader(HOUSE / "overrides")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["url"] = lambda url: root + url
    content = environment.get_template(template).render(view=_VIEW, root=root) if template else ""
    frame = environment.from_string(_FRAME)
    return frame.render(root=root, content=environment.filters["safe"](content))


@dataclass
class Traffic:
    """What a server has sent: path and compressed size of each answer."""

    sent: list[tuple[str, int]] = field(default_factory=list)

    def clear(self) -> None:
        self.sent.clear()

    def bytes(self, within: str = "") -> int:
        return sum(size for path, size in self.sent if within in path)


class _Handler(SimpleHTTPRequestHandler):
    """Files, compressed as any host would, under a strict content policy; counts what it sends."""

    protocol_version = "HTTP/1.1"

    def __init__(
        self, *args: object, traffic: Traffic, policy: str, cached: bool, directory: str
    ) -> None:
        self._traffic = traffic
        self._policy = policy
        self._cached = cached
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if file.is_dir():
            file /= "index.html"
        if not file.is_file():
            self._traffic.sent.append((self.path, 0))
            self.send_error(404)
            return
        data = _compressed(file)
        self._traffic.sent.append((self.path, len(data)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        if self._policy:
            self.send_header("Content-Security-Policy", self._policy)
        self.send_header("Cache-Control", "max-age=3600" if self._cached else "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 6, mtime=0)


@contextmanager
def served(
    folder: Path, *, policy: str = _POLICY, cached: bool = True
) -> Iterator[tuple[str, Traffic]]:
    """Serve `folder` on this machine: its address, and the traffic so far."""
    traffic = Traffic()
    handler = partial(
        _Handler, traffic=traffic, policy=policy, cached=cached, directory=str(folder)
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", traffic
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""This project itself, on its own theme, settings and hand-written pages."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from showcase.bench.corpus import Synthetic
from showcase.bench.corpus import files as content
from showcase.bench.peers.generator import Generator
from showcase.bench.peers.links import place_of
from showcase.news import NEWS, RELOAD
from showcase.pattern import pattern
from showcase.pinyin import slug
from showcase.pipeline import HOUSE

_RUN = (sys.executable, "-m", "showcase.cli")
_KNOWN = pattern(rf"{re.escape(RELOAD)}\?known=(\d*)")


def check(project: Path) -> Sequence[str]:
    """Return the command that checks a project."""
    return [*_RUN, "check", "--project", str(project)]


def _lay(project: Path) -> None:
    shutil.copy(HOUSE / "mkdocs.yml", project)
    for name in ("docs", "overrides"):
        shutil.copytree(HOUSE / name, project / name)


def _files(corpus: Sequence[Synthetic]) -> Iterator[tuple[str, str]]:
    for path, text in content(corpus):
        yield f"content/{path}", text


def _build(project: Path) -> Sequence[Sequence[str]]:
    site = ["--site-dir", str(project / "site")]
    return [[*_RUN, "build", "--project", str(project), *site]]


def _serve(project: Path, port: int) -> Sequence[str]:
    return [*_RUN, "serve", "--project", str(project), "--port", str(port)]


def _address(name: str) -> str:
    return f"{place_of(name).partition('/')[0]}/{slug(name)}/"


def _news(page: str) -> str:
    """Return what the script of a page asks."""
    known = _KNOWN.search(page)
    return f"{NEWS}?known={known[1]}".removeprefix("/") if known else ""


OURS = Generator(
    name="this project",
    key="showcase",
    tools=(),
    lay=_lay,
    files=_files,
    template="overrides/partials/footer.html",
    build=_build,
    serve=_serve,
    address=_address,
    made=("site", ".cache"),
    news=_news,
)

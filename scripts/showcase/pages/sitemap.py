"""The site map: every section, with what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from msgspec import Struct

from showcase.model import KINDS
from showcase.pages import months
from showcase.pages.plan import Planned
from showcase.pages.shelf import Catalogue
from showcase.pages.views import Crumb, PageView, Ways
from showcase.pages.ways import ways_in
from showcase.pattern import pattern

_ADDRESS = "sitemap/"
_TITLE = "网站地图"
_OTHERS = (
    ("首页", "", "从这里开始"),
    ("查找", "explore/", "按名称、拼音查找，按条件筛选"),
    (months.TITLE, months.ADDRESS, "按月份看活动"),
    ("年份", "years/", "哪一年发生了什么"),
    ("开放数据", "data/", "全部公开记录的数据文件，可以下载使用"),
)
_HEADING = pattern(
    r"^(?:title:\s*[\"']?(?P<title>.*?)[\"']?|#\s+(?P<heading>.*?)\s*#*)\s*$", re.MULTILINE
)
"""What a hand-written page is called: in its front matter, or by its first heading."""


class MapLine(Struct, frozen=True):
    """A section: its name and address, what it is, how many records it holds."""

    title: str
    url: str
    about: str
    count: int


class SitemapView(Struct, frozen=True):
    """Every section, and the ways into the records."""

    title: str
    crumbs: tuple[Crumb, ...]
    sections: tuple[MapLine, ...]
    others: tuple[MapLine, ...]
    ways: tuple[Ways, ...]


def pages(catalogue: Catalogue) -> Iterator[Planned]:
    """Yield the site map for people; the one for engines is a file of its own."""
    yield Planned(_ADDRESS, partial(_page, catalogue))


def _page(catalogue: Catalogue) -> PageView:
    shelf = catalogue.at(_ADDRESS)
    view = SitemapView(
        title=_TITLE,
        crumbs=shelf.crumbs(title=_TITLE),
        sections=tuple(
            MapLine(
                kind.label, shelf.link(f"{kind.plural}/"), kind.about, len(catalogue.of(kind.name))
            )
            for kind in KINDS.values()
        ),
        others=tuple(
            MapLine(name, shelf.link(where), about, 0)
            for name, where, about in (*_OTHERS, *_written(catalogue.graph.project / "docs"))
        ),
        ways=ways_in(shelf)[1:],
    )
    return PageView(_ADDRESS, "pages/sitemap.html", _TITLE, "这个网站的所有栏目", view)


def _written(docs: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the pages that were written by hand: about the site, privacy, what staff added.

    Those in folders are reached from these.
    """
    for path in sorted(docs.glob("*.md")):
        if path.name != "index.md":
            named = _HEADING.search(path.read_text("utf-8", errors="replace"))
            yield (named and (named["title"] or named["heading"])) or path.stem, f"{path.stem}/", ""

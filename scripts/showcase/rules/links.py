"""Rules about where prose leads within this site: links and images that lead to nothing."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import unquote

from showcase.addresses import PLURALS, address
from showcase.diagnostics import Diagnostic, Severity, short
from showcase.graph import Graph
from showcase.load import Entry
from showcase.model import KINDS
from showcase.pattern import pattern
from showcase.prose import Image, Link, Scan

_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_SITE_NAME = pattern(
    r"(?:www\.|[a-z0-9-]+\.(?:gov|org|com|edu|net)\.cn\b|[a-z0-9-]+\.com\b)\S*", re.IGNORECASE
)
_MARKDOWN = (".md", ".markdown")
_FOLDERS = PLURALS | {"content"}
_LIST_PAGE = pattern(r"[a-z]+/page/[0-9]+")
_REFUSED = frozenset({"unsafe-image", "unsafe-link", "empty-link", "full-width-link"})


def dead_link(graph: Graph) -> Iterator[Diagnostic]:
    """链接指向本站没有的网页

    记录的文件名不是网页的地址，改名以后也会失效。指向本站的记录，写它的名称就行。

    错误：[王伟](../figures/王伟.md)

    正确：[[王伟]]
    """
    known: frozenset[str] | None = None
    for entry, scan in graph.scans.items():
        refused = _refused(scan) if scan.links else frozenset()
        for link in scan.links:
            if (link.start, link.end) in refused:
                continue
            if link.target.startswith("#") or _SCHEME.match(link.target):
                continue
            known = known or frozenset(address(other).rstrip("/") for other in graph.entries)
            if not _leads_somewhere(graph, known, entry, link):
                yield Diagnostic(
                    "TXT014",
                    Severity.ERROR,
                    entry.file,
                    entry.body_span(link.start, link.end),
                    "正文",
                    f"链接指向的「{short(link.target)}」不是本站的网页",
                    _instead(graph, link),
                )


def missing_image(graph: Graph) -> Iterator[Diagnostic]:
    """正文里的图片不存在，或不在记录旁边

    图片要和记录放在一起，链接里写它的文件名。别处的图片不会公开，读者看到的是一个空框。

    错误：![活动现场](../../../照片/现场.jpg)

    正确：![活动现场](现场.jpg)，现场.jpg 和记录的文件在同一个文件夹
    """
    for entry, scan in graph.scans.items():
        refused = _refused(scan) if scan.images else frozenset()
        for image in scan.images:
            if (image.start, image.end) not in refused:
                yield from _image_faults(graph, entry, image)


RULES = MappingProxyType({"TXT014": dead_link, "TXT015": missing_image})


def _refused(scan: Scan) -> frozenset[tuple[int, int]]:
    """Return the places of links and images that other rules have already refused."""
    return frozenset(
        (finding.start, finding.end) for finding in scan.findings if finding.code_name in _REFUSED
    )


def _leads_somewhere(graph: Graph, known: frozenset[str], entry: Entry, link: Link) -> bool:
    """Whether a link without a scheme may lead to a page of the site.

    Only what lies among the records can be known here; other pages are the engine's.
    """
    path = unquote(re.split("[?#]", link.target, maxsplit=1)[0])
    if path.lower().endswith(_MARKDOWN) or _SITE_NAME.fullmatch(path):
        return False
    if graph.album.find_target(entry, link.target).file:
        return True
    page = posixpath.normpath(posixpath.join("/", address(entry), path))
    if path.count("../") > address(entry).count("/"):
        return False
    parts = page.strip("/").removesuffix("index.html").strip("/").split("/")
    if parts[0] not in _FOLDERS or (len(parts) == 1 and parts[0] != "content"):
        return True
    return "/".join(parts) in known or _LIST_PAGE.fullmatch("/".join(parts)) is not None


def _instead(graph: Graph, link: Link) -> str:
    path = unquote(re.split("[?#]", link.target, maxsplit=1)[0]).rstrip("/")
    if _SITE_NAME.fullmatch(path):
        return f"别的网站要写完整的网址，例如 https://{short(path)}"
    file = PurePosixPath(path)
    stem = file.name
    for ending in _MARKDOWN:
        stem = stem.removesuffix(ending)
    for name in (stem, file.parent.name if stem == "index" else "", path, link.text):
        found = graph.names.find(name, tuple(KINDS)) if name and len(name) <= 80 else ()
        if len(found) == 1:
            return f"请写成「[[{short(found[0].record.title)}]]」"
    return "指向本站的记录请写「[[名称]]」，别的网站请写以 https:// 开头的完整网址"


def _image_faults(graph: Graph, entry: Entry, image: Image) -> Iterator[Diagnostic]:
    named = graph.album.find_target(entry, image.target)
    if named.file or graph.refused(entry, unquote(image.target)):
        return
    message = f"没有图片「{short(image.target)}」"
    help = "请把图片放在记录的文件旁边，这里只写文件名，一字不差"
    if named.outside:
        message = f"图片「{short(image.target)}」不在记录的文件夹里"
    elif named.other_case:
        help = f"文件名的大小写不同：请写「{short(named.near)}」"
    elif named.near:
        help = f"是不是「{short(named.near)}」？文件名要一字不差"
    span = entry.body_span(image.start, image.end)
    yield Diagnostic("TXT015", Severity.ERROR, entry.file, span, "正文", message, help)

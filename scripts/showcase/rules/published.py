"""Rules about what is published already: an address that people have saved must not die unnoticed.

What was published last is known from the manifest that every built site has
(``data/addresses.json``): kept as ``published.json`` beside ``mkdocs.yml``, where whoever publishes
puts the live site's; without it, from the site that was built here before. It comes from outside,
so nothing in it is trusted, and it can make no check fail.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from showcase.addresses import MANIFEST, address, former_addresses, record_address
from showcase.diagnostics import START, Diagnostic, Severity, Span, short
from showcase.graph import Graph
from showcase.load import Entry
from showcase.model import KINDS, WITHDRAWN, Kind
from showcase.pattern import pattern
from showcase.source import Found, Refused, read_bytes

PUBLISHED = "published.json"
PLACES = (PUBLISHED, f"site/{MANIFEST}")
"""Where the manifest is looked for, the first that is there being the one."""

_MOST_BYTES = 64 * 1024 * 1024
"""The manifest of a site of half a million pages."""
_LISTED = 100
"""Addresses reported one by one: with more, it is the manifest of another site."""
_KEY = pattern(r'\s*\{?\s*"(/[^"\\]*)"\s*:')
_KIND_OF = {kind.plural: kind for kind in KINDS.values()}


class _Manifest(Struct, frozen=True):
    file: str
    text: str
    pages: Mapping[str, Any]


class _Gone(Struct, frozen=True):
    address: str
    kind: Kind
    title: str


def vanished(graph: Graph) -> Iterator[Diagnostic]:
    """已经发布的网址会失效

    上一次发布的网站上有这个网址，现在没有记录用它，也没有记录在「曾用」里说它是自己的旧网址。
    别人收藏、转发过的链接会打不开。已经发布的网址记在 published.json 里；没有这个文件的，
    看上一次生成的网站（site 文件夹）。记录还在、只是撤下或者到期的，不算失效。

    错误：把 content/brands/向阳.md 改名为 向阳花开.md，没有写「曾用」

    正确：在 向阳花开.md 里写「曾用: 向阳」
    """
    manifest = _manifest(graph)
    if not isinstance(manifest, _Manifest):
        return
    gone = list(_gone(graph, manifest))
    lines = _lines(manifest.text) if gone else {}
    for one in gone[:_LISTED]:
        yield _report(graph, manifest, one, lines)
    if len(gone) > _LISTED:
        yield Diagnostic(
            "URL006",
            Severity.WARNING,
            manifest.file,
            START,
            "",
            f"另外还有 {len(gone) - _LISTED} 个已经发布的网址会失效",
            "如果这不是本站的名单，请换成本站的",
        )


def unreadable(graph: Graph) -> Iterator[Diagnostic]:
    """已发布网址的名单读不了

    名单（published.json，或者 site 文件夹里的 data/addresses.json）写着上一次发布的全部网址。
    读不了它，就看不出哪些旧网址会失效。

    错误：published.json 里是半个文件

    正确：重新从网站上下载 data/addresses.json，存为 published.json；或者删除它
    """
    reason = _manifest(graph)
    if isinstance(reason, Refused):
        yield Diagnostic(
            "URL007",
            Severity.WARNING,
            reason.file,
            START,
            "",
            f"已发布网址的名单读不了：{reason.reason}",
            reason.help,
        )


def _manifest(graph: Graph) -> _Manifest | Refused | None:
    """Return what was published last, why that cannot be read, or ``None`` where nothing is."""
    present = (file for file in PLACES if os.path.lexists(graph.project / file))
    file = next(present, None)
    if file is None:
        return None
    help = (
        "请重新从网站上下载 data/addresses.json，存为 published.json；或者删除它"
        if file == PUBLISHED
        else "请重新生成网站（build）"
    )
    data = read_bytes(Found(file, graph.project / file), _MOST_BYTES)
    if isinstance(data, Refused):
        return Refused(file, data.reason.removeprefix("打不开："), help)
    try:
        text = data.decode("utf-8-sig")
        # Not by msgspec, which refuses half of a pair of characters: others may have written it.
        pages = json.loads(text)
    except (ValueError, RecursionError):
        return Refused(file, "它不是完整的 JSON", help)
    if not isinstance(pages, dict):
        return Refused(file, "里面不是网址的名单", help)
    return _Manifest(file, text, pages)


def _gone(graph: Graph, manifest: _Manifest) -> Iterator[_Gone]:
    """Yield the published addresses of records that no record has, or says it had."""
    # A record that stands in the files is known to be off the site on purpose, if it is.
    known = {
        place for entry in graph.entries for place in (address(entry), *former_addresses(entry))
    }
    unsure = _unsure(graph)
    for path, page in manifest.pages.items():
        if path.removeprefix("/") in known or path.strip("/").count("/") != 1:
            continue  # as nearly all are; and no record lies higher or deeper
        place = record_address(path)
        if not place or path.strip("/") != place.strip("/") or place in known:
            continue
        kind = _KIND_OF[place.partition("/")[0]]
        if kind.plural not in unsure:
            title = page.get("title") if isinstance(page, dict) else None
            yield _Gone(place, kind, _clean(title))


def _unsure(graph: Graph) -> set[str]:
    """Return the kinds of which a file or an address could not be read: it may be there."""
    files = (*graph.unread, *(found.file for found in graph.found("URL002")))
    places = {file.removeprefix("content/").partition("/")[0] for file in files}
    return set(_KIND_OF) if "content" in places else {place.partition(".")[0] for place in places}


def _clean(title: object) -> str:
    text = title if isinstance(title, str) else ""
    return short(text.encode("utf-8", "replace").decode())


def _lines(text: str) -> dict[str, int]:
    """Return the line on which each address of a manifest stands, as far as it has lines."""
    matches = ((number, _KEY.match(line)) for number, line in enumerate(text.split("\n"), 1))
    return {match[1]: number for number, match in matches if match is not None}


def _report(graph: Graph, manifest: _Manifest, one: _Gone, lines: Mapping[str, int]) -> Diagnostic:
    called = f"（「{one.title}」）" if one.title else " "
    message = f"已经发布的网址 /{one.address}{called}会失效：现在没有记录用它"
    heir = _heir(graph, one)
    if heir is not None:
        former = one.address if heir.kind is not one.kind else one.address.split("/")[1]
        help = f"这条记录的网址现在是 /{address(heir)}：请在「曾用」里加上「{former}」"
        span, label = heir.span("aliases"), heir.label("aliases")
        return Diagnostic("URL006", Severity.WARNING, heir.file, span, label, message, help)
    line = lines.get(f"/{one.address}", 1)
    help = (
        f"内容换到了别的记录里的，请在那条记录的「曾用」里加上「{one.address.split('/')[1]}」；"
        "要撤下的，请恢复那条记录，把「状态」改成「撤下」"
    )
    span = Span(line, 1, line, 1)
    return Diagnostic("URL006", Severity.WARNING, manifest.file, span, "", message, help)


def _heir(graph: Graph, one: _Gone) -> Entry | None:
    """Return the record that has the title now, if it is one: there the page went."""
    for kinds in ((one.kind.name,), tuple(KINDS)) if one.title else ():
        named = graph.names.find(one.title, kinds)
        found = [entry for entry in named if entry.record.status != WITHDRAWN]
        if found:
            return found[0] if len(found) == 1 else None
    return None

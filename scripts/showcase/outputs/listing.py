"""What lists the site's pages: the sitemap, the manifest of addresses, the file for robots.

The engine alone knows all pages, the hand-written ones too, so it hands their addresses over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Self

from msgspec import Struct

from showcase.addresses import MANIFEST, PLURALS, address, redirects
from showcase.outputs.artifact import Artifact, Outline
from showcase.outputs.when import news_date
from showcase.pages import Catalogue, PageView

_ascii, _text = json.JSONEncoder().encode, json.JSONEncoder(ensure_ascii=False).encode
SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"


class Listed(Struct, frozen=True, array_like=True):
    """A page of the built site: its address from the site's root, and its title.

    ``composed`` tells whether it is made from the records, and so changes when they do; ``hidden``,
    whether it asks search engines to pass it over.
    """

    address: str
    title: str
    composed: bool
    hidden: bool = False

    @classmethod
    def of(cls, view: PageView) -> Self:
        """Return a page that is made from the records as it is listed."""
        return cls(view.address, view.title, composed=True, hidden=view.hidden)


class SitemapItem(Struct, frozen=True):
    """A page in the sitemap; ``changed`` is empty where no record tells."""

    url: str
    changed: str


class SitemapView(Struct, frozen=True):
    """The sitemap (sitemaps.org, protocol 0.9)."""

    pages: tuple[SitemapItem, ...]


def listings(catalogue: Catalogue, pages: Iterable[Listed]) -> Iterator[Artifact | Outline]:
    """Yield the files that list all pages; a sitemap needs whole addresses, so the site's own."""
    listed = sorted(pages, key=lambda page: page.address)
    if catalogue.site_url:
        changed = _changes(catalogue)
        latest = max(changed.values(), default=None)
        items = (
            SitemapItem(f"{catalogue.site_url}{page.address}", _changed(page, changed, latest))
            for page in listed
            if not page.hidden
        )
        yield Outline(SITEMAP, "feeds/sitemap.xml.html", partial(SitemapView, tuple(items)))
    yield Artifact(ROBOTS, _robots(catalogue.site_url))
    yield Artifact(MANIFEST, _manifest(catalogue, listed))


def _changes(catalogue: Catalogue) -> dict[str, date]:
    """Return when the records' pages and the kinds' lists last had news, by address.

    A page shows what names its record, so that is news there too.
    """
    own = {entry: news_date(catalogue, entry) for entry in catalogue.graph.entries}
    found: dict[str, date] = {}

    def note(place: str, day: date | None) -> None:
        if day is not None:
            found[place] = max(day, found.get(place, day))

    for entry, day in own.items():
        note(address(entry), day)
        note(f"{entry.kind.plural}/", day)
        for link in catalogue.graph.into(entry):
            if link.source is not None:
                note(address(entry), own[link.source])
    return found


def _changed(page: Listed, changed: dict[str, date], latest: date | None) -> str:
    if not page.composed:
        return ""
    record_or_list = page.address.count("/") <= 2 and page.address.split("/")[0] in PLURALS
    day = changed.get(page.address) if record_or_list else latest
    return day.isoformat() if day is not None else ""


def _robots(site_url: str) -> bytes:
    """Return robots.txt (RFC 9309): everything may be read, the data too."""
    lines = ["User-agent: *", "Allow: /"]
    return "\n".join(
        [*lines, *([f"Sitemap: {site_url}{SITEMAP}"] if site_url else []), ""]
    ).encode()


def _manifest(catalogue: Catalogue, listed: Iterable[Listed]) -> bytes:
    """Return every public address with the page's title and kind, as JSON, sorted.

    Former addresses are among them: they too must go on leading somewhere.
    """
    found = {page.address: _named(page.title, "page") for page in listed}
    for entry in catalogue.graph.entries:
        found[address(entry)] = _named(entry.title, entry.kind.name)
    for former, entry in redirects(catalogue.graph.entries).items():
        leads = f', "to": {_ascii(f"/{address(entry)}")}'
        found[former] = _named(entry.title, entry.kind.name, leads)
    # One on each line, so that a report can point at it and two versions can be compared.
    lines = (f"{_ascii(f'/{place}')}: {found[place]}" for place in sorted(found))
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _named(title: str, kind: str, more: str = "") -> str:
    # An encoder for a whole page takes twice as long, and there are thousands.
    return f'{{"title": {_text(title)}, "kind": {_ascii(kind)}{more}}}'

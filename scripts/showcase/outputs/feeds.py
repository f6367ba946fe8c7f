"""Feeds (Atom, RFC 4287) of the site, of each kind and of each place, with the whole text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from heapq import nsmallest
from itertools import chain, islice
from urllib.parse import urljoin

from msgspec import Struct
from msgspec.structs import replace

from showcase.addresses import FEED, address, feed_of, relative
from showcase.load import Entry
from showcase.model import KINDS
from showcase.outputs.artifact import Outline
from showcase.outputs.when import news_date, permanent_id, without_date
from showcase.pages import Catalogue
from showcase.pages.facts import facts
from showcase.pages.groups import by_place
from showcase.pages.records import citation, honours, numbers
from showcase.pages.views import CitationView, Fact, HonourItem, NumberItem
from showcase.pattern import pattern
from showcase.seal import digest
from showcase.trace import Shared

LENGTH = 50
"""Entries of a feed: who reads it now and then misses nothing, and it stays small."""

_TEMPLATE = "feeds/atom.xml.html"
_TAG = pattern(r"<(?:a|img)\b[^<>]*>")
_LINK = pattern(r'(?<=\s)(href|src)="(?![a-zA-Z][a-zA-Z0-9+.-]*:)([^"]*)"')
"""A link within the site, in a tag: one that begins with a scheme leads out of it."""


class FeedEntry(Struct, frozen=True):
    """A record as a feed shows it; ``base`` is where the links in its text start from."""

    id: str
    title: str
    url: str
    base: str
    updated: str
    kind: str
    kind_label: str
    summary: str
    prose: str
    facts: tuple[Fact, ...]
    numbers: tuple[NumberItem, ...]
    honours: tuple[HonourItem, ...]
    citation: CitationView | None
    lines: tuple[str, ...]
    authors: tuple[str, ...]
    references: tuple[str, ...]


class FeedView(Struct, frozen=True):
    """A feed; without the site's address it has no ``self_url``, and its links are relative."""

    id: str
    title: str
    subtitle: str
    updated: str
    url: str
    self_url: str
    author: str
    entries: tuple[FeedEntry, ...]


class _News(Struct, frozen=True):
    entry: Entry
    date: date


def artifacts(catalogue: Catalogue) -> Iterator[Outline]:
    """Yield every feed: an empty one too, for its address is permanent."""
    dates = {entry: news_date(catalogue, entry) for entry in catalogue.graph.entries}
    last = without_date(dates.values())
    order = [entry for kind in KINDS for entry in catalogue.of(kind)]
    # Sorting is stable: records of one day stay in the order of the site's lists.
    news = sorted((_News(entry, dates[entry] or last) for entry in order), key=_newest_first)
    feed = _feeds(catalogue, last)
    yield feed("", catalogue.graph.site.record.name, news)
    for kind in KINDS.values():
        of_kind = (one for one in news if one.entry.kind is kind)
        yield feed(f"{kind.plural}/", kind.label, of_kind)
    rank = {one.entry: number for number, one in enumerate(news)}
    for place in catalogue.of("place"):
        found = (by_place(catalogue, kind).get(place.key, ()) for kind in KINDS)
        newest = nsmallest(LENGTH, (rank[entry] for entry in chain.from_iterable(found)))
        yield feed(address(place), place.title, (news[number] for number in newest))


def _newest_first(one: _News) -> int:
    return -one.date.toordinal()


def _feeds(catalogue: Catalogue, last: date) -> Callable[[str, str, Iterable[_News]], Outline]:
    """Return what makes a feed of a page's address, a title and what it may hold."""
    settings = catalogue.graph.site.record
    made = Shared[str, FeedEntry]()

    def entry_of(one: _News, page: str) -> FeedEntry:
        entry = made.get(one.entry.key, lambda: _entry(catalogue, one))
        url = _url(catalogue, address(one.entry), page)
        return replace(entry, url=url, base=url)

    def feed(page: str, title: str, news: Iterable[_News]) -> Outline:
        path = feed_of(page) or FEED
        chosen = list(islice(news, LENGTH))
        updated = chosen[0].date if chosen else last

        @cache
        def view() -> FeedView:
            return FeedView(
                id=permanent_id(catalogue, path).urn,
                title=title if title == settings.name else f"{title} - {settings.name}",
                subtitle=settings.description or settings.slogan or "",
                updated=_moment(updated),
                url=_url(catalogue, page, page),
                self_url=f"{catalogue.site_url}{path}" if catalogue.site_url else "",
                author=settings.host or settings.name,
                entries=tuple(entry_of(one, page) for one in chosen),
            )

        # What was chosen, and from when it is, was found out before anybody watched.
        held = (f"{one.entry.key} {one.date}" for one in chosen)
        product = f"feed {path} {digest(title, str(updated), *held).hex()}"
        made_of = catalogue.past.known(product, lambda: digest(repr(view())).hex())
        return Outline(path, _TEMPLATE, view, made_of)

    return feed


def _entry(catalogue: Catalogue, one: _News) -> FeedEntry:
    entry, record = one.entry, one.entry.record
    shelf = catalogue.at(address(entry))
    url = _url(catalogue, address(entry), "")
    prose = catalogue.prose(entry).html
    return FeedEntry(
        id=permanent_id(catalogue, entry.key).urn,
        title=record.title,
        url=url,
        base=url,
        updated=_moment(one.date),
        kind=entry.kind.name,
        kind_label=entry.kind.label,
        summary=record.summary or "",
        prose=_absolute(prose, url) if catalogue.site_url else prose,
        facts=facts(shelf, entry),
        numbers=numbers(shelf, entry),
        honours=tuple(honours(shelf, entry)),
        citation=citation(shelf, entry),
        lines=tuple(_lines(entry)),
        authors=record.stated("authors") or (),
        references=record.stated("references") or (),
    )


def _lines(entry: Entry) -> Iterator[str]:
    """Yield what stands above the text of a page and is neither fact nor number."""
    for name in ("slogan", "meaning", "outcome"):
        text = entry.record.stated(name)
        if text:
            yield text
    for name in ("steps", "platforms"):
        yield from entry.record.stated(name) or ()


def _url(catalogue: Catalogue, target: str, page: str) -> str:
    """Return the link to a page: absolute, or from the feed, which lies in its page's folder."""
    return f"{catalogue.site_url}{target}" if catalogue.site_url else relative(target, page)


def _absolute(html: str, base: str) -> str:
    """Return cleaned prose with absolute links: many readers take no notice of ``xml:base``."""

    def link(match: re.Match[str]) -> str:
        return f'{match[1]}="{urljoin(base, match[2])}"'

    return _TAG.sub(lambda tag: _LINK.sub(link, tag[0]), html)


def _moment(day: date) -> str:
    """Return the beginning of a day in China (RFC 3339)."""
    return f"{day.isoformat()}T00:00:00+08:00"

"""What every page is made from: cards, facts and relations of the public records.

A :class:`Shelf` is a public graph seen from one page: it knows how deep the page lies and so how
links are written there. Cards are made once for each depth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from showcase.addresses import address, slug_of
from showcase.graph import Graph
from showcase.load import Entry
from showcase.model import DRAFT, KINDS, PartialDate
from showcase.model.indicator import Indicator
from showcase.model.types import UNSTATED
from showcase.pages.photos import Listed, facts_of, listed, photo_view
from showcase.pages.views import Card, Crumb, NumberItem, PhotoView, TimelineItem, Way, Ways
from showcase.past import Past
from showcase.photos import Cover, Rendition, Store, cover_of, largest, square
from showcase.prose import Image, Link, Prose, Shown, WikiLink, excerpt, render

_SUMMARY = 70
"""Characters of prose that stand in for a summary nobody wrote."""

_COLUMN = "(min-width: 46em) 43em, 92vw"
"""How wide a picture among prose stands, as browsers read ``sizes``."""

_DATED = ("start", "launched", "as_of", "date")


_HELD = 6_000
"""Bodies that are held once they were shown: a page shows one, then search and feeds ask for it
again. Those of fifty thousand records would fill a gigabyte; the others are shown anew."""


class Render(Protocol):
    """What shows a body, as :func:`showcase.prose.render` does."""

    def __call__(
        self,
        body: str,
        wiki: Callable[[WikiLink], tuple[str, str] | None],
        image: Callable[[Image], Shown | None],
        *,
        link: Callable[[Link], str | None],
    ) -> Prose:
        """Return a body as safe HTML."""


@dataclass(frozen=True)
class Catalogue:
    """The public records in reading order, and what is looked up about them again and again."""

    graph: Graph
    draft_keys: frozenset[str] = frozenset()
    """Records shown only because this is a preview."""
    site_url: str = ""
    """Where the site will stand, with a closing slash, if that is known."""
    render: Render = field(default=render, repr=False)
    """What shows a body; one that remembers how gives the same."""
    past: Past = field(default_factory=Past, repr=False)
    """What may be taken from the build before."""
    cards: dict[tuple[str, str], Card] = field(default_factory=dict, repr=False)
    """The cards made so far, by record and by the depth of the page they stand on."""
    rendered: dict[str, Prose] = field(default_factory=dict, repr=False)
    """The bodies shown last."""
    pictured: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    """The pictures in the bodies shown so far, by record: digest → file."""
    linked: dict[str, list[str]] = field(default_factory=dict, repr=False)
    """The pictures that links in those bodies lead to, by record."""

    @cached_property
    def store(self) -> Store:
        """Where the copies of the pictures come from."""
        return Store(self.graph.project)

    @cached_property
    def _order(self) -> dict[str, list[Entry]]:
        return {kind: sorted(self.graph.of(kind), key=self._in_order) for kind in KINDS}

    def _in_order(self, entry: Entry) -> list[tuple[int, int, str, str]]:
        # A record stands right after the one it lies in.
        path = [entry, *self.graph.ancestors(entry)]
        return [_position(one) for one in reversed(path)]

    def of(self, kind: str) -> list[Entry]:
        """Return the records of a kind in reading order: nested, latest first, then by pinyin."""
        return self._order[kind]

    @cached_property
    def places_of(self) -> dict[str, list[Entry]]:
        """For each record that has a place: that place and all places it lies in."""
        found: dict[str, list[Entry]] = {}
        for entry in self.graph.entries:
            place = self.graph.target(entry, "place")
            if place is not None:
                found[entry.key] = [place, *self.graph.ancestors(place)]
        return found

    def prose(self, entry: Entry) -> Prose:
        """Return a record's body as its own page shows it."""
        made = self.rendered.get(entry.key)
        if made is None:
            body = entry.body
            wiki = _wiki(self.at(address(entry)), entry)
            image = self._image(entry)
            link = self._link(entry)
            made = self.render(body, wiki, image, link=link) if body.strip() else Prose("", "", ())
            self.rendered[entry.key] = made
            if len(self.rendered) > _HELD:
                self.rendered.pop(next(iter(self.rendered)))
        return made

    def _image(self, entry: Entry) -> Callable[[Image], Shown | None]:
        shelf, shown = self.at(address(entry)), self.pictured.setdefault(entry.key, {})

        def show(image: Image) -> Shown | None:
            file = self.graph.album.find_target(entry, image.target).file
            facts = facts_of(self.graph, file) if file else None
            if facts is None:
                return None
            shown[facts.digest] = file
            about = {one.facts.digest: one.photo for one in listed(self.graph, entry)}
            view = photo_view(shelf.link, facts, about.get(facts.digest), image.alt)
            size = (view.width, view.height)
            words = (view.caption, view.credit)
            return Shown(view.src, *size, view.srcset, _COLUMN, view.full, *words)

        return show

    def _link(self, entry: Entry) -> Callable[[Link], str | None]:
        """Return what leads a link to a picture to its largest copy: the original is not there."""
        shelf, linked = self.at(address(entry)), self.linked.setdefault(entry.key, [])

        def lead(link: Link) -> str | None:
            file = self.graph.album.find_target(entry, link.target).file
            facts = facts_of(self.graph, file) if file else None
            if facts is None:
                return None
            linked.append(file)
            return shelf.link(largest(facts).path)

        return lead

    def listed(self, entry: Entry) -> tuple[Listed, ...]:
        """Return a record's pictures that its prose does not show."""
        self.prose(entry)
        shown = self.pictured[entry.key]
        every = listed(self.graph, entry) if entry.record.photos else ()
        return tuple(one for one in every if one.facts.digest not in shown)

    def published(self, entry: Entry) -> Iterator[str]:
        """Yield the files of all pictures that a record's page shows."""
        yield from (one.file for one in listed(self.graph, entry))
        self.prose(entry)
        yield from self.pictured[entry.key].values()
        yield from self.linked[entry.key]

    def face(self, entry: Entry) -> str:
        """Return the file of the picture that stands for a record, ``""`` if it has none."""
        of_list = listed(self.graph, entry) if entry.record.photos else ()
        if of_list:
            return of_list[0].file
        self.prose(entry)
        return next(iter(self.pictured[entry.key].values()), "")

    def shared(self, entry: Entry) -> Rendition | Cover | None:
        """Return the square that stands for a record's page where it is shared.

        That is cut from its first picture, or drawn. A link to it must be absolute: a site without
        an address has none.
        """
        if not self.site_url:
            return None
        file = self.face(entry)
        cut = square(self.graph.survey.facts[file]) if file else None
        return cut or cover_of(entry.kind.name, entry.record.title)

    def at(self, page: str) -> Shelf:
        """Return the records as seen from a page (its address from the site's root)."""
        return Shelf(self, page, "../" * page.count("/"))


@dataclass(frozen=True)
class Shelf:
    """The records as seen from one page."""

    catalogue: Catalogue
    page: str
    root: str

    @property
    def graph(self) -> Graph:
        """The public graph."""
        return self.catalogue.graph

    def link(self, target: str) -> str:
        """Return the relative link to an address given from the site's root."""
        return (self.root + target) or "./"

    def url(self, entry: Entry) -> str:
        """Return the relative link to a record's page."""
        return self.link(address(entry))

    def card(self, entry: Entry) -> Card:
        """Return a record as other pages show it."""
        made = self.catalogue.cards.get((entry.key, self.root))
        if made is None:
            made = self._card(entry)
            self.catalogue.cards[entry.key, self.root] = made
        return made

    def _card(self, entry: Entry) -> Card:
        record = entry.record
        return Card(
            key=entry.key,
            kind=entry.kind.name,
            kind_label=entry.kind.label,
            title=record.title,
            url=self.url(entry),
            summary=record.summary or excerpt(entry.body, _SUMMARY),
            badges=tuple(self._badges(entry)),
            when=when(entry),
            photo=next(iter(self.photos(listed(self.graph, entry)[:1])), None),
        )

    def photos(self, pictures: Iterable[Listed]) -> tuple[PhotoView, ...]:
        """Return pictures as this page shows them."""
        return tuple(photo_view(self.link, one.facts, one.photo) for one in pictures)

    def _badges(self, entry: Entry) -> Iterator[str]:
        if entry.key in self.catalogue.draft_keys:
            yield DRAFT
        for name in ("type", "tier", "level", "force"):
            value = getattr(entry.record, name, None)
            if value and value != UNSTATED:
                yield tier_of(entry) if name == "tier" else value
        place = self.graph.target(entry, "place")
        if place is not None:
            yield place.record.title
        regular = getattr(entry.record, "regular", None)
        if regular is not None and regular.regular:
            yield "常态化"

    def cards(self, entries: Iterable[Entry]) -> tuple[Card, ...]:
        """Return the cards of several records."""
        return tuple(self.card(entry) for entry in entries)

    def crumbs(self, *steps: tuple[str, str], title: str) -> tuple[Crumb, ...]:
        """Return the path to a page: home, the steps (title, address), the page itself."""
        home = Crumb("首页", self.link(""))
        middle = (Crumb(name, self.link(target)) for name, target in steps)
        return (home, *middle, Crumb(title))

    def number(self, entry: Entry) -> NumberItem:
        """Return an indicator as a number set large."""
        record = entry.as_a(Indicator)
        source = next(iter(self.graph.targets(entry, "sources")), None)
        return NumberItem(
            label=record.title,
            value=str(record.value),
            unit=record.unit or "",
            comparison=record.comparison or "",
            as_of=record.as_of.chinese if record.as_of else "",
            source=source.record.title if source else "",
            source_url=self.url(source) if source else "",
            url=self.url(entry),
            summary=record.summary or "",
        )

    def timeline(self, dated: Iterable[Dated]) -> tuple[TimelineItem, ...]:
        """Return dated events as a timeline shows them."""
        return tuple(
            TimelineItem(item.date.chinese, item.what, self.card(item.entry)) for item in dated
        )

    def ways(self, title: str, kind: str, count: Callable[[Entry], int]) -> Ways:
        """Return the ways in through the records of a kind that lead to something."""
        counted = ((entry, count(entry)) for entry in self.catalogue.of(kind))
        return Ways(
            title,
            tuple(
                Way(entry.record.title, self.url(entry), number)
                for entry, number in counted
                if number
            ),
            self.link(f"{KINDS[kind].plural}/"),
        )


@dataclass(frozen=True, slots=True)
class Dated:
    """Something about a record that happened at a date."""

    date: PartialDate
    what: str
    entry: Entry


def dated(graph: Graph, entry: Entry) -> Iterator[Dated]:
    """Yield what the record says happened when: a start, a launch, honours received.

    An honour is called by its record's title: one that is not public is not in the graph, and
    what was typed for it must not be shown either.
    """
    start, launched = getattr(entry.record, "start", None), getattr(entry.record, "launched", None)
    if start is not None:
        yield Dated(start, "活动", entry)
    if launched is not None:
        yield Dated(launched, "品牌启用", entry)
    for index, award in enumerate(getattr(entry.record, "honours", ())):
        honour = graph.target(entry, "honours", index, "honour")
        if award.year is not None and honour is not None:
            yield Dated(award.year, f"获得{honour.record.title}", entry)


def date_of(entry: Entry) -> PartialDate | None:
    """Return the date that a record is ordered by, if it has one."""
    values = (getattr(entry.record, name, None) for name in _DATED)
    return next((value for value in values if isinstance(value, PartialDate)), None)


def tier_of(entry: Entry) -> str:
    """Return the tier of a venue, or of an honour in words: ``国`` is 国家级, ``省`` 省级."""
    tier = getattr(entry.record, "tier", None) or ""
    if entry.kind.name != "honour" or not tier:
        return tier
    return "国家级" if tier == "国" else f"{tier}级"


def when(entry: Entry) -> str:
    """Return a record's date, or its rhythm, as readers see it."""
    start = date_of(entry)
    end = getattr(entry.record, "end", None)
    if start is not None and end is not None and end != start:
        return f"{start.chinese}至{end.chinese}"
    regular = getattr(entry.record, "regular", None)
    rhythm = regular.rhythm if regular is not None else ""
    if start is None:
        return rhythm
    # A regular activity's start is when it began, not when it was.
    since = f"{start.chinese}起" if regular is not None and regular.regular else start.chinese
    return "，".join(part for part in (since, rhythm) if part)


def on_days(entry: Entry) -> bool:
    """Tell whether an activity was or will be held on certain days, as a calendar shows them.

    What is held regularly has a date too: the one on which it began.
    """
    regular = getattr(entry.record, "regular", None)
    held_regularly = regular is not None and regular.regular
    return getattr(entry.record, "start", None) is not None and not held_regularly


def _position(entry: Entry) -> tuple[int, int, str, str]:
    # Records of one date stay in the order of their pinyin, which does not depend on the machine.
    found = date_of(entry)
    rank = -found.last.toordinal() if found is not None else 0
    return (0 if found is not None else 1, rank, slug_of(entry), entry.id)


def _wiki(shelf: Shelf, entry: Entry) -> Callable[[WikiLink], tuple[str, str] | None]:
    targets = {link.stretch: link.target for link in shelf.graph.out(entry)}

    def resolve(wiki: WikiLink) -> tuple[str, str] | None:
        target = targets.get((wiki.start, wiki.end))
        return (shelf.url(target), target.record.title) if target is not None else None

    return resolve

"""What every page is made from: cards, facts and relations of the public records.

A :class:`Shelf` is a public graph seen from one page: it knows how deep the page lies and so how
links are written there. Cards are made once for each depth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, Protocol

from msgspec import Struct, field

from showcase.addresses import address
from showcase.graph import Graph
from showcase.load import Entry
from showcase.model import DRAFT, KINDS, PartialDate
from showcase.model.indicator import Indicator
from showcase.model.types import UNSTATED
from showcase.pages.photos import Listed, facts_of, listed, photo_view
from showcase.pages.views import (
    Card,
    Crumb,
    FactValue,
    NumberItem,
    PhotoView,
    TimelineItem,
    Way,
    Ways,
)
from showcase.past import Past
from showcase.photos import Cover, Rendition, Store, cover_of, largest, square
from showcase.prose import Image, Link, Prose, Shown, WikiLink, cut, excerpt, render
from showcase.trace import Shared, look, tracing

ORDER, BESIDE, TITLES = "*", "|", "/"
"""What a trace says of who looked at the order of a kind, at a record's neighbours in it, or at
which titles there are, beside the kind or record."""

_SUMMARY = 70
"""Characters of prose that stand in for a summary nobody wrote, on other records' pages."""

_OPENING = 120
"""So many stand for it anywhere."""

_COLUMN = "(min-width: 46em) 43em, 92vw"
"""How wide a picture among prose stands, as browsers read ``sizes``."""

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


class Body(NamedTuple):
    """A record's body as its page shows it.

    ``pictured`` are the pictures in it (digest → file), ``linked`` those that links in it lead to.
    """

    prose: Prose
    pictured: dict[str, str]
    linked: list[str]


class _Order(Struct, frozen=True, dict=True):
    """The records of a kind in reading order."""

    entries: list[Entry]

    @cached_property
    def beside(self) -> dict[Entry, tuple[Entry | None, Entry | None]]:
        """Each record's neighbours."""
        around = zip([None, *self.entries], [*self.entries[1:], None], strict=False)
        return dict(zip(self.entries, around, strict=False))


class Catalogue(Struct, frozen=True, dict=True):
    """The public records in reading order, and what is looked up about them again and again."""

    graph: Graph
    draft_keys: frozenset[str] = frozenset()
    """Records shown only because this is a preview."""
    site_url: str = ""
    """Where the site will stand, with a closing slash, if that is known."""
    render: Render = render
    """What shows a body; one that remembers how gives the same."""
    past: Past = field(default_factory=Past)
    """What may be taken from the build before."""
    cards: Shared[tuple[str, str], Card] = field(default_factory=Shared)
    """The cards made so far, by record and by the depth of the page they stand on."""
    named: Shared[tuple[str, str], FactValue] = field(default_factory=Shared)
    """The records that facts name, as made so far: by record and by that depth."""
    places: Shared[str, list[Entry]] = field(default_factory=Shared)
    """Each place with those that it lies in, as found so far, by place."""
    groups: Shared[tuple[str, str], Mapping[str, list[Entry]]] = field(default_factory=Shared)
    """The records of each kind by place, theme and year (:mod:`showcase.pages.groups`)."""
    openings: Shared[str, str] = field(default_factory=Shared)
    """What the prose of those says first that have no summary, by record."""
    bodies: Shared[str, Body] = field(default_factory=lambda: Shared(_HELD))
    """The bodies shown last, by record."""

    @cached_property
    def store(self) -> Store:
        """Where the copies of the pictures come from."""
        return Store(self.graph.project)

    @cached_property
    def _orders(self) -> dict[str, _Order]:
        """The kinds that were put in order so far."""
        return {}

    def _order(self, kind: str) -> _Order:
        order = self._orders.get(kind)
        if order is None:
            with tracing():  # Whoever asks has looked at the order, not at all that makes it.
                key = self._in_order if KINDS[kind].nests else _position
                entries = sorted(self.graph.of(kind), key=key)
            order = self._orders[kind] = _Order(entries)
        return order

    def _in_order(self, entry: Entry) -> list[tuple[int, int, str, str]]:
        # A record stands right after the one it lies in.
        path = [entry, *self.graph.ancestors(entry)]
        return [_position(one) for one in reversed(path)]

    def of(self, kind: str) -> list[Entry]:
        """Return the records of a kind in reading order: nested, latest first, then by pinyin."""
        look((kind, ORDER))
        return self._order(kind).entries

    def beside(self, entry: Entry) -> tuple[Entry | None, Entry | None]:
        """Return the records before and after one, in the reading order of its kind."""
        look((entry, BESIDE))
        return self._order(entry.kind.name).beside[entry]

    def is_titled(self, kind: str, title: str) -> bool:
        """Tell whether a record of a kind has just this title."""
        look((kind, TITLES))
        return title in self._titles[kind]

    @cached_property
    def _titles(self) -> dict[str, frozenset[str]]:
        with tracing():
            return {kind: frozenset(entry.title for entry in self.graph.of(kind)) for kind in KINDS}

    def is_draft(self, entry: Entry) -> bool:
        """Tell whether a record is shown only because this is a preview."""
        look(entry)
        return entry.key in self.draft_keys

    def places_of(self, entry: Entry) -> list[Entry]:
        """Return a record's place and all places that one lies in; nothing if it has none."""
        place = self.graph.target(entry, "place")
        if place is None:
            return []
        return self.places.get(place.key, lambda: [place, *self.graph.ancestors(place)])

    def summary(self, entry: Entry, length: int) -> str:
        """Return a record's summary, or at most ``length`` characters (120) of its prose."""
        if entry.record.summary:
            return entry.record.summary
        # Its page, its board and its cards all ask, and all of the body is read for it.
        return cut(self.openings.get(entry.key, lambda: excerpt(entry.body, _OPENING)), length)

    def prose(self, entry: Entry) -> Prose:
        """Return a record's body as its own page shows it."""
        return self._body(entry).prose

    def _body(self, entry: Entry) -> Body:
        return self.bodies.get(entry.key, lambda: self._shown(entry))

    def _shown(self, entry: Entry) -> Body:
        body, pictured, linked = entry.body, dict[str, str](), list[str]()
        if not body.strip():
            return Body(Prose("", "", ()), pictured, linked)
        shelf = self.at(address(entry))
        image, link = self._image(shelf, entry, pictured), self._link(shelf, entry, linked)
        return Body(self.render(body, _wiki(shelf, entry), image, link=link), pictured, linked)

    def _image(
        self, shelf: Shelf, entry: Entry, shown: dict[str, str]
    ) -> Callable[[Image], Shown | None]:

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

    def _link(self, shelf: Shelf, entry: Entry, linked: list[str]) -> Callable[[Link], str | None]:
        """Return what leads a link to a picture to its largest copy: the original is not there."""

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
        shown = self._body(entry).pictured
        every = listed(self.graph, entry) if entry.record.photos else ()
        return tuple(one for one in every if one.facts.digest not in shown)

    def published(self, entry: Entry) -> Iterator[str]:
        """Yield the files of all pictures that a record's page shows."""
        yield from (one.file for one in listed(self.graph, entry))
        body = self._body(entry)
        yield from body.pictured.values()
        yield from body.linked

    def face(self, entry: Entry) -> str:
        """Return the file of the picture that stands for a record, ``""`` if it has none."""
        of_list = listed(self.graph, entry) if entry.record.photos else ()
        if of_list:
            return of_list[0].file
        return next(iter(self._body(entry).pictured.values()), "")

    def shared(self, entry: Entry) -> Rendition | Cover | None:
        """Return the square that stands for a record's page where it is shared."""
        return self.square(entry, self.face(entry)) if self.site_url else None

    def square(self, entry: Entry, file: str) -> Rendition | Cover | None:
        """Return that of a record for which some picture stands, or none (``""``).

        It is cut from the picture, or drawn. A link to it must be absolute: a site without an
        address has none.
        """
        if not self.site_url:
            return None
        cut = square(self.graph.survey.facts[file]) if file else None
        return cut or cover_of(entry.kind.name, entry.title)

    def at(self, page: str) -> Shelf:
        """Return the records as seen from a page (its address from the site's root)."""
        return Shelf(self, page, "../" * page.count("/"))


class Shelf(Struct, frozen=True):
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
        return self.catalogue.cards.get((entry.key, self.root), lambda: self._card(entry))

    def _card(self, entry: Entry) -> Card:
        record = entry.record
        return Card(
            key=entry.key,
            kind=entry.kind.name,
            kind_label=entry.kind.label,
            title=record.title,
            url=self.url(entry),
            summary=self.catalogue.summary(entry, _SUMMARY),
            badges=tuple(self._badges(entry)),
            when=when(entry),
            photo=next(iter(self.photos(listed(self.graph, entry)[:1])), None),
        )

    def photos(self, pictures: Iterable[Listed]) -> tuple[PhotoView, ...]:
        """Return pictures as this page shows them."""
        return tuple(photo_view(self.link, one.facts, one.photo) for one in pictures)

    def _badges(self, entry: Entry) -> Iterator[str]:
        if self.catalogue.is_draft(entry):
            yield DRAFT
        for name in ("type", "tier", "level", "force"):
            value = entry.record.stated(name)
            if value and value != UNSTATED:
                yield tier_of(entry) if name == "tier" else value
        place = self.graph.target(entry, "place")
        if place is not None:
            yield place.title
        regular = entry.record.stated("regular")
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
            source=source.title if source else "",
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
            tuple(Way(entry.title, self.url(entry), number) for entry, number in counted if number),
            self.link(f"{KINDS[kind].plural}/"),
        )


class Dated(Struct, frozen=True):
    """Something about a record that happened at a date."""

    date: PartialDate
    what: str
    entry: Entry


def dated(graph: Graph, entry: Entry) -> Iterator[Dated]:
    """Yield what the record says happened when: a start, a launch, honours received.

    An honour is called by its record's title: one that is not public is not in the graph, and
    what was typed for it must not be shown either.
    """
    record = entry.record
    start, launched = record.stated("start"), record.stated("launched")
    if start is not None:
        yield Dated(start, "活动", entry)
    if launched is not None:
        yield Dated(launched, "品牌启用", entry)
    for index, award in enumerate(record.stated("honours") or ()):
        honour = graph.target(entry, "honours", index, "honour")
        if award.year is not None and honour is not None:
            yield Dated(award.year, f"获得{honour.title}", entry)


def tier_of(entry: Entry) -> str:
    """Return the tier of a venue, or of an honour in words: ``国`` is 国家级, ``省`` 省级."""
    tier = entry.record.stated("tier") or ""
    if entry.kind.name != "honour" or not tier:
        return tier
    return "国家级" if tier == "国" else f"{tier}级"


def when(entry: Entry) -> str:
    """Return a record's date, or its rhythm, as readers see it."""
    start = entry.date
    end = entry.record.stated("end")
    if start is not None and end is not None and end != start:
        return f"{start.chinese}至{end.chinese}"
    regular = entry.record.stated("regular")
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
    regular = entry.record.stated("regular")
    held_regularly = regular is not None and regular.regular
    return entry.record.stated("start") is not None and not held_regularly


def _position(entry: Entry) -> tuple[int, int, str, str]:
    # Records of one date stay in the order of their pinyin, which does not depend on the machine.
    found = entry.date
    rank = -found.last.toordinal() if found is not None else 0
    return (0 if found is not None else 1, rank, entry.spelling, entry.id)


def _wiki(shelf: Shelf, entry: Entry) -> Callable[[WikiLink], tuple[str, str] | None]:
    targets = {link.stretch: link.target for link in shelf.graph.out(entry)}

    def resolve(wiki: WikiLink) -> tuple[str, str] | None:
        target = targets.get((wiki.start, wiki.end))
        return (shelf.url(target), target.title) if target is not None else None

    return resolve

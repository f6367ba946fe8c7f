"""What templates are given: frozen data, links ready to use, no HTML but finished prose.

Every link is relative to the page it stands on. Texts are raw: the templates escape them.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class Crumb(Struct, frozen=True):
    """A step of the path to a page; the page itself has no link."""

    title: str
    url: str | None = None


class PhotoView(Struct, frozen=True):
    """A published picture: links to its copies, its size in pixels, its words.

    ``srcset`` lists the WebP copies (empty for a drawing), ``src`` is one that every browser can
    show, ``full`` the largest of that sort.
    """

    src: str
    width: int
    height: int
    alt: str
    srcset: str = ""
    full: str = ""
    caption: str = ""
    credit: str = ""


class Card(Struct, frozen=True):
    """A record as other pages show it."""

    key: str
    kind: str
    kind_label: str
    title: str
    url: str
    summary: str
    badges: tuple[str, ...] = ()
    when: str = ""
    photo: PhotoView | None = None


class FactValue(Struct, frozen=True):
    """One value of a fact, with a link and a note where it has them."""

    text: str
    url: str = ""
    note: str = ""


class Fact(Struct, frozen=True):
    """A field's name and its values."""

    label: str
    values: tuple[FactValue, ...]

    @property
    def length(self) -> int:
        """How many characters its values have, without their notes."""
        return sum(len(value.text) for value in self.values)

    @property
    def leads_out(self) -> bool:
        """Whether it is an address on the web, which says nothing where it cannot be followed."""
        return self.values[0].text.startswith(("https://", "http://"))


class Relation(Struct, frozen=True):
    """Records that stand in one relation to the page's record."""

    label: str
    cards: tuple[Card, ...]


class Section(Struct, frozen=True):
    """An entry of a page's own list of sections: ``id`` is the heading's."""

    id: str
    title: str
    level: int


class HonourItem(Struct, frozen=True):
    """An honour as its holder shows it."""

    title: str
    url: str
    tier: str = ""
    year: str = ""
    issuer: str = ""
    summary: str = ""


class NumberItem(Struct, frozen=True):
    """A number set large: ``超过`` ``13万`` ``人``, what it counts, as of when, by whom."""

    label: str
    value: str
    unit: str = ""
    comparison: str = ""
    as_of: str = ""
    source: str = ""
    source_url: str = ""
    url: str = ""
    summary: str = ""


class TimelineItem(Struct, frozen=True):
    """Something that happened at a time."""

    when: str
    what: str
    card: Card


class TreeNode(Struct, frozen=True):
    """A record with those below it."""

    card: Card
    children: tuple[TreeNode, ...] = ()
    count: int = 0
    """How many records stand anywhere below, itself not counted."""


class Group(Struct, frozen=True):
    """Cards under a heading."""

    title: str
    cards: tuple[Card, ...]
    note: str = ""


class Way(Struct, frozen=True):
    """A link to a list, with how many entries it leads to."""

    title: str
    url: str
    count: int


class Ways(Struct, frozen=True):
    """Ways in of one sort: by kind, by place, by theme, by year; ``url`` leads to all of them."""

    title: str
    ways: tuple[Way, ...]
    url: str = ""


class Paging(Struct, frozen=True):
    """Where a page of a list stands among its pages."""

    number: int
    total: int
    count: int
    previous_url: str
    next_url: str
    links: tuple[Crumb, ...]


class Pager(Struct, frozen=True):
    """The records before and after one, in the order of its list."""

    previous: Card | None
    next: Card | None


class CitationView(Struct, frozen=True):
    """The words with which an honour was given, and where they stand."""

    text: str
    source: str = ""
    source_url: str = ""


class Builders(Struct, frozen=True):
    """Those who built a brand together."""

    lead: Card | None
    partners: tuple[Card, ...]


class RecordView(Struct, frozen=True):
    """A record's own page; what a kind does not have is empty."""

    key: str
    kind: str
    kind_label: str
    title: str
    summary: str
    crumbs: tuple[Crumb, ...]
    draft: bool
    facts: tuple[Fact, ...]
    prose: str
    sections: tuple[Section, ...]
    relations: tuple[Relation, ...]
    pager: Pager
    board_url: str
    slogan: str = ""
    meaning: str = ""
    outcome: str = ""
    numbers: tuple[NumberItem, ...] = ()
    honours: tuple[HonourItem, ...] = ()
    citation: CitationView | None = None
    steps: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    timeline: tuple[TimelineItem, ...] = ()
    authors: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    builders: Builders | None = None
    cite: str = ""
    linked: tuple[dict[str, Any], ...] = ()
    """What the page is about as JSON-LD."""
    lead: PhotoView | None = None
    """The picture that opens the page: the first of the record's list."""
    gallery: tuple[PhotoView, ...] = ()
    """The other pictures of its list, without those that stand in its prose."""
    gallery_credit: str = ""
    """Whom all of the gallery are from, where that is one; else each says it."""


class ListView(Struct, frozen=True):
    """A list of the records of a kind, one page of it."""

    kind: str
    kind_label: str
    about: str
    crumbs: tuple[Crumb, ...]
    cards: tuple[Card, ...]
    paging: Paging
    facets: tuple[Ways, ...]
    also: tuple[Crumb, ...] = ()
    """Other pages that show the same records another way."""
    files: tuple[Crumb, ...] = ()
    """What the list is also given as, for other programs: a calendar, a feed."""


class GroupsView(Struct, frozen=True):
    """A list in groups: honours by tier, teams by level."""

    kind: str
    kind_label: str
    about: str
    crumbs: tuple[Crumb, ...]
    groups: tuple[Group, ...]
    count: int
    links: tuple[Way, ...] = ()


class TreeView(Struct, frozen=True):
    """A list as a tree: the venue network, the themes."""

    kind: str
    kind_label: str
    about: str
    crumbs: tuple[Crumb, ...]
    roots: tuple[TreeNode, ...]
    count: int
    tiers: tuple[Way, ...] = ()


class CoverageRow(Struct, frozen=True):
    """A place, how deep it lies, the brands found there; none is worth showing too."""

    place: Card
    depth: int
    brands: tuple[Card, ...]
    activities: int


class CoverageView(Struct, frozen=True):
    """Which place has which brand: 一镇一品、一村一品."""

    kind: str
    kind_label: str
    about: str
    crumbs: tuple[Crumb, ...]
    rows: tuple[CoverageRow, ...]
    covered: int
    count: int


class HonourRow(Struct, frozen=True):
    """An honour, who holds it, and the honours it is divided into."""

    honour: Card
    tier: str
    issuer: str
    holders: tuple[TimelineItem, ...]
    below: tuple[Card, ...] = ()


class HonoursView(Struct, frozen=True):
    """The honours with their holders, by tier."""

    kind: str
    kind_label: str
    about: str
    crumbs: tuple[Crumb, ...]
    rows: tuple[HonourRow, ...]
    count: int


class YearGroup(Struct, frozen=True):
    """What happened in one year: the latest of it, or all, and how much there is."""

    year: str
    url: str
    items: tuple[TimelineItem, ...]
    count: int


class YearsView(Struct, frozen=True):
    """The timeline of all years."""

    title: str
    about: str
    crumbs: tuple[Crumb, ...]
    years: tuple[YearGroup, ...]


class YearPart(Struct, frozen=True):
    """What happened in one month of a year; a year that is not divided has one part, untitled."""

    title: str
    id: str
    items: tuple[TimelineItem, ...]


class YearView(Struct, frozen=True):
    """One year, by months where there is much of it, with its neighbours."""

    title: str
    about: str
    crumbs: tuple[Crumb, ...]
    count: int
    parts: tuple[YearPart, ...]
    ways: tuple[Way, ...]
    """The way to each month down the page."""
    previous: Way | None
    next: Way | None


class HomeView(Struct, frozen=True):
    """The first page."""

    name: str
    slogan: str
    intro: str
    featured: tuple[Card, ...]
    figures: tuple[Card, ...]
    activities: tuple[Card, ...]
    numbers: tuple[NumberItem, ...]
    ways: tuple[Ways, ...]
    linked: tuple[dict[str, Any], ...] = ()
    """What the site is as JSON-LD."""


class ExploreView(Struct, frozen=True):
    """Search, and the static lists that lead to everything without it."""

    crumbs: tuple[Crumb, ...]
    ways: tuple[Ways, ...]
    count: int


class DataSet(Struct, frozen=True):
    """The records of a kind as files, and the feed of what is new among them."""

    label: str
    about: str
    count: int
    url: str
    sheet_url: str
    json_url: str
    feed_url: str


class DataView(Struct, frozen=True):
    """The open data: what there is, and how to use it. Without activities on days: no calendar."""

    crumbs: tuple[Crumb, ...]
    sets: tuple[DataSet, ...]
    feed_url: str
    calendar_url: str
    dictionary_url: str
    dictionary_json_url: str
    package_url: str
    addresses_url: str


class PageView(Struct, frozen=True):
    """One page to compose: where it lies, its template and what the template is given."""

    address: str
    template: str
    title: str
    description: str
    data: object
    source: str = ""
    """The file in ``content/`` that the page comes from, for its edit link."""
    findings: tuple[str, ...] = ()
    """What only showing the page brought to light; the bounds on prose keep it empty."""
    hidden: bool = False
    """Whether search engines are asked to leave it out."""
    image: str = ""
    """The picture that shows the page where it is shared, from the site's root."""

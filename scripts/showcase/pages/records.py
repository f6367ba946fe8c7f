"""A page for every public record."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice

from showcase.addresses import address
from showcase.load import Entry
from showcase.model import KINDS, Record
from showcase.model.activity import Activity
from showcase.model.brand import Result
from showcase.pages.citing import builders, how_to_cite
from showcase.pages.facts import facts, in_words, relations
from showcase.pages.linked import linked
from showcase.pages.photos import gallery
from showcase.pages.plan import Planned
from showcase.pages.shelf import Catalogue, Dated, Shelf, dated, tier_of
from showcase.pages.views import (
    Card,
    CitationView,
    HonourItem,
    NumberItem,
    Pager,
    PageView,
    RecordView,
    Relation,
    Section,
)
from showcase.prose import Prose

_DESCRIPTION = 110
_SIBLINGS = 6

BOARD = "board/"
"""Where a record's board lies, below its page."""


def pages(catalogue: Catalogue) -> Iterator[Planned]:
    """Yield the pages of all records, kind by kind, in the order of their lists."""
    for kind in KINDS:
        for entry in catalogue.of(kind):
            yield Planned(address(entry), partial(_page, catalogue, entry), given="")


def _page(catalogue: Catalogue, entry: Entry) -> PageView:
    page = address(entry)
    shelf = catalogue.at(page)
    prose, shared = catalogue.prose(entry), catalogue.shared(entry)
    view = _view(
        shelf, entry, prose, Pager(*(_card(shelf, one) for one in catalogue.beside(entry)))
    )
    return PageView(
        address=page,
        template=f"records/{entry.kind.name}.html",
        title=view.title,
        description=catalogue.summary(entry, _DESCRIPTION) or in_words(view),
        data=view,
        source=entry.file,
        findings=tuple(f"{finding.code_name} {finding.detail}" for finding in prose.findings),
        image=shared.path if shared else "",
    )


def _card(shelf: Shelf, entry: Entry | None) -> Card | None:
    return shelf.card(entry) if entry is not None else None


def _view(shelf: Shelf, entry: Entry, prose: Prose, pager: Pager) -> RecordView:
    record, kind = entry.record, entry.kind
    photos = shelf.photos(shelf.catalogue.listed(entry))
    rest, credit = gallery(photos[1:])
    return RecordView(
        key=entry.key,
        kind=kind.name,
        kind_label=kind.label,
        title=record.title,
        summary=record.summary or "",
        crumbs=shelf.crumbs((kind.label, f"{kind.plural}/"), title=record.title),
        draft=shelf.catalogue.is_draft(entry),
        facts=facts(shelf, entry),
        prose=prose.html,
        sections=tuple(
            Section(section.id, section.title, section.level) for section in prose.sections
        ),
        relations=(*relations(shelf, entry), *_siblings(shelf, entry)),
        pager=pager,
        slogan=_text(record, "slogan"),
        meaning=_text(record, "meaning"),
        outcome=_text(record, "outcome"),
        numbers=numbers(shelf, entry),
        honours=tuple(honours(shelf, entry)),
        citation=citation(shelf, entry),
        steps=record.stated("steps") or (),
        platforms=record.stated("platforms") or (),
        timeline=shelf.timeline(_history(shelf, entry)),
        authors=record.stated("authors") or (),
        references=record.stated("references") or (),
        builders=builders(shelf, entry) if kind.name == "brand" else None,
        board_url=BOARD,
        linked=linked(shelf, entry),
        cite=how_to_cite(shelf, entry) if kind.name == "brand" else "",
        lead=photos[0] if photos else None,
        gallery=rest,
        gallery_credit=credit,
    )


def _siblings(shelf: Shelf, entry: Entry) -> Iterator[Relation]:
    """Yield a few other activities of an activity's series; the series' own page has all."""
    series = shelf.graph.target(entry, "series") if entry.kind.name == "activity" else None
    if series is None:
        return
    held = (link.source for link in shelf.graph.into(series) if link.path[0] == "series")
    others = (one for one in held if one not in (None, entry) and one.kind.name == "activity")
    # Taken one by one: a series of a thousand must not be walked a thousand times.
    if few := tuple(islice(others, _SIBLINGS)):
        yield Relation("同一系列的活动", shelf.cards(few))


def _text(record: Record, name: str) -> str:
    return record.stated(name) or ""


def numbers(shelf: Shelf, entry: Entry) -> tuple[NumberItem, ...]:
    """Return what a record states in numbers: its value, its results, what it amounted to."""
    if entry.kind.name == "indicator":
        return (shelf.number(entry),)
    if entry.kind.name == "activity":
        return tuple(_counted(entry.as_a(Activity)))
    results: tuple[Result, ...] = entry.record.stated("results") or ()
    return tuple(_result(shelf, entry, index, item) for index, item in enumerate(results))


def _counted(activity: Activity) -> Iterator[NumberItem]:
    """Yield what an activity amounted to: people, hours, money."""
    counted = (
        ("参与", activity.attendance, "人次"),
        ("志愿者", activity.volunteers, "人"),
        ("志愿服务时长", activity.hours, "小时"),
    )
    for label, value, unit in counted:
        if value is not None:
            yield NumberItem(label, str(value), unit)
    if activity.funds is not None:
        funds = activity.funds
        yield NumberItem(funds.kind or "款项", str(funds.amount), funds.unit or "")


def _result(shelf: Shelf, entry: Entry, index: int, item: Result) -> NumberItem:
    source = shelf.graph.target(entry, "results", index, "source")
    return NumberItem(
        label=item.label,
        value=item.value,
        unit=item.unit or "",
        as_of=item.as_of.chinese if item.as_of else "",
        source=source.title if source else "",
        source_url=shelf.url(source) if source else "",
    )


def honours(shelf: Shelf, entry: Entry) -> Iterator[HonourItem]:
    """Yield the honours that a record says it has received, as far as they are public."""
    for index, award in enumerate(entry.record.stated("honours") or ()):
        target = shelf.graph.target(entry, "honours", index, "honour")
        if target is not None:
            yield HonourItem(
                title=target.title,
                url=shelf.url(target),
                tier=tier_of(target),
                year=award.year.chinese if award.year else "",
                issuer=award.issuer or _text(target.record, "issuer"),
                summary=target.record.summary or "",
            )


def citation(shelf: Shelf, entry: Entry) -> CitationView | None:
    """Return the words with which a figure was honoured."""
    words = entry.record.stated("citation")
    if words is None:
        return None
    source = shelf.graph.target(entry, "citation", "source")
    return CitationView(
        words.text,
        source.title if source else "",
        shelf.url(source) if source else "",
    )


def _history(shelf: Shelf, entry: Entry) -> list[Dated]:
    """Return what happened under a brand or series, oldest first; others have no timeline."""
    if entry.kind.name not in ("brand", "series"):
        return []
    graph = shelf.graph
    activities = graph.sources(entry, "activity", entry.kind.name)
    events = [event for one in (entry, *activities) for event in dated(graph, one)]
    return sorted(events, key=lambda event: (event.date.first, event.entry.id))

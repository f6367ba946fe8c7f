"""A record's fields as facts and relations, read from the kind's own declarations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from showcase.convert import field_label
from showcase.graph import Link
from showcase.load import Entry
from showcase.model import KINDS, Field, Fields, PartialDate, fields_of
from showcase.model.types import UNSTATED
from showcase.pages.shelf import Shelf, tier_of
from showcase.pages.views import Card, Fact, FactValue, RecordView, Relation
from showcase.source import Path

_ELSEWHERE = frozenset(
    {"title", "summary", "slogan", "meaning", "status", "publish_on", "expire_on", "slug"}
    | {"aliases", "photos", "body", "results", "honours", "citation", "steps", "platforms"}
    | {"authors", "references", "value", "comparison", "unit", "as_of"}
    | {"attendance", "volunteers", "hours", "funds", "outcome"}
)
"""Fields shown in places of their own: the heading, the prose, the numbers, the honours …"""

_LAST = ("place", "tags")
"""Fields that every kind has say less than a kind's own: they close the facts."""

_STATED = 4
"""So many numbers and facts stand for a record that says no more."""

_MENTIONS = ("文中提到", "提到这里的内容")
_ORDER = tuple(KINDS)


def facts(shelf: Shelf, entry: Entry) -> tuple[Fact, ...]:
    """Return a record's plain fields, and the single records it names, as facts."""
    return tuple(_facts(shelf, entry))


def _facts(shelf: Shelf, entry: Entry) -> Iterator[Fact]:
    record = entry.record
    for declared in _told(type(record)):
        value = getattr(record, declared.name)
        if value is None:
            continue
        if declared.name == "tier":
            values = tuple(_values(tier_of(entry)))
        elif declared.ref is not None:
            target = shelf.graph.target(entry, declared.name)
            values = (_named(shelf, target),) if target is not None else ()
        else:
            values = tuple(_values(value))
        if values:
            yield Fact(declared.label.name, values)


@cache
def _told(cls: type[Fields]) -> tuple[Field, ...]:
    """Return the fields of a kind that are facts, in the order in which they are told."""
    told = (
        declared
        for declared in fields_of(cls)
        if declared.name not in _ELSEWHERE
        and not declared.label.private
        # Records of which a field names several stand among the relations.
        and not (declared.ref is not None and declared.many)
    )
    return tuple(sorted(told, key=_place_among_facts))


def _place_among_facts(declared: Field) -> int:
    return _LAST.index(declared.name) + 1 if declared.name in _LAST else 0


def _named(shelf: Shelf, target: Entry) -> FactValue:
    def make() -> FactValue:
        above = "，".join(step.title for step in shelf.graph.ancestors(target))
        return FactValue(target.title, shelf.url(target), above)

    # A place is named by hundreds of records.
    return shelf.catalogue.named.get((target.key, shelf.root), make)


def _values(value: Any) -> Iterator[FactValue]:
    if value is None or value == UNSTATED:
        return
    if isinstance(value, tuple):
        for item in value:
            yield from _values(item)
    elif isinstance(value, PartialDate):
        yield FactValue(value.chinese)
    elif isinstance(value, Fields):
        parts = [_plain(getattr(value, declared.name)) for declared in fields_of(type(value))]
        first, *rest = [part for part in parts if part]
        yield FactValue("".join([first, *rest[:1]]), note="，".join(rest[1:]))
    else:
        text = _plain(value)
        if text:
            yield FactValue(text, text if text.startswith(("https://", "http://")) else "")


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "rhythm"):
        return (value.rhythm or "是") if value.regular else "否"
    return str(value)


def in_words(view: RecordView) -> str:
    """Return what a record without prose states.

    It is for search engines and chats, which would say of each such page what the site is about.
    """
    near = [fact for fact in view.facts if not fact.leads_out]
    stated = (*_numbers(view), *(f"{fact.label}：{_together(fact)}" for fact in near))
    return "。".join((f"{view.kind_label}：{view.title}", "；".join(stated[:_STATED]))).rstrip("。")


def _numbers(view: RecordView) -> Iterator[str]:
    for number in view.numbers:
        label = f"{number.label}：" if number.label != view.title else ""
        comparison = "" if number.comparison == "等于" else number.comparison
        as_of = f"（截至{number.as_of}）" if number.as_of else ""
        yield f"{label}{comparison}{number.value}{number.unit}{as_of}"


def _together(fact: Fact) -> str:
    return "、".join(value.text for value in fact.values)


def relations(shelf: Shelf, entry: Entry) -> tuple[Relation, ...]:
    """Return every record this one names or is named by, under the words for the relation.

    The honours it has received are not among them: they stand in a list of their own.
    """
    groups: dict[str, dict[str, Card]] = {}
    for link in shelf.graph.out(entry):
        if link.target is not None and not link.mention and link.path[0] != "honours":
            _add(groups, _called(entry.kind.record, link.path), shelf.card(link.target))
    tied = {link.target for link in shelf.graph.out(entry) if _plain_tie(link, link.target)}
    mentions: list[Entry] = []
    for link in shelf.graph.into(entry):
        source = link.source
        if source is None or source is entry:
            continue
        if link.mention:
            mentions.append(source)
        elif not (source in tied and _plain_tie(link, entry)):
            label = link.ref.inverse.replace("{kind}", source.kind.label)
            # That something lies here says less than what it is to this place.
            add = _add_new if link.path[0] == "place" else _add
            add(groups, label, shelf.card(source))
    for link in shelf.graph.out(entry):
        if link.mention and link.target is not None and link.target is not entry:
            _add_new(groups, _MENTIONS[0], shelf.card(link.target))
    for source in mentions:
        _add_new(groups, _MENTIONS[1], shelf.card(source))
    found = [Relation(label, tuple(cards.values())) for label, cards in groups.items()]
    return tuple(sorted(found, key=_rank))


@cache
def _called(cls: type[Fields], path: Path) -> str:
    """Return what a record is that a field names: in 成效[1].来源, it is a 来源."""
    return field_label(cls, path).rpartition(".")[2].partition("[")[0]


def _plain_tie(link: Link, target: Entry | None) -> bool:
    """Tell whether a field is named after the kind it names, and so says only «belongs to».

    Written on both records, such a tie is still one: a figure's 品牌, that brand's 人物.
    """
    return target is not None and link.path[0] in (target.kind.name, target.kind.plural)


def _rank(relation: Relation) -> tuple[bool, int]:
    """Order relations by what readers come for; what is only mentioned stands last."""
    return relation.label in _MENTIONS, _ORDER.index(relation.cards[0].kind)


def _add(groups: dict[str, dict[str, Card]], label: str, card: Card) -> None:
    groups.setdefault(label, {})[card.key] = card


def _add_new(groups: dict[str, dict[str, Card]], label: str, card: Card) -> None:
    """Add a card unless some other relation shows it already, and says more."""
    if not any(card.key in cards for cards in groups.values()):
        _add(groups, label, card)

"""What a page is about, for machines: schema.org as JSON-LD, from what the record states alone.

A type that demands what the record does not say is not claimed: an activity without a date or a
place is no ``Event``. Required and recommended properties: schema.org and the guides of the search
engines (developers.google.com/search/docs/appearance/structured-data).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from showcase.addresses import address
from showcase.load import Entry
from showcase.model.activity import Activity
from showcase.model.brand import Brand
from showcase.model.figure import Figure
from showcase.model.venue import Venue
from showcase.pages.citing import author_names
from showcase.pages.shelf import Catalogue, Shelf
from showcase.pattern import pattern
from showcase.photos import largest

Node = dict[str, Any]

_CONTEXT = "https://schema.org"
_HEADLINE = 110
"""Characters of a headline that search engines show."""
_PERSON = pattern(r"[\u4e00-\u9fff·]{2,4}")
"""What is surely a person's name; of an author called otherwise nothing is claimed."""


def linked(shelf: Shelf, entry: Entry) -> tuple[Node, ...]:
    """Return what a record's page is about, and where it stands, as JSON-LD."""
    found = (_thing(shelf, entry), _breadcrumbs(shelf.catalogue, entry))
    return tuple({"@context": _CONTEXT, **node} for node in found if node)


def linked_site(catalogue: Catalogue) -> tuple[Node, ...]:
    """Return what the site is and who runs it, as JSON-LD."""
    site = catalogue.graph.site.record
    about = site.description or site.intro or site.slogan
    node = {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "name": site.name,
        "description": about,
        "inLanguage": "zh-Hans",
        "url": catalogue.site_url,
        "publisher": _host(catalogue),
    }
    return (_clean(node),)


def _thing(shelf: Shelf, entry: Entry) -> Node:
    made = {
        "brand": _brand,
        "figure": _figure,
        "activity": _activity,
        "venue": _venue,
        "organisation": _organisation,
    }.get(entry.kind.name)
    return _clean(made(shelf, entry)) if made is not None else {}


def _brand(shelf: Shelf, entry: Entry) -> Node:
    return {**_article(shelf, entry), "author": list(_authors(shelf, entry.as_a(Brand)))}


def _article(shelf: Shelf, entry: Entry) -> Node:
    record = entry.record
    return {
        "@type": "Article",
        "headline": record.title[:_HEADLINE],
        "description": record.summary,
        "inLanguage": "zh-Hans",
        "datePublished": str(record.publish_on or ""),
        "url": _absolute(shelf.catalogue, entry),
        "image": _image(shelf.catalogue, entry),
        "publisher": _host(shelf.catalogue),
    }


def _authors(shelf: Shelf, brand: Brand) -> Iterator[Node]:
    for name in author_names(brand):
        if shelf.catalogue.is_titled("organisation", name):
            yield {"@type": "Organization", "name": name}
        elif _PERSON.fullmatch(name):
            yield {"@type": "Person", "name": name}


def _figure(shelf: Shelf, entry: Entry) -> Node:
    figure = entry.as_a(Figure)
    if figure.type == "群体":
        return {**_article(shelf, entry), "about": {"@type": "Thing", "name": figure.title}}
    organisation = shelf.graph.target(entry, "organisation")
    awards = (
        shelf.graph.target(entry, "honours", index, "honour")
        for index in range(len(figure.honours))
    )
    return {
        **_named("Person", shelf, entry),
        "jobTitle": figure.role,
        "award": [award.title for award in awards if award is not None],
        "affiliation": _name("Organization", organisation),
    }


def _activity(shelf: Shelf, entry: Entry) -> Node:
    activity = entry.as_a(Activity)
    venue = shelf.graph.target(entry, "venue")
    place = shelf.graph.target(entry, "place")
    where = venue if venue is not None else place
    if activity.start is None or where is None:
        return {**_article(shelf, entry), "about": {"@type": "Thing", "name": activity.title}}
    return {
        **_named("Event", shelf, entry),
        "startDate": str(activity.start),
        "endDate": str(activity.end or ""),
        "location": {
            **_name("Place", where),
            "address": where.record.stated("address") or where.title,
        },
        "organizer": _name("Organization", shelf.graph.target(entry, "host")),
    }


def _venue(shelf: Shelf, entry: Entry) -> Node:
    return {**_named("Place", shelf, entry), "address": entry.as_a(Venue).address}


def _organisation(shelf: Shelf, entry: Entry) -> Node:
    above = shelf.graph.target(entry, "parent")
    return {
        **_named("Organization", shelf, entry),
        "parentOrganization": _name("Organization", above),
    }


def _named(type_: str, shelf: Shelf, entry: Entry) -> Node:
    return {
        "@type": type_,
        "name": entry.title,
        "description": entry.record.summary,
        "url": _absolute(shelf.catalogue, entry),
        "image": _image(shelf.catalogue, entry),
    }


def _name(type_: str, entry: Entry | None) -> Node:
    return {"@type": type_, "name": entry.title} if entry is not None else {}


def _host(catalogue: Catalogue) -> Node:
    host = catalogue.graph.site.record.host
    return {"@type": "Organization", "name": host} if host else {}


def _absolute(catalogue: Catalogue, entry: Entry) -> str:
    return catalogue.site_url + address(entry) if catalogue.site_url else ""


def _image(catalogue: Catalogue, entry: Entry) -> str:
    """Return the record's first picture; a cover shows nothing of what the page is about."""
    file = catalogue.face(entry) if catalogue.site_url else ""
    copy = largest(catalogue.graph.survey.facts[file]) if file else None
    return catalogue.site_url + copy.path if copy else ""


def _breadcrumbs(catalogue: Catalogue, entry: Entry) -> Node:
    """Return the path to a record's page: its steps must be absolute addresses."""
    root = catalogue.site_url
    if not root:
        return {}
    steps = (
        ("首页", root),
        (entry.kind.label, f"{root}{entry.kind.plural}/"),
        (entry.title, root + address(entry)),
    )
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": url}
        for number, (name, url) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _clean(node: Mapping[str, Any]) -> Node:
    """Leave out what is empty: it was not stated."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}

"""A record's pictures as pages show them: names and sizes of copies, before any is made."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from showcase.graph import Graph
from showcase.load import Entry
from showcase.model.record import Photo
from showcase.pages.views import PhotoView
from showcase.photos import Facts, largest, renditions

Link = Callable[[str], str]


class Listed(Struct, frozen=True):
    """An item of a record's list whose picture can be published."""

    file: str
    facts: Facts
    photo: Photo


def facts_of(graph: Graph, file: str) -> Facts | None:
    """Return the facts of a picture, ``None`` if it cannot be published."""
    facts = graph.survey.facts.get(file) if file in graph.pictures else None
    return facts if facts is not None and facts.fault is None else None


def listed(graph: Graph, entry: Entry) -> tuple[Listed, ...]:
    """Return what of a record's list can be published, each picture once."""
    found: dict[str, Listed] = {}
    for photo in entry.record.photos:
        file = graph.album.find(entry, photo.file).file
        facts = facts_of(graph, file) if file else None
        if facts is not None:
            found.setdefault(facts.digest, Listed(file, facts, photo))
    return tuple(found.values())


def photo_view(link: Link, facts: Facts, photo: Photo | None, alt: str = "") -> PhotoView:
    """Return a picture as a page shows it; ``link`` says how addresses are written there."""
    copies = renditions(facts)
    small = [copy for copy in copies if copy.format == "WEBP"]
    plain = [copy for copy in copies if copy.format != "WEBP"]
    full = largest(facts)
    return PhotoView(
        src=link(plain[0].path),
        width=full.width,
        height=full.height,
        alt=alt or (photo.alt if photo else ""),
        srcset=", ".join(f"{link(copy.path)} {copy.width}w" for copy in small),
        full=link(full.path),
        caption=(photo.caption or "") if photo else "",
        credit=_credit(photo),
    )


def _credit(photo: Photo | None) -> str:
    """Return whom a picture is from; a map says its number with it."""
    if photo is None:
        return ""
    number = f"审图号：{photo.review_number}" if photo.review_number else ""
    return "　".join(part for part in (photo.credit or "", number) if part)


def gallery(views: tuple[PhotoView, ...]) -> tuple[tuple[PhotoView, ...], str]:
    """Return pictures without the credit that they share, and that credit."""
    shared = {view.credit for view in views}
    if len(views) < 2 or len(shared) != 1:
        return views, ""
    return tuple(replace(view, credit="") for view in views), shared.pop()

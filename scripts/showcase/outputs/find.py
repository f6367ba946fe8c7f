"""What the search finds: one document for each public record, with the text its page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

from showcase.addresses import address
from showcase.load import Entry
from showcase.outputs.artifact import Artifact
from showcase.outputs.search import (
    Aloud,
    Findable,
    Looked,
    Previous,
    SearchDocument,
    assemble,
    digest_of,
)
from showcase.pages import Catalogue
from showcase.pages.facts import facts
from showcase.pages.records import honours, numbers
from showcase.pages.shelf import Shelf, dated, when

_ROOM, _NAMES = "search", "names aloud"
_RELATED = ("brand", "brands", "figures", "members", "host", "lead", "organisation", "series")


def artifacts(catalogue: Catalogue) -> Iterator[Artifact]:
    """Yield the files of the search index; what did not change since the build before is kept."""
    past = catalogue.past
    found = (
        Findable(entry.key, _date(entry), partial(_look, catalogue, entry))
        for entry in catalogue.graph.entries
    )
    state = past.left(_ROOM)
    previous = Previous(state, past.file) if state is not None else None
    aloud = Aloud(partial(past.left, _NAMES))
    yield from assemble(found, previous, aloud, partial(past.leave, _ROOM))
    if (read := aloud.packed()) is not None:
        past.leave(_NAMES, read)


def _look(catalogue: Catalogue, entry: Entry) -> Looked:
    """Return what stands for the document of a record, and what gives it.

    It is not made where all that it was made of at the latest build is as it was.
    """
    make: Callable[[], SearchDocument] = partial(document, catalogue, entry)
    product = f"search {entry.key}"
    known = catalogue.past.recall(product)
    if known is None:
        make = cache(make)
        known = catalogue.past.known(product, lambda: digest_of(make()).hex())
    return Looked(bytes.fromhex(known), make)


def document(catalogue: Catalogue, entry: Entry) -> SearchDocument:
    """Return what the search knows of a record."""
    record = entry.record
    shelf = catalogue.at(address(entry))
    related = [target.title for name in _RELATED for target in catalogue.graph.targets(entry, name)]
    return SearchDocument(
        key=entry.key,
        url=address(entry),
        title=record.title,
        kind_label=entry.kind.label,
        names=tuple(name for name in (*record.aliases, record.stated("slogan")) if name),
        related=tuple(dict.fromkeys(related)),
        summary=record.summary or "",
        text="\n".join(_lines(shelf, entry)),
        facets=_facets(catalogue, entry),
        date=_date(entry),
        when=when(entry),
    )


def _date(entry: Entry) -> str:
    date = entry.date
    return str(date) if date else ""


def _lines(shelf: Shelf, entry: Entry) -> Iterator[str]:
    """Yield what the page shows besides its heading and relations, a fact or paragraph a line."""
    record = entry.record
    for name in ("meaning", "outcome"):
        yield from (line for line in (record.stated(name),) if line)
    for honour in honours(shelf, entry):
        yield " ".join(part for part in (honour.title, honour.year, honour.issuer) if part)
    citation = record.stated("citation")
    if citation is not None:
        yield " ".join(citation.text.split())
    for number in numbers(shelf, entry):
        yield f"{number.label} {number.comparison}{number.value}{number.unit}"
    for fact in facts(shelf, entry):
        yield f"{fact.label} " + "、".join(value.text + value.note for value in fact.values)
    for name in ("steps", "platforms", "authors", "references"):
        yield from record.stated(name) or ()
    for one in shelf.catalogue.listed(entry):
        yield " ".join(words for words in (one.photo.caption, one.photo.credit) if words)
    yield shelf.catalogue.prose(entry).text


def _facets(catalogue: Catalogue, entry: Entry) -> dict[str, tuple[str, ...]]:
    graph = catalogue.graph
    places = reversed(catalogue.places_of(entry))
    years = sorted({str(event.date.year) for event in dated(graph, entry)})
    values = {
        "kind": (entry.kind.label,),
        "place": tuple(place.title for place in places),
        "theme": tuple(theme.title for theme in graph.targets(entry, "themes")),
        "year": tuple(years),
        "honour": tuple(honour.title for honour in graph.targets(entry, "honours")),
    }
    return {name: titles for name, titles in values.items() if titles}

"""What the search finds: one document for each public record, with the text its page shows."""

from __future__ import annotations

from collections.abc import Iterator

from showcase.addresses import address
from showcase.load import Entry
from showcase.outputs.artifact import Artifact
from showcase.outputs.search import (
    Extract,
    Previous,
    SearchDocument,
    assemble,
    extract,
    pack,
    unpack,
)
from showcase.pages import Catalogue
from showcase.pages.facts import facts
from showcase.pages.records import honours, numbers
from showcase.pages.shelf import Shelf, date_of, dated, when
from showcase.past import Past
from showcase.seal import digest

_ROOM = "search"
_RELATED = ("brand", "brands", "figures", "members", "host", "lead", "organisation", "series")


def artifacts(catalogue: Catalogue) -> Iterator[Artifact]:
    """Yield the files of the search index, made from those of the build before if there are any."""
    past = catalogue.past
    extracts = [_extract(past, document(catalogue, entry)) for entry in catalogue.graph.entries]
    for path, data in assemble(extracts, _previous(past)):
        yield Artifact(path, data)


def _extract(past: Past, document: SearchDocument) -> Extract:
    key = digest(repr(document).encode("utf-8", "surrogatepass"))
    made: list[Extract] = []

    def make() -> bytes:
        made.append(extract(document))
        return pack(made[0])

    kept = past.once(_ROOM, key, make)
    try:
        return made[0] if made else unpack(kept)
    except ValueError:  # None of ours: what is kept is believed only as far as it can be read.
        return extract(document)


def _previous(past: Past) -> Previous | None:
    kept = past.all_before(_ROOM)
    try:
        return Previous([unpack(data) for data in kept], past.file) if kept else None
    except ValueError:
        return None


def document(catalogue: Catalogue, entry: Entry) -> SearchDocument:
    """Return what the search knows of a record."""
    record = entry.record
    shelf = catalogue.at(address(entry))
    related = [
        target.record.title for name in _RELATED for target in catalogue.graph.targets(entry, name)
    ]
    date = date_of(entry)
    return SearchDocument(
        key=entry.key,
        url=address(entry),
        title=record.title,
        kind_label=entry.kind.label,
        names=tuple(name for name in (*record.aliases, getattr(record, "slogan", None)) if name),
        related=tuple(dict.fromkeys(related)),
        summary=record.summary or "",
        text="\n".join(_lines(shelf, entry)),
        facets=_facets(catalogue, entry),
        date=str(date) if date else "",
        when=when(entry),
    )


def _lines(shelf: Shelf, entry: Entry) -> Iterator[str]:
    """Yield what the page shows besides its heading and relations, a fact or paragraph a line."""
    record = entry.record
    for name in ("meaning", "outcome"):
        yield from (line for line in (getattr(record, name, None),) if line)
    for honour in honours(shelf, entry):
        yield " ".join(part for part in (honour.title, honour.year, honour.issuer) if part)
    citation = getattr(record, "citation", None)
    if citation is not None:
        yield " ".join(citation.text.split())
    for number in numbers(shelf, entry):
        yield f"{number.label} {number.comparison}{number.value}{number.unit}"
    for fact in facts(shelf, entry):
        yield f"{fact.label} " + "、".join(value.text + value.note for value in fact.values)
    for name in ("steps", "platforms", "authors", "references"):
        yield from getattr(record, name, ())
    for one in shelf.catalogue.listed(entry):
        yield " ".join(words for words in (one.photo.caption, one.photo.credit) if words)
    yield shelf.catalogue.prose(entry).text


def _facets(catalogue: Catalogue, entry: Entry) -> dict[str, tuple[str, ...]]:
    graph = catalogue.graph
    places = reversed(catalogue.places_of(entry))
    years = sorted({str(event.date.year) for event in dated(graph, entry)})
    values = {
        "kind": (entry.kind.label,),
        "place": tuple(place.record.title for place in places),
        "theme": tuple(theme.record.title for theme in graph.targets(entry, "themes")),
        "year": tuple(years),
        "honour": tuple(honour.record.title for honour in graph.targets(entry, "honours")),
    }
    return {name: titles for name, titles in values.items() if titles}

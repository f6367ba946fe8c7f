"""Public graph → artifacts: files of the site that are not pages. The table of outputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from showcase.addresses import CALENDAR, FEED, address, dataset, feed_of
from showcase.model import KINDS
from showcase.outputs import calendar, data, feeds, find, headers, photos, redirects
from showcase.outputs.artifact import Artifact, Outline
from showcase.outputs.data.package import DICTIONARY, DICTIONARY_SHEET, PACKAGE
from showcase.outputs.listing import Listed, listings
from showcase.pages import Catalogue

OUTPUTS: Mapping[str, Callable[[Catalogue], Iterator[Artifact | Outline]]] = MappingProxyType(
    {
        "find": find.artifacts,
        "feeds": feeds.artifacts,
        "calendar": calendar.artifacts,
        "data": data.artifacts,
        "redirects": redirects.artifacts,
        "photos": photos.artifacts,
        "headers": headers.artifacts,
    }
)
"""Every module that makes artifacts, in the order in which they are written."""


def artifacts(catalogue: Catalogue, names: Iterable[str]) -> Iterator[Artifact | Outline]:
    """Yield the artifacts of some outputs; some are still to be filled in by a template."""
    for name in names:
        yield from OUTPUTS[name](catalogue)


def linkable(catalogue: Catalogue) -> Iterator[str]:
    """Yield where the files lie that a hand-written page may lead to, none of them made yet.

    The calendar is among them even where nothing stands in it.
    """
    yield from (FEED, CALENDAR, PACKAGE, DICTIONARY, DICTIONARY_SHEET)
    for kind in KINDS.values():
        yield from (dataset(kind.plural, "csv"), dataset(kind.plural, "json"))
        yield feed_of(f"{kind.plural}/")
    yield from (feed_of(address(place)) for place in catalogue.graph.of("place"))


__all__ = ["OUTPUTS", "Artifact", "Listed", "Outline", "artifacts", "linkable", "listings"]

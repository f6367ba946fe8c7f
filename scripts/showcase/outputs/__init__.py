"""Public graph → artifacts: files of the site that are not pages. The table of outputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from showcase.outputs import calendar, data, feeds, find, headers, photos, redirects
from showcase.outputs.artifact import Artifact, Outline
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


BULKY = ("find", "photos")
"""The outputs that are most of a site's bytes; no hand-written page leads to a file of theirs."""


def artifacts(catalogue: Catalogue, names: Iterable[str]) -> Iterator[Artifact | Outline]:
    """Yield the artifacts of some outputs; some are still to be filled in by a template."""
    for name in names:
        yield from OUTPUTS[name](catalogue)


__all__ = ["BULKY", "OUTPUTS", "Artifact", "Listed", "Outline", "artifacts", "listings"]

"""The published copies of the pictures that public records show, and what stands for each record.

A record's page has a square picture where it is shared: cut from a photo, or a cover.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from showcase.load import Entry
from showcase.outputs.artifact import Artifact
from showcase.pages import Catalogue
from showcase.photos import Cover, Rendition, Wanted, draw
from showcase.seal import digest


def artifacts(catalogue: Catalogue) -> Iterator[Artifact]:
    """Yield the copies and the covers; copies are made where the cache does not have them.

    Raises :class:`showcase.photos.NotMade` when one cannot be.
    """
    graph = catalogue.graph
    pictures = [_pictures(catalogue, entry) for entry in graph.entries]
    files = dict.fromkeys(chain.from_iterable(published for _, published in pictures))
    wanted = [Wanted(graph.pictures[file], graph.survey.facts[file]) for file in files]
    covers: dict[Cover, None] = {}
    for entry, (file, _) in zip(graph.entries, pictures, strict=True):
        shared = catalogue.square(entry, file)
        if isinstance(shared, Rendition):
            wanted.append(Wanted(graph.pictures[file], graph.survey.facts[file], shared))
        elif shared is not None:
            covers[shared] = None
    for copy, path in catalogue.store.make(wanted).items():
        # The name of a copy says of what picture it is, and how it was made.
        yield Artifact(copy.path, file=path, key=digest(copy.path))
    for cover in covers:
        yield Artifact(cover.path, draw(cover))


def _pictures(catalogue: Catalogue, entry: Entry) -> tuple[str, list[str]]:
    """Return the file of the picture that stands for a record, and all that its page shows."""
    face, *published = catalogue.past.known(
        f"pictures {entry.key}", lambda: [catalogue.face(entry), *catalogue.published(entry)]
    )
    return face, published

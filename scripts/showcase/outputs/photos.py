"""The published copies of the pictures that public records show."""

from __future__ import annotations

from collections.abc import Iterator

from showcase.outputs.artifact import Artifact
from showcase.pages import Catalogue
from showcase.photos import Wanted


def artifacts(catalogue: Catalogue) -> Iterator[Artifact]:
    """Yield the copies; they are made where the cache does not have them.

    Raises :class:`showcase.photos.NotMade` when one cannot be.
    """
    graph = catalogue.graph
    files = dict.fromkeys(file for entry in graph.entries for file in catalogue.published(entry))
    wanted = [Wanted(graph.pictures[file], graph.survey.facts[file]) for file in files]
    for copy, file in catalogue.store.make(wanted).items():
        yield Artifact(copy.path, file=file)

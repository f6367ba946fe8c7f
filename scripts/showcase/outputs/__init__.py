"""Public graph → artifacts: files of the site that are not pages. The table of outputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from showcase.outputs import find
from showcase.outputs.artifact import Artifact
from showcase.pages import Catalogue

OUTPUTS: Mapping[str, Callable[[Catalogue], Iterator[Artifact]]] = MappingProxyType(
    {
        "find": find.artifacts,
    }
)
"""Every module that makes artifacts, in the order in which they are written."""


def artifacts(catalogue: Catalogue) -> Iterator[Artifact]:
    """Yield every artifact of the site."""
    for output in OUTPUTS.values():
        yield from output(catalogue)


__all__ = ["OUTPUTS", "Artifact", "artifacts"]

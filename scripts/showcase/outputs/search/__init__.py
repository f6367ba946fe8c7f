"""The search of the site: an index of script files, and the reader that runs in the browser."""

from __future__ import annotations

from showcase.outputs.search.document import FACETS, SearchDocument
from showcase.outputs.search.extract import Extract, extract, pack, unpack
from showcase.outputs.search.index import Previous, assemble, build

__all__ = [
    "FACETS",
    "Extract",
    "Previous",
    "SearchDocument",
    "assemble",
    "build",
    "extract",
    "pack",
    "unpack",
]

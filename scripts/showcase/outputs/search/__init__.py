"""The search of the site: an index of script files, and the reader that runs in the browser."""

from __future__ import annotations

from showcase.outputs.search.aloud import Aloud
from showcase.outputs.search.document import (
    FACETS,
    Findable,
    Looked,
    SearchDocument,
    digest_of,
)
from showcase.outputs.search.extract import Extract, extract
from showcase.outputs.search.index import build
from showcase.outputs.search.renew import assemble
from showcase.outputs.search.state import Previous

__all__ = [
    "FACETS",
    "Aloud",
    "Extract",
    "Findable",
    "Looked",
    "Previous",
    "SearchDocument",
    "assemble",
    "build",
    "digest_of",
    "extract",
]

"""The search of the site: an index of script files, and the reader that runs in the browser."""

from __future__ import annotations

from showcase.outputs.search.document import FACETS, SearchDocument
from showcase.outputs.search.index import build

__all__ = ["FACETS", "SearchDocument", "build"]

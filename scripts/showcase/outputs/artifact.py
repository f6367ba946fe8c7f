"""A file of the site that is not a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """Where a file lies, from the site's root, and its bytes."""

    path: str
    data: bytes

"""A file of the site that is not a page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Artifact:
    """Where a file lies, from the site's root, and its bytes.

    What is large is not held in memory: its bytes lie in the file that ``file`` names.
    """

    path: str
    data: bytes = b""
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A file that a template of ``overrides/`` is still to make: XML and HTML stand only there."""

    path: str
    template: str
    view: object

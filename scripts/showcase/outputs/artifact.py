"""A file of the site that is not a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """Where a file lies, from the site's root, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Outline:
    """A file that a template of ``overrides/`` is still to make: XML and HTML stand only there."""

    path: str
    template: str
    view: object

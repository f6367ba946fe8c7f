"""The site that was built last: what a preview shows until it has read the project.

Reading takes the longer the more there is to read, and people want to see the page they look for.
Such a page asks for news at once, and is loaded anew as soon as the project has been read.
"""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from showcase.news import RELOAD
from showcase.preview.answer import INDEX, Answer, file_at, type_of
from showcase.publish import is_generated

_SCRIPT = f'<script src="{RELOAD}?known=" defer></script></head>'.encode()
"""It knows no state: whatever the preview shows later is news."""


class Former:
    """The site in a folder, if one was generated there."""

    def __init__(self, site: Path) -> None:
        self._site = site.resolve() if is_generated(site / INDEX) else None

    @property
    def is_there(self) -> bool:
        """Whether there is such a site."""
        return self._site is not None

    def answer(self, path: str) -> Answer | None:
        """Return what stands at a path, given from the site's root; ``None`` where nothing does."""
        if self._site is None:
            return None
        asked = file_at(path)
        try:
            file = (self._site / asked).resolve()
            data = file.read_bytes() if file.is_relative_to(self._site) else None
        except (OSError, ValueError):  # no file, or no name of one
            return None
        if data is None:
            return None
        kind = type_of(asked)
        if kind.startswith("text/html"):
            data = data.replace(b"</head>", _SCRIPT, 1)
        return Answer(HTTPStatus.OK, kind, data)

"""Which picture of the project a record means by a name.

Pictures lie beside their record. A record that is a file of its own, or stands in a list file, may
have them in a folder named after its id as well, so that a kind's folder stays tidy.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from msgspec import Struct

from showcase.load import Entry
from showcase.near import nearest
from showcase.pattern import pattern
from showcase.trace import look

_ELSEWHERE = pattern(r"[A-Za-z][A-Za-z0-9+.-]*:|/")
PICTURE = "?"
"""What a trace says of who looked for a picture of a record, before the picture's name."""

_NEAR = 70.0


class Named(Struct, frozen=True):
    """What a name leads to: a picture of the project (``file``), or none.

    ``outside``: it leads away from the record's pictures. ``other_case``: only the case of letters
    differs, and ``near`` is how the name is spelt; otherwise it is the likeliest name, if any.
    """

    file: str = ""
    outside: bool = False
    other_case: bool = False
    near: str = ""


class Album:
    """The pictures of a project, by name."""

    def __init__(self, pictures: Mapping[str, Path]) -> None:
        self._exact = {_composed(file): file for file in pictures}
        self._small = {name.casefold(): name for name in self._exact}

    def find(self, entry: Entry, name: str) -> Named:
        """Return the picture that a record's field names."""
        look((entry, PICTURE + name))
        path = _composed(name.strip().replace("\\", "/"))
        places = [_inside(folder, path) for folder in folders(entry)]
        found = next((self._exact[place] for place in places if place in self._exact), "")
        if found:
            return Named(found)
        if _ELSEWHERE.match(path) or not all(places):
            return Named(outside=True)
        for folder, place in zip(folders(entry), places, strict=True):
            same = self._small.get(place.casefold())
            if same is not None:
                return Named(other_case=True, near=same.removeprefix(f"{folder}/"))
        return Named(near=self._nearest(entry, path))

    def find_target(self, entry: Entry, target: str) -> Named:
        """Return the picture that an image in prose leads to, with or without ``%20``."""
        readings = (target, unquote(target), unquote(re.split("[?#]", target, maxsplit=1)[0]))
        found = (self.find(entry, reading) for reading in dict.fromkeys(readings))
        return next((named for named in found if named.file), self.find(entry, readings[-1]))

    def _nearest(self, entry: Entry, path: str) -> str:
        names = list(self._names(entry))
        return nearest(path, names, _NEAR) or ""

    def _names(self, entry: Entry) -> Iterator[str]:
        for folder in folders(entry):
            start = f"{folder}/"
            yield from (name.removeprefix(start) for name in self._exact if name.startswith(start))


def folders(entry: Entry) -> tuple[str, ...]:
    """Return the folders in which a record's pictures lie, the first one first."""
    file = PurePosixPath(entry.file)
    if not entry.in_list and file.name.lower() == "index.md" and len(file.parts) == 4:
        return (_composed(file.parent.as_posix()),)
    folder = f"content/{entry.kind.plural}"
    return folder, _composed(f"{folder}/{entry.id}")


def _inside(folder: str, path: str) -> str:
    """Return where a path leads from a folder, ``""`` if that is not within it."""
    where = posixpath.normpath(posixpath.join("/", folder, path)).removeprefix("/")
    return where if where.startswith(f"{folder}/") else ""


def _composed(path: str) -> str:
    """Return a path in the one spelling of accents and marks that all systems share."""
    return unicodedata.normalize("NFC", path)

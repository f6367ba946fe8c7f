"""Covers: the square picture that stands for a record without a photo where its page is shared.

A pattern like a paper-cut for a window, symmetrical all round, in the cloth that the record's kind
has on its page (``cover.css``). No letters: which fonts a machine has would change the bytes, a
font of Chinese weighs more than most sites, and a chat sets the title beside the picture anyway.

The name picks one of :data:`PATTERNS` and always the same one, so however many records a site has,
a few hundred pictures at most are drawn (1.5 ms each) and published (7 KB each).
"""

from __future__ import annotations

import zlib

from msgspec import Struct

FOLDER = "covers"
"""Where covers lie on the site."""
PATTERNS = 128

_CLOTH_OF = {
    "figure": "brown",
    "activity": "orange",
    "venue": "green",
    "team": "green",
    "service": "green",
}


class Cover(Struct, frozen=True):
    """One of the covers that there are: a cloth and the number of a pattern."""

    cloth: str
    number: int

    @property
    def path(self) -> str:
        """Where it lies, from the site's root."""
        return f"{FOLDER}/{self.cloth}-{self.number:03}.png"


def cover_of(kind: str, title: str) -> Cover:
    """Return the cover of a record, by its kind's name and its title."""
    return Cover(_CLOTH_OF.get(kind, "red"), zlib.crc32(title.encode()) % PATTERNS)


def draw(cover: Cover) -> bytes:
    """Return a cover as a PNG."""
    from showcase.photos.papercut import paint  # noqa: PLC0415 - slow to load

    return paint(cover.cloth, cover.number)

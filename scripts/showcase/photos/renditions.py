"""Which copies a picture has, by name and size: known from its facts, before any copy is made."""

from __future__ import annotations

import hashlib

from msgspec import Struct

from showcase.photos.facts import Facts

WIDTHS = (480, 960, 1600)
"""Pixels: a phone's column and a card, a large phone and a column of text, a desktop's screen."""
TALLEST = 16_000
"""What WebP can hold is 16,383 pixels; a long screenshot has more."""
WEBP_QUALITY, WEBP_METHOD = 75, 2
JPEG_QUALITY = 80
"""Measured on photos of 12 megapixels: AVIF saves a third of the bytes for five to eight times the
time, WebP's method 4 a twentieth for twice the time; neither earns it."""

SETTINGS = f"1 {WIDTHS} {TALLEST} webp {WEBP_QUALITY}/{WEBP_METHOD} jpeg {JPEG_QUALITY}"
"""Everything a copy depends on besides the picture: a new address for what is made differently.
The number in front counts changes to the code."""
FOLDER = "photos"
"""Where the copies lie on the site."""

SIDE = 480
"""Pixels of the square that stands for a page where it is shared: chats want 300 at least, and show
it no wider than a thumb, on screens of three pixels for one."""
LEAST = 300
"""Pixels of the shorter side below which a picture would only be a blur of that size."""
_SQUARE = f"square 1 {SIDE} jpeg {JPEG_QUALITY}"


class Rendition(Struct, frozen=True):
    """A copy: its name, its format and its size in pixels."""

    name: str
    format: str
    width: int
    height: int

    @property
    def path(self) -> str:
        """Where it lies, from the site's root."""
        return f"{FOLDER}/{self.name}"


def key_of(facts: Facts) -> str:
    """Return what names the copies of a picture: a hash of its content and of the settings."""
    return hashlib.sha256(f"{facts.digest} {SETTINGS}".encode()).hexdigest()[:20]


def renditions(facts: Facts) -> tuple[Rendition, ...]:
    """Return the copies of a sound picture, smallest first: WebP, then JPEG; or the one SVG.

    Nothing is made larger than it was. Of the JPEGs, for browsers without WebP and for links, there
    are two: one of middling size and the largest.
    """
    key = key_of(facts)
    if facts.format == "SVG":
        return (Rendition(f"{key}.svg", "SVG", facts.width, facts.height),)
    sizes = list(dict.fromkeys(_scaled(facts, width) for width in WIDTHS))
    some = list(dict.fromkeys((sizes[min(1, len(sizes) - 1)], sizes[-1])))
    return (
        *(Rendition(f"{key}-{width}.webp", "WEBP", width, height) for width, height in sizes),
        *(Rendition(f"{key}-{width}.jpg", "JPEG", width, height) for width, height in some),
    )


def square(facts: Facts) -> Rendition | None:
    """Return the square cut from a picture, for links that are shared; not every one has one.

    Drawings do not: chats show none.
    """
    if facts.format == "SVG" or min(facts.width, facts.height) < LEAST:
        return None
    key = hashlib.sha256(f"{facts.digest} {_SQUARE}".encode()).hexdigest()[:20]
    return Rendition(f"{key}-{SIDE}.jpg", "JPEG", SIDE, SIDE)


def largest(facts: Facts) -> Rendition:
    """Return the copy that a link leads to: the largest every browser can show."""
    return renditions(facts)[-1]


def _scaled(facts: Facts, width: int) -> tuple[int, int]:
    scale = min(1, width / facts.width, TALLEST / facts.height)
    return max(1, round(facts.width * scale)), max(1, round(facts.height * scale))

"""What is known about a picture: plain frozen data, cheap to keep and to compare."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePosixPath

from msgspec import Struct

MAX_MEGAPIXELS = 100
"""More than any phone takes; eight bytes a pixel on the way make this most of a gigabyte."""
MAX_PIXELS = MAX_MEGAPIXELS * 1_000_000
MAX_BYTES = 200 * 1024 * 1024
"""A photo of 100 megapixels as a camera writes it, without loss."""
BOMB_PIXELS_PER_BYTE = 200
"""A photo has one to ten pixels in a byte; only what nobody photographed has two hundred."""


class Fault(StrEnum):
    """Why a picture cannot be published; what ``Facts.detail`` then holds stands behind each."""

    UNREADABLE = "unreadable"
    """The system did not open or read it; the error's number."""
    EMPTY = "empty"
    """No bytes at all."""
    FOREIGN = "foreign"
    """No picture, or none of a known format; what it looks like."""
    BROKEN = "broken"
    """A picture that ends early or cannot be decoded; nothing."""
    TOO_LARGE = "too large"
    """Beyond the bounds on pixels or bytes; how large."""
    BOMB = "bomb"
    """A small file that says it is huge; how large."""
    UNSAFE = "unsafe"
    """A vector picture with something that does more than draw; what."""


class Facts(Struct, frozen=True):
    """A picture: the hash of its bytes, what it is, its size in pixels the right way up."""

    digest: str
    format: str = ""
    width: int = 0
    height: int = 0
    fault: Fault | None = None
    detail: str = ""


_ENDINGS = {
    "JPEG": (".jpg", ".jpeg", ".jfif", ".jpe"),
    "PNG": (".png",),
    "WEBP": (".webp",),
    "GIF": (".gif",),
    "HEIF": (".heic", ".heif"),
    "AVIF": (".avif",),
    "BMP": (".bmp",),
    "TIFF": (".tif", ".tiff"),
    "SVG": (".svg",),
}


def fits(facts: Facts, file: str) -> bool:
    """Tell whether the ending of a file's name says what the file is."""
    return PurePosixPath(file).suffix.lower() in _ENDINGS.get(facts.format, ())


def right_ending(form: str) -> str:
    """Return the usual ending of a format: ``.jpg``."""
    return _ENDINGS[form][0]

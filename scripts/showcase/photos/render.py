"""Makes the published copies of a picture: upright, in sRGB, small, and nothing but pixels.

Every copy is written from a bare picture, without the notes that Pillow carries along from a file
(place, camera, comment, profile), so there is nothing that a writer could pass on.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageCms

from showcase.photos import svg
from showcase.photos.facts import Facts
from showcase.photos.inspection import DECODER_FAULTS, opened, orientation, quiet, read
from showcase.photos.renditions import (
    JPEG_QUALITY,
    WEBP_METHOD,
    WEBP_QUALITY,
    Rendition,
    renditions,
)

_WIDE = ("I", "I;16", "I;16B", "I;16L", "I;16N", "F")
"""Modes with more than eight bits for grey."""
_SIDEWAYS = (5, 6, 7, 8)


class Changed(Exception):
    """The file is no longer the picture that was looked at."""


def render(path: Path, facts: Facts) -> list[tuple[Rendition, bytes]]:
    """Return the copies of a sound picture with their bytes.

    Raises ``OSError`` when it cannot be read and :class:`Changed` when it is not the one that
    ``facts`` are about.
    """
    data = _data(path, facts)
    wanted = renditions(facts)
    if facts.format == "SVG":
        return [(wanted[0], svg.sanitise(data).data)]
    try:
        with quiet():
            return list(_copies(data, facts, wanted))
    except DECODER_FAULTS as error:
        raise Changed(path.name) from error


def render_square(path: Path, facts: Facts, wanted: Rendition) -> bytes:
    """Return the square cut from a sound picture: its middle, or the upper part of a tall one.

    Raises as :func:`render` does.
    """
    data = _data(path, facts)
    scale = wanted.width / min(facts.width, facts.height)
    size = (
        max(wanted.width, round(facts.width * scale)),
        max(wanted.height, round(facts.height * scale)),
    )
    try:
        with quiet():
            image = _upright(data, facts.format, size)
    except DECODER_FAULTS as error:
        raise Changed(path.name) from error
    # Faces are in the upper third of a portrait.
    left, top = (size[0] - wanted.width) // 2, (size[1] - wanted.height) // 3
    cut = image.crop((left, top, left + wanted.width, top + wanted.height))
    return _written(cut, wanted.format)


def _data(path: Path, facts: Facts) -> bytes:
    data = read(path)
    if data is None or hashlib.sha256(data).hexdigest() != facts.digest:
        raise Changed(path.name)
    return data


def _copies(
    data: bytes, facts: Facts, wanted: tuple[Rendition, ...]
) -> Iterator[tuple[Rendition, bytes]]:
    sizes = sorted({(one.width, one.height) for one in wanted}, reverse=True)
    image = _upright(data, facts.format, sizes[0])
    made: dict[tuple[int, int], Image.Image] = {}
    for size in sizes:
        image = image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)
        made[size] = image
    for one in wanted:
        yield one, _written(made[one.width, one.height], one.format)


def _upright(data: bytes, form: str, size: tuple[int, int]) -> Image.Image:
    """Return the picture in sRGB, the right way up, at the largest size that is wanted."""
    with opened(form, data) as image:
        turn = orientation(image)
        stored = size[::-1] if turn in _SIDEWAYS else size
        # A JPEG can be decoded at a half, a quarter or an eighth, at a fraction of the time.
        image.draft(image.mode, stored)
        image.load()
        profile = image.info.get("icc_profile")
        reduced = _reduced(_eight_bits(_plain(image)), stored)
    bare = _in_srgb(reduced, profile if isinstance(profile, bytes) else b"")
    bare.info = {}
    return _turned(bare, turn)


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture without a palette; transparency becomes a channel."""
    clear = image.info.get("transparency") is not None
    if image.mode in ("P", "PA") or (clear and image.mode in ("1", "L", "RGB")):
        return image.convert("RGBA" if clear or image.mode == "PA" else "RGB")
    return image.convert("L") if image.mode == "1" else image


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return grey of sixteen bits or more as grey of eight: its range as a camera means it."""
    if image.mode not in _WIDE:
        return image
    wide = image.convert("F" if image.mode == "F" else "I")
    _, high = wide.getextrema()
    top = high if isinstance(high, (int, float)) else 0.0
    whole = 1.0 if image.mode == "F" and top <= 1 else 255.0 if top <= 255 else 65535.0
    return wide.point(lambda value: value * (255 / whole)).convert("L")


def _reduced(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if image.size == size:
        return image
    if image.mode == "RGBA":
        # Colours count as much as they are seen, or the clear parts bleed into the edges.
        return (
            image.convert("RGBa")
            .resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
            .convert("RGBA")
        )
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Return a picture as RGB or RGBA in sRGB, by its profile where that can be used."""
    alpha = image.getchannel("A") if image.mode in ("RGBA", "LA") else None
    colours = image.convert("RGB" if image.mode == "RGBA" else "L") if alpha is not None else image
    found = _by_profile(colours, profile) if profile else None
    colours = found if found is not None else colours.convert("RGB")
    if alpha is not None and alpha.getextrema() != (255, 255):
        colours.putalpha(alpha)
    return colours


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    if image.mode not in ("RGB", "L", "CMYK", "LAB"):
        return None
    try:
        transform = _transform(profile, image.mode)
        return ImageCms.applyTransform(image, transform) if transform is not None else None
    except (ImageCms.PyCMSError, *DECODER_FAULTS):
        # A profile that cannot be read, or is for other colours: taken for sRGB, as browsers do.
        return None


@lru_cache(maxsize=8)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return what takes colours to sRGB; ``None`` where they are there already."""
    theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    if mode == "RGB" and "sRGB" in ImageCms.getProfileDescription(theirs):
        return None
    ours = ImageCms.createProfile("sRGB")
    return ImageCms.buildTransform(theirs, ours, mode, "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC)


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _turned(image: Image.Image, turn: int) -> Image.Image:
    return image.transpose(_TURNS[turn]) if turn in _TURNS else image


def _written(image: Image.Image, form: str) -> bytes:
    stream = io.BytesIO()
    if form == "WEBP":
        image.save(stream, "WEBP", quality=WEBP_QUALITY, method=WEBP_METHOD, exif=b"", xmp=b"")
    else:
        image = _on_white(image) if image.mode == "RGBA" else image
        image.save(stream, "JPEG", quality=JPEG_QUALITY, progressive=True, optimize=True, exif=b"")
    return stream.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground

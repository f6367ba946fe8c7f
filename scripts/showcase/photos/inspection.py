"""Looks at a picture's bytes: what it is by its content, how large, whether it can be decoded.

The size that a picture declares is judged before anything of it is decoded: a few hundred bytes can
ask for gigabytes.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pillow_heif
from PIL import Image

from showcase.pattern import pattern
from showcase.photos import svg
from showcase.photos.facts import BOMB_PIXELS_PER_BYTE, MAX_BYTES, MAX_PIXELS, Facts, Fault
from showcase.source import open_regular

# The size is judged here, and more strictly; Pillow would only warn.
Image.MAX_IMAGE_PIXELS = None
pillow_heif.register_heif_opener(thumbnails=False)

DECODER_FAULTS = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
"""What decoders raise on bytes that are not what they expect: nearly anything."""

ORIENTATION = 0x0112
"""The EXIF tag that says how the camera was held (CIPA DC-008)."""
_SIDEWAYS = (5, 6, 7, 8)

_MARKS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
)
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm"), "HEIF"),
    **dict.fromkeys((b"avif", b"avis"), "AVIF"),
}
_GENERAL_BRANDS = (b"mif1", b"msf1")
_OTHERS = (
    (b"%PDF", "PDF 文件"),
    (b"PK\x03\x04", "压缩包或 Office 文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"8BPS", "Photoshop 文件"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000 图片"),
    (b"\xff\x0a", "JPEG XL 图片"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
    (b"version https://git-lfs", "没有下载下来的大文件（Git LFS）"),
)
_SVG = pattern(rb"\s*(?:<\?xml|<!--|<!DOCTYPE|<svg[\s>]|<\w+:svg[\s>])", re.IGNORECASE)
_HTML = pattern(rb"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_LOOK = 4096


def inspect(path: Path) -> Facts:
    """Return what is known about the picture in a file. Never raises on its content."""
    try:
        data = read(path)
    except OSError as error:
        return Facts("", fault=Fault.UNREADABLE, detail=str(error.errno or 0))
    if data is None:
        return Facts("", fault=Fault.TOO_LARGE, detail=f"超过 {MAX_BYTES // 2**20} MB")
    return inspect_bytes(data)


def read(path: Path) -> bytes | None:
    """Return a picture's bytes, ``None`` if they are too many; raises ``OSError``."""
    with open_regular(path) as stream:
        data = stream.read(MAX_BYTES + 1)
    return data if len(data) <= MAX_BYTES else None


def inspect_bytes(data: bytes) -> Facts:
    """Return what is known about a picture. Never raises."""
    digest = hashlib.sha256(data).hexdigest()
    if not data:
        return Facts(digest, fault=Fault.EMPTY)
    form = format_of(data)
    if form == "SVG":
        return _drawn(digest, data)
    if not form:
        return Facts(digest, fault=Fault.FOREIGN, detail=_looks_like(data))
    try:
        with quiet():
            return _decoded(digest, form, data)
    except DECODER_FAULTS:
        return Facts(digest, form, fault=Fault.BROKEN)


def format_of(data: bytes) -> str:
    """Return a picture's format by its first bytes, ``""`` if it is none that is known."""
    found = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not found and data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if not found and data[4:8] == b"ftyp":
        length = min(int.from_bytes(data[:4], "big"), 256)
        major, others = data[8:12], data[16:length]
        brands = [others[at : at + 4] for at in range(0, len(others), 4)]
        wanted = [major, *brands] if major in _GENERAL_BRANDS else [major]
        return next((_BRANDS[brand] for brand in wanted if brand in _BRANDS), "")
    if (
        not found
        and data[:2] == b"BM"
        and int.from_bytes(data[14:18], "little") in (12, 40, 108, 124)
    ):
        return "BMP"
    if not found and _SVG.match(svg.start(data)) and not _HTML.match(data[:_LOOK]):
        return "SVG" if b"svg" in data[:_LOOK].replace(b"\0", b"").lower() else ""
    return found


def _looks_like(data: bytes) -> str:
    known = next((name for mark, name in _OTHERS if data.startswith(mark)), "")
    if known:
        return known
    if data[4:8] == b"ftyp":
        return "视频"
    if _HTML.match(data[:_LOOK]):
        return "网页"
    if not data[:_LOOK].strip(b"\0"):
        return "一片空白"
    try:
        data[:_LOOK].decode("utf-8", "strict" if len(data) <= _LOOK else "ignore")
    except UnicodeDecodeError:
        return ""
    return "文字" if b"\0" not in data[:_LOOK] else ""


def _drawn(digest: str, data: bytes) -> Facts:
    try:
        drawing = svg.sanitise(data)
    except svg.Unsafe as unsafe:
        return Facts(digest, "SVG", fault=Fault.UNSAFE, detail=unsafe.what)
    except svg.Broken:
        return Facts(digest, "SVG", fault=Fault.BROKEN)
    return Facts(digest, "SVG", drawing.width, drawing.height)


def _decoded(digest: str, form: str, data: bytes) -> Facts:
    width, height = _declared(form, data)
    too_large = _too_large(digest, form, (width, height), len(data))
    if too_large is not None:
        return too_large
    with opened(form, data) as image:
        width, height = image.size
        too_large = _too_large(digest, form, image.size, len(data))
        if too_large is not None:
            return too_large
        if orientation(image) in _SIDEWAYS:
            width, height = height, width
        # A JPEG is read to its end at an eighth of its size; everything else as it is.
        image.draft(image.mode, (max(1, image.width // 8), max(1, image.height // 8)))
        image.load()
    if form == "PNG":
        with opened(form, data) as image:
            image.verify()  # the checksums, which decoding passes over
    return Facts(digest, form, width, height)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep Pillow's warnings about notes in a file to itself: none of them is passed on."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def opened(form: str, data: bytes) -> Image.Image:
    """Return a picture with its header read; raises any of :data:`DECODER_FAULTS`."""
    return Image.open(io.BytesIO(data), formats=(form,))


def orientation(image: Image.Image) -> int:
    """Return how a picture is to be turned, as EXIF counts (1 to 8).

    A TIFF is not: Pillow turns it itself, and says its size as it then is.
    """
    if image.format == "TIFF":
        return 1
    try:
        found = image.getexif().get(ORIENTATION, 1)
    except DECODER_FAULTS:
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def _declared(form: str, data: bytes) -> tuple[int, int]:
    """Return the size of a WebP's canvas (RFC 9649), which Pillow reserves when it opens one."""
    if form != "WEBP" or data[12:16] != b"VP8X" or len(data) < 30:
        return 0, 0
    return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1


def _too_large(digest: str, form: str, size: tuple[int, int], length: int) -> Facts | None:
    pixels = size[0] * size[1]
    if pixels <= MAX_PIXELS:
        return None
    fault = Fault.BOMB if pixels > length * BOMB_PIXELS_PER_BYTE else Fault.TOO_LARGE
    return Facts(digest, form, *size, fault=fault, detail=f"{size[0]}×{size[1]}")

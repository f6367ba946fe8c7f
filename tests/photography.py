"""Pictures for tests, made when they are needed: plain ones, revealing ones, broken ones, traps.

What a revealing one reveals is marked, so that a test can search every published byte for it.
"""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache

import pillow_heif
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

PLACE = "MARKER-GPS-PLACE"
CAMERA = "MARKER-CAMERA"
XMP = "MARKER-XMP"
IPTC = "MARKER-IPTC"
COMMENT = "MARKER-COMMENT"
TEXT = "MARKER-PNG-TEXT"
TRAILER = "MARKER-TRAILER"
PROFILE = "MARKER-PROFILE"
SECRETS = (PLACE, CAMERA, XMP, IPTC, COMMENT, TEXT, TRAILER, PROFILE)

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 60), (40, 60, 190), (250, 250, 250)
"""The quarters of :func:`quarters`, from the top left, line by line."""


@cache
def quarters(width: int = 1200, height: int = 800) -> Image.Image:
    """A picture whose four quarters tell which way up it is."""
    image = Image.new("RGB", (width, height), WHITE)
    draw = ImageDraw.Draw(image)
    x, y = width // 2, height // 2
    draw.rectangle((0, 0, x - 1, y - 1), RED)
    draw.rectangle((x, 0, width, y - 1), GREEN)
    draw.rectangle((0, y, x - 1, height), BLUE)
    return image


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    """The bytes of an image in a format."""
    stream = io.BytesIO()
    if form == "HEIF":
        pillow_heif.register_heif_opener()
    image.save(stream, form, **options)
    return stream.getvalue()


def jpeg(width: int = 1200, height: int = 800) -> bytes:
    """A plain JPEG."""
    return encoded(quarters(width, height), "JPEG", quality=90)


def noise(width: int = 1200, height: int = 800, grain: int = 40) -> bytes:
    """A JPEG of the size that a photo of so many pixels has."""
    return encoded(Image.effect_noise((width, height), grain).convert("RGB"), "JPEG", quality=85)


def exif(orientation: int = 1) -> Image.Exif:
    """Notes as a phone makes them: how it was held, which one it was, where it stood."""
    notes = Image.Exif()
    notes[0x0112] = orientation
    notes[0x010F] = CAMERA
    notes[0x0110] = CAMERA
    notes[0x010E] = PLACE
    gps = notes.get_ifd(0x8825)
    gps[1], gps[2] = "N", (31.0, 51.0, 12.0)
    gps[3], gps[4] = "E", (120.0, 33.0, 7.0)
    gps[0x1B] = PLACE.encode()
    return notes


def xmp() -> bytes:
    """A packet of XMP."""
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{XMP}</x:xmpmeta>'.encode()


def revealing_jpeg(orientation: int = 1, width: int = 1200, height: int = 800) -> bytes:
    """A JPEG with everything that can stand in one: EXIF with a thumbnail, XMP, IPTC, a comment,
    a profile with a name, and bytes behind its end."""
    plain = encoded(
        quarters(width, height),
        "JPEG",
        exif=_with_thumbnail(exif(orientation)),
        comment=COMMENT.encode(),
        icc_profile=_named_profile(),
        xmp=xmp(),
    )
    record = b"\x1c\x02\x5a" + struct.pack(">H", len(IPTC)) + IPTC.encode()
    block = (
        b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record + b"\0" * (len(record) % 2)
    )
    segment = b"Photoshop 3.0\0" + block
    iptc = b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment
    return plain[:2] + iptc + plain[2:] + b"\0" * 8 + TRAILER.encode() + jpeg(64, 64)


def thumbnail() -> bytes:
    """The small picture that cameras put into EXIF."""
    return encoded(quarters().resize((160, 120)), "JPEG", comment=CAMERA.encode())


def _with_thumbnail(notes: Image.Exif) -> bytes:
    small = thumbnail()
    block = notes.tobytes()[6:]
    # The offset of a second directory stands behind the entries of the first (TIFF 6.0, 2).
    order = "<" if block[:2] == b"II" else ">"
    first = struct.unpack(order + "I", block[4:8])[0]
    count = struct.unpack(order + "H", block[first : first + 2])[0]
    link = first + 2 + count * 12
    at = len(block)
    entries = [(0x0103, 3, 1, 6), (0x0201, 4, 1, at + 42), (0x0202, 4, 1, len(small))]
    directory = struct.pack(order + "H", len(entries))
    for tag, kind, number, value in entries:
        # A short number stands at the front of its four bytes.
        worth = (
            struct.pack(order + "HH", value, 0) if kind == 3 else struct.pack(order + "I", value)
        )
        directory += struct.pack(order + "HHI", tag, kind, number) + worth
    directory += struct.pack(order + "I", 0)
    block = block[:link] + struct.pack(order + "I", at) + block[link + 4 :]
    return b"Exif\0\0" + block + directory + small


def _named_profile() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # As a reader of profiles does not know it, it is left alone: an unused stretch at the end.
    profile += PROFILE.encode()
    profile[0:4] = struct.pack(">I", len(profile))
    return bytes(profile)


def revealing_png() -> bytes:
    """A PNG with texts, EXIF and bytes behind its end."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", TEXT)
    notes.add_text("Author", TEXT, zip=True)
    notes.add_itxt("XML:com.adobe.xmp", XMP, zip=False)
    return encoded(quarters(), "PNG", pnginfo=notes, exif=exif().tobytes()) + TRAILER.encode()


def revealing_webp(orientation: int = 6) -> bytes:
    """A WebP with EXIF and XMP."""
    return encoded(quarters(), "WEBP", exif=exif(orientation).tobytes(), xmp=xmp())


def tiff(orientation: int = 1) -> bytes:
    """A TIFF as a scanner writes it, with the tag that says how the sheet lay."""
    return encoded(quarters(), "TIFF", exif=exif(orientation))


def revealing_heic(orientation: int = 1) -> bytes:
    """A HEIC with EXIF and XMP, as an iPhone writes it."""
    return encoded(quarters(), "HEIF", exif=exif(orientation).tobytes(), xmp=xmp())


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few bytes that says it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(100))
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
    )


@cache
def panorama() -> bytes:
    """A PNG of more than a hundred megapixels, in as many bytes as a photo has; all but its head is
    no picture, since nobody is to look at it."""
    return bomb(30_000, 8_000) + bytes(3_000_000)


def webp_bomb() -> bytes:
    """A WebP of a few bytes whose canvas is huge."""
    canvas = b"\x10\0\0\0" + (16_383).to_bytes(3, "little") * 2
    chunk = b"VP8X" + struct.pack("<I", len(canvas)) + canvas
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def gif_bomb() -> bytes:
    """A GIF of a few bytes whose first frame is huge."""
    screen = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6)
    return screen + b"," + struct.pack("<HHHHB", 0, 0, 65_535, 65_535, 0) + b"\x02\x02\x4c\x01\0;"


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_16_bit() -> bytes:
    """A PNG of sixteen bits of grey: dark on the left, light on the right."""
    row = struct.pack("<H", 0x2000) * 300 + struct.pack("<H", 0xE000) * 300
    return encoded(Image.frombytes("I;16", (600, 400), row * 400), "PNG")


def palette_png() -> bytes:
    """A PNG with a palette, of which one colour is clear."""
    image = quarters(600, 400).convert("P", palette=Image.Palette.ADAPTIVE, colors=4)
    clear = image.getpixel((10, 10))
    return encoded(image, "PNG", transparency=clear)


def clear_png() -> bytes:
    """A PNG whose left half is clear."""
    image = quarters(600, 400).convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 300, 400))
    return encoded(image, "PNG")


def cmyk_jpeg() -> bytes:
    """A JPEG in the colours of printing."""
    return encoded(quarters(600, 400).convert("CMYK"), "JPEG", quality=95)


def wide_gamut_jpeg() -> bytes:
    """A JPEG with a profile in which the same numbers mean other colours: red and green swapped."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack(">I", data[128:132])[0]
    for at in range(132, 132 + count * 12, 12):
        tag = bytes(data[at : at + 4])
        data[at : at + 4] = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}.get(tag, tag)
    named = bytes(data).replace(b"sRGB", b"xRGB").replace(b"s\0R\0", b"x\0R\0")
    return encoded(quarters(600, 400), "JPEG", icc_profile=named, quality=95)


def animated_gif() -> bytes:
    """A GIF of three frames."""
    frames = [Image.new("RGB", (300, 200), colour) for colour in (RED, GREEN, BLUE)]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=200)

r"""What a file says, in pieces: the texts in it, with everything that was escaped spelt out.

A name hides as ``&#x5F20;``, ``%E5%BC%A0`` or ``\u5f20``; what is looked for is looked for in the
text that a reader, a browser or a program would see in the end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from urllib.parse import unquote

from PIL import Image

from showcase.pattern import pattern

Piece = tuple[int, str]
"""The place in the file's text, and the text found there."""

_STRING = pattern(r"\"([^\"\\\n]*+(?:\\.[^\"\\\n]*+)*)\"")
_UNICODE = pattern(r"\\u\{?([0-9a-fA-F]{4,6})\}?|\\x([0-9a-fA-F]{2})")
_PERCENT = pattern(r"%[0-9a-fA-F]{2}")
_MARKUP = pattern(r"<!--|-->|<!\[CDATA\[|\]\]>|<[^<>]*>")
_TERMS = pattern(r"showcaseSearch\.terms\(\"[0-9a-f]+\",[0-9]+,\"([^\"\\]*+(?:\\.[^\"\\]*+)*)\"")
_PAIRS = pattern(r"showcaseSearch\.pairs\(\"[0-9a-f]+\",[0-9]+,\"([^\"\\]*+(?:\\.[^\"\\]*+)*)\"")
_LENGTHS = "0123456789abcdefghijklmnopqrstuvwxyz"
_FOLD = pattern(r"\r?\n[ \t]")
_ROUNDS = 3


def spelt_out(text: str) -> str:
    """Return a text with its character references, percent signs and escapes resolved."""
    for _ in range(_ROUNDS):
        before = text
        if "&" in text:
            text = unescape(text)
        if "%" in text and _PERCENT.search(text):
            text = unquote(text)
        if "\\" in text:
            text = _UNICODE.sub(_char, text)
        if text == before:
            break
    return text


def _char(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]


def pieces(name: str, text: str) -> Iterator[Piece]:
    """Yield the texts of a file that is no page, by what its name says it is."""
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if suffix in ("js", "mjs", "json", "webmanifest", "geojson", "map"):
        yield from _strings(text)
    elif suffix in ("xml", "svg", "atom", "rss"):
        yield from _markup(text)
    elif suffix == "ics":
        yield from _lines(_FOLD.sub("", text))
    else:
        yield from _lines(text)


def _lines(text: str) -> Iterator[Piece]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, line
        at += len(line) + 1


def _strings(text: str) -> Iterator[Piece]:
    terms = _TERMS.match(text)
    if terms is not None:
        yield terms.start(1), "\n".join(front_decoded(terms[1]))
        return
    pairs = _PAIRS.match(text)
    if pairs is not None:
        groups = _loaded(pairs[1]).split(" ")
        yield pairs.start(1), "\n".join(g[0] + second for g in groups for second in g[1:])
        return
    last = 0
    for match in _STRING.finditer(text):
        between = text[last : match.start()]
        if not between.isascii() or len(between) > 3:
            yield last, between
        yield match.start(1), _loaded(match[1])
        last = match.end()
    yield last, text[last:]


def _loaded(text: str) -> str:
    if "\\" in text:
        try:
            return str(json.loads(f'"{text}"'))
        except ValueError:
            return text.replace("\\n", "\n")
    return text


def front_decoded(terms: str) -> Iterator[str]:
    """Yield the terms that the search index writes front-coded (see ``outputs.search.codec``)."""
    previous = ""
    for coded in _loaded(terms).split(" "):
        shared = _LENGTHS.find(coded[:1])
        previous = previous[: max(shared, 0)] + coded[1:]
        yield previous


def _markup(text: str) -> Iterator[Piece]:
    """Yield the texts and attributes of XML; a feed's entries hold HTML, escaped or not."""
    last = 0
    for match in _MARKUP.finditer(text):
        if text[last : match.start()].strip():
            yield last, _plain(text[last : match.start()])
        if "=" in match[0]:
            yield match.start(), match[0]
        last = match.end()
    if text[last:].strip():
        yield last, _plain(text[last:])


def _plain(text: str) -> str:
    shown = unescape(text) if "&" in text else text
    return _MARKUP.sub("", shown) if "<" in shown else text


def metadata(data: bytes) -> tuple[list[str], list[str]] | None:
    """Return what a picture says about how it was made: names of blocks, and their texts.

    ``None`` when it is no picture that can be read.
    """
    try:
        with Image.open(BytesIO(data)) as image:
            info = {**image.info}
            exif = dict(image.getexif())
            places = dict(image.getexif().get_ifd(0x8825)) if exif else {}
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    found: list[str] = []
    texts: list[str] = []
    if places:
        found.append("拍摄地点（GPS）")
    if exif:
        found.append("EXIF")
        texts += [str(value) for value in exif.values()]
    for key, name in _BLOCKS.items():
        if key in info:
            found.append(name)
            texts.append(_text(info[key]))
    texts += [f"{key} {value}" for key, value in info.items() if isinstance(value, str)]
    if any(isinstance(value, str) for key, value in info.items() if key not in _BLOCKS):
        found.append("文字说明")
    return list(dict.fromkeys(found)), texts


_BLOCKS = {
    "xmp": "XMP", "XML:com.adobe.xmp": "XMP", "photoshop": "IPTC", "comment": "注释",
    "Raw profile type exif": "EXIF", "Raw profile type iptc": "IPTC",
}  # fmt: skip


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "ignore")
    return str(value)

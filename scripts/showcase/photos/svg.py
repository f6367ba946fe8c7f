"""Vector pictures: read strictly, written anew from what may be in one.

An SVG is a document that browsers run: it can hold script, load from other hosts, and grow without
bound through entities or references. So only elements and attributes that draw are kept. What a
drawing program notes for itself is dropped; what would do something is refused, since the picture
might say something else without it. Expat reads it: no entity may be declared, so nothing expands,
and no external one is ever fetched.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import NoReturn
from xml.parsers import expat

from msgspec import Struct

from showcase.pattern import pattern
from showcase.photos.svg_names import DRAWS, MEASURES, PRESENTS, SAYS_NOTHING

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 60
MAX_ELEMENTS = 50_000
MAX_DRAWN = 200_000
"""Elements after every reference was followed: what a browser has to draw."""
_MAX_SIDE = 10_000

_SVG, _XLINK, _XHTML = (
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/1999/xhtml",
)
_LOCAL = pattern(r"\s*#[^\s()'\"\\<>]+\s*")
_URL = pattern(r"url\s*\(\s*(?P<quote>['\"]?)(?P<target>[^)]*?)(?P=quote)\s*\)", re.IGNORECASE)
_NAMED = pattern(r"url\(\s*['\"]?#(?P<id>[^)'\"\s]+)", re.IGNORECASE)
_COMMENT = pattern(r"/\*.*?\*/", re.DOTALL)
_ACTS = pattern(r"\\|@|expression\s*\(|javascript:|behavior\s*:|-moz-binding", re.IGNORECASE)
_LENGTH = pattern(
    r"\s*\+?(\d+(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d{1,2}))?\s*(px|pt|pc|mm|cm|in|em|ex)?\s*"
)
_PIXELS = dict(
    zip(
        ("", "px", "pt", "pc", "in", "mm", "cm", "em", "ex"),
        (1.0, 1.0, 4 / 3, 16.0, 96.0, 96 / 25.4, 96 / 2.54, 16.0, 8.0),
        strict=True,
    )
)
"""CSS pixels in a unit (CSS Values 4, 6.2)."""
_DEFAULT = (300, 150)
"""What browsers take for a picture without a size (CSS 2.2, 10.3.2)."""
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class Unsafe(Exception):
    """The drawing holds something that does more than draw; ``what`` says it in Chinese."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Broken(Exception):
    """It is not well-formed, or no drawing."""


class Drawing(Struct, frozen=True):
    """A drawing written anew, and its size in CSS pixels."""

    data: bytes
    width: int
    height: int


def start(data: bytes) -> bytes:
    """Return the first bytes of a text without the mark of its encoding, and without zero bytes."""
    head = data[:400]
    for mark in _BOMS:
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"")


def sanitise(data: bytes) -> Drawing:
    """Return a drawing with only what draws; raises :class:`Unsafe` or :class:`Broken`."""
    if len(data) > MAX_BYTES:
        raise Unsafe(f"文件超过 {MAX_BYTES // 2**20} MB")
    root = _Reader().read(data)
    _follow(root)
    width, height = _size(root)
    root.set("xmlns", _SVG)
    root.set("width", str(width))
    root.set("height", str(height))
    return Drawing(ET.tostring(root, encoding="utf-8"), width, height)


class _Reader:
    """Builds the tree of what is kept, while Expat reads."""

    def __init__(self) -> None:
        self.root: ET.Element | None = None
        self.open: list[ET.Element] = []
        self.skipping = 0
        self.count = 0

    def read(self, data: bytes) -> ET.Element:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.begin
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.EntityDeclHandler = _entity
        parser.StartDoctypeDeclHandler = _doctype
        parser.ProcessingInstructionHandler = _instruction
        try:
            parser.Parse(data, True)  # noqa: FBT003 - Expat's signature
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Broken(str(error)) from error
        if self.root is None:
            raise Broken("no element")
        return self.root

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAX_ELEMENTS:
            raise Unsafe(f"图形超过 {MAX_ELEMENTS} 个")
        space, _, tag = name.rpartition(" ")
        if self.root is None and (tag != "svg" or space not in (_SVG, "")):
            raise Broken("no drawing")
        if self.skipping or _is_aside(space, tag):
            self.skipping += 1
            return
        if tag not in DRAWS:
            raise Unsafe(f"<{tag}>")
        if len(self.open) >= MAX_DEPTH:
            raise Unsafe("一层套一层，太深了")
        element = ET.Element("g" if tag == "a" else tag)
        for key, value in attributes.items():
            _keep(element, key, value, links=tag not in ("a", "svg"))
        if self.open:
            self.open[-1].append(element)
        self.root = element if self.root is None else self.root
        self.open.append(element)

    def end(self, name: str) -> None:  # noqa: ARG002 - Expat's signature
        if self.skipping:
            self.skipping -= 1
            return
        element = self.open.pop()
        if element.tag == "style":
            element.text = _style_sheet(element.text or "")

    def text(self, text: str) -> None:
        if self.skipping or not self.open:
            return
        above = self.open[-1]
        if len(above):
            above[-1].tail = (above[-1].tail or "") + text
        else:
            above.text = (above.text or "") + text


def _is_aside(space: str, tag: str) -> bool:
    """Tell whether an element is a note of the program that wrote the file: dropped, unshown."""
    if space == _XHTML:
        raise Unsafe(f"<{tag}>")
    return space not in (_SVG, "") or tag in SAYS_NOTHING


def _keep(element: ET.Element, key: str, value: str, *, links: bool) -> None:
    """Give an element an attribute that draws; raise on one that would do something."""
    space, _, name = key.rpartition(" ")
    if name.lower().startswith("on") and not space:
        raise Unsafe(name)
    if name == "href" and space in ("", _XLINK):
        if links:
            if not _LOCAL.fullmatch(value):
                raise Unsafe("外部引用")
            element.set("href", value.strip())
        return
    if space:
        return
    if name == "style":
        for part in _COMMENT.sub("", value).split(";"):
            prop, _, worth = part.partition(":")
            if prop.strip().lower() in PRESENTS:
                element.set(
                    prop.strip().lower(), _harmless(worth.replace("!important", "").strip())
                )
        return
    if name in MEASURES or (name in PRESENTS and name not in element.attrib):
        element.set(name, _harmless(value))


def _harmless(value: str) -> str:
    if _ACTS.search(value):
        raise Unsafe("样式里的代码")
    for match in _URL.finditer(value):
        if not _LOCAL.fullmatch(match["target"]):
            raise Unsafe("外部引用")
    if len(re.findall(r"url\s*\(", value, re.IGNORECASE)) != len(_URL.findall(value)):
        raise Unsafe("外部引用")
    return value


def _style_sheet(text: str) -> str:
    sheet = _COMMENT.sub("", text)
    if "/*" in sheet or "<" in sheet:
        raise Unsafe("样式里的代码")
    if re.search(r"image-set|src\s*:", sheet, re.IGNORECASE):
        raise Unsafe("外部引用")
    return _harmless(sheet)


def _entity(*_: object) -> NoReturn:
    raise Unsafe("实体定义（ENTITY）")


def _doctype(name: str, system: str | None, public: str | None, subset: object) -> None:  # noqa: ARG001
    if subset:
        raise Unsafe("实体定义（DOCTYPE）")


def _instruction(target: str, data: str) -> None:  # noqa: ARG001 - Expat's signature
    if target.lower().startswith("xml-stylesheet"):
        raise Unsafe("外部样式表")


def _follow(root: ET.Element) -> None:
    """Follow every reference as a browser does, and refuse what grows beyond bounds."""
    named = {element.get("id", ""): element for element in root.iter() if "id" in element.attrib}
    drawn, waiting = 0, [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        drawn += 1
        if drawn > MAX_DRAWN or depth > MAX_DEPTH:
            raise Unsafe("层层引用")
        waiting += ((child, depth) for child in element)
        waiting += ((named[id], depth + 1) for id in _referred(element) if id in named)


def _referred(element: ET.Element) -> list[str]:
    found = [element.attrib["href"][1:]] if "href" in element.attrib else []
    for value in element.attrib.values():
        if "url" in value.lower():
            found += (match["id"] for match in _NAMED.finditer(value))
    return found


def _size(root: ET.Element) -> tuple[int, int]:
    box = _box(root.get("viewBox", ""))
    width, height = _length(root.get("width", "")), _length(root.get("height", ""))
    shape = box or _DEFAULT
    if width is None and height is None:
        width, height = shape
    elif width is None:
        width = (height or 0) * shape[0] / shape[1]
    elif height is None:
        height = width * shape[1] / shape[0]
    if box is None:
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    return _side(width), _side(height or 0)


def _side(length: float) -> int:
    return max(1, min(_MAX_SIDE, round(length)))


def _length(text: str) -> float | None:
    match = _LENGTH.fullmatch(text)
    if match is None:
        return None
    value = float(match[1]) * 10 ** int(match[2] or 0) * _PIXELS[match[3] or ""]
    return value if 0 < value < 1e9 else None


def _box(text: str) -> tuple[float, float] | None:
    try:
        numbers = [float(part) for part in re.split(r"[\s,]+", text.strip())]
    except ValueError:
        return None
    if len(numbers) != 4 or not all(0 < side < 1e9 for side in numbers[2:]):
        return None
    return numbers[2], numbers[3]

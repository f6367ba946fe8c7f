"""Shows a body: safe HTML, its text, its sections."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, SubElement

from showcase.pattern import pattern
from showcase.prose.characters import plain
from showcase.prose.clean import cleaned
from showcase.prose.engine import Engine, Job, OutOfFuel
from showcase.prose.found import Finding, Image, Link, Prose, Section, Shown, WikiLink
from showcase.prose.pictures import frame
from showcase.prose.reading import Reading, read
from showcase.prose.source import write
from showcase.prose.written import HEADINGS, as_it_looks, html_of, text_of, words_of

BACK_TEXT = "返回正文"
NOTES_LABEL = "注释"

_UNFIT_FOR_ID = pattern(r"[^\w-]+")
_LONGEST_ID = 40
#: A body beyond the bounds in more paragraphs than this becomes one: elements cost memory.
_MOST_PARAGRAPHS = 2_000

_LOCAL = threading.local()


def render(
    body: str,
    wiki: Callable[[WikiLink], tuple[str, str] | None],
    image: Callable[[Image], Shown | str | None] | None = None,
    base_heading_level: int = 2,
    prefix: str = "s-",
    link: Callable[[Link], str | None] | None = None,
) -> Prose:
    """Return a body as safe HTML. Never raises on a body, and takes bounded time.

    ``wiki`` gives a record's relative address and title, or ``None`` for one that is unknown,
    which is shown as text. ``image`` gives an image's address, or all its copies, or ``None`` to
    show its alternative text; without it images keep the target that was written. Neither is asked
    about what :func:`~showcase.prose.scan` does not list. ``link`` may give another address for a
    link within the site. Headings of the second level are shown at
    ``base_heading_level`` (2 to 5), the others relative to it. All ids begin with ``prefix``: two
    bodies on one page need two.
    """
    reading = read(body)
    if not reading.within_bounds:
        return _as_typed(reading)
    source = write(reading, base_heading_level)
    engine = _take_engine()
    try:
        tree = engine.convert(Job(source, wiki, image, link))
    except OutOfFuel:
        return _as_typed(reading, Finding("too-slow", 0, len(body), ""))
    _LOCAL.engine = engine
    return _finish(tree, base_heading_level, prefix, len(body))


def _take_engine() -> Engine:
    """Take the thread's engine; it is given back when its work ended well, else it is lost."""
    engine: Engine | None = getattr(_LOCAL, "engine", None)
    _LOCAL.engine = None
    return engine or Engine()


def _as_typed(reading: Reading, *findings: Finding) -> Prose:
    """Return a body in paragraphs of plain text."""
    text = re.sub(r"\r\n?", "\n", reading.text).strip("\n")
    paragraphs = [text]
    if text.count("\n\n") < _MOST_PARAGRAPHS:
        paragraphs = [part for part in re.split(r"\n\s*\n", text) if part.strip()]
    root = Element("div")
    for paragraph in paragraphs:
        element = SubElement(root, "p")
        element.text, element.tail = plain(paragraph), "\n"
    html = as_it_looks("".join(map(html_of, root))).strip()
    return Prose(html, text, (), findings)


def _finish(root: Element, base: int, prefix: str, length: int) -> Prose:
    if _holds(root, "pre"):
        _mend_code(root)
    if _holds(root, "table"):
        _wrap_tables(root)
    if _holds(root, "picture"):
        frame(root)
    used = _name_notes(root, prefix) if _holds(root, "div") else set()
    sections = _name_headings(root, used, base, prefix)
    html, changed = cleaned(root)
    findings = (Finding("cleaned", 0, length, changed),) if changed else ()
    return Prose(html, text_of(root), sections, findings)


def _holds(root: Element, tag: str) -> bool:
    """Whether a tag stands anywhere below the root."""
    return any(element is not root for element in root.iter(tag))


def _mend_code(root: Element) -> None:
    """Take blocks of code out of the paragraphs that Markdown puts them in."""
    for parent in list(root.iter()):
        if any(child.tag == "p" and child.find("pre") is not None for child in parent):
            parent[:] = [part for child in parent for part in _parts(child)]


def _parts(paragraph: Element) -> Iterator[Element]:
    """Yield a paragraph as it is, or in parts: its code, and what stands around it."""
    if paragraph.tag != "p" or paragraph.find("pre") is None:
        yield paragraph
        return
    part = Element("p")
    part.text = paragraph.text
    for child in list(paragraph):
        if child.tag != "pre":
            part.append(child)
            continue
        if len(part) or (part.text or "").strip():
            yield part
        yield child
        part = Element("p")
        part.text, child.tail = child.tail, "\n"
    if len(part) or (part.text or "").strip():
        yield part


def _wrap_tables(root: Element) -> None:
    """Give tables a frame to scroll in, also by keyboard; a page must not."""
    for parent in list(root.iter()):
        for index, child in enumerate(parent):
            if child.tag == "table":
                frame = Element("div", {"class": "sc-scroll", "tabindex": "0"})
                frame.append(child)
                frame.tail, child.tail = child.tail, None
                parent[index] = frame


def _name_notes(root: Element, prefix: str) -> set[str]:
    """Prefix the ids of footnotes, drop ways back to nowhere, and return the ids."""
    ids = {element.get("id") for element in root.iter("sup")}
    for element in root.iter():
        if element.tag in {"li", "sup"} and "id" in element.attrib:
            element.set("id", prefix + element.attrib["id"])
        elif element.tag == "a" and element.get("class", "").startswith("footnote-"):
            element.set("href", f"#{prefix}{element.attrib['href'][1:]}")
        elif element.tag == "div" and element.get("class") == "footnote":
            element.tag = "section"
            element.set("aria-label", NOTES_LABEL)
    for parent in root.iter():
        for child in list(parent):
            if child.get("class") != "footnote-backref":
                continue
            child.text = BACK_TEXT
            if child.attrib["href"].removeprefix(f"#{prefix}") not in ids:
                parent.remove(child)
    return {element.attrib["id"] for element in root.iter() if "id" in element.attrib}


def _name_headings(root: Element, used: set[str], base: int, prefix: str) -> tuple[Section, ...]:
    """Give headings their ids, point links within the text to them, and return the sections."""
    counts: dict[str, int] = {}
    sections: list[Section] = []
    top = set(root)
    for heading in [element for element in root.iter() if element.tag in HEADINGS]:
        title = words_of(heading)
        identity = name = prefix + _slug(title)
        while identity in used:
            counts[name] = counts.get(name, 1) + 1
            identity = f"{name}-{counts[name]}"
        used.add(identity)
        heading.set("id", identity)
        level = int(heading.tag[1])
        if heading in top and level <= base + 1:
            sections.append(Section(identity, title, level))
    for link in root.iter("a"):
        target = prefix + _slug(link.get("href", "")[1:])
        if link.get("href", "")[:1] == "#" and "class" not in link.attrib and target in used:
            link.set("href", f"#{target}")
    return tuple(sections)


def _slug(title: str) -> str:
    return _UNFIT_FOR_ID.sub("-", title).strip("-").lower()[:_LONGEST_ID] or "section"

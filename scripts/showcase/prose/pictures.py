"""Sets pictures among prose: their copies, a link to the largest, the words below.

Markdown leaves an image within its paragraph. One that stands alone becomes a figure with its
words; one in the middle of a sentence stays there.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from showcase.prose.characters import plain
from showcase.prose.found import Shown

SMALL = 480
"""Pixels of width below which a picture is not stretched."""
_LINK = "sc-photo__link"


def picture(shown: Shown, alt: str, title: str) -> Element:
    """Return a picture as a link to its largest copy; its words ride along for :func:`frame`."""
    link = Element("a", {"class": _LINK, "href": plain(shown.full or shown.src)})
    link.set("caption", shown.caption or title)
    link.set("credit", shown.credit)
    holder = SubElement(link, "picture")
    if shown.srcset:
        copies = {"type": "image/webp", "srcset": plain(shown.srcset), "sizes": plain(shown.sizes)}
        SubElement(holder, "source", copies)
    size = {"width": str(shown.width), "height": str(shown.height)}
    words = {"src": plain(shown.src), "alt": plain(alt)}
    SubElement(holder, "img", {**words, **size, "loading": "lazy", "decoding": "async"})
    return link


def frame(root: Element) -> None:
    """Make figures of the paragraphs that hold nothing but pictures; no link stays in a link."""
    for link in list(root.iter("a")):
        if link.get("class") != _LINK:
            _unlink_within(link)
    for parent in list(root.iter()):
        if any(child.tag == "p" for child in parent):
            parent[:] = [part for child in parent for part in _framed(child)]
    for link in root.iter("a"):
        link.attrib.pop("caption", None)
        link.attrib.pop("credit", None)


def _unlink_within(link: Element) -> None:
    for parent in list(link.iter()):
        for index, child in enumerate(parent):
            if child.tag == "a" and child.get("class") == _LINK:
                inner = child[0]
                inner.tail = child.tail
                parent[index] = inner


def _framed(paragraph: Element) -> list[Element]:
    pictures = [child for child in paragraph if child.tag == "a" and child.get("class") == _LINK]
    rest = [child for child in paragraph if child not in pictures and child.tag != "br"]
    said = [paragraph.text, *(child.tail for child in paragraph)]
    alone = paragraph.tag == "p" and pictures and not rest and not any(map(_words, said))
    return [_figure(link) for link in pictures] if alone else [paragraph]


def _shape(link: Element) -> str:
    image = link[0][-1]
    width, height = int(image.attrib["width"]), int(image.attrib["height"])
    return "sc-photo--small" if width < SMALL else "sc-photo--tall" if height > width else ""


def _words(text: str | None) -> bool:
    return bool(text and text.strip())


def _figure(link: Element) -> Element:
    figure = Element("figure", {"class": f"sc-photo {_shape(link)}".strip()})
    figure.append(link)
    link.tail = None
    caption, credit = link.get("caption", ""), link.get("credit", "")
    if caption or credit:
        words = SubElement(figure, "figcaption", {"class": "sc-photo__words"})
        words.text = AtomicString(plain(caption))
        if credit:
            by = SubElement(words, "span", {"class": "sc-photo__credit"})
            by.text = AtomicString(plain(credit))
    figure.tail = "\n"
    return figure

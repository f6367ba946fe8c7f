"""What reading and showing prose gives back: plain frozen data, with places in the body.

``start`` and ``end`` count characters from the beginning of the body; ``body[start:end]`` is the
whole construct as it was written. As JSON they are lists: thousands are kept
(:mod:`showcase.kept`).
"""

from __future__ import annotations

from msgspec import Struct


class Section(Struct, frozen=True, array_like=True):
    """A heading that readers can be sent to."""

    id: str
    title: str
    level: int


class Finding(Struct, frozen=True, array_like=True):
    """Something about the prose that its author should know.

    ``code_name`` is one of the words of :data:`showcase.prose.FINDINGS`, which also says what
    ``detail`` holds: the part that a message needs.
    """

    code_name: str
    start: int
    end: int
    detail: str


class WikiLink(Struct, frozen=True, array_like=True):
    """``[[target]]`` or ``[[target|text]]``: a record named in prose."""

    start: int
    end: int
    target: str
    text: str


class Image(Struct, frozen=True, array_like=True):
    """``![alt](target "title")``, directly or through a reference."""

    start: int
    end: int
    target: str
    alt: str
    title: str = ""


class Shown(Struct, frozen=True, array_like=True):
    """How an image is shown: addresses of its copies, its size in pixels, the words below it.

    ``srcset`` lists the WebP copies, ``src`` is what every browser can show, ``full`` the copy that
    a link leads to.
    """

    src: str
    width: int
    height: int
    srcset: str = ""
    sizes: str = ""
    full: str = ""
    caption: str = ""
    credit: str = ""


class Link(Struct, frozen=True, array_like=True):
    """Every other link: written out, by reference, in angle brackets, or a bare web address.

    ``target`` is where it leads, with entities and escapes resolved; ``text`` is the Markdown
    that stands for it.
    """

    start: int
    end: int
    target: str
    text: str


class Scan(Struct, frozen=True, array_like=True):
    """What a body holds, in the order of its text."""

    wiki_links: tuple[WikiLink, ...] = ()
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()


class Prose(Struct, frozen=True):
    """A body made ready to show.

    ``html`` is safe as it stands. ``text`` is what a reader sees, block by block on lines of
    their own. ``findings`` holds what only showing the body could bring to light (``too-slow``,
    ``cleaned``): the bounds are there so that it stays empty.
    """

    html: str
    text: str
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...] = ()

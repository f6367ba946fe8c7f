"""What stands within a line, as the reader of lines finds it and the writer of HTML shows it."""

from __future__ import annotations

from msgspec import Struct

from showcase.prose.found import Finding, Image, Link, WikiLink


class Code(Struct, frozen=True):
    """Text shown as it is: a code span."""

    start: int
    end: int
    text: str


class Markup(Struct, frozen=True):
    """HTML as it was written, shown as text."""

    start: int
    end: int
    text: str


class Reference(Struct, frozen=True):
    """``[^label]``: the place that a footnote belongs to."""

    start: int
    end: int
    label: str


class LinkPiece(Struct, frozen=True):
    """A link, where its text lies, and how it may be shown.

    ``literal``: its text is an address, not Markdown; ``bare``: it has no marks around it.
    """

    link: Link
    inner: tuple[int, int]
    shown: bool
    external: bool
    title: str = ""
    literal: bool = False
    bare: bool = False

    @property
    def start(self) -> int:
        """Where the whole link starts."""
        return self.link.start

    @property
    def end(self) -> int:
        """Where the whole link ends."""
        return self.link.end


class ImagePiece(Struct, frozen=True):
    """An image, and whether it may be shown."""

    image: Image
    shown: bool
    title: str = ""

    @property
    def start(self) -> int:
        """Where the whole image starts."""
        return self.image.start

    @property
    def end(self) -> int:
        """Where the whole image ends."""
        return self.image.end


Piece = Code | Markup | Reference | WikiLink | LinkPiece | ImagePiece


class Inline(Struct, frozen=True):
    """What a line holds. A piece within another follows it; ``used``: labels referred to."""

    pieces: tuple[Piece, ...] = ()
    findings: tuple[Finding, ...] = ()
    used: tuple[str, ...] = ()


NOTHING = Inline()

"""The theme's frame around composed pages: a page of the theme with gaps, filled in page by page.

A theme takes 1.4 ms for a page (Material 9.8), and what it makes of two composed pages of one
:class:`Sort` differs only where the words of the pages stand. So it is asked once for each sort,
with marks for words; the rest is done here, in some microseconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

from msgspec.structs import replace

from showcase.addresses import relative
from showcase.compose import Composed
from showcase.pattern import pattern
from showcase.seal import digest

_GAPS = ("title", "description", "canonical", "image", "content")

# Characters for private use (Unicode 23.5): no theme, filter or template changes them.
MARKS = {name: f"\ue000{name}\ue001" for name in _GAPS}
"""What stands in a shell for the words of a page."""

_MARK = pattern("\ue000([a-z]+)\ue001")


class Sort(NamedTuple):
    """What the theme may look at in a composed page, besides its words.

    Links depend on how deep a page lies, the menu on which sections it lies in; ``feed`` is the
    link to the page's own. Parts of the head stand only where there is a description, a picture to
    share, or a wish to be passed over.
    """

    depth: int
    folder: str
    sections: tuple[str, ...]
    described: bool
    feed: str
    image: bool
    hidden: bool


def sort_of(page: Composed, sections: tuple[str, ...]) -> Sort:
    """Return the sort of a page; ``sections`` are the addresses that stand in the menu."""
    return Sort(
        depth=page.address.count("/"),
        folder=page.address.partition("/")[0],
        sections=tuple(one for one in sections if page.address.startswith(one)),
        described=bool(page.description),
        feed=relative(page.feed, page.address) if page.feed else "",
        image=bool(page.image),
        hidden=page.hidden,
    )


def marked(page: Composed) -> Composed:
    """Return a page of the same sort with marks in the place of its words."""
    return replace(
        page,
        title=MARKS["title"],
        description=MARKS["description"] if page.description else "",
        image=MARKS["image"] if page.image else "",
        html=MARKS["content"],
    )


class Shell(NamedTuple):
    """A page of the theme, cut at its gaps: text, name of a gap, text, and so on."""

    pieces: tuple[str, ...]
    version: bytes
    """What stands for the pieces: another one for others."""

    def fill(self, page: Composed, site_url: str) -> bytes:
        """Return the finished page; ``site_url`` is the site's address, with a closing slash."""
        words = {
            "title": page.title,
            "description": page.description,
            "canonical": site_url + quote(page.address),
            "image": page.image,
            "content": page.html,
        }
        filled = (words[piece] if index % 2 else piece for index, piece in enumerate(self.pieces))
        return "".join(filled).encode("utf-8", "xmlcharrefreplace")


def cut(html: str) -> Shell:
    """Return the shell that a page of the theme is, from its text with :data:`MARKS` in it."""
    return joined(_MARK.split(html))


def joined(pieces: Iterable[str]) -> Shell:
    """Return the shell of some pieces."""
    whole = tuple(pieces)
    return Shell(whole, digest(*whole))

"""What the search index is built from: one `SearchDocument` for each public page.

The caller decides what is public; nothing that is not in these documents reaches the index. A
document is asked for when it is wanted, which is seldom: a `Findable` says whether it is as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cached_property

from msgspec import Struct, field

from showcase.outputs.search.codec import literal
from showcase.seal import digest

#: The facets of the search page, in the order in which it shows them, with the Chinese names of
#: its lists. Their names are the parameters of its address, their values are titles.
FACETS: Mapping[str, str] = {
    "kind": "种类",
    "place": "地区",
    "theme": "主题",
    "year": "年份",
    "honour": "荣誉",
}


class SearchDocument(Struct, frozen=True, dict=True):
    """One page as the search sees it.

    Where a word stands decides how much it counts: `title` most, then `names`, `related`,
    `summary`, and `text` least. A word that stands in several counts once, at its best.
    """

    #: Kind and id, `brand/向阳花开`: what a hit's `data-record` says.
    key: str
    #: The page's address relative to the site's root: `brands/xiang-yang-hua-kai/`.
    url: str
    title: str
    #: The kind as readers call it: 品牌.
    kind_label: str
    #: Other names of the same thing: aliases, former titles, a slogan. Found by pinyin too.
    names: tuple[str, ...] = ()
    #: Names that belong with it: its brand, its people, its host. Found by pinyin too.
    related: tuple[str, ...] = ()
    summary: str = ""
    #: Everything else that the page shows, facts included, as plain text. A line break is the end
    #: of a paragraph or a fact: a word does not go on across it, so lines must not be wrapped.
    text: str = ""
    #: Facet → titles. A place comes with its ancestors, the outermost first, so that the filter
    #: for a town finds its villages.
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: ISO date, as exact as it is known (`2019`, `2019-03`, `2019-03-18`) or "". By it hits are
    #: sorted if the reader wants that, and equal hits in any case.
    date: str = ""
    #: The date as the page shows it: `2019年3月`.
    when: str = ""

    @cached_property
    def record(self) -> bytes:
        """What its file says of it: the arguments of `record` after the first two, as JavaScript.

        That is all but the facets and the date.
        """
        fields = [
            self.key,
            self.url,
            self.title,
            self.kind_label,
            self.when,
            self.summary,
            [*self.names, *self.related],
            self.text,
        ]
        return literal(fields).encode()

    @classmethod
    def of_record(cls, record: bytes, names: int) -> SearchDocument:
        """A document of which `record` says this, with so many names of its own.

        It has the same terms; its facets and its date are not known.
        """
        key, url, title, kind_label, when, summary, every, text = json.loads(record)
        return cls(
            key=key,
            url=url,
            title=title,
            kind_label=kind_label,
            names=tuple(every[:names]),
            related=tuple(every[names:]),
            summary=summary,
            text=text,
            when=when,
        )


class Looked(Struct, frozen=True):
    """What is known of a page that was looked at."""

    #: 16 bytes that stand for its document: equal ones, equal documents.
    digest: bytes
    document: Callable[[], SearchDocument]


class Findable(Struct, frozen=True):
    """A page that the search finds, not looked at yet."""

    #: Those of its document.
    key: str
    date: str
    look: Callable[[], Looked]

    @classmethod
    def of(cls, document: SearchDocument) -> Findable:
        """A page of which the document is at hand."""
        looked = Looked(digest_of(document), lambda: document)
        return cls(document.key, document.date, lambda: looked)


def digest_of(document: SearchDocument) -> bytes:
    """What stands for a document."""
    rest = (len(document.names), dict(document.facets), document.date)
    return digest(document.record, repr(rest))

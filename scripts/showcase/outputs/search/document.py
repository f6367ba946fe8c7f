"""What the search index is built from: one `SearchDocument` for each public page.

The caller decides what is public; nothing that is not in these documents reaches the index.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: The facets of the search page, in the order in which it shows them, with the Chinese names of
#: its lists. Their names are the parameters of its address, their values are titles.
FACETS: Mapping[str, str] = {
    "kind": "种类",
    "place": "地区",
    "theme": "主题",
    "year": "年份",
    "honour": "荣誉",
}


@dataclass(frozen=True, slots=True)
class SearchDocument:
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

"""How a page of the site is cited, and who built what it tells about."""

from __future__ import annotations

from showcase.addresses import address
from showcase.load import Entry
from showcase.model.brand import Brand
from showcase.pages.shelf import Shelf
from showcase.pages.views import Builders
from showcase.pattern import pattern

_ASIDE = pattern(r"[（(].*?[）)]")
_NAMED = 3
"""Authors named before 等 (GB/T 7714-2015, 8.1.2)."""
_ACCESSED = "年-月-日"
"""Stands for the day of the reader's visit, which a static page cannot know."""


def author_names(brand: Brand) -> list[str]:
    """Return a brand's authors without what stands in brackets behind their names."""
    return [name for text in brand.authors if (name := _ASIDE.sub("", text).strip())]


def how_to_cite(shelf: Shelf, entry: Entry) -> str:
    """Return the line for a list of references that names a brand's page.

    As GB/T 7714-2015, 4.6, sets a document on the web: who is responsible, title[EB/OL],
    publisher, (date of publication)[date of the visit], address. What is not known is left out.
    """
    brand = entry.as_a(Brand)
    site = shelf.graph.site.record
    authors = author_names(brand)
    named = ", ".join(authors[:_NAMED]) + (", 等" if len(authors) > _NAMED else "")
    publishers = dict.fromkeys(name for name in (named, site.host or "", site.name) if name)
    responsible, *publisher = publishers
    published = f"({brand.publish_on})" if brand.publish_on is not None else ""
    where = f" {shelf.catalogue.site_url}{address(entry)}." if shelf.catalogue.site_url else ""
    by = f" {', '.join(publisher)}," if publisher else ""
    return f"{responsible}. {brand.title}[EB/OL].{by} {published}[{_ACCESSED}].{where}"


def builders(shelf: Shelf, entry: Entry) -> Builders | None:
    """Return those who built a brand together, or ``None`` when fewer than two are named."""
    lead = shelf.graph.target(entry, "lead")
    partners = [one for one in shelf.graph.targets(entry, "partners") if one is not lead]
    if len(partners) + (lead is not None) < 2:
        return None
    return Builders(shelf.card(lead) if lead is not None else None, shelf.cards(partners))

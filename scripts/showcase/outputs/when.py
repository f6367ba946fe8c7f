"""When a record last had news, by what it says itself: never by a clock or a file's date.

Feeds, the calendar and the sitemap must be the same bytes whenever they are made.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from showcase.load import Entry
from showcase.pages import Catalogue
from showcase.pages.shelf import dated

EPOCH = date(1970, 1, 1)


def news_date(catalogue: Catalogue, entry: Entry) -> date | None:
    """Return the first day a record's date can mean; ``None`` where it has none.

    That is the day it was published on; else its own date (a start, a launch, the day a number is
    of); else the latest honour it received.
    """
    if entry.record.publish_on is not None:
        return entry.record.publish_on.first
    own = entry.date
    if own is not None:
        return own.first
    return max((event.date.first for event in dated(catalogue.graph, entry)), default=None)


def without_date(dates: Iterable[date | None]) -> date:
    """Return the date for what has none where a date is demanded: the earliest of the others.

    So it stands last, and does not move when something new is added.
    """
    return min((known for known in dates if known is not None), default=EPOCH)


def permanent_id(catalogue: Catalogue, name: str) -> UUID:
    """Return the permanent id of a record (by its key) or a file (by its path).

    It is made from the name (RFC 9562, 5.5), so that it needs no list to be kept, and in the space
    of the site's address, or of its name where it has none: other sites have records of that name.
    """
    site = catalogue.site_url or catalogue.graph.site.record.name
    return uuid5(uuid5(NAMESPACE_URL, site), name)

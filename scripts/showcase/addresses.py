"""Where each record's page lies: ``brands/xiang-yang-hua-kai/``; and where it lay before."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping

from showcase.load import Entry
from showcase.model import KINDS
from showcase.pattern import pattern

FORBIDDEN = frozenset('\\/:*?"<>|')
"""Characters that no id may hold: Windows takes none of them in the name of a file."""
FEED = "feed.xml"
CALENDAR = "activities.ics"
MANIFEST = "data/addresses.json"
"""All public addresses of a built site, for the check that none of them vanishes unnoticed."""

RESERVED = "page"
"""The last part of an address that no record can have: ``brands/page/2/`` is a list's."""

_LONGEST = 200
"""Characters of a slug that every file system takes as a name (255 bytes, less what is added)."""
PLURALS = frozenset(kind.plural for kind in KINDS.values())
_ADDRESS = pattern(r"(?:^|/)(?P<plural>[a-z]+)/(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)/?$")


def address(entry: Entry) -> str:
    """Return the address of a record's page from the site's root, with a closing slash."""
    return f"{entry.kind.plural}/{entry.spelling}/"


def record_address(text: str) -> str:
    """Return the address that a text is, or ends in, if a record can have it; else ``""``.

    ``/brands/xiang-yang/``, ``brands/xiang-yang`` and a whole web address all name one page.
    """
    match = _ADDRESS.search(text.partition("#")[0].partition("?")[0])
    if match is None or match["plural"] not in PLURALS or match["slug"] == RESERVED:
        return ""
    return f"{match['plural']}/{match['slug']}/" if len(match["slug"]) <= _LONGEST else ""


def former_addresses(entry: Entry) -> dict[str, int]:
    """Return where a record's page lay before, each with the index of the alias that says so.

    A former title stands for the address it was given (its pinyin), a former slug for itself; a
    record that was of another kind names the whole address, ``figures/wang-wei/``.
    """
    found: dict[str, int] = {}
    for index, alias in enumerate(entry.record.aliases):
        place = record_address(alias) or record_address(
            f"{entry.kind.plural}/{entry.spelling_of(alias)}/"
        )
        if place and place != address(entry):
            found.setdefault(place, index)
    return found


def claims(entries: Iterable[Entry]) -> Mapping[str, list[Entry]]:
    """Return the records that say of an address that it was theirs, by address."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for place in former_addresses(entry):
            found[place].append(entry)
    return found


def redirects(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Return the record that each former address leads to, sorted by address.

    The target is always the record's page of today, so there are no chains. An address at which a
    page lies stays that page's, and one that several records claim leads nowhere: to guess would
    show a reader another person than the one they looked for.
    """
    entries = tuple(entries)
    taken = {address(entry) for entry in entries}
    claimed = claims(entries)
    return {
        place: owners[0]
        for place, owners in sorted(claimed.items())
        if place not in taken and len(owners) == 1
    }


def feed_of(page: str) -> str:
    """Return the address of the feed of a page: a kind's list and a place have one, else ``""``."""
    first, _, rest = page.partition("/")
    of_place = first == KINDS["place"].plural and rest.count("/") == 1
    return page + FEED if (first in PLURALS and not rest) or of_place else ""


def dataset(plural: str, ending: str) -> str:
    """Return the address of the file that holds all records of a kind: ``data/brands.csv``."""
    return f"data/{plural}.{ending}"


def relative(target: str, page: str) -> str:
    """Return the link from one page to another, both given from the site's root.

    Pages end in ``/`` (the root is ``""``); files do not. Links are relative so that the site
    works below any path.
    """
    link = posixpath.relpath("/" + target, "/" + page) if target != page else "."
    return link + "/" if target.endswith("/") or target == "" else link

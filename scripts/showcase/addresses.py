"""Where each record's page lies: ``brands/xiang-yang-hua-kai/``."""

from __future__ import annotations

import hashlib
import posixpath
from functools import cache

from showcase.load import Entry
from showcase.pinyin import slug as pinyin_slug

FORBIDDEN = frozenset('\\/:*?"<>|')
"""Characters that no id may hold: Windows takes none of them in the name of a file."""


def slug_of(entry: Entry) -> str:
    """Return the last part of a record's address: its ``slug`` or its id's pinyin."""
    return entry.record.slug or _slug(entry.id)


@cache
def _slug(id: str) -> str:
    # An id without a letter or digit (only signs) still needs an address that stays the same.
    return pinyin_slug(id) or "r-" + hashlib.sha256(id.encode()).hexdigest()[:8]


def address(entry: Entry) -> str:
    """Return the address of a record's page from the site's root, with a closing slash."""
    return f"{entry.kind.plural}/{slug_of(entry)}/"


def relative(target: str, page: str) -> str:
    """Return the link from one page to another, both given from the site's root.

    Pages end in ``/`` (the root is ``""``); files do not. Links are relative so that the site
    works below any path.
    """
    link = posixpath.relpath("/" + target, "/" + page) if target != page else "."
    return link + "/" if target.endswith("/") or target == "" else link

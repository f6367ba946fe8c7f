"""What may be looked at while a page is made, and the state in which it is.

Where all that a page looked at is in the state in which it was then, the page is the same.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache, cached_property

from showcase.album import PICTURE
from showcase.entry import NAME, Entry
from showcase.graph import OUT
from showcase.model import KINDS
from showcase.pages.shelf import BESIDE, ORDER, TITLES, Catalogue
from showcase.seal import digest
from showcase.source import Document

_SHORT = 32
"""Characters of a digest: what is shorter stands for itself, but for nothing, which says that it
is not there."""
_in_words = cache(repr)
"""A path of a field: thousands of links stand at a few dozen."""


class States:
    """The states of everything in a catalogue: texts, equal only where nothing has changed.

    What belongs to the whole site is in the state of all of it (:attr:`whole`).
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._entries = {entry.key: entry for entry in catalogue.graph.entries}
        self._known: dict[str, str] = {}

    @cached_property
    def whole(self) -> str:
        """The state of what any page may show: the settings, and where the site will stand."""
        site = self._catalogue.graph.site
        featured = (link.target for link in self._catalogue.graph.featured)
        keys = (entry.key for entry in featured if entry is not None)
        return _digest(repr(site.record), self._catalogue.site_url, *keys)

    def name(self, thing: Hashable) -> str:
        """Return the name under which something is known that was looked at.

        That is a record, or a pair of a record or a kind with the mark of what of it was asked.
        """
        match thing:
            case Entry():
                return thing.key
            case (Entry() as entry, mark):
                return f"{entry.key}{mark}"
            case (kind, mark):
                return f"{kind}{mark}"
        raise TypeError(thing)

    def of(self, name: str) -> str:
        """Return the state of what has a name; ``""`` if it is not there."""
        state = self._known.get(name)
        if state is None:
            state = self._known[name] = self._of(name)
        return state

    def _of(self, name: str) -> str:
        entry = self._entries.get(name)
        if entry is not None:
            return self._record(entry)
        one, picture, asked = name.partition(PICTURE)
        if picture:
            entry = self._entries.get(one)
            return self._picture(entry, asked) if entry is not None else ""
        one, mark = name[:-1], name[-1:]
        if mark in (ORDER, TITLES):
            return self._kind(one, mark) if one in KINDS else ""
        entry = self._entries.get(one)
        return self._links(entry, mark) if entry is not None else ""

    def _record(self, entry: Entry) -> str:
        # What a file of one record says is its text; in a list the others change too.
        said = repr(entry.record) if entry.in_list else _said(entry.document)
        draft = "draft" if entry.key in self._catalogue.draft_keys else ""
        return _digest(entry.file, draft, said)

    def _links(self, entry: Entry, mark: str) -> str:
        graph = self._catalogue.graph
        if mark == BESIDE:
            return _digest(*(one.key if one else "" for one in self._catalogue.beside(entry)))
        if mark == NAME:
            return _digest(entry.slug or "", entry.title)
        if mark == OUT:
            targets = (link.target for link in graph.out(entry))
            return _digest(*(one.key if one else "" for one in targets))
        sources = ((link.source, link.path) for link in graph.into(entry))
        return _digest(*(one.key + _in_words(path) for one, path in sources if one is not None))

    def _picture(self, entry: Entry, name: str) -> str:
        graph = self._catalogue.graph
        file = graph.album.find(entry, name).file
        return _digest(file, repr(graph.survey.facts.get(file)) if file else "")

    def _kind(self, kind: str, mark: str) -> str:
        entries = self._catalogue.of(kind) if mark == ORDER else self._catalogue.graph.of(kind)
        return _digest(repr([one.key if mark == ORDER else one.title for one in entries]))


def _said(document: Document) -> str:
    return document.stands.hex() or document.lines.text


def _digest(*texts: str) -> str:
    # In one piece, which is quicker; in what is joined, only the last may have such a sign in it.
    text = "\0".join(texts)
    return text if 0 < len(text) < _SHORT else digest(text).hex()

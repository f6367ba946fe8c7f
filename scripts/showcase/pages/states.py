"""What may be looked at while a page is made, and the state in which it is.

Where all that a page looked at is in the state in which it was then, the page is the same.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cache, cached_property
from hashlib import blake2b

from showcase.album import PICTURE
from showcase.entry import NAME, Entry
from showcase.graph import INTO, OUT
from showcase.model import KINDS
from showcase.pages.shelf import BESIDE, ORDER, Catalogue
from showcase.source import Document

_SHORT = 33
"""Characters: what is shorter stands for itself, but for nothing, which says that it is not
there. What stands for a file's bytes has one less."""
_MARKS = frozenset({NAME, OUT, INTO, BESIDE})
_in_words = cache(repr)
"""A path of a field: thousands of links stand at a few dozen."""


class States:
    """The states of everything in a catalogue: texts, equal only where nothing has changed.

    What belongs to the whole site is in the state of all of it (:attr:`whole`).
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @cached_property
    def whole(self) -> str:
        """The state of what any page may show: the settings, and where the site will stand."""
        site = self._catalogue.graph.site
        featured = (link.target for link in self._catalogue.graph.featured)
        keys = (entry.key for entry in featured if entry is not None)
        return _digest(repr(site.record), self._catalogue.site_url, *keys)

    def name(self, thing: Hashable) -> str:
        """Return the name under which something is known that was looked at.

        That is a record, or a pair of a record or a kind with the mark of what of it was asked. The
        mark goes before, where no record's name has one: behind, it may be a part of the name.
        """
        if isinstance(thing, Entry):
            return thing.key
        if not isinstance(thing, tuple):
            raise TypeError(thing)
        one, mark = thing
        if not isinstance(one, Entry):
            return f"{mark}{one}"
        if mark in _MARKS:
            return f"{mark}{one.key}"
        return f"{PICTURE}{len(one.key)} {one.key}{mark.removeprefix(PICTURE)}"

    def of(self, name: str) -> str:
        """Return the state of what has a name; ``""`` if it is not there."""
        state = self._of_records.get(name)
        if state is not None:
            return state
        mark, one = name[:1], name[1:]
        if mark == PICTURE:
            return self._picture(one)
        return self._kind(one, mark) if one in KINDS else ""

    @cached_property
    def _of_records(self) -> Mapping[str, str]:
        """The states of all that is looked at of records, by name.

        Of one record after the other, for what belongs to one lies together.
        """
        found: dict[str, str] = {}
        for entry in self._catalogue.graph.entries:
            key = entry.key
            found[key] = self._record(entry)
            found[NAME + key] = _digest(entry.spelling, entry.title)
            found[OUT + key] = self._out(entry)
            found[INTO + key] = self._into(entry)
            found[BESIDE + key] = self._beside(entry)
        return found

    def _record(self, entry: Entry) -> str:
        # What a file of one record says is its text; in a list the others change too.
        said = repr((entry.file, entry.record)) if entry.in_list else _said(entry.document)
        return _digest("draft", said) if entry.key in self._catalogue.draft_keys else _digest(said)

    def _out(self, entry: Entry) -> str:
        found = [link.targets for link in self._catalogue.graph.out(entry)]
        return _digest(*[targets[0].key if len(targets) == 1 else "" for targets in found])

    def _into(self, entry: Entry) -> str:
        links = self._catalogue.graph.into(entry)
        found = [(one.written, one.path) for one in links if isinstance(one.written, Entry)]
        return _digest(*[source.key + _in_words(path) for source, path in found])

    def _beside(self, entry: Entry) -> str:
        return _digest(*(one.key if one else "" for one in self._catalogue.beside(entry)))

    @cached_property
    def _entries(self) -> Mapping[str, Entry]:
        return {entry.key: entry for entry in self._catalogue.graph.entries}

    def _picture(self, asked: str) -> str:
        length, _, rest = asked.partition(" ")
        # Names come out of what is kept, which may be somebody else's.
        end = int(length) if length.isdecimal() else 0
        entry, graph = self._entries.get(rest[:end]), self._catalogue.graph
        if entry is None:
            return ""
        name = rest[end:]
        file = graph.album.find(entry, name).file
        return _digest(file, repr(graph.survey.facts.get(file)) if file else "")

    def _kind(self, kind: str, mark: str) -> str:
        entries = self._catalogue.of(kind) if mark == ORDER else self._catalogue.graph.of(kind)
        return _digest(repr([one.key if mark == ORDER else one.title for one in entries]))


def _said(document: Document) -> str:
    return document.stands.hex() or f"{document.file}\0{document.lines.text}"


def _digest(*texts: str) -> str:
    # In one piece, which is quicker; in what is joined, only the last may have such a sign in it.
    text = "\0".join(texts)
    if 0 < len(text) < _SHORT:
        return text
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

"""Files that hold a part for each record: only the parts that would be others now are made again.

The others are cut out of the file of the former site, and known there by what stands for them: a
cut in the wrong place, or a file that somebody has touched, gives parts that nobody asks for. Those
that are made wait in a scratch file: of fifty thousand records they take half a gigabyte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import NamedTuple

from showcase.load import Entry
from showcase.outputs.artifact import Artifact
from showcase.pages import Catalogue
from showcase.past import Past, Place
from showcase.seal import digest


class Form(NamedTuple):
    """What stands in a file before, between and behind its parts."""

    head: bytes
    joint: bytes
    tail: bytes


class Parts:
    """The parts that some records have in some files.

    ``forms`` says of each file, by its path, how it is put together; ``make`` makes the parts that
    a record has in them, in the same order.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        entries: Sequence[Entry],
        product: str,
        forms: Mapping[str, Form],
        make: Callable[[Entry], tuple[bytes, ...]],
    ) -> None:
        self._past = catalogue.past
        self._entries = entries
        self._product = product
        self._forms = dict(forms)
        self._make = make
        self._keys: dict[str, Mapping[str, bytes]] = {}
        """What stands for the part of each record in each file."""
        self._made: dict[tuple[str, str], Place] = {}
        """Where the parts are that were made now, by file and record."""

    def artifact(self, path: str) -> Artifact:
        """Return one of the files."""
        return Artifact(path, pieces=lambda: self.pieces(path), key=self.key(path))

    def key(self, path: str) -> bytes:
        """Return what stands for the bytes of a file."""
        return digest(*self._forms[path], *(self._key(entry, path) for entry in self._entries))

    def pieces(self, path: str) -> Iterator[bytes]:
        """Yield the bytes of a file, one part after the other."""
        head, joint, tail = self._forms[path]
        former = _Former(self._past, path, self._forms[path])
        yield head
        for number, entry in enumerate(self._entries):
            if number:
                yield joint
            yield self._part(entry, path, former)
        yield tail

    def _key(self, entry: Entry, path: str) -> bytes:
        keys = self._keys.get(entry.key)
        if keys is None:
            known = self._past.known(f"{self._product} {entry.key}", partial(self._new, entry))
            keys = dict(zip(self._forms, map(bytes.fromhex, known), strict=True))
            self._keys[entry.key] = keys
        return keys[path]

    def _new(self, entry: Entry) -> list[str]:
        """Make a record's parts, and return what stands for each."""
        made = dict(zip(self._forms, self._make(entry), strict=True))
        for path, part in made.items():
            self._made[path, entry.key] = self._past.scratch.put(part)
        return [digest(part).hex() for part in made.values()]

    def _part(self, entry: Entry, path: str, former: _Former) -> bytes:
        if (path, entry.key) not in self._made:
            found = former.part(self._key(entry, path))
            if found is not None:
                return found
            self._new(entry)
        return self._past.scratch.get(self._made[path, entry.key])


class _Former:
    """A file of the former site, read when the first of its parts is asked for."""

    def __init__(self, past: Past, path: str, form: Form) -> None:
        self._past = past
        self._path = path
        self._form = form

    def part(self, key: bytes) -> bytes | None:
        """Return the part that a key stands for, if the file has it."""
        return self._parts.get(key)

    @cached_property
    def _parts(self) -> Mapping[bytes, bytes]:
        head, joint, tail = self._form
        try:
            file = self._past.file(self._path)
        except KeyError:
            return {}
        parts = file.removeprefix(head).removesuffix(tail).split(joint)
        return {digest(part): part for part in parts}

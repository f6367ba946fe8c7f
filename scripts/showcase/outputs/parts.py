"""Files that hold a part for each record: only the parts that would be others now are made again.

The others are copied from the file of the former site, whose maker left word of how long each is:
all that stand in a row at once, and never more than a little of them in memory. A file that
somebody has touched gives no part. Those that are made wait in a scratch file: of fifty thousand
records they take half a gigabyte.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import accumulate
from typing import BinaryIO, NamedTuple, Self

from msgspec import Struct
from msgspec.json import Decoder

from showcase.compact import as_json
from showcase.load import Entry
from showcase.outputs.artifact import Artifact
from showcase.pages import Catalogue
from showcase.past import Past, Place
from showcase.seal import digest
from showcase.steady import Changed

_PIECE = 1 << 20
"""Bytes that are copied at once."""


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
        self._made: dict[tuple[str, str], Place] = {}
        """Where the parts are that were made now, by file and record."""

    def artifact(self, path: str) -> Artifact:
        """Return one of the files."""
        return Artifact(path, pieces=lambda: self.pieces(path), key=self.key(path))

    def key(self, path: str) -> bytes:
        """Return what stands for the bytes of a file."""
        return _key(self._forms[path], self._keys[path])

    def pieces(self, path: str) -> Iterator[bytes]:
        """Yield the bytes of a file, one part after the other."""
        head, joint, tail = self._forms[path]
        sizes = list[int]()
        with _Former(self._past, path, self._forms[path]) as former:
            yield head
            row: _Stretch | None = None
            keyed = zip(self._entries, self._keys[path], strict=True)
            for number, (entry, key) in enumerate(keyed):
                there = former.places.get(key)
                if there and row and there.start == row.end + len(joint):
                    row = _Stretch(row.start, there.end)
                else:
                    yield from former.read(row)
                    row = there
                    if number:
                        yield joint
                if there:
                    sizes.append(there.end - there.start)
                else:
                    part = self._part(entry, path)
                    sizes.append(len(part))
                    yield part
            yield from former.read(row)
            yield tail
        self._past.leave(_room(path), as_json(_Cuts(self._keys[path], sizes)))

    @cached_property
    def _keys(self) -> Mapping[str, list[str]]:
        """What stands for the part of each record in each file."""
        known = [
            self._past.known(f"{self._product} {entry.key}", partial(self._new, entry))
            for entry in self._entries
        ]
        return {path: [keys[at] for keys in known] for at, path in enumerate(self._forms)}

    def _new(self, entry: Entry) -> list[str]:
        """Make a record's parts, and return what stands for each."""
        made = dict(zip(self._forms, self._make(entry), strict=True))
        for path, part in made.items():
            self._made[path, entry.key] = self._past.scratch.put(part)
        return [digest(part).hex() for part in made.values()]

    def _part(self, entry: Entry, path: str) -> bytes:
        if (path, entry.key) not in self._made:
            self._new(entry)
        return self._past.scratch.get(self._made[path, entry.key])


class _Cuts(Struct, array_like=True):
    """What a file was put together of: what stands for each part, and how many bytes it has."""

    keys: list[str]
    sizes: list[int]


_read_cuts = Decoder(_Cuts).decode


def _key(form: Form, keys: Iterable[str]) -> bytes:
    return digest(*form, "".join(keys))


def _room(path: str) -> str:
    return f"parts of {path}"


class _Stretch(Struct, frozen=True):
    """A stretch of a file: where it starts, and where it ends."""

    start: int
    end: int


class _Former:
    """A file of the former site, opened when the first of its parts is asked for."""

    def __init__(self, past: Past, path: str, form: Form) -> None:
        self._past = past
        self._path = path
        self._form = form
        self._stream: BinaryIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._stream is not None:
            self._stream.close()

    @cached_property
    def places(self) -> Mapping[str, _Stretch]:
        """Where its parts are, each under what stands for it."""
        left = self._past.left(_room(self._path))
        try:
            cuts = _read_cuts(left or b"")
            stream = self._stream = self._past.open(self._path, _key(self._form, cuts.keys))
        except (ValueError, KeyError):
            return {}
        head, joint, tail = self._form
        starts = accumulate((size + len(joint) for size in cuts.sizes), initial=len(head))
        places = [
            _Stretch(start, start + size) for start, size in zip(starts, cuts.sizes, strict=False)
        ]
        # What was left may be somebody else's.
        fits = places and places[-1].end + len(tail) == stream.seek(0, os.SEEK_END)
        if not fits or min(cuts.sizes) < 0 or len(cuts.keys) != len(places):
            return {}
        return dict(zip(cuts.keys, places, strict=True))

    def read(self, stretch: _Stretch | None) -> Iterator[bytes]:
        """Yield what stands in a stretch of it, piece by piece."""
        if stretch is None or self._stream is None:
            return
        self._stream.seek(stretch.start)
        rest = stretch.end - stretch.start
        while rest > 0:
            piece = self._stream.read(min(rest, _PIECE))
            if not piece:
                raise Changed([self._path])
            rest -= len(piece)
            yield piece

"""Files that hold a part for each record: only the parts that would be others now are made again.

The others are cut out of the file of the former site, and known there by what stands for them: a
cut in the wrong place, or a file that somebody has touched, gives parts that nobody asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from showcase.load import Entry
from showcase.past import Past
from showcase.seal import digest

Cut = Callable[[bytes], Iterable[bytes]]
"""What takes a file apart."""


class Parts:
    """The parts that the records have in some files; ``make`` makes those of a record.

    ``files`` are the paths of the files, each with what takes it apart, in the order in which
    ``make`` gives the parts.
    """

    def __init__(
        self,
        past: Past,
        product: str,
        files: Mapping[str, Cut],
        make: Callable[[Entry], tuple[bytes, ...]],
    ) -> None:
        self._past = past
        self._product = product
        self._files = dict(files)
        self._make = make
        self._made: dict[str, tuple[bytes, ...]] = {}
        self._former: dict[str, dict[bytes, bytes]] = {}

    def keys(self, entry: Entry) -> dict[str, bytes]:
        """Return what stands for a record's part in each file."""
        made = self._past.known(f"{self._product} {entry.key}", partial(self._new, entry))
        return {path: bytes.fromhex(key) for path, key in zip(self._files, made, strict=True)}

    def part(self, entry: Entry, path: str) -> bytes:
        """Return a record's part in one of the files."""
        made = self._made.get(entry.key)
        if made is None:
            found = self._cut(path).get(self.keys(entry)[path])
            if found is not None:
                return found
            made = self._made[entry.key] = self._make(entry)
        return made[list(self._files).index(path)]

    def _new(self, entry: Entry) -> list[str]:
        made = self._made[entry.key] = self._make(entry)
        return [digest(part).hex() for part in made]

    def _cut(self, path: str) -> dict[bytes, bytes]:
        """Return the parts of a file of the former site by what stands for them."""
        if path not in self._former:
            try:
                file = self._past.file(path)
            except KeyError:
                file = b""
            self._former[path] = {digest(part): part for part in self._files[path](file)}
        return self._former[path]

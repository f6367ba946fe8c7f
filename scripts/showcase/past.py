"""What a build may take from the one before: what it made, and the files that it wrote.

Whoever uses it gives a key that stands for everything the result depends on, so that the result is
the same as without it.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import IO, Any, BinaryIO, TypeAlias

from msgspec.json import Decoder

from showcase.compact import as_json
from showcase.seal import digest
from showcase.steady import NameStamp, below, folders, stamp_of_name
from showcase.store import Store
from showcase.trace import tracing
from showcase.traces import States, Traces

_PAGES = "pages"
_NOT_THERE = b"", (0, 0, 0)
_read_files = Decoder(dict[str, tuple[bytes, NameStamp]]).decode
_LEFT = digest(b"what the latest build left")


Place: TypeAlias = tuple[int, int]
"""Where something stands in a scratch file, and how many bytes it has."""


class Scratch:
    """A file for what a build makes and cannot hold until it is written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def put(self, data: bytes) -> Place:
        """Keep some bytes; returns where."""
        start = self._file.seek(0, os.SEEK_END)
        return start, self._file.write(data)

    def get(self, place: Place) -> bytes:
        """Return the bytes at a place."""
        start, size = place
        self._file.seek(start)
        return self._file.read(size)


class Past:
    """No past: everything is made."""

    @cached_property
    def scratch(self) -> Scratch:
        """What may be used until the build is over."""
        return Scratch(io.BytesIO())

    def left(self, room: str) -> bytes | None:  # noqa: ARG002
        """Return what the latest build left in a room, if it left anything."""
        return None

    def leave(self, room: str, value: bytes) -> None:
        """Leave something in a room to the next build."""

    def begin(self, states: States) -> None:
        """Take the states of everything that products may look at; they do not change any more."""

    def recall(self, product: str) -> Any:  # noqa: ARG002
        """Return what was noted of a product, if all it looked at is as it was; else ``None``."""
        return None

    def note(self, product: str, looked: Iterable[Hashable], value: Any) -> None:
        """Note what a product looked at, and what there is to know of it, as JSON has it."""

    def known(self, product: str, make: Callable[[], Any]) -> Any:
        """Return what was noted of a product, or make and note it: JSON, and not ``None``."""
        noted = self.recall(product)
        if noted is None:
            with tracing() as looked:
                noted = make()
            self.note(product, looked, noted)
        return noted

    def file(self, path: str) -> bytes:
        """Return a file of the site that was built last; ``KeyError`` if there is none."""
        raise KeyError(path)

    def open(self, path: str, key: bytes) -> BinaryIO:  # noqa: ARG002
        """Open such a file, if it is as it was made under a key; ``KeyError`` if it is not."""
        raise KeyError(path)

    def take(self, path: str, key: bytes, out: Path) -> bool:  # noqa: ARG002
        """Put a file of the former site into the new one, if it was made under the same key.

        Where that is not so, or cannot be, it is to be written; it is noted under its key.
        """
        return False


class Kept(Past):
    """The past as a store has it, and the site that stands where the new one will.

    ``site`` is ``None`` where none does.
    """

    def __init__(self, store: Store, site: Path | None) -> None:
        self._store = store
        self._site = site
        self._leaving: dict[str, bytes] = {}
        self._files: dict[str, bytes] = {}
        self._stamps: dict[str, NameStamp] = {}
        """The stamps of the files that were taken from the former site."""
        self._traces: Traces | None = None
        self._open = ExitStack()

    @cached_property
    def scratch(self) -> Scratch:
        """What may be used until the build is over."""
        return Scratch(self._open.enter_context(tempfile.TemporaryFile()))

    def close(self) -> None:
        """Let go of the scratch file."""
        self._open.close()

    def left(self, room: str) -> bytes | None:
        """Return what the latest build left in a room."""
        return self._store.get(room, [_LEFT]).get(_LEFT)

    def leave(self, room: str, value: bytes) -> None:
        """Leave it to the next build, once the whole site is made."""
        self._leaving[room] = value

    def begin(self, states: States) -> None:
        """Compare the states with those that the latest build noted."""
        self._traces = Traces(self._store, states)

    def recall(self, product: str) -> Any:
        """Return what the latest build noted of a product, unless it may be another now."""
        return self._traces.recall(product) if self._traces is not None else None

    def note(self, product: str, looked: Iterable[Hashable], value: Any) -> None:
        """Note it for the next build."""
        if self._traces is not None:
            self._traces.note(product, looked, value)

    def file(self, path: str) -> bytes:
        """Return a file of the former site."""
        if self._site is None:
            raise KeyError(path)
        try:
            return (self._site / path).read_bytes()
        except OSError as error:
            raise KeyError(path) from error

    def open(self, path: str, key: bytes) -> BinaryIO:
        """Open a file of the former site."""
        known, stamp = self._former.get(path, _NOT_THERE)
        if self._site is None or known != key or stamp_of_name(f"{self._site}/{path}") != stamp:
            raise KeyError(path)
        try:
            return (self._site / path).open("rb")
        except OSError as error:
            raise KeyError(path) from error

    def take(self, path: str, key: bytes, out: Path) -> bool:
        """Link a file of the former site, if it is as it was written then.

        Nothing is to do where ``out`` began with an earlier site that has the very file.
        """
        self._files[path] = key
        known, stamp = self._former.get(path, _NOT_THERE)
        if known != key:
            return False
        # As texts: a path for each of thousands of files takes longer than asking for its times.
        former, new = f"{self._site}/{path}", f"{out}/{path}"
        is_there = stamp_of_name(new) == stamp
        if not is_there and not (stamp_of_name(former) == stamp and _linked(former, new)):
            return False
        self._stamps[path] = stamp
        return True

    def sweep(self, out: Path) -> None:
        """Take away what an earlier site, with which ``out`` began, had and this one has not."""
        # From the last on: a folder comes when those in it have gone.
        for inside, names, _ in reversed([*folders(str(out))]):
            others = [name for name in names if inside + name not in self._files]
            for name in others:
                Path(out, inside, name).unlink()
            if len(others) == len(names) and inside and not any(Path(out, inside).iterdir()):
                Path(out, inside).rmdir()

    @property
    def gone(self) -> tuple[str, ...]:
        """The files of the former site that the new one does not have as they were."""
        # Where nothing is known of it, as without a cache, all that lies in it is asked for.
        former = self._former or (below(str(self._site)) if self._site else ())
        return tuple(path for path in former if path not in self._stamps)

    @cached_property
    def _former(self) -> dict[str, tuple[bytes, NameStamp]]:
        found = self._store.get(_PAGES, [self._name]).get(self._name, b"{}")
        try:
            return _read_files(found)
        except ValueError:
            return {}

    @cached_property
    def _name(self) -> bytes:
        return digest(os.fsencode(self._site or ""))

    @property
    def is_whole(self) -> bool:
        """Whether all that the site needs was asked for: nothing was known without asking."""
        return self._traces is None or not self._traces.recalled

    def finish(self, out: Path) -> Mapping[str, NameStamp]:
        """Keep what is new, and let go of what was not asked for, once a whole site was made.

        ``out`` is the folder where it lies now. Returns what tells the state of each of its files.
        """
        made = (
            (path, stamp_of_name(f"{out}/{path}")) for path in self._files.keys() - self._stamps
        )
        stamps = self._stamps | {path: stamp for path, stamp in made if stamp is not None}
        if self._traces is not None:
            self._traces.finish()
        if self._site is not None:
            files = {path: (self._files[path], stamp) for path, stamp in stamps.items()}
            self._store.put(_PAGES, {self._name: as_json(files)})
            self._store.finish(_PAGES)
        for room, value in self._leaving.items():
            self._store.put(room, {_LEFT: value})
            self._store.finish(room)
        return stamps


def _linked(former: str, new: str) -> bool:
    """Give a file another name; false where that cannot be, as on a system without links."""
    try:
        try:
            os.link(former, new)
        except FileExistsError:
            Path(new).unlink()
            os.link(former, new)
        except FileNotFoundError:
            Path(new).parent.mkdir(parents=True, exist_ok=True)
            os.link(former, new)
    except OSError:
        return False
    return True

"""Decides which files are stale: what was found out about the others is not found out again.

Reading, linking and the rules know nothing of it. A file's place and bytes decide what it says, and
what the rules find that look at each file by itself (see :data:`showcase.rules.ALONE`), so both are
remembered under the digest of these: in the process, for a preview, and in the project's
store, for the next build.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct
from msgspec.json import Decoder
from msgspec.structs import replace

from showcase.compact import as_json
from showcase.diagnostics import Diagnostic
from showcase.graph import Graph
from showcase.kept import as_bytes, found_as_bytes, found_from_bytes, from_bytes
from showcase.layout import Placed
from showcase.load import Sources
from showcase.piece import Piece, read_piece
from showcase.rules import ALONE, WORDED, judged, run
from showcase.seal import digest
from showcase.source import Found, Refused, plain_text, read_bytes
from showcase.steady import Changed, Stamp, stamp_of
from showcase.store import Store

_FILES, _WORDING, _SPELLING, _STAMPS = "files", "wording", "spelling", "stamps"
_ALL = digest(b"all files")
_BATCH = 1_000
"""Files whose bytes are held at once."""
_GRAIN = 2_000_000_000
"""Nanoseconds within which two writings of a file may bear the same time (FAT counts by two
seconds): a file as young as that when it was read is read again."""

Diagnostics: TypeAlias = tuple[Diagnostic, ...]
_read_stamps = Decoder(dict[str, tuple[Stamp, bytes]]).decode


class _Known(Struct):
    """What is known of a file."""

    stamp: Stamp | None
    """Its size, times and number when it was read; ``None`` if they do not tell its state."""
    digest: bytes
    piece: Piece
    found: Diagnostics | None = None
    """What the rules found in it that look at each file by itself, once they have looked."""
    wording: bytes = b""
    worded: Diagnostics = ()
    """What the rules found in it that look at the wording too, and the wording they looked at."""
    kept: bool = False
    """Whether the store has it, what was found in it included."""
    words_kept: bool = True


class Memory:
    """What is known of a project's files from one check to the next.

    With a ``store`` it begins with what other processes knew, and leaves them what it knows.

    With ``later`` the text of a file that did not change since is read when it is asked for. Who
    asks then must be ready for :class:`showcase.steady.Changed`.
    """

    def __init__(self, store: Store | None = None, *, later: bool = False) -> None:
        self._store = store
        self._later = later
        self._known: dict[str, _Known] = {}

    def read_all(
        self, sources: Sources, stamps: Mapping[str, Stamp] = MappingProxyType({})
    ) -> Iterator[Piece | Refused]:
        """Say what each of some files says; reads those that may have changed.

        These are all files of the project: what is known of others is forgotten. ``stamps`` are
        of those that somebody looked at already.
        """
        former, self._known = self._known, {}
        stamped = _stamped(sources, stamps, time.time_ns() - _GRAIN)
        for start in range(0, len(sources), _BATCH):
            yield from self._batch(sources[start : start + _BATCH], stamped, former)

    def stamps(self, changed: Collection[str]) -> Mapping[str, Stamp]:
        """Return the stamps of all files but those that are said to have changed."""
        known = ((file, known.stamp) for file, known in self._known.items() if file not in changed)
        return {file: stamp for file, stamp in known if stamp is not None}

    def check(self, graph: Graph) -> list[Diagnostic]:
        """Return what all rules find in a graph of all that was read last.

        Looks only at files that it did not see before.
        """
        wording = digest(repr(graph.terms)) if graph.terms else b""
        self._look(graph, wording)
        self._keep(wording)
        names = run(graph.part((), graph.pictures), ALONE)
        return judged(graph, chain(names, *(_all_found(known) for known in self._known.values())))

    def finish(self) -> None:
        """Let go of what is kept of files that are no longer there, once all was checked."""
        if self._store is not None:
            self._leave_stamps(self._store)
            self._store.finish(_FILES)
            if any(known.wording for known in self._known.values()):
                self._store.finish(_WORDING)

    def _batch(
        self, sources: Sources, stamped: Iterator[Stamp | None], former: Mapping[str, _Known]
    ) -> Iterator[Piece | Refused]:
        """Say so of as many files as can be held in memory at once."""
        read: dict[str, _Read | Refused] = {}
        for (found, placed), stamp in zip(sources, stamped, strict=False):
            file = placed.file
            known = former.get(file)
            if known is None or stamp is None or known.stamp != stamp:
                unread = self._unread(found, stamp) if known is None else None
                item = unread or _read(found, stamp)
                if known is None or isinstance(item, Refused) or known.digest != item.digest:
                    read[file] = item
                    continue
                known.stamp = stamp
            self._known[file] = known
        kept = self._kept(item.digest for item in read.values() if isinstance(item, _Read))
        for _, placed in sources:
            new = read.get(placed.file)
            if isinstance(new, _Read):
                self._known[placed.file] = _known(placed, new, kept.get(new.digest))
        self._spell(self._known[file] for file in read if file in self._known)
        for _, placed in sources:
            new = read.get(placed.file)
            yield new if isinstance(new, Refused) else self._known[placed.file].piece

    @cached_property
    def _stamped(self) -> Mapping[str, tuple[Stamp, bytes]]:
        """The stamp and the digest of each file, as another process left them."""
        if self._store is None or not self._later:
            return {}
        found = self._store.get(_STAMPS, [_ALL]).get(_ALL, b"{}")
        try:
            return _read_stamps(found)
        except ValueError:
            return {}

    def _leave_stamps(self, store: Store) -> None:
        stamped = {
            file: (known.stamp, known.digest)
            for file, known in self._known.items()
            if known.stamp is not None
        }
        store.put(_STAMPS, {_ALL: as_json(stamped)})
        store.finish(_STAMPS)

    def _unread(self, found: Found, stamp: Stamp | None) -> _Read | None:
        """Return what is known of a file that is as another process read it, unread."""
        known = self._stamped.get(found.file)
        if stamp is None or known is None or known[0] != stamp:
            return None
        return _Read(stamp, known[1], found)

    def _kept(self, digests: Iterable[bytes]) -> Mapping[bytes, bytes]:
        wanted = list(digests)
        return self._store.get(_FILES, wanted) if self._store is not None and wanted else {}

    def _spell(self, read: Iterable[_Known]) -> None:
        """Give entries the spelling of their addresses, where an earlier state of them had it.

        Without it one edited record costs a third of a second, to load what spells.
        """
        if self._store is None:
            return
        new = [known for known in read if not known.kept]
        names = {name for known in new for entry in known.piece.entries for name in entry.spoken}
        asked = {digest(name): name for name in names}
        if not asked:
            return
        slugs = self._store.get(_SPELLING, asked)
        spelt = {asked[key]: slug.decode() for key, slug in slugs.items()}
        for known in new:
            entries = tuple(
                replace(entry, spelt={name: spelt[name] for name in entry.spoken})
                if spelt.keys() >= {*entry.spoken}
                else entry
                for entry in known.piece.entries
            )
            known.piece = replace(known.piece, entries=entries)

    def _look(self, graph: Graph, wording: bytes) -> None:
        """Let the rules look at the files that they did not see before."""
        new = {file: known for file, known in self._known.items() if known.found is None}
        for file, found in _by_file(graph, new, ALONE):
            new[file].found = found
        new = {file: known for file, known in self._known.items() if known.wording != wording}
        self._remember_words(new, wording)
        new = {file: known for file, known in new.items() if known.wording != wording}
        for file, found in _by_file(graph, new, WORDED):
            new[file].wording, new[file].worded, new[file].words_kept = wording, found, False

    def _remember_words(self, new: Mapping[str, _Known], wording: bytes) -> None:
        if self._store is None or not wording:
            return
        asked = {_words(known, wording): (file, known) for file, known in new.items()}
        for key, said in self._store.get(_WORDING, asked).items():
            file, known = asked[key]
            found = found_from_bytes(file, said)
            if found is not None:
                known.wording, known.worded, known.words_kept = wording, found, True

    def _keep(self, wording: bytes) -> None:
        """Leave to other processes what they do not know yet."""
        new = [known for known in self._known.values() if not known.kept]
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            if self._store is not None:
                made = {known.digest: as_bytes(known.piece, known.found or ()) for known in batch}
                self._store.put(_FILES, made)
                entries = (entry for known in batch for entry in known.piece.entries)
                slugs = (item for entry in entries for item in entry.slugs.items())
                spelt = {digest(name): slug.encode() for name, slug in slugs}
                self._store.put(_SPELLING, spelt)
            for known in batch:
                known.kept = True
        new = [known for known in self._known.values() if not known.words_kept]
        if self._store is not None and wording and new:
            said = {_words(known, wording): found_as_bytes(known.worded) for known in new}
            self._store.put(_WORDING, said)
        for known in new:
            known.words_kept = True


class _Read(Struct, frozen=True):
    """A file: its stamp before it was read, what tells its bytes apart, and those."""

    stamp: Stamp | None
    digest: bytes
    source: bytes | Found
    """Its bytes, or where they lie as long as nobody has asked for them."""

    @property
    def data(self) -> bytes:
        """Its bytes; raises :class:`showcase.steady.Changed` if they are others by now."""
        if isinstance(self.source, bytes):
            return self.source
        data = read_bytes(self.source)
        if isinstance(data, Refused) or digest(self.source.file, data) != self.digest:
            raise Changed([self.source.file])
        return data

    def text(self) -> str:
        """Return what it says, if it is without fault."""
        return plain_text(self.data)


def _read(found: Found, stamp: Stamp | None) -> _Read | Refused:
    data = read_bytes(found)
    if isinstance(data, Refused):
        return data
    return _Read(stamp, digest(found.file, data), data)


def _known(placed: Placed, item: _Read, kept: bytes | None) -> _Known:
    """Return what is known of a file: from what was kept, or by reading it."""
    remembered = from_bytes(placed, item.text, kept, item.digest) if kept is not None else None
    piece, found = remembered or (None, None)
    piece = piece or read_piece(placed, item.data, item.digest)
    return _Known(item.stamp, item.digest, piece, found, kept=remembered is not None)


def _stamped(sources: Sources, stamps: Mapping[str, Stamp], young: int) -> Iterator[Stamp | None]:
    """Yield what tells the state of each file, ``None`` if it was changed since ``young``."""
    for found, placed in sources:
        stamp = stamps.get(placed.file) or _stamp(found)
        yield None if stamp is None or max(stamp[1:3]) > young else stamp


def _stamp(found: Found) -> Stamp | None:
    try:
        return stamp_of(os.lstat(found.at))
    except OSError:
        return None  # Reading it will say why.


def _all_found(known: _Known) -> Diagnostics:
    return (*(known.found or ()), *known.worded)


def _by_file(
    graph: Graph, files: Collection[str], codes: Iterable[str]
) -> Iterator[tuple[str, Diagnostics]]:
    """Yield what rules find in each of some files that look at each by itself."""
    if files:
        by_file: dict[str, list[Diagnostic]] = {file: [] for file in files}
        for one in run(graph.part(files, {}), codes):
            # The settings are there for every file.
            if one.file in by_file:
                by_file[one.file].append(one)
        for file, found in by_file.items():
            yield file, tuple(found)


def _bytes(text: str) -> bytes:
    # Half of a pair of characters may stand in a text that was typed as an escape.
    return text.encode("utf-8", "surrogatepass")


def _words(known: _Known, wording: bytes) -> bytes:
    return digest(known.digest, wording)

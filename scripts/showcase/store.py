"""What was made before, kept from one run to the next: ``.cache/showcase.db``, a key → bytes store.

Everything in it is a convenience. What is missing or damaged is made again, what cannot be written
is done without, and the file may be deleted at any time: trouble with it never reaches the caller.
Nothing in it is believed beyond its seal, nor ever executed: the folder may come from someone else.

A *room* holds things of one sort under keys of its own. All that is kept belongs to one version of
the program (its source, Python, the libraries beside it); another version sees nothing of it.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from showcase.seal import digest, sealed, unsealed

FOLDER = ".cache"
FILE = f"{FOLDER}/showcase.db"
ELSEWHERE = "SHOWCASE_CACHE"
"""The variable of the environment that names another folder for what is kept of a project."""
LIMIT = 2 * 1024**3
"""Bytes that a store may hold; the file may be an eighth larger."""
KEPT_RUNS = 8
"""Runs of a room for which something that none of them asked for is kept."""

_PATIENCE = 5.0
"""Seconds to wait for another process that is writing; then this one does without."""
_BATCH = 900
"""Parameters of one statement at most: SQLite allows 999 of them everywhere."""
_SCHEMA = (
    "CREATE TABLE contents (id INTEGER PRIMARY KEY, value BLOB NOT NULL)",
    "CREATE TABLE rooms (name TEXT NOT NULL, run INTEGER NOT NULL)",
    "CREATE TABLE state (version TEXT NOT NULL, run INTEGER NOT NULL)",
    # Apart from the contents, so that noting a use does not touch them.
    "CREATE TABLE uses (id INTEGER PRIMARY KEY, room TEXT NOT NULL, run INTEGER NOT NULL)",
)
_SOURCE = frozenset({".py", ".json"})
_BROKEN = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""What SQLite says of a file that is no store, or is one no more; anything else may pass."""
_TROUBLE = (sqlite3.Error, UnicodeDecodeError)
"""The second when SQLite complains in words of a damaged file that are no text."""


def cache_of(project: Path) -> Path:
    """Return the folder that holds whatever is kept of a project, which may not be there yet."""
    return Path(os.environ.get(ELSEWHERE) or project / FOLDER)


class Store:
    """A store that is open; one that could not be opened holds nothing and keeps nothing.

    Keys are digests, such as :func:`showcase.seal.digest` makes: of what the value depends on.
    Threads may share a store. A forked process may not, and finds it empty.
    """

    def __init__(self, path: Path, version: str, limit: int) -> None:
        self._path = path
        self._version = version
        self._limit = limit
        self._pid = os.getpid()
        self._lock = threading.Lock()
        self._run = 0
        """This run's number, from its first writing on."""
        self._asked: defaultdict[str, set[int]] = defaultdict(set)
        self._only: set[int] | None = None
        """What a store holds that was new when it was opened: nothing else need be looked for."""
        self._connection: sqlite3.Connection | None = None
        self._broken = False
        with self._whatever_happens():
            self._open()
        if self._broken:  # and thrown away: now a new one can be made
            with self._whatever_happens():
                self._open()

    @classmethod
    def open(cls, project: Path, limit: int = LIMIT) -> Self:
        """Open a project's store, made now if there is none; ``limit`` is in bytes."""
        return cls(cache_of(project) / Path(FILE).name, version(), limit)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def get(self, room: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return what a room holds under some keys; what it does not hold is left out."""
        place, number = self._place(room)
        wanted = {_id(number, key): key for key in keys}
        found: dict[bytes, bytes] = {}
        with self._lock, self._whatever_happens():
            there = wanted.keys() if self._only is None else self._only & wanted.keys()
            for ids in _batches(sorted(there)):
                marks = ",".join("?" * len(ids))
                rows = self._sql(f"SELECT id, value FROM contents WHERE id IN ({marks})", ids)  # noqa: S608 - question marks
                for id, value in rows:
                    key = wanted[id]
                    # Whose seal is broken is as good as missing, and written over when made again.
                    whole = unsealed(value, place + key) if isinstance(value, bytes) else None
                    if whole is not None:
                        found[key] = whole
            self._asked[room].update(wanted)
        return found

    def put(self, room: str, values: Mapping[bytes, bytes]) -> None:
        """Keep values in a room under their keys, all of them or none."""
        place, number = self._place(room)
        rows = sorted(
            (_id(number, key), sealed(value, place + key)) for key, value in values.items()
        )
        with self._lock, self._whatever_happens(), self._writing():
            self._many("INSERT OR REPLACE INTO contents VALUES (?, ?)", rows)
            used = ((id, place.decode(), self._run) for id, _ in rows)
            self._many("INSERT OR REPLACE INTO uses VALUES (?, ?, ?)", used)
            if self._only is not None:
                self._only.update(id for id, _ in rows)

    def finish(self, room: str) -> None:
        """Let go of what the latest runs did not need.

        Say so once all that a whole run needs of the room was asked for or put.
        """
        place = self._place(room)[0].decode()
        with self._lock, self._whatever_happens(), self._writing():
            self._sql("DELETE FROM rooms WHERE name = ? AND run = ?", (place, self._run))
            self._sql("INSERT INTO rooms VALUES (?, ?)", (place, self._run))
            rows = self._sql("SELECT run FROM rooms WHERE name = ? ORDER BY run DESC", (place,))
            runs = [run for (run,) in rows][:KEPT_RUNS]
            # Noted every few runs only: a run that makes nothing new writes next to nothing.
            for ids in _batches(sorted(self._asked[room])):
                marks = ",".join("?" * len(ids))
                self._sql(
                    f"UPDATE uses SET run = ? WHERE id IN ({marks}) AND run <= ?",  # noqa: S608 - question marks
                    (self._run, *ids, runs[len(runs) // 2]),
                )
            if len(runs) == KEPT_RUNS:
                self._sql("DELETE FROM rooms WHERE name = ? AND run < ?", (place, runs[-1]))
                self._drop("room = ? AND run < ?", (place, runs[-1]))

    def close(self) -> None:
        """Bring the file below its limit and close it; the store is empty from then on."""
        with self._lock, self._whatever_happens():
            if self._run:
                self._shrink()
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()

    def _place(self, room: str) -> tuple[bytes, int]:
        """Return a room's name in the file, and where the numbers of its keys begin."""
        place = f"{self._version}/{room}".encode()
        return place, int.from_bytes(digest(place)[:2]) >> 1 << 48

    def _open(self) -> None:
        if self._path.is_symlink() or (self._path.exists() and not self._path.is_file()):
            return  # Something else stands there: a link may lead out of the project.
        self._path.parent.mkdir(exist_ok=True)
        self._connection = sqlite3.connect(
            self._path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        # What a power cut damages, the seals tell: no need to wait for the disk.
        self._sql("PRAGMA synchronous = OFF")
        tables = self._sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        found = tuple(sql for (sql,) in tables)
        if not found:
            self._sql("PRAGMA auto_vacuum = INCREMENTAL")
            self._only = set()
            with self._writing():
                pass
        elif found != _SCHEMA:
            raise _NotAStore
        elif self._sql("SELECT version FROM state") != [(self._version,)]:
            with self._writing():
                self._leave_to_this_version()

    def _create(self) -> None:
        for statement in _SCHEMA:
            self._sql(statement)
        self._sql("INSERT INTO state VALUES (?, 0)", (self._version,))

    def _leave_to_this_version(self) -> None:
        self._sql("UPDATE state SET version = ?", (self._version,))
        self._sql("DELETE FROM rooms WHERE name NOT LIKE ? || '/%'", (self._version,))
        self._drop("room NOT LIKE ? || '/%'", (self._version,))

    def _drop(self, which: str, values: tuple[object, ...]) -> None:
        """Delete the entries of whose uses an SQL condition holds."""
        self._sql(f"DELETE FROM contents WHERE id IN (SELECT id FROM uses WHERE {which})", values)  # noqa: S608 - ours
        self._sql(f"DELETE FROM uses WHERE {which}", values)  # noqa: S608 - ours

    def _shrink(self) -> None:
        """Delete what was used longest ago, until the rest is well within the limit."""
        used = self._pages("page_count") - self._pages("freelist_count")
        excess = used * self._pages("page_size") - self._limit
        if excess > 0:
            with self._writing():
                # Not down to the limit only: the next run would have to do it again.
                excess += self._limit // 8
                for id, size in self._sql(
                    "SELECT id, length(value) FROM uses JOIN contents USING (id) ORDER BY run"
                ):
                    if excess > 0:
                        self._drop("id = ?", (id,))
                        excess -= size
        if self._pages("freelist_count") * 8 > self._pages("page_count"):
            self._sql("PRAGMA incremental_vacuum")

    def _pages(self, what: str) -> int:
        [(number,)] = self._sql(f"PRAGMA {what}")
        return int(number)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Change the store in one step."""
        self._sql("BEGIN IMMEDIATE")
        try:
            if not self._sql("SELECT 1 FROM sqlite_master LIMIT 1"):
                self._create()
            if not self._run:
                self._sql("UPDATE state SET run = run + 1")
                [(self._run,)] = self._sql("SELECT run FROM state")
            yield
            self._sql("COMMIT")
        except _TROUBLE:
            # Some errors have ended it already; then there is nothing to take back.
            with contextlib.suppress(*_TROUBLE):
                self._sql("ROLLBACK")
            raise

    def _sql(self, statement: str, values: Iterable[object] = ()) -> list[Any]:
        return self._open_connection().execute(statement, tuple(values)).fetchall()

    def _many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        self._open_connection().executemany(statement, rows)

    def _open_connection(self) -> sqlite3.Connection:
        if self._connection is None or self._pid != os.getpid():
            raise _Closed
        return self._connection

    @contextlib.contextmanager
    def _whatever_happens(self) -> Iterator[None]:
        """Do without the store from the first trouble on; one that is broken is thrown away."""
        try:
            yield
        except _Closed:
            return  # Known already: nothing is held, nothing kept.
        except (*_TROUBLE, OSError) as error:
            connection, self._connection = self._connection, None
            if connection is not None:
                with contextlib.suppress(*_TROUBLE):
                    connection.close()
            # The primary code is the last byte. Without one it is Python that could not read it.
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
            self._broken = isinstance(error, _TROUBLE) and code in _BROKEN
            if self._broken:
                self._throw_away()

    def _throw_away(self) -> None:
        # The journal first: it would be played back into the file that comes after.
        for path in (self._path.with_name(f"{self._path.name}-journal"), self._path):
            with contextlib.suppress(OSError):  # held open by another, or on a read-only disk
                path.unlink(missing_ok=True)


class _Closed(Exception):
    """The store is not open, or not this process's."""


class _NotAStore(sqlite3.DatabaseError):
    """The file is a database, but with other tables than ours."""


def _id(room: int, key: bytes) -> int:
    """Return the number under which a key stands; should two share one, the seal tells whose."""
    return room | int.from_bytes(key[:6])


def _batches(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


@cache
def version() -> str:
    """Return a name for this very program: what another made may differ from what it makes."""
    package = Path(__file__).parent
    files = (path for path in package.rglob("*.[jp]*") if path.suffix in _SOURCE)
    source = (part for path in sorted(files) for part in _file(package, path))
    return digest(sys.version, *source, *_libraries()).hex()


def _file(package: Path, path: Path) -> tuple[bytes, bytes]:
    return path.relative_to(package).as_posix().encode(), path.read_bytes()


def _libraries() -> list[bytes]:
    """Return the names and versions of all libraries, as the folders beside them say."""
    names: set[str] = set()
    for folder in filter(None, sys.path):
        with contextlib.suppress(OSError), os.scandir(folder) as entries:  # a zip, or not there
            names.update(entry.name for entry in entries if entry.name.endswith(".dist-info"))
    return [os.fsencode(name) for name in sorted(names)]

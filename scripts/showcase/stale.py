"""Decides what is stale: whether a site is still what its project would give today.

What a build depends on is known by the stamps of files (:mod:`showcase.steady`), not by their
contents: five thousand are looked at in a tenth of a second. A stamp counts only if it is older
than the reading, or an edit in the same tick of the clock would go unnoticed (as in Git: «racy»).
The version of the program is part of it; the day too, for records appear and expire on one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from showcase.clock import today
from showcase.compact import as_json
from showcase.seal import digest
from showcase.steady import NameStamp, Sight, Stamp, below, changes, sight, stamp_of_name
from showcase.store import Store

_ROOM = "site"
_TICK = 50_000_000
"""Nanoseconds: the coarsest clock of a file system in use today ticks every 10 ms, FAT aside."""


class Inputs(Struct, frozen=True):
    """What a build depended on: files and folders, each with the stamps of what lies in it.

    ``complete`` is false where more may matter than the files known: other plugins, links to
    elsewhere, variables of the environment.
    """

    seen: Mapping[Path, Sight]
    complete: bool

    @property
    def states(self) -> Mapping[Path, str]:
        """What stands for each file and folder as it was then."""
        return {path: _state(found.stamps) for path, found in self.seen.items()}

    def changed(self, paths: Iterable[Path]) -> frozenset[Path]:
        """Return the files that were changed since, among some of the files and folders."""
        return frozenset(
            path.parent / file for path in paths for file in changes(self.seen[path], sight(path))
        )


def look(
    paths: Iterable[Path], *, complete: bool, seen: Mapping[Path, Sight] = MappingProxyType({})
) -> Inputs:
    """Return the state of some files and folders, none of which was read yet.

    Those that were ``seen`` need not be looked at again.
    """
    found = {path: seen.get(path) or sight(path) for path in paths}
    plain = all(_is_settled(one) and not one.has_links for one in found.values())
    return Inputs(found, complete and plain)


def _is_settled(seen: Sight) -> bool:
    return all(max(stamp[1:3]) + _TICK < seen.at for stamp in seen.stamps.values())


def _state(found: Mapping[str, Stamp] | Mapping[str, NameStamp]) -> str:
    return digest(as_json(sorted(found.items()))).hex()


class Ledger:
    """What is known of the site in a folder since it was put there."""

    def __init__(self, store: Store, site: Path, *, strict: bool) -> None:
        self._store = store
        self._site = site.resolve()
        self._key = digest(os.fsencode(self._site), b"strict" if strict else b"")
        self.seen: dict[Path, Sight] = {}
        """What was looked at to tell whether the site is current."""

    def is_current(self) -> bool:
        """Tell whether a build would give just the site that is there."""
        found = self._store.get(_ROOM, [self._key]).get(self._key)
        if found is None:
            return False
        try:
            known = json.loads(found)
            inputs = dict(known["inputs"])
        except (ValueError, TypeError, KeyError, RecursionError):
            return False  # It is none of ours: the folder may come from someone else.
        # The site last, which has more files than all that it was made from.
        same = all(self._is_as(Path(path), state) for path, state in inputs.items())
        return same and bool(known == _known(inputs, files_of(self._site)))

    def _is_as(self, path: Path, state: str) -> bool:
        found = self.seen[path] = sight(path)
        return _state(found.stamps) == state

    def note(self, inputs: Inputs, files: Mapping[str, NameStamp]) -> None:
        """Note that the site was made from some inputs, unless these are not all that mattered.

        ``files`` are all that lie in it, as they were when it was done.
        """
        if not inputs.complete:
            return
        # What the build read of the former site is the new site's now.
        states = {
            str(path): state
            for path, state in inputs.states.items()
            if not path.is_relative_to(self._site)
        }
        self._store.put(_ROOM, {self._key: json.dumps(_known(states, files)).encode()})
        self._store.finish(_ROOM)


def files_of(site: Path) -> Mapping[str, NameStamp]:
    """Return what tells the state of each file of a site."""
    top = str(site)
    found = ((path, stamp_of_name(f"{top}{os.sep}{path}")) for path in below(top))
    return {path: stamp for path, stamp in found if stamp is not None}


def _known(inputs: Mapping[str, str], files: Mapping[str, NameStamp]) -> dict[str, object]:
    return {"day": today().isoformat(), "inputs": dict(inputs), "site": _state(files)}

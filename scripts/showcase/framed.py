"""The engine's part of a site as it was made before, kept from one build to the next.

Most edits are of records, and hardly any of them matters to the engine: with its part at hand, it
is not even loaded. That part is known by the contents of all files that the engine reads, and by
what the theme is told. Where hand-written pages lead, and what the menu says of composed pages, is
asked again (as in :mod:`showcase.rendered`). What it warned of is not kept, so that it warns again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any

from msgspec.json import Decoder
from msgspec.structs import replace

from showcase.clock import today
from showcase.compact import as_json
from showcase.compose import Composed
from showcase.frame import Frame, Outline, Part
from showcase.outputs import Artifact, Listed
from showcase.pipeline import Site
from showcase.seal import digest
from showcase.shell import Shell, Sort, joined
from showcase.store import Store

_OUTLINES = "outline"
_read_outline = Decoder(Outline).decode
SETTINGS = "mkdocs.yml"


class Frames:
    """The parts that the engine made of a project before, for one ``use``: builds, or previews."""

    def __init__(self, store: Store, project: Path, use: str) -> None:
        self._store = store
        self._room, self._data = f"frame/{use}", f"frame/{use}/files"
        self._project = project
        self._docs: Mapping[str, bytes] = {}
        """The contents of the folder of hand-written pages, once a key was asked for."""

    def outline(self) -> Outline | None:
        """Return what is known of the engine's settings; ``None`` if it must be asked."""
        key = self._settings()
        found = self._store.get(_OUTLINES, [key]).get(key)
        try:
            kept = _read_outline(found or b"")
            return replace(kept, docs=_inside(kept.docs), theme=_inside(kept.theme))
        except (ValueError, RecursionError):
            return None

    def key(self, outline: Outline, site: Site, *circumstances: str) -> bytes | None:
        """Return what stands for all that the engine reads of a project and is told of a site.

        ``None`` where that cannot be told, because a link leads elsewhere.
        """
        told = (today().isoformat(), repr(outline), repr(site.settings), *circumstances)
        docs = contents(self._project / outline.docs)
        theme = contents(self._project / outline.theme) if outline.theme else {}
        if docs is None or theme is None:
            return None
        self._docs = docs
        read = (digest(*files, *files.values()) for files in (docs, theme))
        return digest(self._settings(), *read, *told)

    def find(
        self, key: bytes, outline: Outline, site: Site, ask: Callable[[Composed], Shell]
    ) -> Frame | None:
        """Return what was kept under a key, if it is right for a site.

        ``ask`` gives the shells that it does not have.
        """
        found = self._store.get(self._room, [key]).get(key)
        if found is None:
            return None
        try:
            value = json.loads(found)
            files = tuple(self._files(value["files"], self._project / outline.docs))
            part = Part(
                files,
                frozenset(value["by_hand"]),
                tuple(Listed(*one) for one in value["listed"]),
                tuple(value["sections"]),
                dict(value["menu"]),
                dict(value["asked"]),
            )
            shells = {_sort(sort): joined(pieces) for sort, pieces in value["shells"]}
            return Frame(part, ask, shells) if part.fits(site) else None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def keep(self, key: bytes, outline: Outline, frame: Frame) -> None:
        """Keep the engine's part under a key; files that stand in the project stay there."""
        part = frame.part
        value = {
            "files": [[one.path, one.key.hex(), one.file is not None] for one in part.files],
            "by_hand": sorted(part.by_hand),
            "listed": part.listed,
            "sections": part.sections,
            "menu": part.menu,
            "asked": part.asked,
            "shells": [
                [sort if isinstance(sort, str) else sort._asdict(), shell.pieces]
                for sort, shell in frame.shells.items()
            ],
        }
        self._store.put(_OUTLINES, {self._settings(): as_json(outline)})
        self._store.put(self._data, {one.key: one.data for one in part.files if one.file is None})
        self._store.put(self._room, {key: as_json(value)})

    def finish(self) -> None:
        """Let go of what the latest builds did not need, once a whole site was made."""
        for room in (_OUTLINES, self._room, self._data):
            self._store.finish(room)

    def _settings(self) -> bytes:
        return digest((self._project / SETTINGS).read_bytes())

    def _files(self, kept: list[Any], docs: Path) -> Iterator[Artifact]:
        """Yield the files of a part; raises ``KeyError`` where one is not kept any more."""
        keys = {_inside(path): bytes.fromhex(key) for path, key, _ in kept}
        data = self._store.get(self._data, [keys[path] for path, _, copied in kept if not copied])
        for path, _, copied in kept:
            key = keys[path]
            if not copied:
                yield Artifact(path, data[key], key=key)
            elif self._docs[path] == key:
                yield Artifact(path, file=docs / path, key=key)
            else:
                raise KeyError(path)


def _inside(path: str) -> str:
    """Return a path that leads to no other folder; raises ``ValueError`` for any other."""
    if path.startswith("/") or ".." in path.split("/") or ":" in path or "\\" in path:
        raise ValueError(path)
    return path


def _sort(kept: Any) -> Sort | str:
    return kept if isinstance(kept, str) else Sort(**kept | {"sections": tuple(kept["sections"])})


def contents(folder: Path) -> Mapping[str, bytes] | None:
    """Return what stands for the bytes of each file below a folder.

    By contents, not by times: after a fresh checkout all times are others. ``None`` where they do
    not tell all, because something is a link, no file, or cannot be read.
    """
    found: dict[str, bytes] = {}
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in (*folders, *sorted(names)):
            path = Path(place, name)
            try:
                kind = path.lstat().st_mode
                if S_ISREG(kind):
                    found[path.relative_to(folder).as_posix()] = content_of(path)
                elif not S_ISDIR(kind):
                    return None
            except OSError:
                return None
    return found


def content_of(file: Path) -> bytes:
    """Return what stands for the bytes of a file, which may be large."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()[:16]

"""Files of the cache: written whole or not at all, believed only as far as their checksums go.

The cache is a convenience: what cannot be read is made again, what cannot be written is done
without. Two builds may use it at once, since the same name always stands for the same bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from showcase import atomic
from showcase.seal import sealed, unsealed
from showcase.store import cache_of

_LEFT_OVER = 3600
"""Seconds after which a file that was being written is taken for one that nobody finishes."""


def folder_of(project: Path) -> Path:
    """Return the folder of what is kept of a project's pictures."""
    return cache_of(project) / "photos"


def write_json(path: Path, value: object) -> None:
    """Write a value behind its checksum; raises ``OSError``."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    atomic.write(path, sealed(text))


def read_json(path: Path) -> Any:
    """Return a value that :func:`write_json` wrote, ``None`` if it is missing or damaged."""
    try:
        text = unsealed(path.read_bytes())
        return None if text is None else json.loads(text)
    except (OSError, ValueError, RecursionError):
        return None


def prune(folder: Path, limit: int, kept: Iterable[str]) -> None:
    """Remove what was used longest ago, until a folder holds at most ``limit`` bytes.

    Files whose names begin with one of ``kept`` (up to their first ``-`` or ``.``) stay. So does
    what cannot be removed, because another build has it open.
    """
    wanted = frozenset(kept)
    files = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                files.append((status.st_mtime, status.st_size, Path(entry.path)))
    total, now = sum(size for _, size, _ in files), time.time()
    for used, size, path in sorted(files):
        unfinished = path.name.startswith(atomic.NEW)
        stem = path.name.partition(".")[0].partition("-")[0]
        if (unfinished and now - used > _LEFT_OVER) or (
            not unfinished and total > limit and stem not in wanted
        ):
            with contextlib.suppress(OSError):
                path.unlink()
                total -= size

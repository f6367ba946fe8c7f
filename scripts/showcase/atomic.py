"""Writes a file whole or not at all: whoever opens it meanwhile finds the former one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

NEW = ".new-"
"""How the names of files begin that are still being written."""


def write(path: Path, data: bytes) -> None:
    """Put a file in its place in one step; raises ``OSError`` when that is not possible."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=NEW, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise

"""A file of the site that is not a page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

_BUFFER = 1 << 20
"""Bytes: a file that is made in pieces may have thousands."""


class Artifact(Struct, frozen=True):
    """Where a file lies, from the site's root, and its bytes, or what makes them.

    What is large is not held in memory: its bytes lie in the file that ``file`` names, or are made
    piece by piece.
    """

    path: str
    given: bytes | Callable[[], bytes] = b""
    file: Path | None = None
    key: bytes = b""
    """What stands for its bytes, where that is known without them: another one for others."""
    pieces: Callable[[], Iterator[bytes]] | None = None
    """What makes its bytes instead, one piece after the other."""

    @property
    def data(self) -> bytes:
        """Its bytes, made now where they are not given."""
        if self.pieces is not None:
            return b"".join(self.pieces())
        return self.given if isinstance(self.given, bytes) else self.given()

    def write(self, folder: Path) -> None:
        """Write the file below a folder; raises ``OSError`` when that is not possible."""
        path = folder / self.path
        try:
            self._put(path)
        except FileNotFoundError:
            # The first of its folder: most files of a site are not.
            path.parent.mkdir(parents=True, exist_ok=True)
            self._put(path)

    def _put(self, path: Path) -> None:
        data = self.data if self.file is None and self.pieces is None else b""
        # Not into a file that may have another name, in the site that is still shown. Its bytes
        # come first: they may be made of what stands there.
        path.unlink(missing_ok=True)
        if self.file is not None:
            shutil.copyfile(self.file, path)
        elif self.pieces is not None:
            with path.open("wb", _BUFFER) as stream:
                stream.writelines(self.pieces())
        else:
            path.write_bytes(data)


class Outline(Struct, frozen=True):
    """A file that a template of ``overrides/`` is still to make: XML and HTML stand only there.

    ``view`` makes what the template is given; ``made_of`` stands for it where that is known before.
    """

    path: str
    template: str
    view: Callable[[], object]
    made_of: str = ""

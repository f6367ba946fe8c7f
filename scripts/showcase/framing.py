"""The engine's part of a build or a preview: as it was kept, or else from the engine.

The engine is started only when it is needed, for it takes as long to load as much of the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from showcase.compose import Composed
from showcase.frame import Frame, Outline
from showcase.framed import SETTINGS, Frames
from showcase.pipeline import Site, template_folders
from showcase.shell import Shell, Sort
from showcase.store import Store

if TYPE_CHECKING:
    from showcase.engine import Engine


class Framing:
    """Where the engine's part comes from; ``use`` says for what it is made."""

    def __init__(self, project: Path, store: Store, use: str, *, strict: bool = False) -> None:
        self._project = project
        self._frames = Frames(store, project, use)
        self._strict = strict
        self._key: bytes | None = None
        self._kept: Set[Sort | str] = frozenset()
        known = self._frames.outline()
        self.outline: Outline = known or self.engine.outline
        self.is_plain = known is not None or self.engine.is_plain

    @cached_property
    def engine(self) -> Engine:
        """The engine, started now."""
        from showcase import engine  # noqa: PLC0415 - mostly not needed, and slow to load

        return engine.start(self._project, strict=self._strict)

    @property
    def read(self) -> tuple[Path, ...]:
        """The files and folders that are read, by the engine or by us."""
        folders = {self._project / name for name in ("content", self.outline.docs)}
        theme = [self._project / self.outline.theme] if self.outline.theme else []
        every = sorted({*folders, *theme, *template_folders(self._project)})
        return self._project / SETTINGS, *every

    def frame(self, site: Site, make: Callable[[Engine], Frame]) -> Frame:
        """Return what was kept, or what ``make`` lets the engine make.

        Raises :class:`showcase.frame.EngineFailed`.
        """
        self._key = self._key_of(site)
        made: list[Frame] = []

        def ask(page: Composed) -> Shell:
            # There was no page of its sort before: all is made once more, for the shell alone.
            made[:] = made or [make(self.engine)]
            return made[0].ask(page)

        found = self._frames.find(self._key, self.outline, site, ask) if self._key else None
        if found is None:
            return make(self.engine)
        self._kept = frozenset(found.shells)
        return found

    def keep(self, site: Site, frame: Frame) -> None:
        """Leave the engine's part to the next run, if that can rely on it."""
        if not self.is_plain or self._key is None:
            return
        if frame.shells.keys() != self._kept:
            # What it warned of must be heard again; what was edited meanwhile is not what it read.
            if not self.engine.quiet or self._key_of(site) != self._key:
                return
            self._frames.keep(self._key, self.outline, frame)
            self._kept = frozenset(frame.shells)
        self._frames.finish()

    def _key_of(self, site: Site) -> bytes | None:
        if not self.is_plain:
            return None
        return self._frames.key(self.outline, site, "strict" if self._strict else "")

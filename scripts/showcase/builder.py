"""Builds a site: reads and checks its records, lets the engine do its part, writes all of it.

The engine is started only where its part is not known from a build before (:mod:`showcase.framed`).
"""

from __future__ import annotations

import logging
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from showcase import collector
from showcase.assembly import remarks, write
from showcase.compose import Composed
from showcase.diagnostics import Diagnostic
from showcase.frame import EngineFailed, Frame, Outline
from showcase.framed import SETTINGS, Frames
from showcase.making import Making
from showcase.photos import NotMade
from showcase.pipeline import Checked, Site, template_folders
from showcase.rules.published import PLACES
from showcase.shell import Shell, Sort
from showcase.stale import Inputs, look
from showcase.steady import Unsteady

if TYPE_CHECKING:
    from showcase.engine import Engine

__all__ = ["Built", "ContentRejected", "EngineFailed", "Unsteady", "build", "log_to"]

log = logging.getLogger("showcase")

_TRIES = 3
_TEXTS = frozenset({".md", ".yml", ".yaml"})


class ContentRejected(Exception):
    """Stops a build because of what the rules found; carries the whole report."""

    def __init__(self, checked: Checked, counting: tuple[Diagnostic, ...]) -> None:
        super().__init__(f"内容有 {len(counting)} 处需要改正，网站没有更新")
        self.checked = checked


@dataclass(frozen=True)
class Built:
    """What a build read: what it depended on, and the records that were edited meanwhile.

    The site shows those as they were before: all of them are read at the start.
    """

    inputs: Inputs
    edited: frozenset[str]
    gone: tuple[str, ...] = ()
    """The files of the former site that the new one does not have as they were."""


def build(project: Path, out: Path, *, strict: bool, former: Path | None = None) -> Built:
    """Build the site of a project into ``out``; ``former`` is the site it will replace.

    There may be files in ``out``: those that are right stay, and all that do not belong go.

    Records are read at the start; pages, templates and pictures as they are needed: where one of
    these changed meanwhile, all is built again.

    Raises :class:`ContentRejected` when the records are faulty, :class:`EngineFailed` when the
    engine's own settings or pages are, and :class:`Unsteady` when files go on changing.
    """
    for _ in range(_TRIES):
        with Making(project, former) as making, collector.put_off():
            source = _Source(project, out, Frames(making.store, project), strict=strict)
            inputs = look((*source.read, *_places(project)), complete=source.is_plain)
            site = _site(making, source.outline, strict=strict)
            frame = source.frame(site)
            _write(site, frame, out, strict=strict)
            names = frozenset(_named(file, project) for file in inputs.changed(source.read))
            if all(map(_is_record, names)):
                source.keep(site, frame)
                making.finish(out)
                return Built(inputs, names, making.gone)
    raise Unsteady(names)


class _Source:
    """Where the engine's part of a build comes from: a build before, or the engine itself."""

    def __init__(self, project: Path, out: Path, frames: Frames, *, strict: bool) -> None:
        self._project = project
        self._out = out
        self._strict = strict
        self._frames = frames
        self._key: bytes | None = None
        self._kept: Set[Sort | str] = frozenset()
        known = frames.outline()
        self.outline: Outline = known or self._engine.outline
        self.is_plain = known is not None or self._engine.is_plain

    @cached_property
    def _engine(self) -> Engine:
        """The engine, started now: most builds do without it, and it takes a while to load."""
        from showcase import engine  # noqa: PLC0415

        return engine.start(self._project, self._out, strict=self._strict)

    @property
    def read(self) -> tuple[Path, ...]:
        """The files and folders that are read, by the engine or by us."""
        folders = {self._project / name for name in ("content", self.outline.docs)}
        theme = [self._project / self.outline.theme] if self.outline.theme else []
        every = sorted({*folders, *theme, *template_folders(self._project)})
        return self._project / SETTINGS, *every

    def frame(self, site: Site) -> Frame:
        """Return the engine's part; raises :class:`EngineFailed`."""
        self._key = self._key_of(site)
        made: list[Frame] = []

        def ask(page: Composed) -> Shell:
            # There was no page of its sort before: all is made once more, for the shell alone.
            made[:] = made or [self._engine.make(site)]
            return made[0].ask(page)

        found = self._frames.find(self._key, self.outline, site, ask) if self._key else None
        if found is None:
            return self._engine.make(site)
        self._kept = frozenset(found.shells)
        return found

    def keep(self, site: Site, frame: Frame) -> None:
        """Leave the engine's part to the next build, if that can rely on it."""
        if not self.is_plain or self._key is None:
            return
        if frame.shells.keys() != self._kept:
            # What it warned of must be heard again; what was edited meanwhile is not what it read.
            if not self._engine.quiet or self._key_of(site) != self._key:
                return
            self._frames.keep(self._key, self.outline, frame)
        self._frames.finish()

    def _key_of(self, site: Site) -> bytes | None:
        if not self.is_plain:
            return None
        return self._frames.key(self.outline, site, "strict" if self._strict else "")


def _site(making: Making, outline: Outline, *, strict: bool) -> Site:
    """Read the records and return their site."""
    checked = making.check(steadily=True)
    counting = checked.counting(strict=strict)
    if counting:
        raise ContentRejected(checked, counting)
    try:
        return making.site(checked, drafts=outline.drafts, url=outline.url)
    except ValueError as error:
        raise EngineFailed(str(error)) from error


def _write(site: Site, frame: Frame, out: Path, *, strict: bool) -> None:
    """Write a site, and say what is to be said of its pages."""
    count = 0
    try:
        for page in write(site, frame, out):
            for remark in remarks(page):
                log.warning("%s", remark)
                count += 1
    except NotMade as error:
        raise EngineFailed(str(error)) from error
    if count and strict:
        raise EngineFailed(f"有 {count} 处提醒")


def _places(project: Path) -> list[Path]:
    return [project / name for name in PLACES]


def _named(file: Path, project: Path) -> str:
    inside = file.is_relative_to(project)
    return file.relative_to(project).as_posix() if inside else file.name


def _is_record(file: str) -> bool:
    path = PurePosixPath(file)
    return path.parts[0] == "content" and path.suffix.lower() in _TEXTS


def log_to(handler: logging.Handler) -> None:
    """Send warnings and errors, the engine's and those of a build, to a handler."""
    for name in ("mkdocs", __name__):
        logger = logging.getLogger(name)
        logger.setLevel(logging.INFO)
        logger.addHandler(handler)
        logger.propagate = False

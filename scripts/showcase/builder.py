"""Builds a site: reads and checks its records, lets the engine do its part, writes all of it.

The engine is started only where its part is not kept from a build before (:mod:`showcase.framing`).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from msgspec import Struct

from showcase import collector
from showcase.assembly import remarks, write
from showcase.diagnostics import Diagnostic
from showcase.frame import EngineFailed, Frame, Outline
from showcase.framed import SETTINGS
from showcase.framing import Framing
from showcase.making import Making
from showcase.photos import NotMade
from showcase.pipeline import Checked, Site
from showcase.rules.published import PLACES
from showcase.stale import Inputs, look
from showcase.steady import Changed, NameStamp, Sight, Unsteady

__all__ = ["Built", "ContentRejected", "EngineFailed", "Unsteady", "build"]

log = logging.getLogger("showcase")

_TRIES = 3
_TEXTS = frozenset({".md", ".yml", ".yaml"})


class ContentRejected(Exception):
    """Stops a build because of what the rules found; carries the whole report."""

    def __init__(self, checked: Checked, counting: tuple[Diagnostic, ...]) -> None:
        super().__init__(f"内容有 {len(counting)} 处需要改正，网站没有更新")
        self.checked = checked


class Built(Struct, frozen=True):
    """What a build read: what it depended on, and the records that were edited meanwhile.

    The site shows those as they were before: all of them are read at the start.
    """

    inputs: Inputs
    edited: frozenset[str]
    gone: tuple[str, ...]
    """The files of the former site that the new one does not have as they were."""
    files: Mapping[str, NameStamp]
    """What tells the state of each file of the new site."""


def build(
    project: Path,
    out: Path,
    *,
    strict: bool,
    former: Path | None = None,
    seen: Mapping[Path, Sight] = MappingProxyType({}),
) -> Built:
    """Build the site of a project into ``out``; ``former`` is the site it will replace.

    What of the project was ``seen`` already need not be looked at again. There may be files in
    ``out``: those that are right stay, and all that do not belong go.

    Records are read at the start, pages, templates, pictures and the text of records that did not
    change since the latest build as they are needed: where one of these changed meanwhile, all is
    built again.

    Raises :class:`ContentRejected` when the records are faulty, :class:`EngineFailed` when the
    engine's own settings or pages are, and :class:`Unsteady` when files go on changing.
    """
    for _ in range(_TRIES - 1):
        with suppress(Changed):
            return _attempt(project, out, former, seen, strict=strict)
        seen = {}
    return _attempt(project, out, former, seen, strict=strict)


def _attempt(
    project: Path, out: Path, former: Path | None, seen: Mapping[Path, Sight], *, strict: bool
) -> Built:
    """Build once; raises :class:`showcase.steady.Changed` when the site may not be right."""
    settings = project / SETTINGS
    with closing(Making(project, former)) as making, collector.put_off():
        first = look([settings], complete=True, seen=seen)
        framing = Framing(project, making.store, "build", strict=strict)
        places = (*framing.read, *_places(project))
        inputs = look(places, complete=framing.is_plain, seen=seen)
        checked = making.check(steadily=True, seen=inputs.seen[project / "content"])
        site = _site(making, checked, framing.outline, strict=strict)
        frame = framing.frame(site, lambda engine: engine.make(site))
        _write(site, frame, out, strict=strict)
        changed = first.changed([settings]) | inputs.changed(framing.read)
        names = frozenset(_named(file, project) for file in changed)
        if not all(map(_is_record, names)):
            raise Changed(names)
        framing.keep(site, frame)
        making.sweep(out)
        return Built(inputs, names, making.gone, making.finish(out))


def _site(making: Making, checked: Checked, outline: Outline, *, strict: bool) -> Site:
    """Return the site of records that may be published."""
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

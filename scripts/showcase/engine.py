"""Starts MkDocs: builds a site into a folder, or serves a preview.

With :mod:`showcase.plugin`, the only module that knows the engine.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from showcase.pipeline import template_folders
from showcase.plugin import ContentRejected, ContentUnsteady
from showcase.rules.published import PLACES
from showcase.stale import Inputs, look
from showcase.steady import Unsteady, changes, stamps

__all__ = ["Built", "ContentRejected", "EngineFailed", "Unsteady", "build", "serve"]

_TRIES = 3
_TEXTS = frozenset({".md", ".yml", ".yaml"})


class EngineFailed(Exception):
    """MkDocs could not build the site; the message says why."""


@dataclass(frozen=True)
class Built:
    """What a build read: what it depended on, and the records that were edited meanwhile.

    The site shows those as they were before: all of them are read at the start.
    """

    inputs: Inputs
    edited: frozenset[str]


def build(project: Path, out: Path, *, strict: bool) -> Built:
    """Build the site of a project into ``out``.

    Records are read at the start; pages, templates and pictures as they are needed: where one of
    these changed meanwhile, all is built again.

    Raises :class:`ContentRejected` when the records are faulty, :class:`EngineFailed` when the
    engine's own settings or pages are, and :class:`Unsteady` when files go on changing.
    """
    for _ in range(_TRIES):
        config = _config(project, out, strict=strict)
        paths = (*_paths(project, config), *(project / name for name in PLACES))
        inputs, before = look(paths, complete=_is_plain(config)), stamps(_paths(project, config))
        _build(config)
        changed = changes(before, stamps(_paths(project, config)))
        if all(map(_is_record, changed)):
            return Built(inputs, changed)
    raise Unsteady(changed)


def _paths(project: Path, config: MkDocsConfig) -> tuple[Path, ...]:
    """Return the files and folders that a build reads."""
    theme = config.theme.custom_dir
    folders = {project / "content", Path(config.docs_dir), *([Path(theme)] if theme else [])}
    return Path(config.config_file_path), *sorted({*folders, *template_folders(project)})


def _is_plain(config: MkDocsConfig) -> bool:
    """Tell whether nothing else can matter to a build: no code or setting from elsewhere."""
    settings = Path(config.config_file_path).read_text("utf-8")
    elsewhere = any(word in settings for word in ("!ENV", "INHERIT", "!relative"))
    return list(config.plugins) == ["showcase"] and not config.hooks and not elsewhere


def _is_record(file: str) -> bool:
    path = PurePosixPath(file)
    return path.parts[0] == "content" and path.suffix.lower() in _TEXTS


def _config(project: Path, out: Path, *, strict: bool) -> MkDocsConfig:
    try:
        return load_config(str(project / "mkdocs.yml"), site_dir=str(out), strict=strict)
    except (Abort, ConfigurationError) as error:
        raise EngineFailed(str(error)) from error


def _build(config: MkDocsConfig) -> None:
    try:
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        finally:
            config.plugins.on_shutdown()
    except ContentRejected:
        raise
    except ContentUnsteady as error:
        raise error.cause from None
    except (Abort, ConfigurationError) as error:
        raise EngineFailed(str(error)) from error


def serve(project: Path, address: str, *, open_browser: bool) -> None:
    """Serve a preview that follows every change, until it is interrupted."""
    mkdocs_serve(str(project / "mkdocs.yml"), dev_addr=address, open_in_browser=open_browser)


def log_to(handler: logging.Handler) -> None:
    """Send the engine's warnings and errors to a handler."""
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    logger.propagate = False

"""Starts MkDocs: builds a site into a folder, or serves a preview.

With :mod:`showcase.plugin`, the only module that knows the engine.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from showcase.plugin import ContentRejected, ContentUnsteady
from showcase.steady import Stamp, Unsteady, changes, stamps

__all__ = ["ContentRejected", "EngineFailed", "Unsteady", "build", "serve"]

_TRIES = 3
_TEXTS = frozenset({".md", ".yml", ".yaml"})


class EngineFailed(Exception):
    """MkDocs could not build the site; the message says why."""


def build(project: Path, out: Path, *, strict: bool) -> frozenset[str]:
    """Build the site of a project into ``out``; returns the records edited while it was built.

    The site shows them as they were before: all of them are read at the start. Pages, templates
    and pictures are read as they are needed; where one of them changed, all is built again.

    Raises :class:`ContentRejected` when the records are faulty, :class:`EngineFailed` when the
    engine's own settings or pages are, and :class:`Unsteady` when files go on changing.
    """
    for _ in range(_TRIES):
        before = _inputs(project)
        _build(project, out, strict=strict)
        changed = changes(before, _inputs(project))
        if all(map(_is_record, changed)):
            return changed
    raise Unsteady(changed)


def _inputs(project: Path) -> Mapping[str, Stamp]:
    names = ("mkdocs.yml", "content", "docs", "overrides")
    return stamps(project / name for name in names)


def _is_record(file: str) -> bool:
    path = PurePosixPath(file)
    return path.parts[0] == "content" and path.suffix.lower() in _TEXTS


def _build(project: Path, out: Path, *, strict: bool) -> None:
    try:
        config = load_config(str(project / "mkdocs.yml"), site_dir=str(out), strict=strict)
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

"""Starts MkDocs: builds a site into a folder, or serves a preview.

With :mod:`showcase.plugin`, the only module that knows the engine.
"""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from showcase.plugin import ContentRejected

__all__ = ["ContentRejected", "EngineFailed", "build", "serve"]


class EngineFailed(Exception):
    """MkDocs could not build the site; the message says why."""


def build(project: Path, out: Path, *, strict: bool) -> None:
    """Build the site of a project into ``out``.

    Raises :class:`ContentRejected` when the records are faulty and :class:`EngineFailed` when
    the engine's own settings or pages are.
    """
    try:
        config = load_config(str(project / "mkdocs.yml"), site_dir=str(out), strict=strict)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        finally:
            config.plugins.on_shutdown()
    except ContentRejected:
        raise
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

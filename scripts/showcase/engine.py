"""Starts MkDocs: builds a site into a folder, or opens the theme for a preview.

With :mod:`showcase.plugin`, the only module that knows the engine.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation

from showcase import collector
from showcase.diagnostics import Diagnostic
from showcase.pipeline import Site, template_folders
from showcase.plugin import ContentRejected, ContentUnsteady, ShowcasePlugin
from showcase.rules.published import PLACES
from showcase.stale import Inputs, look
from showcase.steady import Unsteady
from showcase.theme import Theme

__all__ = [
    "Built",
    "ContentRejected",
    "EngineFailed",
    "Unsteady",
    "build",
    "load_settings",
    "open_theme",
]

RELOAD = "/-/reload.js"
"""The script of a preview's pages that looks for news; no folder of a site is called ``-``."""

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


def build(project: Path, out: Path, *, strict: bool, former: Path | None = None) -> Built:
    """Build the site of a project into ``out``; ``former`` is the site it will replace.

    Records are read at the start; pages, templates and pictures as they are needed: where one of
    these changed meanwhile, all is built again.

    Raises :class:`ContentRejected` when the records are faulty, :class:`EngineFailed` when the
    engine's own settings or pages are, and :class:`Unsteady` when files go on changing.
    """
    for _ in range(_TRIES):
        config = _config(project, out, strict=strict)
        read, places = _paths(project, config), [project / name for name in PLACES]
        inputs = look([*read, *places], complete=_is_plain(config))
        _plugin(config).former = former
        with collector.put_off():
            _build(config)
        changed = inputs.changed(read)
        names = frozenset(_named(file, project) for file in changed)
        if all(map(_is_record, names)):
            return Built(inputs, names)
    raise Unsteady(names)


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


def _named(file: Path, project: Path) -> str:
    inside = file.is_relative_to(project)
    return file.relative_to(project).as_posix() if inside else file.name


def _is_record(file: str) -> bool:
    path = PurePosixPath(file)
    return path.parts[0] == "content" and path.suffix.lower() in _TEXTS


def _config(project: Path, out: Path, *, strict: bool) -> MkDocsConfig:
    try:
        return load_config(str(project / "mkdocs.yml"), site_dir=str(out), strict=strict)
    except (Abort, ConfigurationError) as error:
        raise EngineFailed(str(error)) from error


def _plugin(config: MkDocsConfig) -> ShowcasePlugin:
    """Return our plugin; raises :class:`EngineFailed` where the settings leave it out."""
    for plugin in config.plugins.values():
        if isinstance(plugin, ShowcasePlugin):
            return plugin
    raise EngineFailed("mkdocs.yml 的 plugins 里没有 showcase，网站做不出来；请加上「- showcase」")


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


def load_settings(project: Path) -> MkDocsConfig:
    """Return a project's settings as the engine reads them; raises :class:`EngineFailed`."""
    return _config(project, project / "site", strict=False)


def open_theme(config: MkDocsConfig, site: Site, report: Sequence[Diagnostic]) -> Theme:
    """Open a project's theme around a site that was read already, and build nothing.

    Its pages then show a report, and look for news. Does what the engine does before it builds.
    Raises :class:`EngineFailed` when the engine's own settings are faulty.
    """
    plugin = _plugin(config)
    try:
        config.plugins.on_startup(command="serve", dirty=False)
        plugin.hand(site)
        config = config.plugins.on_config(config)
        config.extra["showcase_reload"] = RELOAD
        config.extra["showcase_report"] = report
        config.plugins.on_pre_build(config=config)
        files = get_files(config)
        environment = config.theme.get_env()
        files.add_files_from_theme(environment, config)
        files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
        config.plugins.on_env(environment, config=config, files=files)
    except (Abort, ConfigurationError) as error:
        raise EngineFailed(str(error)) from error
    return plugin.theme


def log_to(handler: logging.Handler) -> None:
    """Send the engine's warnings and errors to a handler."""
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    logger.propagate = False

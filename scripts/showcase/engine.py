"""Starts MkDocs: lets it make its part of a site, or open the theme for a preview.

With :mod:`showcase.plugin` and :mod:`showcase.theme`, the only modules that know the engine.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.utils import CountHandler
from msgspec import Struct
from msgspec.structs import replace

from showcase.compose import INDEX
from showcase.diagnostics import Diagnostic
from showcase.frame import EngineFailed, Frame, Outline
from showcase.framed import SETTINGS, content_of
from showcase.news import RELOAD
from showcase.outputs import Artifact
from showcase.pattern import pattern
from showcase.pipeline import Site
from showcase.plugin import ShowcasePlugin
from showcase.theme import Theme

_ELSEWHERE = pattern(r"!ENV|INHERIT|!relative|!!python/\w+:(?!material\.|pymdownx\.)")
"""What leads from the settings to code, settings or variables of elsewhere."""
_READING = frozenset({"b64", "snippets"})
"""Extensions of PyMdown that put other files into a page."""


class Engine(Struct):
    """The engine with the settings of a project, for one build or preview."""

    project: Path
    config: MkDocsConfig
    quiet: bool
    """Whether it had nothing to warn of so far."""

    @property
    def outline(self) -> Outline:
        """What a build must know before it begins."""
        config = self.config
        return Outline(
            docs=_inside(self.project, config.docs_dir),
            theme=_inside(self.project, config.theme.custom_dir),
            url=config.site_url or "",
            drafts=bool(_plugin(config).config.drafts),
        )

    @property
    def is_plain(self) -> bool:
        """Whether nothing else can matter to a build: no code, setting or file from elsewhere."""
        config, folders = self.config, (self.outline.docs, self.outline.theme)
        settings = Path(config.config_file_path).read_text("utf-8")
        return (
            list(config.plugins) == ["showcase"]
            and not config.hooks
            and all(map(_reads_nothing, config.markdown_extensions))
            and not _ELSEWHERE.search(settings)
            and not any(Path(name).is_absolute() for name in folders)
        )

    def make(self, site: Site) -> Frame:
        """Return the engine's part of a site; raises :class:`EngineFailed`."""
        with (
            tempfile.TemporaryDirectory(prefix="showcase-engine-") as folder,
            _listening() as heard,
        ):
            self.config.site_dir = folder
            theme = self._built(site)
            gaps = {f"{uri.removesuffix(INDEX)}index.html" for uri in theme.menu}
            files = _written(Path(folder), Path(self.config.docs_dir))
            part = replace(theme.part, files=tuple(one for one in files if one.path not in gaps))
        self.quiet = self.quiet and not heard.get_counts()
        return Frame(part, theme.ask)

    def open(self, site: Site, report: Sequence[Diagnostic]) -> Theme:
        """Open the theme around a site for a preview, and build nothing.

        Its pages then show a report, and look for news. Does what the engine does before it builds.
        Raises :class:`EngineFailed`.
        """
        with _listening() as heard:
            theme = self._opened(site, report)
        self.quiet = self.quiet and not heard.get_counts()
        return theme

    def _opened(self, site: Site, report: Sequence[Diagnostic]) -> Theme:
        config, plugin = self.config, _plugin(self.config)
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

    def _built(self, site: Site) -> Theme:
        config, plugin = self.config, _plugin(self.config)
        try:
            config.plugins.on_startup(command="build", dirty=False)
            try:
                plugin.hand(site)
                mkdocs_build(config)
            finally:
                config.plugins.on_shutdown()
        except (Abort, ConfigurationError) as error:
            raise EngineFailed(str(error)) from error
        return plugin.theme


def start(project: Path, *, strict: bool = False) -> Engine:
    """Return the engine with a project's settings; raises :class:`EngineFailed`."""
    with _listening() as heard:
        config = _config(project, strict=strict)
    _plugin(config)
    return Engine(project, config, quiet=not heard.get_counts())


def _inside(project: Path, folder: str | None) -> str:
    """Return a folder's place in a project, or its whole path where it lies elsewhere."""
    if not folder:
        return ""
    path, top = Path(folder), project.absolute()
    return path.relative_to(top).as_posix() if path.is_relative_to(top) else folder


def _reads_nothing(extension: str) -> bool:
    """Tell whether an extension of Python-Markdown is known to look at the text alone."""
    family, _, name = extension.rpartition(".")
    if family == "pymdownx":
        return name not in _READING
    own = find_spec(f"markdown.extensions.{name}") is not None
    return own and family in ("", "markdown.extensions")


def _written(folder: Path, docs: Path) -> Iterator[Artifact]:
    """Yield the files that the engine wrote: what it only copied, from where that stands."""
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        name, key = path.relative_to(folder).as_posix(), content_of(path)
        source = docs / name
        if source.is_file() and content_of(source) == key:
            yield Artifact(name, file=source, key=key)
        else:
            yield Artifact(name, path.read_bytes(), key=key)


@contextmanager
def _listening() -> Iterator[CountHandler]:
    """Count what the engine warns of."""
    logger, counter = logging.getLogger("mkdocs"), CountHandler()
    counter.setLevel(logging.WARNING)
    logger.addHandler(counter)
    try:
        yield counter
    finally:
        logger.removeHandler(counter)


def _config(project: Path, *, strict: bool) -> MkDocsConfig:
    try:
        return load_config(str(project / SETTINGS), site_dir=str(project / "site"), strict=strict)
    except (Abort, ConfigurationError) as error:
        raise EngineFailed(str(error)) from error


def _plugin(config: MkDocsConfig) -> ShowcasePlugin:
    """Return our plugin; raises :class:`EngineFailed` where the settings leave it out."""
    for plugin in config.plugins.values():
        if isinstance(plugin, ShowcasePlugin):
            return plugin
    raise EngineFailed("mkdocs.yml 的 plugins 里没有 showcase，网站做不出来；请加上「- showcase」")

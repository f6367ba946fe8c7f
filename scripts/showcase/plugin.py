"""MkDocs events, and nothing else: hands the composed pages to the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import chain
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, Literal

from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from showcase.assembly import remarks, write
from showcase.compose import INDEX
from showcase.frame import announced
from showcase.making import Making
from showcase.outputs import linkable
from showcase.photos import NotMade
from showcase.pipeline import Site
from showcase.policy import REFERRER, page_policy
from showcase.shell import MARKS
from showcase.steady import Unsteady
from showcase.theme import Theme

log = get_plugin_logger("showcase")

_STYLES = "assets/stylesheets/site.css"


class ShowcaseConfig(Config):  # type: ignore[no-untyped-call] # untyped in MkDocs
    """The plugin's settings in ``mkdocs.yml``."""

    drafts = Type(bool, default=False)
    """Show drafts in a build too, as the preview does."""


class ShowcasePlugin(BasePlugin[ShowcaseConfig]):  # type: ignore[no-untyped-call]
    """Checks the records and adds their pages to the site."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether this is a preview, which goes on in spite of faults."""
        self._preview = command == "serve"
        self._handed: Site | None = None
        self._making: Making | None = None

    def hand(self, site: Site) -> None:
        """Take a site that was read already; what is wrong with it is somebody else's to say."""
        self._handed = site

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the records; stop before anything is written if they are faulty."""
        project = Path(config.config_file_path).resolve().parent
        config.extra["showcase_report"] = ()
        self._site = self._handed or self._made(project, config)
        settings = self._site.settings
        config.site_name = escape(settings.name)
        about = settings.description or settings.intro or settings.slogan or settings.name
        config.site_description = escape(" ".join(about.split()))
        config.extra["showcase"] = settings
        # Only the engine's own preview puts a script of its own into the pages.
        config.extra["showcase_policy"] = page_policy(
            preview=self._preview and self._handed is None
        )
        config.extra["showcase_referrer"] = REFERRER
        # The theme's sitemap has the day of the build in it, and its gzip file the hour.
        config.theme.static_templates.discard("sitemap.xml")
        config.watch += [
            str(project / name)
            for name in ("content", "overrides")
            if (project / name).is_dir() and str(project / name) not in config.watch
        ]
        return config

    def _made(self, project: Path, config: MkDocsConfig) -> Site:
        self._close()
        self._making = making = Making(project)
        try:
            checked = making.check(steadily=not self._preview)
        except Unsteady as error:
            raise Abort(str(error)) from error
        counting = checked.counting(strict=bool(config.strict))
        if counting and not self._preview:
            raise Abort(f"内容有 {len(counting)} 处需要改正，网站没有更新")
        if self._preview:
            config.extra["showcase_report"] = checked.diagnostics
        drafts, url = self._preview or self.config.drafts, config.site_url or ""
        try:
            return making.site(checked, drafts=drafts, url=url)
        except ValueError as error:
            raise ConfigurationError(str(error)) from error

    def _close(self) -> None:
        if self._making is not None:
            self._making.close()
            self._making = None

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Announce what will be made from the records, so that hand-written pages may link to it.

        Those pages of it that the menu names are pages to the engine too; the others are files.
        """
        _drop_unused(files, config)
        self._join_styles(files, config)
        self._by_hand = frozenset(file.dest_uri for file in files)
        # A composed page may take the place of one of these.
        self._files = noting = _Noting(files, (one.src_uri for one in files if _is_index(one)))
        composed = {page.address + INDEX: page.address for page in self._site.plan()}
        named = composed.keys() & set(leaves(config.nav))
        self._menu: dict[str, str] = {}
        for uri, address in composed.items():
            if uri in named:
                self._menu[uri] = matter = self._site.head(address).front_matter
                noting.append(File.generated(config, uri, content=matter))
            else:
                noting.append(_announced(config, uri, f"{address}index.html"))
        for path in linkable(self._site.catalogue):
            if path not in self._by_hand:
                noting.append(_announced(config, path, path))
        return noting

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Note the menu."""
        self._nav = nav
        return nav

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Leave a gap for what a composed page says: it is filled when the page is written."""
        return MARKS["content"] if page.file.src_uri in self._menu else html

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Keep what the theme needs."""
        menu, by_hand = self._menu, self._by_hand
        self.theme = Theme(config, env, self._nav, files, menu, by_hand, self._asked)

    def _asked(self) -> Mapping[str, bool]:
        there = announced(self._site)
        return {path: there(path) for path in sorted(self._files.asked)}

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write everything that is made from the records, unless whoever handed it over does."""
        if self._making is None:
            return
        out = Path(config.site_dir)
        try:
            for page in write(self._site, self.theme.frame, out):
                for remark in remarks(page):
                    log.warning("%s", remark)
        except NotMade as error:
            raise Abort(str(error)) from error
        self._making.finish(out)

    def on_shutdown(self) -> None:
        """Let go of what is kept from one run to the next."""
        self._close()

    def _join_styles(self, files: Files, config: MkDocsConfig) -> None:
        """Join the style sheets, one for each component in the source, into one request."""
        parts = [files.get_file_from_path(str(name)) for name in config.extra_css]
        if not all(parts):
            return
        text = "\n".join(part.content_string for part in parts if part is not None)
        for part in parts:
            if part is not None:
                files.remove(part)
        # It lies beside its parts, so that the addresses in them still lead where they led.
        files.append(File.generated(config, _STYLES, content=text))
        config.extra_css = [_STYLES]


def _drop_unused(files: Files, config: MkDocsConfig) -> None:
    """Leave out the theme's own files: the pages have their own scripts and styles (main.html).

    Its sitemap would be copied as it stands, a template, now that it is not one of those filled.
    """
    ours = Path(config.theme.custom_dir or "")
    for file in list(files):
        place = Path(file.src_dir) if file.src_dir else ours
        if place not in (ours, Path(config.docs_dir)):
            files.remove(file)


def _is_index(file: File) -> bool:
    return PurePosixPath(file.src_uri).name == INDEX


class _Noting(Files):
    """The files of a site, with a note of what was looked for among them."""

    def __init__(self, files: Iterable[File], asked: Iterable[str]) -> None:
        super().__init__(files)
        self.asked = set(asked)

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file at a path of the folder of hand-written pages."""
        self.asked.add(PurePath(path).as_posix())
        return super().get_file_from_path(path)


class _Announced(File):
    """A file that will be there when the site is whole, written by somebody else."""

    def is_documentation_page(self) -> bool:
        """Tell the engine that there is nothing to read."""
        return False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - the engine's
        """Leave the writing to others."""


def _announced(config: MkDocsConfig, uri: str, path: str) -> File:
    file = _Announced.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
    file.dest_uri = path
    return file


def leaves(nav: object) -> Iterator[str]:
    """Yield the files that a menu names, however nested."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, Mapping):
        yield from chain.from_iterable(map(leaves, nav.values()))
    elif isinstance(nav, Sequence):
        yield from chain.from_iterable(map(leaves, nav))

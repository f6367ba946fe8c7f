"""MkDocs events, and nothing else: hands the composed pages to the engine."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from html import escape, unescape
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from showcase.compose import Composed
from showcase.diagnostics import Diagnostic
from showcase.outputs import Artifact, Listed
from showcase.photos import NotMade
from showcase.pipeline import Checked, check_project, check_steadily, site_of
from showcase.policy import REFERRER, page_policy
from showcase.steady import Unsteady

log = get_plugin_logger("showcase")

_STYLES = "assets/stylesheets/site.css"


class ContentRejected(Abort):
    """Stops a build because of what the rules found; carries the whole report."""

    def __init__(self, checked: Checked, counting: tuple[Diagnostic, ...]) -> None:
        super().__init__(f"内容有 {len(counting)} 处需要改正，网站没有更新")
        self.checked = checked


class ContentUnsteady(Abort):
    """Stops a build because the content went on changing while it was read."""

    def __init__(self, cause: Unsteady) -> None:
        super().__init__(str(cause))
        self.cause = cause


class ShowcaseConfig(Config):  # type: ignore[no-untyped-call] # untyped in MkDocs
    """The plugin's settings in ``mkdocs.yml``."""

    drafts = Type(bool, default=False)
    """Show drafts in a build too, as the preview does."""


class ShowcasePlugin(BasePlugin[ShowcaseConfig]):  # type: ignore[no-untyped-call]
    """Checks the records and adds their pages to the site."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether this is a preview, which goes on in spite of faults."""
        self._preview = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the records; stop before anything is written if they are faulty."""
        project = Path(config.config_file_path).resolve().parent
        checked = self._read(project)
        counting = checked.counting(strict=bool(config.strict))
        if counting and not self._preview:
            raise ContentRejected(checked, counting)
        try:
            drafts = self._preview or self.config.drafts
            self._site = site_of(checked, drafts=drafts, url=config.site_url or "")
        except ValueError as error:
            raise ConfigurationError(str(error)) from error
        settings = checked.graph.site.record
        config.site_name = escape(settings.name)
        about = settings.description or settings.intro or settings.slogan or settings.name
        config.site_description = escape(" ".join(about.split()))
        config.extra["showcase"] = settings
        config.extra["showcase_report"] = checked.diagnostics if self._preview else ()
        config.extra["showcase_policy"] = page_policy(preview=self._preview)
        config.extra["showcase_referrer"] = REFERRER
        # The theme's sitemap has the day of the build in it, and its gzip file the hour.
        config.theme.static_templates.discard("sitemap.xml")
        config.watch += [
            str(project / name)
            for name in ("content", "overrides")
            if (project / name).is_dir() and str(project / name) not in config.watch
        ]
        return config

    def _read(self, project: Path) -> Checked:
        if self._preview:
            return check_project(project)
        try:
            return check_steadily(project)
        except Unsteady as error:
            raise ContentUnsteady(error) from error

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the composed pages and the artifacts as virtual files."""
        _drop_unused(files, config)
        self._join_styles(files, config)
        self._html: dict[str, str] = {}
        for page in self._site.pages():
            self._html[page.uri] = page.html
            for finding in page.findings:
                log.warning("%s 的正文没有照原样显示：%s", page.source, finding)
            files.append(_file(page, config))
        _add(self._artifacts(), files, config)
        return files

    def _artifacts(self) -> Iterator[Artifact]:
        try:
            yield from self._site.artifacts()
        except NotMade as error:
            raise Abort(str(error)) from error

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Add the files that list all pages, now that these are known with their titles."""
        pages = (file.page for file in files.documentation_pages() if file.page is not None)
        listed = (
            Listed(
                page.url,
                unescape(page.title or ""),
                composed=page.file.src_uri in self._html,
                hidden="robots" in page.meta,
            )
            for page in pages
        )
        _add(self._site.listings(listed), files, config)

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

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Hand over a composed page's finished HTML: Markdown would not change it, only slowly."""
        return self._html.get(page.file.src_uri, html)


def _drop_unused(files: Files, config: MkDocsConfig) -> None:
    """Leave out the theme's own files: the pages have their own scripts and styles (main.html).

    Its sitemap would be copied as it stands, a template, now that it is not one of those filled.
    """
    ours = Path(config.theme.custom_dir or "")
    for file in list(files):
        place = Path(file.src_dir) if file.src_dir else ours
        if place not in (ours, Path(config.docs_dir)):
            files.remove(file)


def _add(artifacts: Iterable[Artifact], files: Files, config: MkDocsConfig) -> None:
    """Add files to the site; one that somebody put there by hand stays as it is."""
    taken = {file.dest_uri for file in files}
    for artifact in artifacts:
        if artifact.path not in taken:
            files.append(_generated(artifact, config))


def _generated(artifact: Artifact, config: MkDocsConfig) -> File:
    if artifact.file is not None:
        return File.generated(config, artifact.path, abs_src_path=str(artifact.file))
    return File.generated(config, artifact.path, content=artifact.data)


def _file(page: Composed, config: MkDocsConfig) -> File:
    file = File.generated(
        config, page.uri, content=page.front_matter, inclusion=InclusionLevel.NOT_IN_NAV
    )
    if page.source:
        docs = Path(config.docs_dir).name
        file.edit_uri = posixpath.relpath(page.source, docs)
    return file

"""Asks the engine's theme for shells: what goes around the composed pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from msgspec import Struct

from showcase.compose import Composed
from showcase.diagnostics import Diagnostic
from showcase.frame import Frame, Part
from showcase.framed import content_of
from showcase.outputs import Artifact, Listed
from showcase.seal import digest
from showcase.shell import MARKS, Shell, cut, marked


class Theme(Struct, dict=True):
    """The theme of a project that the engine has opened."""

    config: MkDocsConfig
    environment: Any
    """The engine's own environment of Jinja."""
    nav: Navigation
    pages: Files
    menu: Mapping[str, str]
    """The composed pages that the menu names, and that are pages to the engine too: by file, the
    front matter of each."""
    by_hand: frozenset[str]
    asked: Callable[[], Mapping[str, bool]]
    """Tells where hand-written pages wanted to lead so far: see :class:`showcase.frame.Part`."""

    @cached_property
    def _documents(self) -> Sequence[File]:
        # Found once: among ten thousand files it takes longer than a page.
        return self.pages.documentation_pages()

    @property
    def listed(self) -> tuple[Listed, ...]:
        """The hand-written pages, once the engine has read them."""
        pages = [file.page for file in self._documents if file.page is not None]
        return tuple(
            Listed(
                page.url, unescape(page.title or ""), composed=False, hidden="robots" in page.meta
            )
            for page in pages
            if page.file.src_uri not in self.menu
        )

    @property
    def part(self) -> Part:
        """What the engine knows, once it has read the hand-written pages; the files it writes."""
        sections = tuple(item.url for item in self.nav.items if item.url)
        return Part((), self.by_hand, self.listed, sections, self.menu, self.asked())

    @cached_property
    def frame(self) -> Frame:
        """What goes around composed pages."""
        return Frame(self.part, self.ask)

    def ask(self, page: Composed) -> Shell:
        """Return what the theme puts around a composed page, made now."""
        named = page.uri in self.menu
        return cut(self._rendered(self._in_menu(page.uri) if named else self._marked(marked(page))))

    def _in_menu(self, uri: str) -> Page:
        page = self._page(self.pages.src_uris[uri])
        page.content = MARKS["content"]
        return page

    def _marked(self, page: Composed) -> Page:
        """Return a page for the theme whose words are marks."""
        matter, hidden = page.front_matter, InclusionLevel.NOT_IN_NAV
        file = File.generated(self.config, page.uri, content=matter, inclusion=hidden)
        asked = Page(None, file, self.config)
        asked.read_source(self.config)
        asked.content = MARKS["content"]
        if asked.canonical_url:
            asked.canonical_url = MARKS["canonical"]
        return asked

    def _page(self, file: File) -> Page:
        """Return the page of a file, read as the engine reads it while it builds."""
        page = Page(None, file, self.config) if file.page is None else file.page
        unread = page.content is None
        if unread:
            plugins = self.config.plugins
            about: dict[str, Any] = {"page": page, "config": self.config, "files": self.pages}
            page.read_source(self.config)
            page.markdown = plugins.on_page_markdown(page.markdown or "", **about)
            page.render(self.config, self.pages)
            page.content = plugins.on_page_content(page.content or "", **about)
        return page

    def _rendered(self, page: Page) -> str:
        """Return what the theme makes of a page."""
        plugins = self.config.plugins
        context = get_context(self.nav, self._documents, self.config, page)
        context = plugins.on_page_context(context, page=page, config=self.config, nav=self.nav)
        template = self.environment.get_template(page.meta.get("template", "main.html"))
        html = template.render(context)
        return str(plugins.on_post_page(html, page=page, config=self.config))

    def answer(self, path: str) -> bytes | None:
        """Return a hand-written page of the site, for a preview; ``None`` if there is none."""
        file = next((one for one in self.pages if one.dest_uri == path), None)
        if path not in self.by_hand or file is None or not file.is_documentation_page():
            return None
        return self._rendered(self._page(file)).encode("utf-8", "xmlcharrefreplace")

    @property
    def files(self) -> Iterator[Artifact]:
        """The files that somebody put there and that are no pages."""
        for file in self.pages:
            if file.dest_uri in self.by_hand and not file.is_documentation_page():
                yield self._file(file)

    def _file(self, file: File) -> Artifact:
        source, data = Path(self.config.docs_dir, file.dest_uri), file.content_bytes
        if file.abs_src_path and Path(file.abs_src_path) == source:
            return Artifact(file.dest_uri, file=source, key=content_of(source))
        return Artifact(file.dest_uri, data, key=digest(data))

    def not_found(self) -> bytes:
        """Return the page that is shown where there is none."""
        context = get_context(self.nav, self.pages, self.config, base_url="/")
        return str(self.environment.get_template("404.html").render(context)).encode()

    def show(self, report: Sequence[Diagnostic]) -> None:
        """Show on every page of a preview what the rules found."""
        self.config.extra["showcase_report"] = report

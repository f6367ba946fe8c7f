"""Asks the engine's theme for shells: what goes around the composed pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from showcase.compose import Composed
from showcase.outputs import Listed
from showcase.shell import MARKS, Shell, Sort, cut, marked, sort_of


@dataclass
class Theme:
    """The theme of a project, while the engine builds it; see :class:`showcase.assembly.Frame`."""

    config: MkDocsConfig
    environment: Any
    """The engine's own environment of Jinja."""
    nav: Navigation
    pages: Files
    files: frozenset[str]
    listed: tuple[Listed, ...]
    in_menu: dict[str, Shell] = field(default_factory=dict)
    """The shells of the composed pages that the menu names, which the engine renders itself."""
    _shells: dict[Sort, Shell] = field(default_factory=dict)

    def shell(self, page: Composed) -> Shell:
        """Return what the theme puts around a composed page."""
        own = self.in_menu.get(page.uri)
        if own is not None:
            return own
        sort = sort_of(page, tuple(item.url for item in self.nav.items if item.url))
        if sort not in self._shells:
            self._shells[sort] = cut(self._ask(marked(page)))
        return self._shells[sort]

    def _ask(self, page: Composed) -> str:
        """Return what the theme makes of a page."""
        matter, hidden = page.front_matter, InclusionLevel.NOT_IN_NAV
        file = File.generated(self.config, page.uri, content=matter, inclusion=hidden)
        asked = Page(None, file, self.config)
        asked.read_source(self.config)
        asked.content = MARKS["content"]
        if asked.canonical_url:
            asked.canonical_url = MARKS["canonical"]
        plugins = self.config.plugins
        context = get_context(self.nav, self.pages, self.config, asked)
        context = plugins.on_page_context(context, page=asked, config=self.config, nav=self.nav)
        html = self.environment.get_template("main.html").render(context)
        return str(plugins.on_post_page(html, page=asked, config=self.config))

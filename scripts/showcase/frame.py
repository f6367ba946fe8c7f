"""The engine's part of a site, as data: all that it makes of a project besides composed pages.

What is data can be kept, and what is kept needs no engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from msgspec import Struct, field

from showcase.compose import INDEX, Composed
from showcase.outputs import Artifact, Listed, linkable
from showcase.pipeline import Site
from showcase.seal import digest
from showcase.shell import Shell, Sort, sort_of


class EngineFailed(Exception):
    """The engine could not do its part; the message says why."""


class Outline(Struct, frozen=True):
    """What a build must know of the engine's settings before it begins."""

    docs: str
    """The folder of the hand-written pages, from the project's."""
    theme: str
    """The folder of the project's own templates, from the project's; ``""`` if it has none."""
    url: str
    drafts: bool


class Part(Struct, frozen=True):
    """What the engine made of everything that is not a record."""

    files: tuple[Artifact, ...]
    """Each with its key."""
    by_hand: frozenset[str]
    """Which files somebody put there: nothing that is made from records takes their place."""
    listed: tuple[Listed, ...]
    """The hand-written pages."""
    sections: tuple[str, ...]
    """The addresses that stand in the menu."""
    menu: Mapping[str, str]
    """The composed pages that the menu names, by file, each with the front matter it had."""
    asked: Mapping[str, bool]
    """Where hand-written pages wanted to lead, and whether there was anything of the records."""

    def fits(self, site: Site) -> bool:
        """Tell whether the engine would find just what it found then."""
        there = announced(site)
        return all(there(path) is found for path, found in self.asked.items()) and all(
            site.head(uri.removesuffix(INDEX)).front_matter == matter
            for uri, matter in self.menu.items()
        )


def announced(site: Site) -> Callable[[str], bool]:
    """Return what tells whether a hand-written page may lead to a file that records give."""
    files = frozenset(linkable(site.catalogue))

    def there(path: str) -> bool:
        page = path.removesuffix(INDEX)
        return path in files or (page != path and site.planned(page) is not None)

    return there


class Frame(Struct, dict=True):
    """The engine's part, with what goes around composed pages (:class:`assembly.Frame`)."""

    part: Part
    ask: Callable[[Composed], Shell]
    """Asks the engine for a shell that is not known yet."""
    shells: dict[Sort | str, Shell] = field(default_factory=dict)
    """What goes around pages of a sort, and around each page that the menu names, by file."""

    @property
    def files(self) -> tuple[Artifact, ...]:
        """What the engine made."""
        return self.part.files

    @property
    def by_hand(self) -> frozenset[str]:
        """Which files somebody put there."""
        return self.part.by_hand

    @property
    def listed(self) -> tuple[Listed, ...]:
        """The hand-written pages."""
        return self.part.listed

    def shell(self, page: Composed) -> Shell:
        """Return what goes around a composed page."""
        sort = self._sort(page)
        if sort not in self.shells:
            self.shells[sort] = self.ask(page)
        return self.shells[sort]

    def sort(self, page: Composed) -> str:
        """Return what stands for a page's sort: pages that have it in common have one shell.

        Another menu gives other sorts.
        """
        return digest(self._menu, repr(self._sort(page))).hex()

    def _sort(self, page: Composed) -> Sort | str:
        return page.uri if page.uri in self.part.menu else sort_of(page, self.part.sections)

    @cached_property
    def _menu(self) -> bytes:
        return digest(*self.part.sections, b"", *sorted(self.part.menu))

"""What stands around the pages of a preview: the theme, the hand-written pages, their files.

Most of it is known from a preview before; the engine is started when it is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from showcase.compose import Composed
from showcase.diagnostics import Diagnostic
from showcase.frame import Frame
from showcase.framing import Framing
from showcase.outputs import Listed
from showcase.pipeline import Site
from showcase.shell import Shell

if TYPE_CHECKING:
    from showcase.engine import Engine
    from showcase.theme import Theme


class Around:
    """The surroundings of a site in a preview; they show a report, and the script for news.

    Raises :class:`showcase.frame.EngineFailed` when the engine's own settings are faulty.
    """

    def __init__(self, framing: Framing, site: Site, report: Sequence[Diagnostic]) -> None:
        self._framing = framing
        self._site = site
        self._report = report
        self._opened: Theme | None = None
        self._frame = framing.frame(site, self._made)
        self._files = {file.path: file for file in self._frame.files}
        if report:
            self._frame = Frame(self._frame.part, self._ask)

    def shell(self, page: Composed) -> Shell:
        """Return what goes around a composed page."""
        known = len(self._frame.shells)
        shell = self._frame.shell(page)
        # What was made without a report serves the next preview at its start.
        if len(self._frame.shells) > known and not self._report:
            self._framing.keep(self._site, self._frame)
        return shell

    def answer(self, path: str) -> bytes | None:
        """Return a hand-written page or a file beside them; ``None`` if there is none."""
        file = self._files.get(path)
        if file is not None:
            return file.data if file.file is None else file.file.read_bytes()
        return self._theme.answer(path) if path in self._frame.by_hand else None

    def not_found(self) -> bytes:
        """Return the page that is shown where there is none."""
        return self._theme.not_found()

    @property
    def listed(self) -> tuple[Listed, ...]:
        """The hand-written pages."""
        return self._theme.listed

    def show(self, report: Sequence[Diagnostic]) -> None:
        """Show on every page what the rules found."""
        self._report = report
        if self._opened is not None:
            self._opened.show(report)
        self._frame = Frame(self._frame.part, self._ask)

    @property
    def _theme(self) -> Theme:
        return self._open(self._framing.engine)

    def _open(self, engine: Engine) -> Theme:
        if self._opened is None:
            self._opened = engine.open(self._site, self._report)
        return self._opened

    def _made(self, engine: Engine) -> Frame:
        theme = self._open(engine)
        return Frame(replace(theme.part, files=tuple(theme.files)), theme.ask)

    def _ask(self, page: Composed) -> Shell:
        return self._theme.ask(page)

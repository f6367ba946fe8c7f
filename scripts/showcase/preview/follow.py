"""Keeps a preview up to date while its project is edited."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from showcase import collector
from showcase.diagnostics import Diagnostic
from showcase.framing import Framing
from showcase.graph import Graph, link
from showcase.load import Files, load, look_around
from showcase.memory import Memory
from showcase.news import RELOAD
from showcase.pipeline import Checked, Site, site_of
from showcase.preview.answer import Answer
from showcase.preview.around import Around
from showcase.preview.shown import Shown
from showcase.steady import Changed
from showcase.store import Store

_THEME = ("mkdocs.yml", "docs/", "overrides/", "content/site.yml")
"""What the theme is made from: when it changes, the theme is opened anew."""
_TRIES = 3
_HELD = 100
"""Pages that are held as long as nothing changes."""


class Preview:
    """A project in its latest state.

    Browsers ask from threads of their own: each request is answered whole from one state.
    """

    def __init__(self, project: Path, store: Store) -> None:
        self._project = project
        self._store = store
        self._memory = Memory(store, later=True)
        self._reading = threading.Lock()
        self._busy = threading.Lock()
        self._news = threading.Condition()
        self._version = 0
        self._answered: dict[str, Answer] = {}
        """The pages of this version that were asked for."""
        self._report: Sequence[Diagnostic] = ()
        self._graph: Graph
        self._files: Files
        self._shown = self._opened(None)

    def answer(self, path: str) -> Answer | str:
        """Return what stands at a path, or the address to go to instead.

        Raises :class:`showcase.steady.Changed` when a file changes each time it is read.
        """
        for _ in range(_TRIES):
            try:
                return self._answer(path)
            except Changed as edited:  # before its news came
                self.update(edited.files)
        return self._answer(path)

    def _answer(self, path: str) -> Answer | str:
        with self._busy:
            if path in self._answered:
                return self._answered[path]
            answer = self._shown.answer(path)
            if isinstance(answer, str) or not answer.type.startswith("text/html"):
                return answer
            # A page knows which state it shows: news may come before it has asked for any.
            script = f"{RELOAD}?known={self._version}".encode()
            answer = replace(answer, data=answer.data.replace(RELOAD.encode(), script, 1))
            if len(self._answered) >= _HELD:
                self._answered.clear()
            self._answered[path] = answer
            return answer

    def update(self, changed: Collection[str]) -> None:
        """Take up changes to files, which are named relative to the project.

        Only these are looked at where each is a file of records that was there before.
        Raises :class:`showcase.frame.EngineFailed` when the engine's settings are faulty; what was
        shown before is shown on.
        """
        with self._reading:
            if any(name.startswith(_THEME) for name in changed):
                shown = self._opened(self._graph)
            else:
                shown = self._of_records(self._edited(changed) or self._whole(self._graph))
            self._show(shown)

    def judge(self) -> None:
        """Let the rules look at the latest state, and show what they find where it is news.

        All files are looked at before: what the system did not tell of is taken up too.
        """
        try:
            with self._reading:
                graph = self._whole(self._graph)
                if not _same(graph, self._graph):
                    self._show(self._of_records(graph))
                report = self._memory.check(self._graph)
        except Changed:
            return  # The news of it is on its way.
        if report != self._report:
            with self._changing():
                self._report = report
                self._shown.around.show(report)

    def keep(self) -> None:
        """Leave to the next preview what is known of the files, once all was judged."""
        with self._reading:
            self._memory.finish()

    def wait(self, version: int, seconds: float) -> int:
        """Return the number of the latest state, as soon as it is another than ``version``."""
        with self._news:
            self._news.wait_for(lambda: self._version != version, seconds)
            return self._version

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Change what is shown, and tell who waits for it."""
        with self._busy, self._news:
            yield
            self._version += 1
            self._answered.clear()
            self._news.notify_all()

    def _show(self, shown: Shown) -> None:
        with self._changing():
            self._shown = shown

    def _opened(self, former: Graph | None) -> Shown:
        """Return the records as they are, and what stands around them now."""
        framing = Framing(self._project, self._store, "preview")
        self._graph = self._whole(former)
        site = self._site(framing.outline.url)
        return Shown(site, Around(framing, site, self._report))

    def _of_records(self, graph: Graph) -> Shown:
        """Return the records as they are in a graph, where nothing else changed."""
        self._graph = graph
        # The templates are the same, so what was compiled of them is too.
        site = replace(self._site(self._shown.site.url), composer=self._shown.site.composer)
        return Shown(site, self._shown.around)

    def _site(self, url: str) -> Site:
        return site_of(Checked(self._project, self._graph, ()), drafts=True, url=url)

    def _whole(self, former: Graph | None) -> Graph:
        """Read all that may have changed."""
        self._files = look_around(self._project)
        with collector.put_off():
            return link(load(self._project, self._memory.read_all, self._files), former)

    def _edited(self, changed: Collection[str]) -> Graph | None:
        """Read some files; ``None`` where there may be others than there were."""
        known = {placed.file for _, placed in self._files.sources}
        if not known.issuperset(changed) or not all(
            _is_file(self._project / one) for one in changed
        ):
            return None
        reader = partial(self._memory.read_all, stamps=self._memory.stamps(changed))
        with collector.put_off():
            return link(load(self._project, reader, self._files), self._graph)


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _same(graph: Graph, former: Graph) -> bool:
    """Tell whether nothing was read anew, and nothing is missing."""
    now, then = (
        (one.entries, one.pictures, one.diagnostics, one.unread, one.terms, one.site.record)
        for one in (graph, former)
    )
    return now == then

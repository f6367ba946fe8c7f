"""What one build works with: the records read and checked, and what builds leave to each other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from showcase.memory import Memory
from showcase.past import Kept
from showcase.pipeline import Checked, Site, check_project, check_steadily, site_of
from showcase.rendered import Rendered
from showcase.steady import NameStamp, Sight
from showcase.store import Store


class Making:
    """A site in the making; ``former`` is the one that it will replace, if that is known."""

    def __init__(self, project: Path, former: Path | None = None) -> None:
        self._project = project
        self.store = Store.open(project)
        self._memory = Memory(self.store, later=True)
        self._rendered = Rendered(self.store)
        self._past = Kept(self.store, former)

    def check(self, *, steadily: bool, seen: Sight | None = None) -> Checked:
        """Read the records and run every rule; ``steadily``: of one state of all files.

        ``seen`` is their folder as it was looked at before, if it was. Raises
        :class:`showcase.steady.Unsteady` when there is no such state.
        """
        if steadily:
            checked = check_steadily(self._project, self._memory, seen)
        else:
            checked = check_project(self._project, self._memory)
        self._memory.finish()
        return checked

    def site(self, checked: Checked, *, drafts: bool, url: str) -> Site:
        """Return the site; raises ``ValueError`` when the day of the build is none."""
        return site_of(checked, drafts=drafts, url=url, render=self._rendered, past=self._past)

    def sweep(self, out: Path) -> None:
        """Take away what lay in ``out`` before and does not belong to the site.

        Only where all of the site was written here: of what the engine writes nothing is known.
        """
        self._past.sweep(out)

    def finish(self, out: Path) -> Mapping[str, NameStamp]:
        """Leave what was made to the next build, once the whole site lies in ``out``.

        Returns what tells the state of each file of the site that was asked for.
        """
        self._rendered.finish(whole=self._past.is_whole)
        return self._past.finish(out)

    @property
    def gone(self) -> tuple[str, ...]:
        """The files of the former site that the new one does not have as they were."""
        return self._past.gone

    def close(self) -> None:
        """Let go of what is kept."""
        self._past.close()
        self.store.close()

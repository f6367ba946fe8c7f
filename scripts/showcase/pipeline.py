"""Composes the stages: read → link → check → compose. Knows no engine."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any, Self

from msgspec import Struct
from msgspec.structs import replace

from showcase import collector
from showcase.clock import today
from showcase.compose import Composed, Composer
from showcase.diagnostics import Diagnostic, Severity
from showcase.graph import Graph, link
from showcase.load import Loaded, load
from showcase.memory import Memory
from showcase.model import Site as Settings
from showcase.outputs import OUTPUTS, Artifact, Listed, Outline, artifacts, listings
from showcase.pages import Catalogue, PageView, Planned, plan
from showcase.pages.shelf import Render
from showcase.pages.states import States
from showcase.pages.tombstones import tombstones
from showcase.past import Past
from showcase.prose import render
from showcase.publication import preview, public
from showcase.seal import digest
from showcase.steady import Changed, Sight, steadily
from showcase.store import Store
from showcase.trace import Shared

HOUSE = Path(__file__).resolve().parents[2]
"""The folder of this project itself, whose ``overrides/`` serve every site without its own."""


class Checked(Struct, frozen=True):
    """A project as read, and everything the rules say about it."""

    project: Path
    graph: Graph
    diagnostics: tuple[Diagnostic, ...]

    def counting(self, *, strict: bool) -> tuple[Diagnostic, ...]:
        """Return the diagnostics that stop a build: errors, and warnings when strict."""
        return tuple(
            found for found in self.diagnostics if strict or found.severity is Severity.ERROR
        )

    def text_of(self, file: str) -> str | None:
        """Return the text of a file that was read, for the frame of a report."""
        document = self.graph.documents.get(file)
        try:
            return document.lines.text if document is not None else None
        except Changed:
            return None  # Its lines may be others now.


def check_project(project: Path, memory: Memory | None = None) -> Checked:
    """Read a project, link its records and run every rule.

    With a ``memory`` only what changed since it was used last is read and looked at again.
    """
    memory = memory or Memory()
    return _checked(project, lambda: load(project, memory.read_all), memory)


def check_steadily(project: Path, memory: Memory, seen: Sight | None = None) -> Checked:
    """Do so with records that nobody edited while they were read: for what will be published.

    ``seen`` is the folder of records as it was looked at before, if it was. Raises
    :class:`showcase.steady.Unsteady` when somebody goes on editing.
    """

    def read(before: Sight) -> Loaded:
        return load(project, partial(memory.read_all, stamps=before.stamps))

    return _checked(project, lambda: steadily(read, project / "content", seen), memory)


def _checked(project: Path, read: Callable[[], Loaded], memory: Memory) -> Checked:
    with collector.put_off():
        graph = link(read())
        return Checked(project, graph, tuple(memory.check(graph)))


@contextmanager
def remembering(project: Path) -> Iterator[Memory]:
    """Keep a memory for as long as it is used, and what it knows for the next process."""
    with Store.open(project) as store:
        memory = Memory(store)
        yield memory
        memory.finish()


class Noted(Struct, frozen=True):
    """What is known of a page that was made.

    That is its view without what it shows; ``sort`` stands for what the frame may look at in it,
    ``dress`` for the frame and the templates, ``key`` for its bytes.
    """

    view: PageView
    sort: str
    dress: str
    key: str

    def as_json(self) -> list[Any]:
        """Return it as JSON has it."""
        view = self.view
        words = [view.title, view.description, view.source, view.findings, view.hidden, view.image]
        return [self.sort, self.dress, self.key, *words]

    @classmethod
    def from_json(cls, address: str, value: list[Any]) -> Self:
        """Return what :meth:`as_json` gave of a page at an address."""
        sort, dress, key, title, description, source, findings, hidden, image = value
        view = PageView(
            address=address,
            template="",
            title=title,
            description=description,
            data=None,
            source=source,
            findings=tuple(findings),
            hidden=hidden,
            image=image,
        )
        return cls(view, sort, dress, key)


def _product(planned: Planned) -> str:
    given = f" {digest(planned.given).hex()}" if planned.given else ""
    return f"page {planned.address}{given}"


class Site(Struct, frozen=True, dict=True):
    """Everything the engine is handed: composed pages and artifacts."""

    catalogue: Catalogue
    composer: Composer
    withdrawn: tuple[Planned, ...] = ()
    """The pages that stand for records that are no longer there."""

    def plan(self) -> Iterator[Planned]:
        """Yield every page that is made from records."""
        yield from tuple(self._planned.values())
        yield from self._further

    def planned(self, address: str) -> Planned | None:
        """Return the page at an address, if there is one; looks no further than to it."""
        while address not in self._planned:
            if next(self._further, None) is None:
                return None
        return self._planned[address]

    @cached_property
    def _planned(self) -> dict[str, Planned]:
        """The pages that were looked at so far."""
        return {}

    @cached_property
    def _further(self) -> Iterator[Planned]:
        """The others, each noted when it is looked at."""
        for page in chain(plan(self.catalogue), self.withdrawn):
            self._planned[page.address] = page
            yield page

    def head(self, address: str) -> Composed:
        """Return the page at an address without what it says.

        Raises ``KeyError`` where none is planned.
        """
        planned = self.planned(address)
        if planned is None:
            raise KeyError(address)
        noted = self.noted(planned)
        if noted is not None:
            return self.composer.head(noted.view)
        # A list of thousands need not be made again when the page is.
        make = partial(Shared[None, PageView]().get, None, planned.make)
        self._planned[address] = replace(planned, make=make)
        return self.composer.head(make())

    def noted(self, planned: Planned) -> Noted | None:
        """Return what was noted of a page when it was made last, if it would be the same now."""
        if planned.given is None:
            return None
        found = self.catalogue.past.recall(_product(planned))
        return Noted.from_json(planned.address, found) if found is not None else None

    def note(self, planned: Planned, looked: Iterable[Hashable], noted: Noted) -> None:
        """Note what there is to know of a page, and what it looked at while it was made."""
        if planned.given is not None:
            self.catalogue.past.note(_product(planned), looked, noted.as_json())

    def pages(self) -> Iterator[Composed]:
        """Yield the composed pages."""
        return (self.composer.compose(planned.make()) for planned in self.plan())

    @property
    def settings(self) -> Settings:
        """What staff set for the whole site."""
        return self.catalogue.graph.site.record

    @property
    def url(self) -> str:
        """Where the site will stand, with a closing slash, if that is known."""
        return self.catalogue.site_url

    def artifacts(self, *names: str) -> Iterator[Artifact]:
        """Yield the files of some of :data:`showcase.outputs.OUTPUTS`; of all if none is named."""
        return map(self._filled, artifacts(self.catalogue, names or OUTPUTS))

    def listed(self) -> Iterator[Listed]:
        """Yield every page as it is listed, without composing it."""
        return (Listed.of(planned.make()) for planned in self.plan())

    def listings(self, pages: Iterable[Listed]) -> Iterator[Artifact]:
        """Yield the files that list all pages, which only the engine knows."""
        return map(self._filled, listings(self.catalogue, pages))

    def _filled(self, made: Artifact | Outline) -> Artifact:
        if isinstance(made, Artifact):
            return made
        key = digest(made.made_of, self.composer.version) if made.made_of else b""
        return Artifact(made.path, partial(self._fill, made), key=key)

    def _fill(self, outline: Outline) -> bytes:
        return self.composer.fill(outline.template, outline.view()).encode()


def template_folders(project: Path) -> tuple[Path, ...]:
    """Return where templates are looked for, a project's own first."""
    return tuple(dict.fromkeys((project / "overrides", HOUSE / "overrides")))


def site_of(
    checked: Checked,
    *,
    drafts: bool = False,
    day: date | None = None,
    url: str = "",
    render: Render = render,
    past: Past | None = None,
) -> Site:
    """Return the site of what is public on a day; with ``drafts``, of what an editor previews.

    ``url`` is where it will stand, if that is known; ``render`` shows the bodies;
    what can be taken from the ``past`` is.
    """
    day = day or today()
    if drafts:
        graph, marked = preview(checked.graph, day)
    else:
        graph, marked = public(checked.graph, day), frozenset()
    address = url and url.rstrip("/") + "/"
    withdrawn = tuple(tombstones(checked.graph))
    past = past or Past()
    catalogue = Catalogue(graph, marked, site_url=address, render=render, past=past)
    past.begin(States(catalogue))
    return Site(catalogue, Composer(template_folders(checked.project)), withdrawn)

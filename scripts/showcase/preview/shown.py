"""What a browser is shown at an address: made from the records when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from http import HTTPStatus
from itertools import chain
from pathlib import PurePosixPath

from msgspec import Struct

from showcase.outputs import Artifact
from showcase.pages.photos import facts_of
from showcase.photos import Wanted, renditions
from showcase.pipeline import Site
from showcase.preview.answer import INDEX, Answer, file_at, type_of
from showcase.preview.around import Around

_LISTS = "lists"
_OUTPUTS_OF = {
    ".js": ("find",),
    ".xml": ("feeds", _LISTS),
    ".ics": ("calendar",),
    ".csv": ("data",),
    ".json": ("data", _LISTS),
    ".txt": (_LISTS,),
    ".html": ("redirects",),
    "": ("headers", "redirects"),
}
"""Which outputs may have a file, by its ending; ``_LISTS`` are those that list all pages."""


class Shown(Struct, frozen=True, dict=True):
    """One state of a project: its site as staff preview it, and what stands around."""

    site: Site
    around: Around

    def answer(self, path: str) -> Answer | str:
        """Return what stands at a path, given from the site's root, or the address it means."""
        asked = file_at(path)
        for place in (self.around.answer, self._page, self._picture, self._file):
            data = place(asked)
            if data is not None:
                return Answer(HTTPStatus.OK, type_of(asked), data)
        if not path.endswith("/") and self._page(f"{path}/{INDEX}") is not None:
            return f"/{path}/"
        return Answer(HTTPStatus.NOT_FOUND, type_of(INDEX), self.around.not_found())

    def _page(self, path: str) -> bytes | None:
        address = path.removesuffix(INDEX)
        planned = self.site.planned(address) if address != path else None
        if planned is None:
            return None
        page = self.site.composer.compose(planned.make())
        return self.around.shell(page).fill(page, self.site.url)

    def _picture(self, path: str) -> bytes | None:
        """Return the copy of a picture, made now where the cache does not have it."""
        picture = self._pictures.get(path)
        if picture is None:
            return None
        made = self.site.catalogue.store.make([picture])
        return next(file.read_bytes() for copy, file in made.items() if copy.path == path)

    @cached_property
    def _pictures(self) -> dict[str, Wanted]:
        graph = self.site.catalogue.graph
        sound = ((file, facts_of(graph, file)) for file in graph.pictures)
        return {
            copy.path: Wanted(graph.pictures[file], facts)
            for file, facts in sound
            if facts is not None
            for copy in renditions(facts)
        }

    def _file(self, path: str) -> bytes | None:
        for output in _OUTPUTS_OF.get(PurePosixPath(path).suffix, ()):
            found = self._made(output).get(path)
            if found is not None:
                return found.data
        return None

    def _made(self, output: str) -> dict[str, Artifact]:
        """Return the files of an output, made when the first of them is asked for."""
        if output not in self._outputs:
            lists = output == _LISTS
            files = self._listings() if lists else self.site.artifacts(output)
            self._outputs[output] = {file.path: file for file in files}
        return self._outputs[output]

    @cached_property
    def _outputs(self) -> dict[str, dict[str, Artifact]]:
        return {}

    def _listings(self) -> Iterator[Artifact]:
        return self.site.listings(chain(self.around.listed, self.site.listed()))

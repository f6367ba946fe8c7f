"""What a browser is shown at an address: made from the records when it is asked for."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from itertools import chain

from showcase.outputs import Artifact
from showcase.pages.photos import facts_of
from showcase.photos import Wanted, renditions
from showcase.pipeline import Site
from showcase.theme import Theme

INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent to a browser: a status (RFC 9110), a media type, the bytes."""

    status: HTTPStatus
    type: str
    data: bytes


@dataclass(frozen=True)
class Shown:
    """One state of a project: its site as staff preview it, in its theme."""

    site: Site
    theme: Theme

    def answer(self, path: str) -> Answer:
        """Return what stands at a path, given from the site's root."""
        path = f"{path}{INDEX}" if not path or path.endswith("/") else path
        for place in (self._page, self.theme.answer, self._picture, self._file):
            data = place(path)
            if data is not None:
                return Answer(HTTPStatus.OK, _type(path), data)
        return Answer(HTTPStatus.NOT_FOUND, _type(INDEX), self.theme.not_found())

    def leads_on(self, path: str) -> bool:
        """Tell whether a path without its closing slash is meant for a page."""
        return bool(path) and f"{path}/" in self.site.plan

    def _page(self, path: str) -> bytes | None:
        address = path.removesuffix(INDEX)
        if address == path or address not in self.site.plan:
            return None
        page = self.site.page(address)
        return self.theme.shell(page).fill(page, self.site.url)

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
        if path in self._small:
            return self._small[path].data
        files = self._search if path.startswith("search/") else self._lists
        return files[path].data if path in files else None

    @cached_property
    def _small(self) -> dict[str, Artifact]:
        return _by_path(self.site.small_artifacts)

    @cached_property
    def _search(self) -> dict[str, Artifact]:
        return _by_path(self.site.artifacts("find"))

    @cached_property
    def _lists(self) -> dict[str, Artifact]:
        return _by_path(self.site.listings(chain(self.theme.listed, self.site.listed())))


def _by_path(artifacts: Iterable[Artifact]) -> dict[str, Artifact]:
    return {artifact.path: artifact for artifact in artifacts}


def _type(path: str) -> str:
    """Return the media type of a file, by its name."""
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
    return f"{kind}; charset=utf-8" if text else kind

"""Prose as it was shown before, kept from one run to the next.

How a body is shown depends on the body and on what is answered about the records, pictures and
links in it, nothing else. So the questions are kept with their answers, and are asked again: where
all answers are the same, so is the prose («verifying traces»: Mokhov, Mitchell and Peyton Jones,
Build Systems à la Carte, 2018). Only the body is not read again, which is what takes the time.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from msgspec.structs import astuple

from showcase.prose import Finding, Image, Link, Prose, Section, Shown, WikiLink, render
from showcase.seal import digest
from showcase.store import Store

Wiki = Callable[[WikiLink], tuple[str, str] | None]
Picture = Callable[[Image], Shown | None]
Lead = Callable[[Link], str | None]

_ROOM = "prose"
_MANY = 256
"""Bodies that are kept in one step."""
_APART = "\0"
"""Stands between what is kept of a body, and in none of it: no text and no page holds it."""
_ASKED: dict[str, type[WikiLink | Image | Link]] = {"wiki": WikiLink, "image": Image, "link": Link}


class Rendered:
    """Shows prose as :func:`showcase.prose.render` does, and remembers how."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._new: dict[bytes, bytes] = {}

    def __call__(self, body: str, wiki: Wiki, image: Picture, link: Lead) -> Prose:
        """Return a body as safe HTML."""
        answers: dict[str, Callable[[Any], Any]] = {"wiki": wiki, "image": image, "link": link}
        key = digest(body)
        found = self._store.get(_ROOM, [key]).get(key)
        prose = _known(found, answers) if found is not None else None
        if prose is None:
            asked: list[tuple[str, Any, Any]] = []
            noting = {kind: _noting(kind, answers[kind], asked) for kind in _ASKED}
            prose = render(body, noting["wiki"], noting["image"], link=noting["link"])
            self._keep(key, asked, prose)
        return prose

    def finish(self, *, whole: bool) -> None:
        """Keep what is new, once a site was made.

        ``whole``: all bodies were asked for, so that what was not is needed no more.
        """
        self._put()
        if whole:
            self._store.finish(_ROOM)

    def _keep(self, key: bytes, asked: list[tuple[str, Any, Any]], prose: Prose) -> None:
        sections = list(map(astuple, prose.sections))
        findings = list(map(astuple, prose.findings))
        about = json.dumps([asked, sections, findings], ensure_ascii=False)
        # Half of a pair of characters may stand in a text that was typed as an escape.
        kept = _APART.join((about, prose.html, prose.text)).encode("utf-8", "surrogatepass")
        self._new[key] = kept
        if len(self._new) >= _MANY:
            self._put()

    def _put(self) -> None:
        self._store.put(_ROOM, self._new)
        self._new = {}


def _noting(
    kind: str, answer: Callable[[Any], Any], asked: list[tuple[str, Any, Any]]
) -> Callable[[Any], Any]:
    """Return what answers likewise and notes the question with the answer."""

    def noting(question: Any) -> Any:
        said = answer(question)
        asked.append((kind, astuple(question), _plain(said)))
        return said

    return noting


def _plain(said: object) -> object:
    """Return an answer as JSON holds it."""
    if isinstance(said, Shown):
        return list(astuple(said))
    return list(said) if isinstance(said, tuple) else said


def _known(kept: bytes, answers: dict[str, Callable[[Any], Any]]) -> Prose | None:
    """Return the prose that was kept, if every question has the answer that it had.

    ``None`` too if the bytes are none of ours.
    """
    try:
        about, html, text = kept.decode("utf-8", "surrogatepass").split(_APART)
        asked, sections, findings = json.loads(about)
        questions = [(kind, _ASKED[kind](*question), said) for kind, question, said in asked]
        prose = Prose(
            html,
            text,
            tuple(Section(*section) for section in sections),
            tuple(Finding(*finding) for finding in findings),
        )
    except (ValueError, TypeError, KeyError):
        return None
    same = [_plain(answers[kind](question)) == said for kind, question, said in questions]
    return prose if all(same) else None

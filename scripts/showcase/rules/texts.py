"""The texts of a record that readers see, for the rules about what they claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from showcase.diagnostics import Span
from showcase.entry import BODY, Entry
from showcase.model import Fields, fields_of
from showcase.pattern import pattern
from showcase.prose.bounds import MAX_CHARACTERS
from showcase.source import Path

SENTENCE_END = pattern(
    # A line that goes on in the next ends no sentence.
    r"[。！？；]|\n(?=[ \t]*(?:\n|[-+*>] |[#|]|[0-9]{1,3}(?:[.)] |、)))"
)


def texts(entry: Entry) -> Iterator[tuple[Path, str]]:
    """Yield the texts of a record that readers see, the body among them."""
    yield from _field_texts(entry.record, ())
    # A longer body is refused, and shown as it was typed.
    if len(entry.body) <= MAX_CHARACTERS:
        yield (BODY,), entry.body


def _field_texts(record: Fields, path: Path) -> Iterator[tuple[Path, str]]:
    for field in fields_of(type(record)):
        value: Any = getattr(record, field.name)
        if field.ref is None and not field.label.private and field.name not in ("aliases", BODY):
            for index, item in enumerate(value if isinstance(value, tuple) else (value,)):
                here = (*path, field.name, *((index,) if isinstance(value, tuple) else ()))
                if isinstance(item, Fields):
                    yield from _field_texts(item, here)
                elif type(item) is str:
                    yield here, item


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a text start and end."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def span(entry: Entry, path: Path, at: int, word: str) -> Span:
    """Return the place of a word that stands at an offset of a text."""
    if path == (BODY,):
        return entry.body_span(at, at + len(word))
    return entry.span(*path)


def label(entry: Entry, path: Path) -> str:
    """Return the name of the field that a text stands in."""
    return "正文" if path == (BODY,) else entry.label(*path)

"""A record and where it stands: what the whole house speaks of.

What is asked of an entry again and again (its scan, the names it is found by, the spelling of its
address) stays with it; an entry never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from hashlib import sha256
from typing import Any, TypeVar

from msgspec import Struct

from showcase.convert import ID_KEYS, field_label, typed_at, typed_paths
from showcase.diagnostics import Diagnostic, Severity, Span
from showcase.fold import key as folded
from showcase.model import KINDS, Field, Fields, Kind, PartialDate, Record, Ref, Site, fields_of
from showcase.pinyin import slug
from showcase.prose import Scan, scan
from showcase.source import Aligned, Document, Path, Value
from showcase.trace import look, looked, unseen

R = TypeVar("R", bound=Record)

BODY = "body"
NAME = "="
"""What a trace says of who looked at a record's title or address, beside the record."""
_DATED = ("start", "launched", "as_of", "date")
_IN_BODY = (BODY,)
MENTION = Ref(tuple(KINDS), "提到这里的内容")


class Named(Struct, frozen=True):
    """A place that names another record.

    ``stretch`` is where in the body it stands; ``None`` for a field.
    """

    ref: Ref
    path: Path
    text: str
    stretch: tuple[int, int] | None = None


class _Written(Struct, frozen=True, eq=False, dict=True):
    """Fields and where they stand: at ``base`` among what their document says."""

    record: Fields
    document: Document
    base: Path

    @property
    def file(self) -> str:
        """The file they stand in, relative to the project."""
        return self.document.file

    @cached_property
    def paths(self) -> Mapping[Path, Path]:
        """Leads from a field (``("results", 0, "value")``) to the place where it was typed.

        Found out again for whoever asks: for most entries nobody does.
        """
        fields = fields_at(self.document, self.base)
        return typed_paths(type(self.record), fields, self.document, self.base)

    def span(self, *path: str | int) -> Span:
        """Return the place of a field's value; of what encloses it where it was not typed."""
        return self.document.value_span(typed_at(self.paths, path))

    def label(self, *path: str | int) -> str:
        """Return a field's name as reports show it."""
        return field_label(type(self.record), path)

    def report(
        self, code: str, severity: Severity, path: Path, message: str, help: str
    ) -> Diagnostic:
        """Return a diagnostic about one of the fields."""
        span, label = self.span(*path), self.label(*path)
        return Diagnostic(code, severity, self.file, span, label, message, help)


@looked("record")
class Entry(_Written, frozen=True, eq=False, dict=True):
    """A record and where it stands.

    ``sound`` is false when something of it could not be read: it takes part in the checks and
    is never published. Two entries are equal only if they are the same one. ``scanned`` and
    ``spelt`` are given when they are known already.
    """

    record: Record
    kind: Kind
    id: str
    sound: bool = True
    scanned: Scan | None = None
    spelt: Mapping[str, str] | None = None

    @property
    def title(self) -> str:
        """The record's title: who shows no more of a record depends on nothing else of it."""
        look((self, NAME))
        return self._unseen.title

    @property
    def spelling(self) -> str:
        """The last part of its page's address: its ``slug``, or how its id is spelt."""
        look((self, NAME))
        return self._spelling

    @cached_property
    def _spelling(self) -> str:
        return self._unseen.slug or self.spelling_of(self.id)

    def spelling_of(self, name: str) -> str:
        """Return what stands in an address for the id or an alias: pinyin."""
        # A name without a letter or digit (only signs) still needs one that stays the same.
        return self.slugs[name] or "r-" + sha256(name.encode()).hexdigest()[:8]

    @property
    def date(self) -> PartialDate | None:
        """The date that the record is ordered by, if it has one."""
        look(self)
        return self._date

    @cached_property
    def _date(self) -> PartialDate | None:
        values = map(self._unseen.stated, _DATED)
        return next((value for value in values if isinstance(value, PartialDate)), None)

    @property
    def _unseen(self) -> Record:
        """The record, without having looked at it."""
        record: Record = _unseen_record(self)
        return record

    @cached_property
    def key(self) -> str:
        """The entry's name among all entries: ``brand/向阳花开``."""
        return f"{self.kind.name}/{self.id}"

    @property
    def body(self) -> str:
        """The record's prose."""
        return self.record.body or self.document.body

    @property
    def body_start(self) -> int:
        """Where the prose starts in the file; negative when it stands in a field."""
        return self.document.body_start if self.record.body is None else -1

    @cached_property
    def scan(self) -> Scan:
        """What the prose holds: links, images, what its author should know."""
        return self.scanned or scan(self.body)

    @cached_property
    def slugs(self) -> Mapping[str, str]:
        """The pinyin that stands in an address for the id, and for every alias."""
        if self.spelt is not None:
            return self.spelt
        return {name: slug(name) for name in self.spoken}

    @property
    def spoken(self) -> tuple[str, ...]:
        """The names that are spelt in addresses."""
        return (self.id, *self.record.aliases)

    @cached_property
    def references(self) -> tuple[Named, ...]:
        """The places that name other records: in the fields, then in the prose."""
        mentions = [
            Named(MENTION, _IN_BODY, wiki.target, (wiki.start, wiki.end))
            for wiki in self.scan.wiki_links
        ]
        return (*references(self.record), *mentions)

    @property
    def names(self) -> tuple[str, ...]:
        """What the record may be called."""
        return (self.id, self.record.title, *self.record.aliases)

    @cached_property
    def folded_names(self) -> tuple[str, ...]:
        """The same as they are compared, whatever the script and the signs."""
        return tuple(folded(name) for name in dict.fromkeys(self.names))

    def as_a(self, cls: type[R]) -> R:
        """Return the record as one of its own kind; ``TypeError`` if it is of another."""
        record = self.record
        if not isinstance(record, cls):
            raise TypeError(f"{self.key} is no {cls.__name__}")
        return record

    @property
    def in_list(self) -> bool:
        """Whether it stands in a list file, with others."""
        return self.base != ()

    def body_span(self, start: int, end: int) -> Span:
        """Return the place of a stretch of the body."""
        if self.body_start >= 0:
            return self.document.body_span(start, end)
        return self.document.first_line(*self._typed_body.original(start, end))

    @cached_property
    def _typed_body(self) -> Aligned:
        """The body that stands in a field, beside the way it was typed there."""
        return self.document.aligned(self.paths[("body",)])


_unseen_record = unseen(Entry, "record")


class SiteEntry(_Written, frozen=True, eq=False):
    """The site's settings and where they stand."""

    record: Site

    @property
    def references(self) -> tuple[Named, ...]:
        """The places that name records."""
        return tuple(references(self.record))


def references(record: Fields) -> list[Named]:
    """Return the references in a record's fields."""
    found: list[Named] = []
    for declared, path in _referring(type(record)):
        value = getattr(record, declared.name)
        if value is not None:
            found += _in_value(declared, value, path)
    return found


@cache
def _referring(cls: type[Fields]) -> tuple[tuple[Field, Path], ...]:
    """Return the fields that name records, or have such fields in them, each with its path."""
    return tuple(
        (field, (field.name,))
        for field in fields_of(cls)
        if field.ref is not None or (field.nested is not None and _referring(field.nested))
    )


def _in_value(declared: Field, value: Any, path: Path) -> Iterable[Named]:
    # Not by generators one in another: five thousand records hold some twenty thousand references.
    if isinstance(value, str):
        return [Named(declared.ref, path, value)] if declared.ref is not None else ()
    if isinstance(value, tuple):
        items = enumerate(value)
        return [named for at, item in items for named in _in_value(declared, item, (*path, at))]
    if isinstance(value, Fields):
        return [Named(one.ref, (*path, *one.path), one.text) for one in references(value)]
    return ()


def fields_at(document: Document, base: Path) -> dict[str, Value]:
    """Return the fields that stand at a place of a document, without a list's ids."""
    data = document.data
    for step in base:
        data = data[step] if isinstance(data, list) and isinstance(step, int) else None
    if not isinstance(data, dict):
        return {}
    return {key: value for key, value in data.items() if key not in ID_KEYS} if base else data

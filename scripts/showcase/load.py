"""A project's folder → entries and diagnostics. Content never makes it raise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path as FilePath
from typing import TypeVar

from showcase.convert import ID_KEYS, convert, field_label, meant_for_id, typed_at
from showcase.diagnostics import START, Diagnostic, Severity, Span
from showcase.layout import SETTINGS, TERMS, Placed, Role, place
from showcase.model import Fields, Kind, Record, Site, Term, all_fields, is_field
from showcase.source import (
    Aligned,
    Document,
    Found,
    Path,
    Refused,
    Value,
    read_bytes,
    read_record,
    read_yaml,
    walk,
)

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, eq=False)
class _Written:
    """Fields and where they stand.

    ``paths`` leads from a field (``("results", 0, "value")``) to the place where it was typed.
    """

    record: Fields
    document: Document
    paths: Mapping[Path, Path] = field(repr=False)

    @property
    def file(self) -> str:
        """The file they stand in, relative to the project."""
        return self.document.file

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


@dataclass(frozen=True, eq=False)
class Entry(_Written):
    """A record and where it stands.

    ``sound`` is false when something of it could not be read: it takes part in the checks and
    is never published. Two entries are equal only if they are the same one.
    """

    record: Record
    kind: Kind
    id: str
    sound: bool
    body: str = ""
    body_start: int = 0

    @property
    def key(self) -> str:
        """The entry's name among all entries: ``brand/向阳花开``."""
        return f"{self.kind.name}/{self.id}"

    def as_a(self, cls: type[R]) -> R:
        """Return the record as one of its own kind; ``TypeError`` if it is of another."""
        if not isinstance(self.record, cls):
            raise TypeError(f"{self.key} is no {cls.__name__}")
        return self.record

    @property
    def in_list(self) -> bool:
        """Whether it stands in a list file, with others."""
        return self.paths[()] != ()

    def body_span(self, start: int, end: int) -> Span:
        """Return the place of a stretch of the body."""
        if self.body_start >= 0:
            return self.document.body_span(start, end)
        return self.document.first_line(*self._typed_body.original(start, end))

    @cached_property
    def _typed_body(self) -> Aligned:
        """The body that stands in a field, beside the way it was typed there."""
        return self.document.aligned(self.paths[("body",)])


@dataclass(frozen=True, eq=False)
class SiteEntry(_Written):
    """The site's settings and where they stand."""

    record: Site


@dataclass(frozen=True)
class Loaded:
    """Everything read from a project's ``content/``."""

    project: FilePath
    entries: tuple[Entry, ...]
    site: SiteEntry
    pictures: Mapping[str, FilePath]
    diagnostics: tuple[Diagnostic, ...]
    documents: Mapping[str, Document] = field(default_factory=dict, repr=False)
    """Every file that was read, those without a record too."""
    unread: frozenset[str] = frozenset()
    """The files of which something was not: a name that is missing may stand there."""
    terms: tuple[Term, ...] = ()
    """The staff's own wording, in the order of its file; faulty ones are left out."""


def load(project: FilePath) -> Loaded:
    """Read every record and the settings of a project; faults become diagnostics."""
    reading = _Reading()
    for item in walk(project):
        if isinstance(item, Found):
            reading.take(item)
        else:
            reading.refuse(item)
    return reading.result(project)


def load_one(project: FilePath, file: str, data: bytes) -> Loaded:
    """Read one file as :func:`load` would if it held ``data``: to try a change out unwritten."""
    reading = _Reading()
    reading.read(place(file), data)
    return reading.result(project)


class _Reading:
    """Collects what the files of one project say."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.found: list[Diagnostic] = []
        self.pictures: dict[str, FilePath] = {}
        self.documents: dict[str, Document] = {}
        self.unread: set[str] = set()
        self.terms: list[Term] = []
        self.settings = read_yaml(SETTINGS, b"", _is_setting)

    def take(self, item: Found) -> None:
        """Read one file for what its place says it is."""
        placed = place(item.file)
        if placed.problem is not None:
            self.found.append(placed.problem)
            if placed.problem.severity is Severity.ERROR:
                self.unread.add(item.file)
        elif placed.role is Role.PICTURE:
            self.pictures[item.file] = item.path
        elif placed.is_text:
            data = read_bytes(item)
            if isinstance(data, Refused):
                self.refuse(data)
            else:
                self.read(placed, data)

    def read(self, placed: Placed, data: bytes) -> None:
        """Read the records, the settings or the wording that a file holds."""
        if placed.role is Role.SETTINGS:
            self.settings = self._document(read_yaml(placed.file, data, _is_setting))
        elif placed.role is Role.TERMS:
            self._wording(self._document(read_yaml(placed.file, data, _is_of_a_term)))
        elif placed.kind is not None:
            self._records(placed, placed.kind, data)

    def refuse(self, item: Refused) -> None:
        """Report a path that was not read."""
        self.unread.add(item.file)
        self.found.append(
            Diagnostic("SRC001", Severity.ERROR, item.file, START, "", item.reason, item.help)
        )

    def result(self, project: FilePath) -> Loaded:
        """Return everything read."""
        settings, document = self.settings.data, self.settings
        if not isinstance(settings, dict):
            if document.complete and settings:
                self.found.append(_not_a_mapping(document))
            settings = {}
        made = convert(Site, settings, document, (), {})
        self.found += made.diagnostics
        site = SiteEntry(record=made.record, document=document, paths=made.paths)
        found = tuple(dict.fromkeys(self.found))
        return Loaded(
            project=project,
            entries=tuple(self.entries),
            site=site,
            pictures=self.pictures,
            diagnostics=found,
            documents=self.documents,
            unread=frozenset(self.unread),
            terms=tuple(self.terms),
        )

    def _records(self, placed: Placed, kind: Kind, data: bytes) -> None:
        if placed.role is Role.RECORD:
            document = self._document(read_record(placed.file, data, is_field))
            fields = document.data
            if not isinstance(fields, dict):
                if document.complete and fields:
                    self.found.append(_not_a_mapping(document))
                    document = replace(document, sound=False, complete=False)
                fields = {}
            self._entry(kind, placed.id, fields, document, ())
            return
        document = self._document(read_yaml(placed.file, data, is_field))
        items = document.data
        if not isinstance(items, list):
            self.unread.add(document.file)
            if document.complete and items:
                self.found.append(_not_a_list(document))
            return
        for index, item in enumerate(items):
            self._item(kind, item, document, index)

    def _wording(self, document: Document) -> None:
        items = document.data
        if not isinstance(items, list):
            if document.complete and items:
                self.found.append(_not_a_list(document))
            return
        for index, item in enumerate(items):
            if isinstance(item, dict):
                made = convert(Term, item, document, (index,), {})
                self.found += made.diagnostics
                if not made.diagnostics:
                    self.terms.append(made.record)
            elif item or document.complete:
                self.found.append(_not_a_mapping(document, (index,)))

    def _document(self, document: Document) -> Document:
        self.documents[document.file] = document
        self.found += document.diagnostics
        if not document.complete:
            self.unread.add(document.file)
        return document

    def _item(self, kind: Kind, item: Value, document: Document, index: int) -> None:
        if not isinstance(item, dict):
            if item or document.complete:
                self.unread.add(document.file)
                self.found.append(_not_a_mapping(document, (index,)))
            return
        keys = [key for key in ID_KEYS if isinstance(item.get(key), str)]
        # One in another case or width is reported as an unknown field, and enough to go on with.
        keys = keys or [key for key in item if meant_for_id(key) and isinstance(item[key], str)]
        name = str(item[keys[0]]).strip() if keys else ""
        fields = {key: value for key, value in item.items() if key not in ID_KEYS}
        if len(item) - len(fields) > 1:
            self.found.append(_two_ids(document, index))
        if not name:
            if document.complete:
                given = next((key for key in ID_KEYS if item.get(key)), None)
                self.found.append(_no_id(document, index, given))
            name = f"第{index + 1}条"
        self._entry(kind, name, fields, document, (index,))

    def _entry(
        self, kind: Kind, id: str, fields: dict[str, Value], document: Document, base: Path
    ) -> None:
        made = convert(kind.record, fields, document, base, {"title": id})
        self.found += made.diagnostics
        in_field = made.record.body is not None
        if in_field and document.body.strip():
            self.found.append(_two_bodies(document, made.paths[("body",)]))
        self.entries.append(
            Entry(
                kind=kind,
                id=id,
                record=made.record,
                document=document,
                sound=document.sound and not made.diagnostics,
                paths=made.paths,
                body=made.record.body or document.body,
                body_start=-1 if in_field else document.body_start,
            )
        )


def _words(cls: type[Fields]) -> frozenset[str]:
    return frozenset(word for field in all_fields(cls) for word in (field.name, field.label.name))


_SETTING_WORDS, _TERM_WORDS = _words(Site), _words(Term)


def _is_setting(word: str) -> bool:
    return word in _SETTING_WORDS


def _is_of_a_term(word: str) -> bool:
    return word in _TERM_WORDS


_HOW_TERMS = "每条以「- 不用: …」开头，下一行缩进两个空格写「改用: …」"


def _fault(
    code: str, document: Document, path: Path, field: str, message: str, help: str
) -> Diagnostic:
    span = document.value_span(path)
    return Diagnostic(code, Severity.ERROR, document.file, span, field, message, help)


def _not_a_mapping(document: Document, path: Path = ()) -> Diagnostic:
    what, help = "字段部分", "每行写一个字段，例如「名称: 党群同心·向阳花开」"
    if document.file == TERMS:
        what, help = "这一条", _HOW_TERMS
    elif path:
        what, help = "这一条", "每条记录以「- id: 编号」开头，其余字段缩进两个空格"
    elif document.file == SETTINGS:
        what, help = "网站设置", "每行写一个字段，例如「站名: 文明实践品牌风采」"
    return _fault("SRC014", document, path, "", f"{what}应当是「字段: 内容」，这里不是", help)


def _not_a_list(document: Document) -> Diagnostic:
    message = "列表文件应当是一条一条的记录，这里不是"
    help = "每条记录以「- id: 编号」开头，其余字段缩进两个空格"
    if document.file == TERMS:
        message, help = "用词表应当是一条一条的，这里不是", _HOW_TERMS
    return _fault("SRC014", document, (), "", message, help)


def _no_id(document: Document, index: int, given: str | None) -> Diagnostic:
    if given is not None:
        message, help = f"编号（{given}）应当是一段文字，这里不是", "请直接在冒号后面写编号"
        return _fault("SHP007", document, (index, given), given, message, help)
    help = "请在这一条的第一行写「- id: 编号」，编号可以用中文"
    return _fault("SHP007", document, (index,), "id", "列表里的这一条没有编号（id）", help)


def _two_ids(document: Document, index: int) -> Diagnostic:
    first, second = ID_KEYS
    message = f"「{second}」和「{first}」是同一个字段"
    return _fault("SHP004", document, (index, second), second, message, "请只留一个")


def _two_bodies(document: Document, path: Path) -> Diagnostic:
    help = "请把两处正文合并到「---」下面，删除「正文」字段"
    return _fault("SHP004", document, path, "正文", "正文写了两处：字段里和「---」下面", help)

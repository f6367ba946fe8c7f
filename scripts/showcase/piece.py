"""One file → what it says: its records, the settings or the wording, and its faults.

Nothing but its place and its bytes decides what a file says, so it is read once for all who ask.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from showcase.convert import ID_KEYS, convert, meant_for_id
from showcase.diagnostics import Diagnostic, Severity
from showcase.entry import Entry, SiteEntry, fields_at
from showcase.layout import SETTINGS, TERMS, Placed, Role
from showcase.model import Fields, Kind, Site, Term, all_fields, is_field
from showcase.source import Document, Path, Value, read_record, read_yaml


class Piece(Struct, frozen=True):
    """What one file says.

    ``whole`` is false when a part of it was not read: a name that is missing may stand there.
    """

    document: Document
    entries: tuple[Entry, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    whole: bool = True
    site: SiteEntry | None = None
    terms: tuple[Term, ...] = ()

    @property
    def faultless(self) -> bool:
        """Whether nothing was found wrong with it while it was read."""
        return self.whole and not self.diagnostics


def read_piece(placed: Placed, data: bytes, stands: bytes = b"") -> Piece:
    """Read a file for what its place says it is; content never makes it raise.

    ``stands`` is what stands for its bytes, if the caller knows.
    """
    reading = _Reading(placed, stands)
    if placed.role is Role.SETTINGS:
        reading.settings(read_yaml(placed.file, data, _is_setting))
    elif placed.role is Role.TERMS:
        reading.wording(read_yaml(placed.file, data, _is_of_a_term))
    elif placed.role is Role.LIST and placed.kind is not None:
        reading.list_of(placed.kind, read_yaml(placed.file, data, is_field))
    elif placed.kind is not None:
        reading.record(placed.kind, read_record(placed.file, data, is_field))
    return reading.piece()


def no_settings() -> SiteEntry:
    """Return what holds for a site without settings."""
    site = read_piece(Placed(SETTINGS, Role.SETTINGS), b"").site
    if site is None:
        raise RuntimeError("settings without a site")
    return site


class _Reading:
    """Collects what a file says."""

    def __init__(self, placed: Placed, stands: bytes) -> None:
        self._placed = placed
        self._stands = stands
        self._found: list[Diagnostic] = []
        self._entries: list[Entry] = []
        self._whole = True
        self._site: SiteEntry | None = None
        self._terms: list[Term] = []
        self._document: Document
        self._slim: Document
        self._read: Document

    def piece(self) -> Piece:
        """Return all of it."""
        return Piece(
            document=self._read,
            entries=tuple(self._entries),
            diagnostics=tuple(self._found),
            whole=self._whole,
            site=self._site,
            terms=tuple(self._terms),
        )

    def settings(self, document: Document) -> None:
        self._take(document)
        if not isinstance(document.data, dict) and document.complete and document.data:
            self._found.append(_not_a_mapping(document))
        made = convert(Site, fields_at(document, ()), document, (), {})
        self._found += made.diagnostics
        self._site = SiteEntry(record=made.record, document=self._slim, base=())

    def record(self, kind: Kind, document: Document) -> None:
        self._take(document)
        if not isinstance(document.data, dict) and document.complete and document.data:
            self._found.append(_not_a_mapping(document))
            self._document = self._slim = replace(document, sound=False, complete=False)
        self._entry(kind, self._placed.id, fields_at(document, ()), ())

    def list_of(self, kind: Kind, document: Document) -> None:
        self._take(document)
        items = document.data
        if isinstance(items, list):
            for index, item in enumerate(items):
                self._item(kind, item, index)
        else:
            self._whole = False
            if document.complete and items:
                self._found.append(_not_a_list(document))

    def wording(self, document: Document) -> None:
        self._take(document)
        items = document.data
        if not isinstance(items, list):
            if document.complete and items:
                self._found.append(_not_a_list(document))
            return
        for index, item in enumerate(items):
            if isinstance(item, dict):
                made = convert(Term, item, document, (index,), {})
                self._found += made.diagnostics
                if not made.diagnostics:
                    self._terms.append(made.record)
            elif item or document.complete:
                self._found.append(_not_a_mapping(document, (index,)))

    def _take(self, document: Document) -> None:
        document = replace(document, stands=self._stands)
        self._document = document
        self._read = self._slim = document.slim()
        self._found += document.diagnostics
        self._whole = document.complete

    def _item(self, kind: Kind, item: Value, index: int) -> None:
        document = self._document
        if not isinstance(item, dict):
            if item or document.complete:
                self._whole = False
                self._found.append(_not_a_mapping(document, (index,)))
            return
        keys = [key for key in ID_KEYS if isinstance(item.get(key), str)]
        # One in another case or width is reported as an unknown field, and enough to go on with.
        keys = keys or [key for key in item if meant_for_id(key) and isinstance(item[key], str)]
        name = str(item[keys[0]]).strip() if keys else ""
        fields = fields_at(document, (index,))
        if len(item) - len(fields) > 1:
            self._found.append(_two_ids(document, index))
        if not name:
            if document.complete:
                given = next((key for key in ID_KEYS if item.get(key)), None)
                self._found.append(_no_id(document, index, given))
            name = f"第{index + 1}条"
        self._entry(kind, name, fields, (index,))

    def _entry(self, kind: Kind, id: str, fields: dict[str, Value], base: Path) -> None:
        document = self._document
        made = convert(kind.record, fields, document, base, {"title": id})
        self._found += made.diagnostics
        if made.record.body is not None and document.body.strip():
            self._found.append(_two_bodies(document, made.paths[("body",)]))
        sound = document.sound and not made.diagnostics
        self._entries.append(Entry(made.record, self._slim, base, kind, id, sound))


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

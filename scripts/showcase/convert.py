"""Typed data → a record, with a diagnostic for everything that does not fit.

A record with faults is still made, from the fields that are right, so that the rules can look at
all of it in the same run; it is marked, and never published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache
from typing import Any, Generic, TypeVar

from msgspec import Struct, field
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from showcase.diagnostics import Diagnostic, Severity, Span, short
from showcase.fold import key as folded
from showcase.model import Field, Fields, fields_along, fields_of
from showcase.near import nearest
from showcase.pattern import pattern
from showcase.source import Document, Path, Value

F = TypeVar("F", bound=Fields)

ID_KEYS = ("id", "编号")
"""The keys of a record's id in a list file; elsewhere the file's name is the id."""

_NEAR = 50.0
"""How alike (0–100) a word must be to be offered as the name that was meant: most names have
two characters, so one of them wrong is half."""
_NEAR_LATIN = 75.0
"""The same for a word in letters, of which any two share some."""
_NEEDS_QUOTES = pattern(r"^\W|[\]\[{},:#'\"]|^$")
_IN_BRACKETS = pattern(r"\[{1,2}\s*\[\s*(?P<name>[^\[\]|\n]*[^\[\]|\s])")


class Converted(Struct, Generic[F]):
    """What became of one mapping: the record, where each field was typed, what is wrong."""

    record: F
    paths: dict[Path, Path] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def typed_at(paths: Mapping[Path, Path], path: Path) -> Path:
    """Return where a field was typed; where it was not, the place of what encloses it."""
    while path and path not in paths:
        path = path[:-1]
    return paths.get(path, ())


def convert(
    cls: type[F], data: dict[str, Value], document: Document, base: Path, fallback: dict[str, str]
) -> Converted[F]:
    """Make a ``cls`` from a mapping found at ``base`` in a document.

    ``fallback`` gives values for required fields that are missing or wrong (the title is then
    the id), so that a record is always returned.
    """
    return _Conversion(document).run(cls, data, base, fallback)


def typed_paths(
    cls: type[Fields], data: dict[str, Value], document: Document, base: Path
) -> Mapping[Path, Path]:
    """Return where each field of a mapping was typed: the ``paths`` of :func:`convert`."""
    return _Conversion(document).named(cls, data, base)[1]


class _Conversion:
    """One mapping being converted."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.paths: dict[Path, Path] = {}
        self.meant: set[Path] = set()
        self.found: list[Diagnostic] = []

    def run(
        self, cls: type[F], data: dict[str, Value], base: Path, fallback: dict[str, str]
    ) -> Converted[F]:
        values, _ = self.named(cls, data, base)
        try:
            record = cls.model_validate(values)
        except ValidationError as error:
            details = error.errors(include_url=False)
            self.found += (found for detail in details for found in self._explain(cls, detail))
            record = _salvage(cls, values, [detail["loc"] for detail in details], fallback)
        return Converted(record, self.paths, self.found)

    def named(
        self, cls: type[Fields], data: dict[str, Value], base: Path
    ) -> tuple[dict[str, Any], dict[Path, Path]]:
        """Return the mapping under the fields' own names, and where each of them was typed."""
        self.paths[()] = base
        return self._rename(cls, data, base, ()), self.paths

    def _rename(
        self, cls: type[Fields], data: dict[str, Value], typed: Path, path: Path
    ) -> dict[str, Any]:
        """Return the mapping under the fields' own names, without what was left empty."""
        known = _keys(cls)
        values: dict[str, Any] = {}
        for key, value in data.items():
            found = known.get(key)
            if found is None:
                self._unknown(cls, (*typed, key), path)
            elif (*path, found.name) in self.paths:
                self._twice(found, self.paths[(*path, found.name)], (*typed, key))
            else:
                here = (*path, found.name)
                self.paths[here] = (*typed, key)
                if not _empty(value):
                    values[found.name] = self._nested(found, value, (*typed, key), here)
        return values

    def _nested(self, found: Field, value: Value, typed: Path, path: Path) -> Any:
        if isinstance(value, list):
            kept = [(index, item) for index, item in enumerate(value) if not _empty(item)]
            for place, (index, _) in enumerate(kept):
                self.paths[(*path, place)] = (*typed, index)
            return [
                self._nested(found, item, (*typed, index), (*path, place))
                for place, (index, item) in enumerate(kept)
            ]
        if found.nested is not None and isinstance(value, dict):
            if found.many and not (path and isinstance(path[-1], int)):
                # A single mapping stands for a list of one, and is numbered as such.
                path = (*path, 0)
                self.paths[path] = typed
            return self._rename(found.nested, value, typed, path)
        return value

    def _unknown(self, cls: type[Fields], typed: Path, path: Path) -> None:
        word = short(str(typed[-1]))
        near = _nearest(cls, word)
        if meant_for_id(word) and isinstance(self.document.data, list) and not path:
            help = f"是不是「{folded(word)}」？"
        elif meant_for_id(word):
            help = "单独成文件的记录，编号就是文件名；请删除这一行"
        elif near is not None:
            self.meant.add((*path, near.name))
            help = f"是不是「{near.label.name}」？"
        else:
            all_names = "、".join(found.label.name for found in fields_of(cls))
            help = f"这里可以写的字段：{all_names}"
        self._report("SHP002", self.document.key_span(typed), word, f"不认识的字段「{word}」", help)

    def _twice(self, found: Field, first: Path, second: Path) -> None:
        line = self.document.key_span(first).line
        self._report(
            "SHP004",
            self.document.key_span(second),
            found.label.name,
            f"「{second[-1]}」和第 {line} 行的「{first[-1]}」是同一个字段",
            "请只留一个，把内容合并过去",
        )

    def _explain(self, cls: type[Fields], detail: ErrorDetails) -> Iterator[Diagnostic]:
        path = tuple(detail["loc"])
        found = _field_at(cls, path)
        label = field_label(cls, path)
        kind, context = detail["type"], detail.get("ctx", {})
        if kind == "missing":
            # A name that was meant for it and misspelt is one fault, and already reported.
            if self.document.complete and path not in self.meant:
                yield self._missing(found, path, label)
        elif name := self._bracketed(path, detail["input"]):
            message = f"「{label}」：字段里的名称不用方括号，「[[ ]]」只用在正文里"
            help = f"请直接写名称：{name}"
            yield self._diagnostic("SHP003", self._span(path), label, message, help)
        elif "help" in context:
            yield self._diagnostic(
                kind, self._span(path), label, f"「{label}」：{context['message']}", context["help"]
            )
        else:
            yield self._diagnostic(
                "SHP003",
                self._span(path),
                label,
                f"「{label}」：应当是{_expected(found)}，这里的写法不对",
                _written_out(found, detail["input"]) or f"请写成：{_example(found)}",
            )

    def _bracketed(self, path: Path, value: object) -> str:
        """Return the name that ``[[…]]`` holds where a text is expected, ``""`` if none does."""
        if not isinstance(value, list):
            return ""
        lines = self.document.lines
        start, _ = lines.offsets(self._span(path))
        before = 1 if lines.text[start - 1 : start] == "[" else 0
        match = _IN_BRACKETS.match(lines.text, start - before)
        return short(match["name"]) if match else ""

    def _missing(self, found: Field, path: Path, label: str) -> Diagnostic:
        typed = self.paths.get(path)
        if typed is not None:
            message, help = f"必填的「{label}」是空的", "请写上内容"
            span = self.document.key_span(typed)
        else:
            message, help = f"缺少必填的「{label}」", "请加上一行"
            span = self._span(path[:-1])
        help = f"{help}（{_expected(found)}），例如 {_example(found)}"
        return self._diagnostic("SHP001", span, label, message, help)

    def _span(self, path: Path) -> Span:
        return self.document.value_span(typed_at(self.paths, path))

    def _report(self, code: str, span: Span, label: str, message: str, help: str) -> None:
        self.found.append(self._diagnostic(code, span, label, message, help))

    def _diagnostic(self, code: str, span: Span, label: str, message: str, help: str) -> Diagnostic:
        return Diagnostic(code, Severity.ERROR, self.document.file, span, label, message, help)


def _salvage(
    cls: type[F], values: dict[str, Any], bad: Sequence[Path], fallback: dict[str, str]
) -> F:
    """Make the record from its good fields; required ones that are bad become ``None``.

    Of a field with parts only the bad part goes, as long as the rest can stand without it.
    """
    values = deepcopy(values)
    for path in bad:
        _drop(values, path)
    try:
        cls.model_validate(values | _stand_ins(cls, values))
    except ValidationError:
        for path in bad:
            values.pop(str(path[0]), None)
    stand_ins = _stand_ins(cls, values)
    record = cls.model_validate(values | stand_ins)
    return record.model_copy(update={name: fallback.get(name) for name in stand_ins})


def _drop(values: Any, path: Path) -> None:
    """Take the field at a path out of nested mappings and lists."""
    *above, last = path
    for step in above:
        if isinstance(values, dict) and isinstance(step, str):
            values = values.get(step)
        elif isinstance(values, list) and isinstance(step, int):
            values = values[step]
        # Otherwise a single value stands for a list of one: the same place.
    if isinstance(values, dict):
        values.pop(last, None)


def _stand_ins(cls: type[Fields], values: dict[str, Any]) -> dict[str, str]:
    """Return examples for the required fields that are not there."""
    return {
        found.name: found.label.example
        for found in fields_of(cls)
        if found.required and found.name not in values
    }


def field_label(cls: type[Fields], path: Path) -> str:
    """Return a field's name as a report shows it: ``成效[2].数值``, counting from 1."""
    label = ""
    for step, found in fields_along(cls, path):
        if isinstance(step, int):
            label += f"[{step + 1}]"
        else:
            name = found.label.name if found else step
            label += f".{name}" if label else name
    return label


def _field_at(cls: type[Fields], path: Path) -> Field:
    declared = [found for _, found in fields_along(cls, path) if found is not None]
    if not declared:
        raise LookupError(f"{cls.__name__} has no field at {path}")
    return declared[-1]


@cache
def _keys(cls: type[Fields]) -> dict[str, Field]:
    return {
        key: found
        for found in fields_of(cls)
        for key in (found.label.name, found.name, *found.label.also)
    }


@cache
def _nearest(cls: type[Fields], word: str) -> Field | None:
    """Return the field that an unknown word probably means."""
    wanted = folded(word)
    names: dict[str, Field] = {}
    for found in fields_of(cls):
        for name in (found.label.name, found.name, *found.label.mistaken):
            names.setdefault(name, found)
    for name, found in names.items():
        if folded(name) == wanted:
            return found
    near = _NEAR_LATIN if wanted.isascii() else _NEAR
    # Not those that are mistaken for it: two characters of another field are half like 公开.
    real = [name for name, found in names.items() if name in (found.label.name, found.name)]
    meant = nearest(wanted, real, near)
    return names[meant] if meant is not None else None


def meant_for_id(word: str) -> bool:
    """Tell whether a key is that of a record's id, or would be but for its case or width."""
    return folded(word) in ID_KEYS


def _written_out(found: Field, value: object) -> str:
    """Return how to keep a text that stands where optional fields are expected, else ``""``."""
    if found.nested is None or not isinstance(value, str):
        return ""
    inner = fields_of(found.nested)
    if any(part.required for part in inner):
        return ""
    rest = value.strip()
    name = next((part.label.name for part in inner if rest.startswith(part.label.name)), "")
    rest = rest.removeprefix(name).lstrip(" \u3000:：")
    text = short(rest).replace("'", "’")
    quoted = f"'{text}'" if _NEEDS_QUOTES.search(text) else text
    return f"请写成：{found.label.name}: {{{name or inner[0].label.name}: {quoted}}}"


def _empty(value: Value) -> bool:
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())


def _expected(found: Field) -> str:
    if found.nested is not None:
        names = "、".join(inner.label.name for inner in fields_of(found.nested))
        return f"一组字段（{names}）"
    return found.holds.words


def _example(found: Field) -> str:
    name = found.label.name
    if found.nested is None:
        return f"{name}: {found.label.example}"
    required = [item for item in fields_of(found.nested) if item.required][:2]
    inner = required or fields_of(found.nested)[:1]
    pairs = ", ".join(f"{item.label.name}: {item.label.example or '…'}" for item in inner)
    return f"{name}: [{{{pairs}}}]" if found.many else f"{name}: {{{pairs}}}"

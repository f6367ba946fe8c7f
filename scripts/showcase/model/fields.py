"""What a field is called, what it holds, and how typed text becomes its value.

A field of a kind is declared once, as ``name: Annotated[Type, Label(...)]``, with a type from
:mod:`showcase.model.types`. :func:`fields_of` reads the declarations back, for everything that is
derived from them: key names, JSON Schema, templates for new records, the handbook's tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, ClassVar, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, model_validator


class Fields(BaseModel):
    """Base of every class whose attributes are fields of a content file.

    ``shorthand`` names the field that a bare text stands for: ``- 中国好人`` is short for
    ``- 荣誉: 中国好人``.
    """

    shorthand: ClassVar[str] = ""

    # Validation is set up where the first record is read: most builds read records of few kinds.
    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, value: object) -> object:
        return {cls.shorthand: value} if cls.shorthand and isinstance(value, str) else value

    def stated(self, name: str) -> Any:
        """Return what a field holds, ``None`` where there is no field of that name.

        Kinds differ in their fields, and pydantic looks everywhere for what is none: ``getattr``
        with a default takes thirty times as long.
        """
        return vars(self).get(name)


class Label(Struct, frozen=True):
    """A field's Chinese name, what to write in it, an example that is valid as it stands."""

    name: str
    help: str
    example: str = ""
    private: bool = False
    """Private fields are for the office: they never reach the output."""
    also: tuple[str, ...] = ()
    """Other keys that are accepted for the field."""
    mistaken: tuple[str, ...] = ()
    """Words that people write for it, and that a message answers with the right name."""


class Ref(Struct, frozen=True):
    """Marks text that names another record; ``inverse`` heads the list on the other's page."""

    kinds: tuple[str, ...]
    inverse: str = ""


class Holds(Struct, frozen=True):
    """What a type holds: for people (``words``), for editors (``schema``), for programs (``sort``).

    ``schema`` are JSON Schema's keywords for the text that may be typed, ``sort`` is what the value
    is once read: ``string``, ``integer``, ``number``, ``date`` or ``rhythm``.
    """

    words: str
    schema: tuple[tuple[str, Any], ...] = (("type", "string"),)
    sort: str = "string"


class Field(Struct, frozen=True):
    """One declared field, read back from its class."""

    name: str
    label: Label
    holds: Holds
    required: bool
    many: bool
    ref: Ref | None
    nested: type[Fields] | None


@cache
def fields_of(cls: type[Fields]) -> tuple[Field, ...]:
    """Return the declared fields of a class, in order."""
    return tuple(_fields(cls))


def fields_along(
    cls: type[Fields], path: Iterable[str | int]
) -> Iterator[tuple[str | int, Field | None]]:
    """Yield each step of a path (``"results", 0, "value"``) with the field that is declared there.

    ``None`` stands beside a number, and beside a name where nothing of that name is declared.
    """
    current: type[Fields] | None = cls
    for step in path:
        if isinstance(step, int):
            yield step, None
            continue
        declared = fields_of(current) if current is not None else ()
        found = next((field for field in declared if field.name == step), None)
        current = found.nested if found is not None else None
        yield step, found


def _fields(cls: type[Fields]) -> Iterator[Field]:
    for name, info in cls.model_fields.items():
        marks = [*_marks(info.annotation), *info.metadata]
        label = next(mark for mark in marks if isinstance(mark, Label))
        nested = next((mark for mark in marks if isinstance(mark, type)), None)
        yield Field(
            name=name,
            label=label,
            holds=next(_all_holds(marks), Holds("一组字段")),
            required=info.is_required(),
            many=any(get_origin(part) is tuple for part in _parts(info.annotation)),
            ref=next((mark for mark in marks if isinstance(mark, Ref)), None),
            nested=nested,
        )


def _all_holds(marks: list[Any]) -> Iterator[Holds]:
    """Yield what the marks say a field holds: a type says it itself or in its ``holds``."""
    for mark in marks:
        found = getattr(mark, "holds", mark)
        if isinstance(found, Holds):
            yield found


def _parts(annotation: Any) -> Iterator[Any]:
    """Yield an annotation and everything inside it: unions, tuples, annotated types."""
    yield annotation
    for argument in get_args(annotation):
        yield from _parts(argument)


def _marks(annotation: Any) -> Iterator[Any]:
    for part in _parts(annotation):
        if (
            isinstance(part, type) and get_origin(part) is None and issubclass(part, Fields)
        ) or not isinstance(part, type):
            yield part

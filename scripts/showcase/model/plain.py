"""A record as JSON has it, and back, without asking again whether what it says is right.

What made a record once is not read a second time: a kind's validation takes longer to set up than
all its records take to restore. The shape of what comes back is looked at all the same, since it
may come from someone else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache, partial
from typing import Any, NamedTuple, TypeVar

from showcase.model.dates import PartialDate
from showcase.model.fields import Field, Fields, fields_of
from showcase.model.types import Number, Regularity

F = TypeVar("F", bound=Fields)
_put = object.__setattr__
"""Sets what a record does not let anybody set: none of it changes."""


def plain(record: Fields) -> dict[str, Any]:
    """Return the fields that a record was given: what :func:`restored` makes it of again."""
    given = record.model_fields_set
    return {name: _plain(value) for name, value in vars(record).items() if name in given}


def restored(cls: type[F], given: object) -> F:
    """Return the record of which :func:`plain` gave this.

    Raises ``ValueError``, ``TypeError`` or ``KeyError`` for what it cannot have given.
    """
    blank, required, readers = _form(cls)
    if not isinstance(given, dict) or not required <= given.keys():
        raise ValueError(given)
    record = cls.__new__(cls)
    # As pydantic makes a copy, which takes twice as long; there are thousands of records.
    _put(record, "__dict__", blank | {name: readers[name](given[name]) for name in given})
    _put(record, "__pydantic_fields_set__", set(given))
    _put(record, "__pydantic_extra__", None)
    _put(record, "__pydantic_private__", None)
    return record


def _plain(value: Any) -> Any:
    match value:
        case tuple():
            return [_plain(item) for item in value]
        case Fields():
            return plain(value)
        case PartialDate():
            return [value.year, value.month, value.day]
        case Number():
            return [value.text, str(value.value)]
        case Regularity():
            return [value.regular, value.rhythm]
        case _:
            return value


class _Form(NamedTuple):
    """The fields of a record that was given nothing, in the order of the fields.

    With it what a record must be given, and how each field is restored.
    """

    blank: dict[str, Any]
    required: frozenset[str]
    readers: Mapping[str, Callable[[Any], Any]]


@cache
def _form(cls: type[Fields]) -> _Form:
    fields = fields_of(cls)
    required = frozenset(field.name for field in fields if field.required)
    # In the order of the fields, which is kept.
    blank = vars(cls.model_construct(**dict.fromkeys(required)))
    return _Form(blank, required, {field.name: _reader(field) for field in fields})


def _reader(field: Field) -> Callable[[Any], Any]:
    nested = field.nested
    one = _READERS[field.holds.sort] if nested is None else partial(restored, nested)
    return partial(_many, one) if field.many else one


def _many(one: Callable[[Any], Any], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(map(one, value))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _integer(value: Any) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value


def _date(value: Any) -> PartialDate:
    year, month, day = value
    date = PartialDate(_integer(year), *(part and _integer(part) for part in (month, day)))
    date.last  # noqa: B018 - raises ValueError for what is no day
    return date


def _number(value: Any) -> Number:
    text, amount = value
    try:
        return Number(_text(text), Decimal(_text(amount)))
    except InvalidOperation as error:
        raise ValueError(value) from error


def _regularity(value: Any) -> Regularity:
    regular, rhythm = value
    return Regularity(regular=regular is True, rhythm=_text(rhythm))


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "string": _text,
    "integer": _integer,
    "number": _number,
    "date": _date,
    "rhythm": _regularity,
}

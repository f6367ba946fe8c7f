"""The columns of a kind's table, read from the declarations of its fields.

A column's name is the field's English name and never changes with the content; within a group of
fields it is ``group_field``. A reference, a number and a rhythm have two columns each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from msgspec import Struct

from showcase.model import Field, Fields, Kind, fields_of

LEFT_OUT = frozenset({"status", "expire_on", "slug", "photos", "body"})
"""Fields that are public and yet not data: how the office runs the site; what the page is made of.

The state of a public record is always the same, its slug is part of its address, and its text is
given as readers see it. A photo's file is the original, which is never published.
"""

KEY, PAGE, TEXT = "key", "page", "text"
"""What a record has besides its fields; the text of its page stands in JSON only."""

DATE_PATTERN = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


class Column(Struct, frozen=True):
    """A column: its name and Chinese title, what it holds, where JSON has it.

    ``type`` is Table Schema's (``string``, ``integer``, ``number``, ``boolean``); ``refers_to``
    holds the kinds that a reference can name, ``values`` what a choice allows.
    """

    name: str
    title: str
    type: str
    help: str
    path: tuple[str, ...]
    many: bool = False
    refers_to: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    pattern: str = ""


_OWN = (
    Column(KEY, "编号", "string", "种类和编号，在全站不重复", (KEY,)),
    Column(PAGE, "网页", "string", "网页的地址；不带域名的，从网站的首页算起", (PAGE,)),
)


class _Part(Struct, frozen=True):
    """A value of two parts has a column for each: what to add to name and title, where it is."""

    name: str
    title: str
    key: str
    type: str = "string"


_REFERENCE = (_Part("", "", "title"), _Part("_key", "（编号）", "key"))
_PARTS: Mapping[str, tuple[_Part, ...]] = MappingProxyType(
    {
        "number": (_Part("", "", "value", "number"), _Part("_text", "（原来的写法）", "text")),
        "rhythm": (
            _Part("", "", "regular", "boolean"),
            _Part("_rhythm", "（多久一次）", "rhythm"),
        ),
    }
)


@cache
def columns_of(kind: Kind) -> tuple[Column, ...]:
    """Return the columns of a kind, in the order of its fields."""
    return (*_OWN, *_columns(kind.record, "", "", ()))


@cache
def public_fields(cls: type[Fields]) -> tuple[Field, ...]:
    """Return the fields that are data: those for the office only never are."""
    public = (field for field in fields_of(cls) if not field.label.private)
    return tuple(field for field in public if field.name not in LEFT_OUT)


def _columns(
    cls: type[Fields], name: str, title: str, path: tuple[str, ...], *, many: bool = False
) -> Iterator[Column]:
    for field in public_fields(cls):
        own = f"{name}{field.name}", f"{title}{field.label.name}", (*path, field.name)
        several = many or field.many
        if field.nested is not None:
            yield from _columns(field.nested, f"{own[0]}_", f"{own[1]}·", own[2], many=several)
        else:
            yield from _leaves(field, *own, many=several)


def _leaves(
    field: Field, name: str, title: str, path: tuple[str, ...], *, many: bool
) -> Iterator[Column]:
    sort = field.holds.sort
    parts = _REFERENCE if field.ref is not None else _PARTS.get(sort)
    for part in parts or (_Part("", "", "", "integer" if sort == "integer" else "string"),):
        yield Column(
            name=name + part.name,
            title=title + part.title,
            type="string" if many else part.type,
            help=field.label.help,
            path=(*path, part.key) if part.key else path,
            many=many,
            refers_to=field.ref.kinds if field.ref is not None else (),
            values=_values(field),
            pattern=DATE_PATTERN if sort == "date" and not many else "",
        )


def _values(field: Field) -> tuple[str, ...]:
    """Return the Chinese words of a choice, which are the values that records have."""
    words: list[str] = dict(field.holds.schema).get("enum", [])
    return tuple(words[::2])

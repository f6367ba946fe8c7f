"""JSON Schema of each kind, for editors that complete and check while typing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from showcase.model.fields import Field, Fields, fields_of
from showcase.model.kinds import KINDS, Kind
from showcase.model.site import Site

_DIALECT = "http://json-schema.org/draft-07/schema#"
"""What the YAML extensions of editors know in full; the later drafts only in part."""

_ID_KEYS = ("id", "编号")
_ID = {"type": ["string", "number"], "description": "记录的编号，同一种类里不重复"}


def schema_of(kind: Kind) -> dict[str, Any]:
    """Return the JSON Schema of one record's front matter."""
    return _schema(kind.label, kind.record)


def list_schema_of(kind: Kind) -> dict[str, Any]:
    """Return the JSON Schema of a list file of the kind: mappings with an ``id``."""
    item = _object(kind.record)
    item["properties"] = {**dict.fromkeys(_ID_KEYS, _ID), **item["properties"]}
    item["allOf"] = [_either(_ID_KEYS), *item.get("allOf", ())]
    definitions = _definitions(kind.record)
    return {
        "$schema": _DIALECT,
        "title": f"{kind.label}列表",
        "type": "array",
        "items": item,
        "definitions": definitions,
    }


def schemas() -> dict[str, dict[str, Any]]:
    """Return every schema by file name: the settings', each kind's record and list file."""
    files = {"site.schema.json": _schema("网站设置", Site)}
    for kind in KINDS.values():
        files[f"{kind.name}.schema.json"] = schema_of(kind)
        files[f"{kind.plural}.list.schema.json"] = list_schema_of(kind)
    return files


def _schema(title: str, cls: type[Fields]) -> dict[str, Any]:
    definitions = _definitions(cls)
    return {"$schema": _DIALECT, "title": title, **_object(cls), "definitions": definitions}


def _object(cls: type[Fields], prefix: str = "") -> dict[str, Any]:
    """Return the schema of a mapping; what its fields hold stands in the definitions.

    Each field has several keys, and its definition is long: it is given once.
    """
    fields = fields_of(cls)
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {
            key: {"$ref": f"#/definitions/{prefix}{field.name}"}
            for field in fields
            for key in keys_of(field)
        },
        "additionalProperties": False,
    }
    needed = [_either(keys_of(field)) for field in fields if field.required]
    return {**schema, "allOf": needed} if needed else schema


def _either(keys: tuple[str, ...]) -> dict[str, Any]:
    return {"anyOf": [{"required": [key]} for key in keys]}


def keys_of(field: Field) -> tuple[str, ...]:
    """Return the keys that a field may be written with, the Chinese one first."""
    return (field.label.name, field.name, *field.label.also)


def _definitions(cls: type[Fields]) -> dict[str, Any]:
    return dict(_defined(cls, ""))


def _defined(cls: type[Fields], prefix: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for field in fields_of(cls):
        name = prefix + field.name
        one = _value(field, f"{name}.")
        if field.many:
            item = f"{name}.item"
            yield item, one
            same = {"$ref": f"#/definitions/{item}"}
            one = {"anyOf": [{"type": "array", "items": same}, same]}
        described = {"description": f"{field.label.help}（{field.label.name}）", **one}
        if field.label.example:
            described["examples"] = [field.label.example]
        yield name, described
        if field.nested is not None:
            yield from _defined(field.nested, f"{name}.")


def _value(field: Field, prefix: str) -> dict[str, Any]:
    """Return the schema of one value of a field, without what the field is for."""
    if field.nested is not None:
        mapping = _object(field.nested, prefix)
        return {"anyOf": [{"type": "string"}, mapping]} if field.nested.shorthand else mapping
    value = dict(field.holds.schema)
    # Editors read 2019 and 是 as YAML does; the checker reads what was typed.
    return {"type": ["string", "number", "boolean"]} if value == {"type": "string"} else value

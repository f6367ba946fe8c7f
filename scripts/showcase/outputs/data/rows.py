"""A record as JSON: its public fields, with what they name found in the public graph.

What was typed for a reference is never given out, only the record it was found to name: the other
may not be public.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from showcase.addresses import address
from showcase.load import Entry
from showcase.model import Field, Fields, PartialDate
from showcase.model.types import Number, Regularity
from showcase.outputs.data.columns import KEY, PAGE, TEXT, public_fields
from showcase.pages import Catalogue

Path = tuple[str | int, ...]


def row(catalogue: Catalogue, entry: Entry) -> dict[str, Any]:
    """Return a record with all its public fields: ``None`` and ``[]`` stand for what it lacks."""
    named = {link.path: link.target for link in catalogue.graph.out(entry)}
    return {
        KEY: entry.key,
        PAGE: f"{catalogue.site_url}{address(entry)}",
        **_group(entry.record, named, ()),
        TEXT: catalogue.prose(entry).text,
    }


def _group(group: Fields, named: Mapping[Path, Entry | None], path: Path) -> dict[str, Any]:
    return {
        field.name: _value(field, getattr(group, field.name), named, (*path, field.name))
        for field in public_fields(type(group))
    }


def _value(field: Field, value: Any, named: Mapping[Path, Entry | None], path: Path) -> Any:
    if value is None:
        return None
    if isinstance(value, tuple):
        items = (_value(field, one, named, (*path, index)) for index, one in enumerate(value))
        return [item for item in items if item is not None]
    if field.ref is not None:
        return _reference(named.get(path))
    if isinstance(value, Fields):
        group = _group(value, named, path)
        return group if _is_whole(value, group) else None
    return _plain(value)


def _reference(target: Entry | None) -> dict[str, str] | None:
    return {"key": target.key, "title": target.title} if target is not None else None


def _is_whole(value: Fields, group: Mapping[str, Any]) -> bool:
    """Tell whether a group names all it must: an award of an honour that is not public is none."""
    needed = (field for field in public_fields(type(value)) if field.required and field.ref)
    return all(group[field.name] is not None for field in needed)


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, Number):
        whole = value.value == value.value.to_integral_value()
        return {"value": int(value.value) if whole else float(value.value), "text": value.text}
    if isinstance(value, Regularity):
        return {"regular": value.regular, "rhythm": value.rhythm}
    return value

"""What describes the data: the dictionary of its columns, and its Data Package.

The package follows Frictionless Data's «Data Package» 1.0 (specs.frictionlessdata.io), which
version 2.0 reads as well. It has no date of its making: the same records give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from showcase.addresses import dataset
from showcase.model import KINDS, Kind
from showcase.outputs.data.columns import KEY, TEXT, Column, columns_of
from showcase.outputs.data.sheet import JOINT, sheet
from showcase.pages import Catalogue

PACKAGE = "data/datapackage.json"
DICTIONARY = "data/dictionary.json"
DICTIONARY_SHEET = "data/dictionary.csv"

_TEXT = Column(TEXT, "正文", "string", "网页上的正文，不带格式；表格文件里没有", (TEXT,))
_SEVERAL = f"可以有几个值，在表格文件里用「{JOINT}」隔开"
_TITLES = ("kind", "name", "title", "type", "description", "several", "refers_to", "values")


def dictionary() -> list[dict[str, Any]]:
    """Return every kind with its columns: what each is called, holds, and where JSON has it."""
    return [
        {
            "kind": kind.name,
            "plural": kind.plural,
            "title": kind.label,
            "description": kind.about,
            "fields": [_described(column) for column in (*columns_of(kind), _TEXT)],
        }
        for kind in KINDS.values()
    ]


def _described(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "title": column.title,
        "type": column.type,
        "description": column.help,
        "several": column.many,
        "json_path": list(column.path),
        "refers_to": list(column.refers_to),
        "values": list(column.values),
    }


def dictionary_sheet() -> bytes:
    """Return the dictionary as a table, for people."""
    return sheet(
        _TITLES,
        (
            (
                kind.label,
                column.name,
                column.title,
                column.type,
                column.help,
                _SEVERAL if column.many else "",
                JOINT.join(KINDS[name].label for name in column.refers_to),
                JOINT.join(column.values),
            )
            for kind in KINDS.values()
            for column in (*columns_of(kind), _TEXT)
        ),
    )


class Table(Struct, frozen=True):
    """A CSV file: where it lies, its size in bytes, its SHA-256 in hexadecimal digits."""

    path: str
    size: int
    checksum: str


def descriptor(catalogue: Catalogue, tables: Iterable[Table]) -> dict[str, Any]:
    """Return the package's descriptor; ``tables`` are the CSV files, in the order of the kinds."""
    settings = catalogue.graph.site.record
    resources: list[dict[str, Any]] = []
    for kind, table in zip(KINDS.values(), tables, strict=True):
        resources += [_table(kind, table), _json(kind)]
    about = settings.description or settings.intro or "网站上公开的全部记录"
    found = {
        "profile": "data-package",
        "name": "civic-showcase",
        "title": settings.name,
        "description": about,
        "homepage": catalogue.site_url,
        "resources": resources,
    }
    return {name: value for name, value in found.items() if value}


def _table(kind: Kind, table: Table) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": kind.plural,
        "title": kind.label,
        "description": kind.about,
        "path": table.path.removeprefix("data/"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": table.size,
        "hash": f"sha256:{table.checksum}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
        "schema": {
            "fields": [_field(column) for column in columns_of(kind)],
            "missingValues": [""],
            "primaryKey": KEY,
        },
    }


def _field(column: Column) -> dict[str, Any]:
    several = f"；{_SEVERAL}" if column.many else ""
    field: dict[str, Any] = {
        "name": column.name,
        "title": column.title,
        "type": column.type,
        "description": f"{column.help}{several}",
    }
    limits: dict[str, Any] = {"required": True, "unique": True} if column.name == KEY else {}
    if column.values and not column.many:
        limits["enum"] = list(column.values)
    if column.pattern:
        limits["pattern"] = column.pattern
    return {**field, "constraints": limits} if limits else field


def _json(kind: Kind) -> dict[str, Any]:
    return {
        "name": f"{kind.plural}-json",
        "title": f"{kind.label}（JSON）",
        "description": f"{kind.about}；另有网页上的正文",
        "path": dataset(kind.plural, "json").removeprefix("data/"),
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
    }

"""The open data: every public record of every kind, for programs and for spreadsheets.

Each kind has a JSON file with everything (``rows``) and a CSV file (``sheet``) whose columns
(``columns``) are read from the kind's own declarations; ``package`` describes them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from showcase.addresses import dataset
from showcase.load import Entry
from showcase.model import KINDS, Kind
from showcase.outputs.artifact import Artifact
from showcase.outputs.data import package
from showcase.outputs.data.columns import columns_of
from showcase.outputs.data.rows import row
from showcase.outputs.data.sheet import LINE_END, cell, line, sheet
from showcase.outputs.parts import Parts
from showcase.pages import Catalogue
from showcase.seal import digest

_OPEN, _NEXT, _CLOSE = b"[\n", b",\n", b"\n]\n"
"""A JSON list with a record on each line, so that two versions can be compared."""


class _Records:
    """The two files that hold all records of a kind, each made when it is wanted."""

    def __init__(self, catalogue: Catalogue, kind: Kind) -> None:
        self._catalogue = catalogue
        self._columns = columns_of(kind)
        self._entries = catalogue.of(kind.name)
        self._paths = dataset(kind.plural, "csv"), dataset(kind.plural, "json")
        cuts = dict(zip(self._paths, (_cut_sheet, _cut_list), strict=True))
        self._parts = Parts(catalogue.past, "row", cuts, self._row)

    def artifacts(self) -> Iterator[Artifact]:
        """Yield the CSV and the JSON file."""
        csv, lines = self._paths
        yield Artifact(csv, lambda: self._sheet, key=self._key(csv, self._head))
        yield Artifact(lines, self._list, key=self._key(lines))

    def table(self) -> package.Table:
        """Return what there is to know of the CSV file."""
        path = self._paths[0]
        stands = self._key(path, self._head).hex()
        size, checksum = self._catalogue.past.known(f"sheet {path} {stands}", self._told)
        return package.Table(path, size, checksum)

    def _told(self) -> list[Any]:
        return [len(self._sheet), hashlib.sha256(self._sheet).hexdigest()]

    @cached_property
    def _sheet(self) -> bytes:
        return b"".join((self._head, *self._lines(self._paths[0])))

    def _list(self) -> bytes:
        return b"".join((_OPEN, _NEXT.join(self._lines(self._paths[1])), _CLOSE))

    @property
    def _head(self) -> bytes:
        return sheet([column.name for column in self._columns], ())

    def _key(self, path: str, *head: bytes) -> bytes:
        return digest(*head, *(self._parts.keys(entry)[path] for entry in self._entries))

    def _lines(self, path: str) -> Iterator[bytes]:
        return (self._parts.part(entry, path) for entry in self._entries)

    def _row(self, entry: Entry) -> tuple[bytes, bytes]:
        record = row(self._catalogue, entry)
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        return line([cell(record, column) for column in self._columns]), text.encode()


def artifacts(catalogue: Catalogue) -> Iterator[Artifact]:
    """Yield the files of the open data; a kind without records has its files too, empty."""
    tables: list[package.Table] = []
    for kind in KINDS.values():
        records = _Records(catalogue, kind)
        tables.append(records.table())
        yield from records.artifacts()
    yield Artifact(package.DICTIONARY_SHEET, package.dictionary_sheet())
    yield Artifact(package.DICTIONARY, _json(package.dictionary()))
    yield Artifact(package.PACKAGE, _json(package.descriptor(catalogue, tables)))


def _cut_sheet(file: bytes) -> Iterator[bytes]:
    return (one + LINE_END for one in file.split(LINE_END))


def _cut_list(file: bytes) -> list[bytes]:
    return file.removeprefix(_OPEN).removesuffix(_CLOSE).split(_NEXT)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()

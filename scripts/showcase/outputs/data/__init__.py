"""The open data: every public record of every kind, for programs and for spreadsheets.

Each kind has a JSON file with everything (``rows``) and a CSV file (``sheet``) whose columns
(``columns``) are read from the kind's own declarations; ``package`` describes them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import partial

from showcase.addresses import dataset
from showcase.load import Entry
from showcase.model import KINDS, Kind
from showcase.outputs.artifact import Artifact
from showcase.outputs.data import package
from showcase.outputs.data.columns import columns_of
from showcase.outputs.data.rows import row
from showcase.outputs.data.sheet import LINE_END, cell, line, sheet
from showcase.outputs.parts import Form, Parts
from showcase.pages import Catalogue

_LIST = Form(b"[\n", b",\n", b"\n]\n")
"""JSON with a record on each line, so that two versions can be compared."""


def artifacts(catalogue: Catalogue) -> Iterator[Artifact]:
    """Yield the files of the open data; a kind without records has its files too, empty."""
    tables: list[package.Table] = []
    for kind in KINDS.values():
        records = _records(catalogue, kind)
        table, lines = dataset(kind.plural, "csv"), dataset(kind.plural, "json")
        made = records.artifact(table)
        product = f"sheet {table} {made.key.hex()}"
        told = catalogue.past.known(product, partial(_told, records, table))
        tables.append(package.Table(table, *told))
        yield made
        yield records.artifact(lines)
    yield Artifact(package.DICTIONARY_SHEET, package.dictionary_sheet())
    yield Artifact(package.DICTIONARY, _json(package.dictionary()))
    yield Artifact(package.PACKAGE, _json(package.descriptor(catalogue, tables)))


def _records(catalogue: Catalogue, kind: Kind) -> Parts:
    """Return the lines that the records of a kind have in its CSV and its JSON file."""
    columns, entries = columns_of(kind), catalogue.of(kind.name)

    def lines(entry: Entry) -> tuple[bytes, bytes]:
        record = row(catalogue, entry)
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        return line([cell(record, column) for column in columns]), text.encode()

    head = sheet([column.name for column in columns], ())
    forms = {
        dataset(kind.plural, "csv"): Form(head, LINE_END, LINE_END if entries else b""),
        dataset(kind.plural, "json"): _LIST,
    }
    return Parts(catalogue, entries, "row", forms, lines)


def _told(records: Parts, path: str) -> tuple[int, str]:
    """Return the size of a file, and its checksum."""
    size, checksum = 0, hashlib.sha256()
    for piece in records.pieces(path):
        size += len(piece)
        checksum.update(piece)
    return size, checksum.hexdigest()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()

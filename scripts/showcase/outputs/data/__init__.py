"""The open data: every public record of every kind, for programs and for spreadsheets.

Each kind has a JSON file with everything (``rows``) and a CSV file (``sheet``) whose columns
(``columns``) are read from the kind's own declarations; ``package`` describes them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from showcase.addresses import dataset
from showcase.model import KINDS, Kind
from showcase.outputs.artifact import Artifact
from showcase.outputs.data import package
from showcase.outputs.data.columns import columns_of
from showcase.outputs.data.rows import row
from showcase.outputs.data.sheet import cell, sheet
from showcase.pages import Catalogue
from showcase.seal import digest


@dataclass(frozen=True)
class _Records:
    """The two files that hold all records of a kind, made when one of them is wanted."""

    catalogue: Catalogue
    kind: Kind

    @cached_property
    def _made(self) -> tuple[bytes, bytes]:
        rows = [row(self.catalogue, entry) for entry in self.catalogue.of(self.kind.name)]
        columns = columns_of(self.kind)
        cells = ([cell(record, column) for column in columns] for record in rows)
        return sheet([column.name for column in columns], cells), _lines(rows)

    def sheet(self) -> bytes:
        """Return the CSV file."""
        return self._made[0]

    def lines(self) -> bytes:
        """Return the JSON file."""
        return self._made[1]

    def told(self) -> list[Any]:
        """Return what there is to know of them: a size, and what stands for the bytes of each."""
        checksum = hashlib.sha256(self.sheet()).hexdigest()
        return [len(self.sheet()), checksum, digest(self.lines()).hex()]


def artifacts(catalogue: Catalogue) -> Iterator[Artifact]:
    """Yield the files of the open data; a kind without records has its files too, empty."""
    tables: list[package.Table] = []
    for kind in KINDS.values():
        records = _Records(catalogue, kind)
        size, checksum, key = catalogue.past.known(f"data {kind.plural}", records.told)
        tables.append(package.Table(dataset(kind.plural, "csv"), size, checksum))
        yield Artifact(tables[-1].path, records.sheet, key=bytes.fromhex(checksum))
        yield Artifact(dataset(kind.plural, "json"), records.lines, key=bytes.fromhex(key))
    yield Artifact(package.DICTIONARY_SHEET, package.dictionary_sheet())
    yield Artifact(package.DICTIONARY, _json(package.dictionary()))
    yield Artifact(package.PACKAGE, _json(package.descriptor(catalogue, tables)))


def _lines(rows: list[dict[str, Any]]) -> bytes:
    """Return a JSON list with a record on each line, so that two versions can be compared."""
    lines = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in rows)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()

"""The open data: every public record of every kind, for programs and for spreadsheets.

Each kind has a JSON file with everything (``rows``) and a CSV file (``sheet``) whose columns
(``columns``) are read from the kind's own declarations; ``package`` describes them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from showcase.addresses import dataset
from showcase.model import KINDS
from showcase.outputs.artifact import Artifact
from showcase.outputs.data import package
from showcase.outputs.data.columns import columns_of
from showcase.outputs.data.rows import row
from showcase.outputs.data.sheet import cell, sheet
from showcase.pages import Catalogue


def artifacts(catalogue: Catalogue) -> Iterator[Artifact]:
    """Yield the files of the open data; a kind without records has its files too, empty."""
    tables: list[Artifact] = []
    for kind in KINDS.values():
        rows = [row(catalogue, entry) for entry in catalogue.of(kind.name)]
        columns = columns_of(kind)
        cells = ([cell(record, column) for column in columns] for record in rows)
        table = sheet([column.name for column in columns], cells)
        tables.append(Artifact(dataset(kind.plural, "csv"), table))
        yield tables[-1]
        yield Artifact(dataset(kind.plural, "json"), _lines(rows))
    yield Artifact(package.DICTIONARY_SHEET, package.dictionary_sheet())
    yield Artifact(package.DICTIONARY, _json(package.dictionary()))
    yield Artifact(package.PACKAGE, _json(package.descriptor(catalogue, tables)))


def _lines(rows: list[dict[str, Any]]) -> bytes:
    """Return a JSON list with a record on each line, so that two versions can be compared."""
    lines = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in rows)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()

"""Starts a new record: a file to fill in, under an id made from its name."""

from __future__ import annotations

import re
from pathlib import Path

from showcase.addresses import FORBIDDEN
from showcase.model import Kind
from showcase.model.template import new_record
from showcase.pattern import pattern

_UNFIT = pattern(f"[{re.escape(''.join(sorted(FORBIDDEN)))}\\s]+")
_LONGEST = 60


class NoNameError(ValueError):
    """Nothing of a name can stand in an id."""


def create(project: Path, kind: Kind, name: str) -> str:
    """Write the draft of a record and return its file, relative to the project.

    Nothing is ever replaced. Raises :class:`NoNameError`, ``FileExistsError`` with the file that is
    in the way, and ``OSError`` when the file cannot be written.
    """
    title = " ".join(name.split())
    id = _UNFIT.sub("-", title).strip("-. ")[:_LONGEST]
    if not id:
        raise NoNameError(name)
    folder = f"content/{kind.plural}"
    if (project / folder / id).exists():
        raise FileExistsError(f"{folder}/{id}")
    file = f"{folder}/{id}.md"
    (project / folder).mkdir(parents=True, exist_ok=True)
    try:
        with (project / file).open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(new_record(kind, title))
    except FileExistsError as error:
        raise FileExistsError(file) from error
    return file

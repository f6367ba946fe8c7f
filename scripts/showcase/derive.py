"""The files that are made from the tables of kinds, rules and characters, and kept here.

They are kept so that people read them without running anything; a test fails when one is stale.
"""

from __future__ import annotations

import json
from pathlib import Path

from showcase import handbook
from showcase.fold import TABLE
from showcase.folding import classes
from showcase.model import KINDS
from showcase.model.schema import schemas

SCHEMAS = ".vscode/schemas"
"""In the editors' folder: not among the staff's files, and not part of the site."""
SETTINGS = ".vscode/settings.json"

_WHOLLY = (handbook.RULES_FOLDER, SCHEMAS)
"""Folders in which nothing else lies: a file there that is not derived is a leftover."""


def derived() -> dict[str, str]:
    """Return the text of every derived file by its path in the project."""
    found = {f"{SCHEMAS}/{name}": _json(schema) for name, schema in schemas().items()}
    table = {f"scripts/showcase/{TABLE}": _json(classes())}
    return {**handbook.pages(), **found, **table, SETTINGS: _json(_settings())}


def _settings() -> dict[str, object]:
    """Return the workspace settings that give each YAML file its schema.

    Front matter of Markdown files has none: the editor's YAML extension does not look into it.
    """
    lists = {
        f"./{SCHEMAS}/{kind.plural}.list.schema.json": _either(kind.plural)
        for kind in KINDS.values()
    }
    return {"yaml.schemas": {f"./{SCHEMAS}/site.schema.json": ["content/site.yml"], **lists}}


def _either(name: str) -> list[str]:
    return [f"content/{name}.yml", f"content/{name}.yaml"]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def stale(project: Path) -> list[str]:
    """Return the paths of derived files that are missing, differ or are left over."""
    wanted = derived()
    differing = [path for path, text in wanted.items() if _read(project / path) != text]
    return differing + [path for path in _present(project) if path not in wanted]


def write(project: Path) -> list[str]:
    """Bring the derived files up to date; return the paths that were written or removed.

    Raises ``OSError`` when one cannot be.
    """
    wanted, changed = derived(), stale(project)
    for name in changed:
        path = project / name
        if name in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[name].encode())
        else:
            path.unlink()
    return changed


def _present(project: Path) -> list[str]:
    folders = (project / folder for folder in _WHOLLY)
    files = (path for folder in folders if folder.is_dir() for path in folder.iterdir())
    ours = (path for path in files if path.suffix in (".md", ".json"))
    return sorted(path.relative_to(project).as_posix() for path in ours)


def _read(path: Path) -> str | None:
    # As text: Git may give a working copy the line ends of its system.
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None

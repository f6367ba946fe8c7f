"""Projects for tests: the real theme and settings around content of the test's own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
SITES = HOUSE / "tests" / "sites"


def project(folder: Path, content: Mapping[str, str]) -> Path:
    """Make a project whose ``content/`` holds the given files; no theme, enough for a check."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(HOUSE / "mkdocs.yml", folder)
    (folder / "content").mkdir()
    for name, text in content.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return folder


def site(folder: Path, name: str) -> Path:
    """Copy one of the sites of ``tests/sites`` with the theme and hand-written pages around it."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(HOUSE / "mkdocs.yml", folder)
    shutil.copytree(SITES / name / "content", folder / "content")
    for part in ("docs", "overrides"):
        shutil.copytree(HOUSE / part, folder / part)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes, but for what is kept from run to run."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "showcase.db"
    }

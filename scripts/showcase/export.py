"""Writes the composed pages as plain Markdown files, with ``docs/`` beside them."""

from __future__ import annotations

import shutil
from pathlib import Path

from showcase.pipeline import Site


def export(site: Site, docs: Path, out: Path) -> int:
    """Write a site as a tree that any engine reading ``mkdocs.yml`` can build.

    Returns the number of composed pages. Raises ``OSError`` when something cannot be written.
    """
    if docs.is_dir():
        shutil.copytree(docs, out, dirs_exist_ok=True)
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    for page in site.pages():
        _write(out / page.uri, page.text.encode())
        count += 1
    for artifact in site.artifacts():
        _write(out / artifact.path, artifact.data, artifact.file)
    return count


def _write(path: Path, data: bytes, file: Path | None = None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if file is not None:
        shutil.copyfile(file, path)
    else:
        path.write_bytes(data)

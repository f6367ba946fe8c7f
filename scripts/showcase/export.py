"""Writes the composed pages as plain Markdown files, with ``docs/`` beside them."""

from __future__ import annotations

import shutil
from pathlib import Path

from showcase.outputs import Artifact
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
        Artifact(page.uri, page.text.encode()).write(out)
        count += 1
    for artifact in site.artifacts():
        artifact.write(out)
    return count

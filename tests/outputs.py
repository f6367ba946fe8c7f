"""What the outputs of a project are, for the tests of each of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from showcase.outputs import Listed
from showcase.pipeline import Site, check_project, site_of

DAY = date(2026, 1, 1)
URL = "https://www.example.org/wm/"


def made(folder: Path, url: str = "") -> Site:
    return site_of(check_project(folder), day=DAY, url=url)


def files(folder: Path, url: str = "") -> dict[str, bytes]:
    """Return every artifact of a project by its path."""
    found = [(artifact.path, artifact.data) for artifact in made(folder, url).artifacts()]
    assert len(found) == len(dict(found)), "two artifacts have one path"
    return dict(found)


def listed(folder: Path, url: str = "", *others: Listed) -> dict[str, bytes]:
    """Return the files that list the composed pages and some others."""
    site = made(folder, url)
    pages = [
        Listed(page.uri.removesuffix("index.md"), page.title, composed=True, hidden=page.hidden)
        for page in site.pages()
    ]
    return {one.path: one.data for one in site.listings([*pages, *others])}

"""What hand-written pages may lead to is known before it is made."""

from __future__ import annotations

from pathlib import Path

from showcase.outputs import OUTPUTS, linkable
from showcase.pipeline import check_project, site_of
from tests.projects import site

BY_NOBODY = {"find", "photos", "redirects", "headers"}
"""Outputs whose files no page is meant to lead to: former addresses, what hosts read."""


def test_every_file_is_announced_where_it_will_lie(tmp_path: Path) -> None:
    made = site_of(check_project(site(tmp_path / "p", "every-kind")))
    files = {file.path for file in made.artifacts(*(OUTPUTS.keys() - BY_NOBODY))}
    assert len(files) > 30
    assert set(linkable(made.catalogue)) == files

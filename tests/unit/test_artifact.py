"""A file of the site is written whole, whatever stood there and whatever it is made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcase.outputs import Artifact


def test_it_may_be_made_of_what_stands_there(tmp_path: Path) -> None:
    path = tmp_path / "search/index.js"
    Artifact("search/index.js", b"before").write(tmp_path)
    Artifact("search/index.js", lambda: path.read_bytes() + b" and after").write(tmp_path)
    assert path.read_bytes() == b"before and after"


def test_another_name_of_what_stood_there_keeps_it(tmp_path: Path) -> None:
    Artifact("a", b"shown").write(tmp_path)
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    Artifact("b", b"new").write(tmp_path)
    assert (tmp_path / "a").read_bytes() == b"shown"


def test_it_is_not_made_before_it_is_wanted(tmp_path: Path) -> None:
    def refuse() -> bytes:
        raise AssertionError

    made = Artifact("a", refuse, key=b"k")
    with pytest.raises(AssertionError):
        made.write(tmp_path)
    assert not (tmp_path / "a").exists()

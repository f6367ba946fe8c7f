"""Builds that can be stopped at a chosen moment, and a site to be left whole by them."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent

import pytest

from tests.commands import LONGEST, showcase
from tests.projects import site, tree

FORMER = "一个合成的品牌"
LATER = "一个改过的品牌"


def built(folder: Path) -> Path:
    """Make a project in a folder and build its site, as it stands before something goes wrong."""
    made = site(folder, "every-kind")
    shutil.rmtree(made / "docs/handbook")  # half of the time that a build takes
    done = showcase("build", "--project", str(made))
    assert done.returncode == 0, done.stdout + done.stderr
    return made


def edit(project: Path, new: str = LATER) -> None:
    """Change a record, so that the next build gives another site."""
    brand = project / "content/brands/品牌甲.md"
    brand.write_text(brand.read_text("utf-8").replace(FORMER, new), "utf-8")


def hook(project: Path, code: str) -> None:
    """Let the engine run a module of this test's within the build."""
    (project / "hook.py").write_text(dedent(code), "utf-8")
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nhooks:\n  - hook.py\n")


def unhook(project: Path) -> None:
    """Take the module out again."""
    settings = project / "mkdocs.yml"
    text = settings.read_text("utf-8").replace("\nhooks:\n  - hook.py\n", "")
    settings.write_text(text, "utf-8")


PAUSE = """
    import time
    from pathlib import Path

    HERE = Path(__file__).parent

    def on_env(env, config, files):
        (HERE / "reached").touch()
        while not (HERE / "go").exists():
            time.sleep(0.02)
"""
"""A hook that stops the build once everything is read and nothing is written, until told to go."""


def wait_until(true: Callable[[], object]) -> None:
    """Wait for what another process does."""
    until = time.monotonic() + LONGEST
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


def left_over(project: Path) -> list[str]:
    """Return the names of what builds have put beside the site."""
    return sorted(path.name for path in project.iterdir() if path.name.startswith(".site."))


def served(project: Path) -> dict[str, bytes]:
    """Return the site's files."""
    return tree(project / "site")


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[Path]:
    """A file system of a few pages; skipped, in words, where one cannot be mounted."""
    folder.mkdir(exist_ok=True)
    if os.geteuid() != 0:
        pytest.skip("NOT TRIED: only root may mount a small file system")
    done = subprocess.run(["mount", *options, str(folder)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"NOT TRIED: no file system can be mounted here: {done.stderr.decode()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)

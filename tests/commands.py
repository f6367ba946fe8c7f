"""The project's real commands, run as a user runs them: in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.projects import HOUSE

Done = subprocess.CompletedProcess[str]

LONGEST = 300
"""Seconds after which a command is taken to hang."""


def showcase(*words: str, cwd: Path | None = None, **environment: str) -> Done:
    """Run a command of the package to its end."""
    return _run([sys.executable, "-m", "showcase.cli", *words], cwd or HOUSE, environment)


def mkdocs(*words: str, cwd: Path, **environment: str) -> Done:
    """Run the engine itself to its end."""
    return _run([sys.executable, "-W", "ignore", "-m", "mkdocs", *words], cwd, environment)


def _run(command: list[str], cwd: Path, environment: dict[str, str]) -> Done:
    return subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )


def started(*words: str, **environment: str) -> subprocess.Popen[str]:
    """Start a command of the package and go on."""
    return subprocess.Popen(
        [sys.executable, "-m", "showcase.cli", *words],
        cwd=HOUSE,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )

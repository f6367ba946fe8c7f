"""Where the project's things lie, seen from wherever it was put."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "showcase-ready.json"
LOG = VENV / "showcase-setup.log"
LOCK = ROOT / ".venv.lock"

REQUIREMENTS = ROOT / "requirements.lock"
TEST_REQUIREMENTS = ROOT / "requirements-dev.lock"
PROJECT = ROOT / "pyproject.toml"


def child_environment() -> dict[str, str]:
    """UTF-8 whatever the code page; none of what would lead Python to another installation."""
    environment = dict(os.environ, PYTHONUTF8="1")
    for name in ("PYTHONHOME", "__PYVENV_LAUNCHER__"):
        environment.pop(name, None)
    return environment

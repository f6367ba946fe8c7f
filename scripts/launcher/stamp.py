"""What ``.venv`` was made from, and whether that is still what is wanted.

The stamp is taken away before anything in ``.venv`` is changed and written when all is done: no
stamp means that a set-up was interrupted, and everything is made anew.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from launcher.places import PROJECT, PYTHON, REQUIREMENTS, ROOT, STAMP, TEST_REQUIREMENTS


def wanted(*, tests: bool) -> dict[str, str]:
    """Fingerprints of all that ``.venv`` depends on: part → hash."""
    version = "{}.{}".format(*sys.version_info)
    python = (version, sys.platform, sys.base_prefix, str(ROOT))
    marks = {
        "base": fingerprint(*python, read(REQUIREMENTS)),
        "project": fingerprint(read(PROJECT)),
    }
    if tests:
        marks["tests"] = fingerprint(read(TEST_REQUIREMENTS))
    return marks


def stamped() -> dict[str, str]:
    """What the environment was made from; empty when it was never finished or cannot start."""
    try:
        marks = json.loads(read(STAMP))
    except (OSError, ValueError):  # never finished, or half written to a full disk
        return {}
    return marks if isinstance(marks, dict) and PYTHON.exists() else {}


def holds(marks: dict[str, str]) -> bool:
    """Whether the environment is whole and made from exactly this."""
    return marks.items() <= stamped().items()


def read(path: Path) -> str:
    """The text of one of the project's own files."""
    return path.read_text(encoding="utf-8")


def fingerprint(*parts: str) -> str:
    """A hash that differs when any part does."""
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()

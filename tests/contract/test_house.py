"""The house stays in order: imports, style, types and locked versions, checked on every run."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
SETTINGS: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = (*SETTINGS["project"]["dependencies"], *SETTINGS["dependency-groups"]["build"])
LOCKED = {
    "requirements.lock": RUNTIME,
    "requirements-dev.lock": (*RUNTIME, *SETTINGS["dependency-groups"]["dev"]),
}


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "--quiet"),
        ("ruff", "format", "--check", "--quiet"),
        ("mypy", "--no-error-summary"),
    ],
    ids=" ".join,
)
def test_tool_finds_nothing(command: tuple[str, ...]) -> None:
    tool, *arguments = command
    where = ["scripts", "tests"] if tool == "ruff" else []  # mypy has them in pyproject.toml
    result = subprocess.run(
        [sys.executable, "-m", tool, *arguments, *where],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, f"{result.stdout}{result.stderr}"


def test_imports_point_down() -> None:
    start = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    result = subprocess.run(
        [sys.executable, "-c", start, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, f"{result.stdout}{result.stderr}"


def test_templates_stand_in_overrides_but_those_of_other_generators() -> None:
    places = [
        path for name in ("content", "docs", "scripts") for path in (ROOT / name).rglob("*.html")
    ]
    peers = ROOT / "scripts" / "showcase" / "bench" / "layouts"
    assert [path for path in places if not path.is_relative_to(peers)] == []


@pytest.mark.parametrize("name", LOCKED)
def test_locked_versions_are_what_the_settings_ask_for(name: str) -> None:
    versions = locked(name)
    for line in LOCKED[name]:
        requirement = Requirement(line)
        version = versions.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in {name}: see pyproject.toml for how to lock"
        assert requirement.specifier.contains(version), f"{name} has {version}, not {line}"


def test_tests_run_on_the_versions_that_the_site_is_built_with() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.parametrize("name", LOCKED)
def test_lock_names_hashes_and_no_place(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = re.findall(r"^\S+==.*(?:\n +--hash=.*)*", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[^\s#]", text, re.MULTILINE))
    assert all("--hash=sha256:" in pin for pin in pins)
    assert not re.search(r"://|@ |--(index|find|extra|trusted)", text)


def locked(name: str) -> dict[str, str]:
    """The versions that a lock file allows: package → version."""
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)
    assert len(dict(pins)) == len(pins), f"{name} has two versions of a package"
    return {str(canonicalize_name(package)): version for package, version in pins}

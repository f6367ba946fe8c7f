"""The house stays in order: imports, style, types and locked versions, checked on every run."""

from __future__ import annotations

import pkgutil
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import showcase
from showcase.pattern import Later

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


def test_no_pattern_takes_a_group_possessively() -> None:
    """Python before 3.11.5, Debian 12's among them, may match such a group wrongly (gh-106052)."""
    assert list(_taken_whole(re.compile(r"a(?:[^b]|b.)*+"))), "the test itself must find them"
    assert list(_taken_whole(re.compile(r"a(?>b|c)"))), "the test itself must find them"
    found, count = [], 0
    for module in pkgutil.walk_packages(showcase.__path__, "showcase."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(pkgutil.resolve_name(module.name)).items():
            if isinstance(value, re.Pattern | Later):
                count += 1
                found += [f"{module.name}.{name}" for _ in _taken_whole(value)]
    assert count > 100
    assert not found


def _taken_whole(pattern: re.Pattern[Any] | Later) -> Iterator[object]:
    """Yield the groups that a pattern never gives back; single characters may be taken so."""
    return _groups(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))


def _groups(parsed: Any) -> Iterator[object]:
    simple = {_constants.LITERAL, _constants.NOT_LITERAL, _constants.IN, _constants.ANY}
    for operation, value in parsed:
        if operation is _constants.ATOMIC_GROUP:
            yield value
        if operation is _constants.POSSESSIVE_REPEAT and not {one[0] for one in value[2]} <= simple:
            yield value
        for inner in _inside(value):
            yield from _groups(inner)


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, _parser.SubPattern):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _inside(part)

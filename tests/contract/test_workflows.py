"""The workflows: what they run exists, what they use is pinned, what they may do is little."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from showcase.cli import main
from showcase.policy import headers
from tests.projects import HOUSE

FOLDER = HOUSE / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
GITLAB = HOUSE / ".gitlab-ci.yml"
_PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
_WRITES = {("site.yml", "publish", "pages"), ("site.yml", "publish", "id-token")}
"""Workflow, job and right: publishing to Pages needs these two, and nothing else may write."""


def load(path: Path) -> dict[str, Any]:
    loaded = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    assert isinstance(loaded, dict)
    return loaded


def jobs(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from load(path)["jobs"].items()


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for _, job in jobs(path):
        yield from job["steps"]


def test_there_are_workflows() -> None:
    assert [path.name for path in WORKFLOWS] == ["change.yml", "guard.yml", "site.yml"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_by_its_commit_and_says_its_version(path: Path) -> None:
    for line in path.read_text("utf-8").split("\n"):
        if "uses:" in line:
            used, _, comment = line.partition("uses:")[2].partition("#")
            assert _PINNED.fullmatch(used.strip()), line
            assert re.fullmatch(r" v\d+\.\d+\.\d+", comment), line


def test_one_action_has_one_commit_everywhere() -> None:
    used = {step["uses"] for path in WORKFLOWS for step in steps(path) if "uses" in step}
    assert len({one.partition("@")[0] for one in used}) == len(used)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_rights_are_no_more_than_needed(path: Path) -> None:
    stated = load(path)["permissions"]
    assert stated in ({"contents": "read"}, {})
    for name, job in jobs(path):
        for right, level in job.get("permissions", {}).items():
            assert level == "read" or (path.name, name, right) in _WRITES
        assert "timeout-minutes" in job


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_checkout_leaves_no_token_behind(path: Path) -> None:
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


def test_changes_see_no_secrets() -> None:
    for path in WORKFLOWS:
        assert "secrets" not in re.sub(r"(?m)#.*$", "", path.read_text("utf-8"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_others_write_reaches_no_shell_as_code(path: Path) -> None:
    for step in steps(path):
        assert "${{" not in step.get("run", "")


def test_what_runs_with_the_main_lines_rights_takes_nothing_of_a_change() -> None:
    trusted = [path for path in WORKFLOWS if "pull_request_target" in load(path)["on"]]
    assert [path.name for path in trusted] == ["guard.yml"]
    for step in steps(trusted[0]):
        assert "uses" not in step
        assert not re.search(
            r"git (fetch|clone|checkout|pull)|run\.py|curl|gh pr checkout", step["run"]
        )


def test_a_change_from_outside_brings_its_records_only() -> None:
    foreign = [
        step
        for step in steps(FOLDER / "change.yml")
        if "!=" in step.get("if", "") and "refs/pull" in str(step)
    ]
    (step,) = foreign
    assert step["with"]["sparse-checkout"] == "content"
    assert step["with"]["path"] == ".change"
    base = [one for one in steps(FOLDER / "change.yml") if "base.sha" in str(one)]
    assert len(base) == 1


@pytest.mark.parametrize("path", [*WORKFLOWS, GITLAB], ids=lambda path: path.name)
def test_the_commands_and_their_options_exist(path: Path) -> None:
    for line in path.read_text("utf-8").replace("\\\n", " ").split("\n"):
        named = re.search(r"scripts/run\.py (\S+)(.*)", line)
        if named is None:
            continue
        command = main.commands[named[1]]
        known = {option for one in command.params for option in (*one.opts, *one.secondary_opts)}
        assert set(re.findall(r"--[a-z-]+", named[2])) <= known, line


@pytest.mark.parametrize(
    "path", [FOLDER / "site.yml", FOLDER / "change.yml", GITLAB], ids=lambda path: path.name
)
def test_the_site_is_checked_built_without_network_and_audited(path: Path) -> None:
    text = path.read_text("utf-8")
    order = [text.index(f"run.py {command}") for command in ("check", "build", "audit")]
    assert order == sorted(order)
    assert "unshare --net" in text


def test_gitlab_publishes_the_main_line_only() -> None:
    pages = load(GITLAB)["pages"]
    assert pages["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert pages["artifacts"]["paths"] == ["public"]


def guarded(names: list[str], folder: Path) -> int:
    """Run the guard's own shell on a list of names instead of the service's answer."""
    (step,) = list(steps(FOLDER / "guard.yml"))
    script = re.sub(r"gh api.*?> names\n", "", step["run"], flags=re.DOTALL)
    assert "gh api" not in script
    (folder / "names").write_text("".join(f"{name}\n" for name in names), "utf-8")
    shell = shutil.which("bash") or "bash"
    done = subprocess.run([shell, "-e", "-c", script], cwd=folder, capture_output=True, check=False)
    return done.returncode


@pytest.mark.parametrize(
    ("names", "passes"),
    [
        (["content/brands/甲.md"], True),
        (["content/brands/甲.md", "mkdocs.yml"], False),
        (["overrides/main.html"], False),
        ([".github/workflows/guard.yml"], False),
        (["docs/content/x.md"], False),
        (["contents"], False),
        ([f"content/{number}.md" for number in range(3000)], False),
    ],
)
def test_the_guard_lets_records_through_and_nothing_else(
    names: list[str], passes: bool, tmp_path: Path
) -> None:
    assert (guarded(names, tmp_path) == 0) is passes


def test_what_runs_has_owners() -> None:
    text = (HOUSE / ".github" / "CODEOWNERS").read_text("utf-8")
    owned = set(re.findall(r"(?m)^/(\S+?)/?\s+@", text))
    assert {"mkdocs.yml", "overrides", "scripts", ".github", ".gitlab-ci.yml", ".ci"} <= owned
    for name in owned:
        assert list(HOUSE.glob(name)), name


@pytest.mark.parametrize(
    "path", [FOLDER / "change.yml", FOLDER / "site.yml", GITLAB], ids=lambda path: path.name
)
def test_the_check_knows_what_is_published_and_the_strict_build_does_not(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.index("/data/addresses.json") < text.index("run.py check")
    # A warning about an address is for people to read; it must not stop what is withdrawn today.
    if "run.py build --strict" in text:
        between = text[text.index("run.py check") : text.index("run.py build")]
        assert "rm -f published.json" in between or "stage: build" in between


def test_the_recipe_for_a_server_has_the_site_s_own_headers() -> None:
    recipe = (HOUSE / "docs/handbook/publishing.md").read_text("utf-8")
    for name, value in headers().items():
        assert f'add_header {name} "{value}" always;' in recipe

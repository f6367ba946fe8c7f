"""The first command, run for real: on a scratch project, in a path with a space and Chinese.

Nothing comes from the network: the few packages that the scratch project locks are packed again
from those installed here, so the set-up (virtual environment, pip, hashes) is the real one, small.
"""

from __future__ import annotations

import ast
import errno
import hashlib
import os
import re
import runpy
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from launcher.commands import USAGE, leading_project
from launcher.faults import (
    DISK_FULL,
    HASHES,
    LONG_PATH,
    NETWORK,
    NO_PERMISSION,
    NO_VENV,
    NO_WHEEL,
    Fault,
    fault_in,
    fault_of,
)
from showcase.cli import main as showcase

ROOT = Path(__file__).parents[2]
FIRST, AGAIN, READY, WAITING = "第一次使用", "上次没有准备完", "准备好了", "另一个窗口正在准备"
PYTHON: str = sys._base_executable  # type: ignore[attr-defined]
"""The system's Python, as a user would start it; never the environment that pytest runs in."""
COPIED = ("pyproject.toml", "scripts/run.py", "scripts/launcher")
EXTRA = ("iniconfig", "sortedcontainers")
"""Packed too: the first stands for what tests need, the second is for any test's own use."""
STUB = """
import os, sys

def main():
    print(sys.argv, os.getcwd(), os.environ.get("SHOWCASE_PROJECT"), sys.flags.utf8_mode, sep="|")
    return int(sys.argv[2]) if sys.argv[1] == "check" else 0
"""


class Project:
    """A scratch copy of this repository with a stub for the package and a small lock file."""

    def __init__(self, root: Path, wheels: Path, *hidden: str) -> None:
        self.root = root
        self.hidden = hidden
        self.venv = root / ".venv"
        self.stamp = self.venv / "showcase-ready.json"
        self.lock = root / "requirements.lock"
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PIP_", "PYTEST_", "SHOWCASE_", "PYTHON"))
        } | {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": wheels.as_uri()}
        for name in COPIED:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / name, root / name, ignore=ignored)
            else:
                shutil.copy(ROOT / name, root / name)
        for name in ("README.md", "LICENSE", "mkdocs.yml", "scripts/showcase/__init__.py"):
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).touch()
        (root / "scripts/showcase/cli.py").write_text(STUB, encoding="utf-8")
        (root / "scripts/showcase/plugin.py").write_text("ShowcasePlugin = None", encoding="utf-8")
        pins = {wheel.stem.split("-")[0]: pin(wheel) for wheel in wheels.glob("*.whl")}
        extra = {name: pins.pop(name) for name in EXTRA}
        self.lock.write_text("".join(pins.values()), encoding="utf-8")
        tests = root / "requirements-dev.lock"
        tests.write_text("".join(pins.values()) + extra["iniconfig"], encoding="utf-8")

    def command(self, *arguments: str) -> list[str]:
        """The command line, on a Python that does not have the modules in ``hidden``."""
        script = str(self.root / "scripts/run.py")
        if not self.hidden:
            return [PYTHON, script, *arguments]
        start = (
            f"import runpy, sys; sys.modules.update(dict.fromkeys({self.hidden!r})); "
            "sys.argv[:] = sys.argv[1:]; sys.path.insert(0, sys.argv[0][:-len('/run.py')]); "
            "runpy.run_path(sys.argv[0], run_name='__main__')"
        )
        return [PYTHON, "-c", start, script, *arguments]

    def run(self, *arguments: str, cwd: Path | None = None, **environment: str) -> Ran:
        return Ran(
            subprocess.run(
                self.command(*arguments),
                cwd=cwd or self.root.parent,
                env=self.environment | environment,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*arguments),
            cwd=self.root.parent,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def until_begun(self) -> None:
        """Wait until a set-up that was started elsewhere is at work."""
        end = time.monotonic() + 60
        while not (self.venv / "pyvenv.cfg").exists():
            assert time.monotonic() < end, "the set-up never began"
            time.sleep(0.05)


class Ran:
    """What a finished command said."""

    def __init__(self, result: subprocess.CompletedProcess[str]) -> None:
        self.status, self.out, self.err = result.returncode, result.stdout, result.stderr
        assert "Traceback" not in self.err, self.err

    @property
    def saw(self) -> list[str]:
        """What the stub printed: arguments, current folder, project, UTF-8 mode."""
        assert self.status == 0, self.err
        return self.out.strip().split("|")


def pin(wheel: Path) -> str:
    """The line of a lock file that allows exactly this wheel."""
    name, version, *_ = wheel.stem.split("-")
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def needed_by(name: str) -> set[str]:
    """A package and all that it needs here."""
    needs = {name}
    for line in distribution(name).requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            needs |= needed_by(requirement.name)
    return needs


def pack(name: str, folder: Path) -> None:
    """Make a wheel of an installed pure-Python package."""
    installed = distribution(name)
    parts = [
        part
        for part in installed.files or ()
        if ".." not in part.parts and "__pycache__" not in part.parts and part.name != "RECORD"
    ]
    information = next(part.parts[0] for part in parts if part.name == "METADATA")
    stem = information.removesuffix(".dist-info")
    with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as wheel:
        for part in parts:
            wheel.write(part.locate(), part.as_posix())
        record = "".join(f"{part.as_posix()},,\n" for part in parts)
        wheel.writestr(f"{information}/RECORD", record)


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheels")
    for name in (*needed_by("hatchling"), *EXTRA):
        pack(name, folder)
    return folder


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, wheels: Path) -> Project:
    """A project that was set up: its first run is asserted here, once."""
    project = Project(tmp_path_factory.mktemp("项目 一") / "仓库", wheels)
    ran = project.run("build", "一 二")
    assert FIRST in ran.err
    assert READY in ran.err
    assert ran.saw == [
        "['showcase', 'build', '一 二']",
        str(project.root.parent),
        str(project.root),
        "1",
    ]
    return project


@pytest.fixture(scope="module")
def own_pip() -> bool:
    """Whether this Python has a pip: Debian's may not, others may be without ensurepip."""
    return subprocess.run([PYTHON, "-c", "import pip"], check=False).returncode == 0


@pytest.fixture
def project(tmp_path: Path, wheels: Path, own_pip: bool) -> Project:
    """A project that nothing was run in yet; a set-up without ensurepip takes half the time."""
    return Project(tmp_path / "项目 一" / "仓库", wheels, *(["ensurepip"] if own_pip else []))


def test_second_run_repeats_nothing(ready: Project) -> None:
    before = ready.stamp.stat().st_mtime_ns
    ran = ready.run("build")
    assert ran.err == ""
    assert ready.stamp.stat().st_mtime_ns == before


def test_exit_code_is_passed_on(ready: Project) -> None:
    assert ready.run("check", "7").status == 7


def test_sources_are_found_without_utf8_mode(ready: Project) -> None:
    # A plain `mkdocs build` in the activated environment has no PYTHONUTF8.
    (pointer,) = ready.venv.rglob("_civic_showcase.pth")
    assert pointer.read_bytes().isascii()
    python = ready.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([python, "-I", "-c", "import showcase.cli"], check=True)


@pytest.mark.parametrize(
    ("arguments", "environment", "here", "project"),
    [
        (["build"], {}, "", "ROOT"),
        (["build"], {}, "mkdocs.yml", "None"),
        (["--project", "那边", "build"], {}, "mkdocs.yml", "那边"),
        (["--project=那边", "build"], {}, "", "那边"),
        (["build"], {"SHOWCASE_PROJECT": "别处"}, "", "别处"),
    ],
)
def test_which_project(
    ready: Project,
    tmp_path: Path,
    arguments: list[str],
    environment: dict[str, str],
    here: str,
    project: str,
) -> None:
    if here:
        (tmp_path / here).touch()
    saw = ready.run(*arguments, cwd=tmp_path, **environment).saw
    assert saw[:2] == ["['showcase', 'build']", str(tmp_path)]
    assert saw[2] == (str(ready.root) if project == "ROOT" else project)


def test_project_after_the_command_is_the_commands() -> None:
    assert leading_project(["build", "--project", "x"]) == (None, ["build", "--project", "x"])
    assert leading_project(["--project"]) == (None, ["--project"])


def test_tests_are_added_to_what_is_there(ready: Project) -> None:
    before = ready.venv.stat().st_ino
    ran = ready.run("test", "--version")  # pytest itself is not in the small lock file
    assert "补充运行环境" in ran.err
    assert "No module named pytest" in ran.err
    assert ready.venv.stat().st_ino == before
    assert ready.run("build").err == ""


def test_new_entry_points_are_installed_alone(ready: Project) -> None:
    before = ready.venv.stat().st_ino
    settings = ready.root / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    old, new = 'showcase = "showcase.cli:run"', 'showcase2 = "showcase.cli:run"'
    assert old in text
    settings.write_text(text.replace(old, f"{old}\n{new}"), encoding="utf-8")
    ran = ready.run("build")
    assert "补充运行环境" in ran.err
    assert list(ready.venv.glob("*/showcase2*"))
    assert ready.venv.stat().st_ino == before


def test_changed_lock_makes_a_new_environment(ready: Project) -> None:
    leftover = ready.venv / "leftover"
    leftover.touch()
    ready.lock.write_text(ready.lock.read_text(encoding="utf-8") + "# newer\n", encoding="utf-8")
    assert "有变化" in ready.run("build").err
    assert not leftover.exists()


def test_killed_set_up_is_redone(project: Project) -> None:
    with project.start("build") as process:
        project.until_begun()
        process.kill()
    ran = project.run("build")
    assert AGAIN in ran.err
    assert ran.saw


def test_two_first_runs_at_once(project: Project) -> None:
    with project.start("build") as first:
        project.until_begun()
        second = project.run("build")
        out, err = first.communicate()
    assert first.returncode == 0
    assert (FIRST in err, "showcase" in out) == (True, True)
    assert WAITING in second.err
    assert READY not in second.err
    assert second.saw


def test_network_away(project: Project) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/simple"
    project.environment |= {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": address, "PIP_RETRIES": "1"}
    del project.environment["PIP_FIND_LINKS"]
    ran = project.run("build")
    assert ran.status == 2
    assert NETWORK.what in ran.err
    assert (project.venv / "showcase-setup.log").is_file()


def test_a_file_that_is_not_the_locked_one(ready: Project, wheels: Path) -> None:
    """What worked goes on working when what would be added to it cannot be trusted."""
    tests = ready.root / "requirements-dev.lock"
    (wheel,) = wheels.glob("sortedcontainers-*")
    tests.write_text(re.sub("sha256:.{8}", "sha256:00000000", pin(wheel)), encoding="utf-8")
    assert ready.run("build").saw
    ran = ready.run("test")
    assert ran.status == 2
    assert HASHES.what in ran.err
    assert ready.run("build").err == ""


def test_python_without_ensurepip_uses_its_own_pip(project: Project, own_pip: bool) -> None:
    if not own_pip:
        pytest.skip("this Python has no pip of its own")
    ran = project.run("build")
    assert READY in ran.err
    assert ran.saw
    assert not list(project.venv.glob("*/pip*"))


def test_python_without_any_pip(tmp_path: Path, wheels: Path) -> None:
    ran = Project(tmp_path, wheels, "ensurepip", "pip").run("build")
    assert ran.status == 2
    assert NO_VENV.what in ran.err
    assert "python3-venv" in ran.err


def test_a_refusal_of_the_system_is_told(project: Project) -> None:
    (project.root / ".venv.lock").mkdir()
    ran = project.run("build")
    assert ran.status == 2
    assert ".venv.lock" in ran.err


def test_a_missing_file_of_the_project_is_told(project: Project) -> None:
    project.lock.unlink()
    ran = project.run("build")
    assert ran.status == 2
    assert "requirements.lock" in ran.err


@pytest.mark.skipif(os.name == "nt", reason="Windows does not delete a program that runs")
def test_an_activated_environment_is_remade_by_its_base(project: Project) -> None:
    assert project.run("build").saw
    project.stamp.unlink()
    python = project.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    project.hidden = ()
    command = [str(python), *project.command("build")[1:]]
    result = subprocess.run(
        command,
        cwd=project.root.parent,
        env=project.environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    ran = Ran(result)
    assert AGAIN in ran.err
    assert len(ran.saw) == 4


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["help"]])
def test_usage_needs_no_set_up(project: Project, arguments: list[str]) -> None:
    ran = project.run(*arguments)
    assert (ran.status, ran.out.strip()) == (0, USAGE)
    assert not project.venv.exists()


def test_usage_names_every_command() -> None:
    named = {line.split()[0] for line in USAGE.splitlines() if line.startswith("  ")}
    assert named == {"test", *showcase.commands}


def test_old_python_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit) as stopped:
        runpy.run_path(str(ROOT / "scripts/run.py"), run_name="__main__")
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert "Python 太旧" in said
    assert "3.9" in said


def test_old_python_can_read_the_file() -> None:
    text = (ROOT / "scripts/run.py").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 7))  # the oldest that `ast` knows
    assert not any(word in text for word in ("-> ", " := ", 'f"', "__future__", "print("))


@pytest.mark.parametrize(
    ("output", "fault"),
    [
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left",
            DISK_FULL,
        ),
        ("OSError: [WinError 112] 磁盘空间不足。: 'C:\\\\x'", DISK_FULL),
        ("HINT: This error might have occurred since … Windows Long Path support", LONG_PATH),
        ("PermissionError: [Errno 13] Permission denied: '/x'", NO_PERMISSION),
        ("OSError: [WinError 5] 拒绝访问。: 'C:\\\\x'", NO_PERMISSION),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", HASHES),
        (
            "WARNING: Retrying (…) after connection broken by 'NewConnectionError('…: Failed to\n"
            "ERROR: No matching distribution found for click==8.5.1",
            NETWORK,
        ),
        (
            "Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]",
            NETWORK,
        ),
        ("ERROR: HTTP error 403 while getting https://…", NETWORK),
        ("ERROR: No matching distribution found for opencc==1.4.2", NO_WHEEL),
        (
            "The virtual environment was not created successfully because ensurepip is not\n"
            "available.  On Debian/Ubuntu systems",
            NO_VENV,
        ),
        ("error: something new", None),
    ],
)
def test_what_pip_says_is_understood(output: str, fault: Fault | None) -> None:
    assert fault_in(output) == fault


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (errno.ENOSPC, DISK_FULL),
        (errno.EDQUOT, DISK_FULL),
        (errno.EACCES, NO_PERMISSION),
        (errno.EROFS, NO_PERMISSION),
    ],
)
def test_what_the_system_says_is_understood(number: int, fault: Fault) -> None:
    assert fault_of(OSError(number, os.strerror(number))) == fault

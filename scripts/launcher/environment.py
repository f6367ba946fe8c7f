"""Making ``.venv``: one at a time, from locked and hashed files, in plain sight."""

from __future__ import annotations

import contextlib
import errno
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from launcher.faults import (
    DISK_FULL,
    NO_VENV,
    Fault,
    SetupError,
    fault_in,
    unknown_fault,
)
from launcher.places import (
    LOCK,
    LOG,
    PYTHON,
    REQUIREMENTS,
    ROOT,
    STAMP,
    TEST_REQUIREMENTS,
    VENV,
    child_environment,
)
from launcher.stamp import read, stamped, wanted

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

SMALL = 50_000_000
"""Bytes: with less than this free, a failure without a known cause is one of space."""

INTERRUPTED = 130


def prepare(*, tests: bool) -> int:
    """Bring ``.venv`` up to date; returns 0, or the exit code of a failure told to the user.

    Raises OSError where the system refuses.
    """
    try:
        with the_only_one() as lock:
            marks = wanted(tests=tests)
            have = stamped()
            if not marks.items() <= have.items():  # else another process did it meanwhile
                update(marks, have, lock)
    except SetupError as error:
        say(str(error.fault))
    except KeyboardInterrupt:
        say("\n已停止。再次运行时会从头准备。")
        return INTERRUPTED
    else:
        return 0
    return 2


@contextlib.contextmanager
def the_only_one() -> Iterator[int]:
    """Let one set-up at a time in; yields the lock's descriptor, to be inherited by its children.

    The system frees the lock when the last process that has it ends, however it ends: there is no
    stale lock, and a set-up whose parent was killed still keeps the next one out.
    """
    with LOCK.open("ab") as handle:
        told = False
        while not locked(handle):
            if not told:
                say("另一个窗口正在准备运行环境，等它完成…（不想等就按 Ctrl-C）")
                told = True
            time.sleep(0.2)
        yield handle.fileno()


def locked(handle: IO[bytes]) -> bool:
    """Try to lock; true also on a file system that knows no locks, where waiting has no end."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
    return True


def update(marks: dict[str, str], have: dict[str, str], lock: int) -> None:
    """Bring ``.venv`` from what it was made from (``have``) to what is wanted (``marks``).

    Another base means a new environment, so that nothing of an old one stays behind; libraries for
    tests are only ever added; a changed pyproject.toml means new entry points.
    """
    fresh = have.get("base") != marks["base"]
    say(opening(fresh=fresh, known=bool(have)))
    STAMP.unlink(missing_ok=True)
    try:
        if fresh:
            have = {}
            make_environment(lock)
        if marks.get("tests", have.get("tests")) != have.get("tests"):
            install(TEST_REQUIREMENTS, lock)  # holds all that REQUIREMENTS does
        elif fresh:
            install(REQUIREMENTS, lock)
        if marks["project"] != have.get("project"):
            install_project(lock)
    except SetupError as error:
        if error.fault.untouched and not fresh:
            STAMP.write_text(json.dumps(have), encoding="utf-8")
        raise
    STAMP.write_text(json.dumps(have | marks), encoding="utf-8")
    say("准备好了。")


def opening(*, fresh: bool, known: bool) -> str:
    """The first words of a set-up: why there is one."""
    if not fresh:
        return "正在补充运行环境…"
    if known:
        return "组件清单或 Python 有变化，正在重新准备运行环境…（约需 1–2 分钟）"
    if VENV.exists():
        return "上次没有准备完，正在重新准备运行环境…（约需 1–2 分钟）"
    return "第一次使用，正在准备运行环境…（需要联网，约需 1–2 分钟）"


def make_environment(lock: int) -> None:
    """Put an empty virtual environment in the place of whatever was there."""
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    if not available("venv") or not (available("ensurepip") or available("pip")):
        raise SetupError(NO_VENV)
    options = [] if available("ensurepip") else ["--without-pip"]
    step([sys.executable, "-m", "venv", *options, str(VENV)], lock)


def available(module: str) -> bool:
    """Whether this Python has the module: Debian leaves ``ensurepip`` out, others ``pip``."""
    spec = importlib.util.find_spec(module)
    return spec is not None and spec.origin is not None  # an emptied folder still has a spec


def install(requirements: Path, lock: int) -> None:
    """Install a lock file: exactly its packages, checked by hash, none of them compiled here."""
    total = len(re.findall(r"^[\w.-]+==", read(requirements), re.MULTILINE))
    done = 0

    def hear(line: str) -> None:
        nonlocal done
        if re.match(r"Collecting |Ignoring |Requirement already satisfied", line):
            done += 1
            show(f"正在下载组件 {done}/{total}")
        elif "Retrying" in line:
            show("网络不通，正在重试…")
        elif line.startswith("Installing collected packages"):
            show("正在安装组件，还要半分钟左右…")

    show(f"正在下载组件 0/{total}")
    try:
        pip(["--require-hashes", "--only-binary=:all:", "-r", requirements.name], lock, hear)
    finally:
        show("")


def install_project(lock: int) -> None:
    """Install the project itself so that its sources are used where they lie.

    The way from ``site-packages`` to them is then made relative: Python reads that file in the
    system's code page, where a path with Chinese in it is garbage or stops Python from starting.
    """
    pip(["--no-deps", "--no-build-isolation", "--editable", "."], lock)
    for site_packages in ("lib/python*/site-packages", "Lib/site-packages"):
        for pointer in VENV.glob(f"{site_packages}/_civic_showcase.pth"):
            relative = os.path.relpath(ROOT / "scripts", pointer.parent)
            pointer.write_text(f"{relative}\n", encoding="ascii")


def pip(arguments: list[str], lock: int, hear: Callable[[str], None] | None = None) -> None:
    """Run ``pip install``; its own configuration (mirrors, proxies, certificates) is respected."""
    if available("ensurepip"):
        command = [str(PYTHON), "-P", "-m", "pip"]
    else:  # the environment has no pip of its own: the system's works on it from outside
        command = [sys.executable, "-P", "-m", "pip", "--python", str(PYTHON)]
    options = ["--no-input", "--no-user", "--disable-pip-version-check", "--progress-bar=off"]
    step([*command, "install", *options, *arguments], lock, hear)


def step(command: list[str], lock: int, hear: Callable[[str], None] | None = None) -> None:
    """Run one program of the set-up and listen to it; raises SetupError when it fails."""
    process = subprocess.Popen(  # noqa: S603 - Python itself, with arguments from here
        command,
        cwd=ROOT,
        env=child_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        pass_fds=() if os.name == "nt" else (lock,),
    )
    lines = []
    try:
        for line in process.stdout or ():
            lines.append(line)
            if hear:
                hear(line)
    finally:  # also after Ctrl-C, which it got too: never leave it at work alone
        process.wait()
    if process.returncode:
        raise SetupError(diagnosis("".join(lines)))


def diagnosis(output: str) -> Fault:
    """What a failed step's output means; all of it is kept in ``LOG``."""
    fault = fault_in(output)
    if fault is None and shutil.disk_usage(ROOT).free < SMALL:  # venv hides what its pip says
        fault = DISK_FULL
    if fault == DISK_FULL:  # give back what the unfinished environment took
        shutil.rmtree(VENV, ignore_errors=True)
        return DISK_FULL
    VENV.mkdir(exist_ok=True)
    LOG.write_text(output, encoding="utf-8")
    fault = fault or unknown_fault(output)
    return fault._replace(
        remedy=f"{fault.remedy}\n详细记录：项目文件夹里的 {LOG.relative_to(ROOT)}"
    )


def show(text: str) -> None:
    """Put a text in the place of the last one, where there is someone to watch."""
    if sys.stderr.isatty():
        print(f"\r  {text:40}\r", end="", file=sys.stderr, flush=True)


def say(text: str) -> None:
    """Tell the user something, at once."""
    print(text, file=sys.stderr, flush=True)

"""Builds at the same time: one at a time, and the others are told who is at it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from showcase.lock import Busy, Holder, NotALock, holder, only_one
from tests.commands import showcase, started
from tests.faults.building import PAUSE, built, edit, hook, left_over, served, unhook, wait_until


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("together") / "项目 二")


def test_the_second_is_told_who_builds_and_waits(project: Path) -> None:
    former = served(project)
    edit(project)
    hook(project, PAUSE)
    with started("build", "--project", str(project)) as first:
        wait_until((project / "reached").exists)
        # One that will not wait ends at once, with the code for «could not run».
        refused = showcase("build", "--project", str(project), "--wait", "0")
        assert refused.returncode == 2
        assert f"进程号 {first.pid}" in refused.stderr
        assert "另一个窗口正在生成这个网站" in refused.stderr
        assert "Traceback" not in refused.stderr
        assert served(project) == former
        with started("build", "--project", str(project)) as second:
            assert second.stderr is not None
            assert f"进程号 {first.pid}" in second.stderr.readline()
            assert second.poll() is None
            assert served(project) == former
            (project / "go").touch()
            first.communicate()
            second.communicate()
    assert first.returncode == second.returncode == 0
    assert served(project) != former
    assert left_over(project) == []
    unhook(project)


def test_many_at_once_leave_one_whole_site(project: Path) -> None:
    assert showcase("build", "--project", str(project)).returncode == 0
    whole = served(project)
    processes = [started("build", "--project", str(project), "--wait", "300") for _ in range(3)]
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    assert served(project) == whole
    assert left_over(project) == []


def test_two_projects_do_not_wait_for_each_other(project: Path, tmp_path: Path) -> None:
    (project / "reached").unlink(missing_ok=True)
    (project / "go").unlink(missing_ok=True)
    hook(project, PAUSE)
    with started("build", "--project", str(project)) as first:
        wait_until((project / "reached").exists)
        unhook(project)
        out = tmp_path / "另处"
        done = showcase("build", "--project", str(project), "--site-dir", str(out), "--wait", "0")
        assert done.returncode == 0, done.stderr
        first.kill()
        first.communicate()


# --- the lock itself ------------------------------------------------------------------------------


def nobody(_: Holder | None) -> None:
    raise AssertionError("nobody has it")


def test_a_lock_is_gone_when_it_is_given_back(tmp_path: Path) -> None:
    lock = tmp_path / ".site.lock"
    for _ in range(2):
        with only_one(lock, wait=0, waiting=nobody) as former:
            assert former is None
            found = holder(lock)
            assert found is not None
            assert found.pid == os.getpid()
        assert list(tmp_path.iterdir()) == []


HOLD = """
import sys, time
from pathlib import Path
from showcase.lock import only_one
with only_one(Path(sys.argv[1]), wait=0, waiting=print):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_lock_says_who_holds_it_until_that_process_ends(tmp_path: Path) -> None:
    lock = tmp_path / ".site.lock"
    told: list[Holder | None] = []
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)], stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(Busy) as busy, only_one(lock, wait=0.5, waiting=told.append):
            raise AssertionError("it is held")
        assert busy.value.holder is not None
        assert busy.value.holder.pid == process.pid
        assert told == [busy.value.holder]
        process.kill()
    with only_one(lock, wait=0, waiting=nobody) as crashed:
        assert crashed == busy.value.holder


@pytest.mark.parametrize("text", ["我的笔记", "{}", '{"pid": 1}'])
def test_a_file_that_is_no_lock_is_left_alone(tmp_path: Path, text: str) -> None:
    lock = tmp_path / ".site.lock"
    lock.write_text(text, "utf-8")
    with pytest.raises(NotALock), only_one(lock, wait=0, waiting=nobody):
        raise AssertionError("it is no lock")
    assert lock.read_text("utf-8") == text


@pytest.mark.parametrize("text", ["", '{"showcase": "build"', '{"showcase": "build", "pid": "x"}'])
def test_a_lock_whose_writing_was_cut_short_is_taken(tmp_path: Path, text: str) -> None:
    lock = tmp_path / ".site.lock"
    lock.write_text(text, "utf-8")
    with only_one(lock, wait=0, waiting=nobody) as former:
        assert former is None


def test_a_holder_is_described_for_people() -> None:
    someone = Holder(123, "zhang", "OFFICE-1", "2026-03-04T10:15:00+08:00")
    said = r"电脑 OFFICE-1 上的用户 zhang，3 月 [34] 日 \d\d:15开始，进程号 123"
    assert re.fullmatch(said, str(someone).replace(" 开始", "开始"))
    assert str(Holder(5, "", "", "不是时间")) == "开始，进程号 5"

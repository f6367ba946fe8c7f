"""What the system refuses (space, rights, a place) becomes a sentence; the former site stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import Done, showcase
from tests.faults.building import built, edit, hook, left_over, mounted, served, unhook

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and mounts are POSIX's")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = built(tmp_path_factory.mktemp("refused") / "项目 三")
    edit(made)
    return made


def assert_refused(done: Done, words: str) -> None:
    assert done.returncode == 2, done.stdout + done.stderr
    assert "网站没有更新" in done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


LIMIT = """
    import resource

    def on_env(env, config, files):
        # What is written from here on must stay below this, as on a disk that is almost full.
        resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
"""


@pytest.mark.parametrize("size", [0, 3000, 20000])
def test_writes_that_fail_half_way(project: Path, size: int) -> None:
    former = served(project)
    hook(project, LIMIT.format(size=size))
    done = showcase("build", "--project", str(project))
    unhook(project)
    assert_refused(done, "磁盘空间不够")
    assert served(project) == former
    assert left_over(project) == []


def test_a_full_disk(project: Path, tmp_path: Path) -> None:
    size = sum(map(len, served(project).values()))
    options = ("-t", "tmpfs", "-o", f"size={size * 2 // 1024}k", "tmpfs")
    with mounted(tmp_path / "disk", *options) as disk:
        out = disk / "site"
        shutil.copytree(project / "site", out)
        former = served(project)
        # Room for a part of the second site only.
        done = showcase("build", "--project", str(project), "--site-dir", str(out))
        assert_refused(done, "磁盘空间不够")
        assert {path.name for path in disk.iterdir()} == {"site"}
        for name, data in former.items():
            assert (out / name).read_bytes() == data


def test_a_disk_that_may_not_be_written(project: Path, tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=8m", "tmpfs") as disk:
        shutil.copytree(project / "site", disk / "site")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        done = showcase("build", "--project", str(project), "--site-dir", str(disk / "site"))
        assert_refused(done, "--site-dir")


def test_a_target_that_cannot_be_moved(project: Path, tmp_path: Path) -> None:
    # A folder that something is mounted on, as containers are given their outputs.
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=8m", "tmpfs") as disk:
        done = showcase("build", "--project", str(project), "--site-dir", str(disk))
        assert_refused(done, "里面的一个文件夹")
        assert list(disk.iterdir()) == []
        within = disk / "site"
        done = showcase("build", "--project", str(project), "--site-dir", str(within))
        assert done.returncode == 0, done.stderr


def test_a_read_only_checkout_with_an_output_elsewhere(project: Path, tmp_path: Path) -> None:
    showcase("build", "--project", str(project))
    with mounted(tmp_path / "checkout", "--bind", str(project)) as checkout:
        remount = ["mount", "-o", "remount,bind,ro", str(checkout)]
        if subprocess.run(remount, capture_output=True, check=False).returncode:
            pytest.skip("NOT TRIED: a folder cannot be mounted for reading only here")
        with pytest.raises(OSError, match="Read-only"):
            (checkout / "x").touch()
        out = tmp_path / "输出" / "site"
        done = showcase("build", "--project", str(checkout), "--site-dir", str(out))
        assert done.returncode == 0, done.stdout + done.stderr
        built_there = {name: (out / name).read_bytes() for name in served(project)}
        assert built_there == served(project)
        done = showcase("build", "--project", str(checkout))
        assert_refused(done, "--site-dir")


def test_a_folder_that_only_others_may_write(project: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("NOT TRIED: root may write everywhere; the read-only disk is tried instead")
    out = tmp_path / "closed"
    out.mkdir(mode=0o555)
    done = showcase("build", "--project", str(project), "--site-dir", str(out / "site"))
    assert_refused(done, "没有权限")

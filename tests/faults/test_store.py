"""The store of what was made before, on disks that are full or may only be read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from showcase.seal import digest
from showcase.store import FILE, Store
from tests.faults.building import mounted

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="mounts are POSIX's")

VALUES = {digest(b"%d" % number): b"%d" % number * 700 for number in range(40)}


def kept(project: Path) -> dict[bytes, bytes]:
    with Store.open(project) as opened:
        return opened.get("room", VALUES)


def keep(project: Path) -> None:
    with Store.open(project) as opened:
        opened.put("room", VALUES)
        opened.finish("room")


def test_a_read_only_disk(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=8m", "tmpfs") as disk:
        keep(disk)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        keep(disk)
        assert kept(disk) == VALUES


def test_a_read_only_disk_without_a_store(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=8m,ro", "tmpfs") as disk:
        keep(disk)
        assert kept(disk) == {}


@pytest.mark.parametrize("size", [4, 8, 20, 32, 60])
def test_a_full_disk(tmp_path: Path, size: int) -> None:
    options = ("-t", "tmpfs", "-o", f"size={size}k", "tmpfs")
    with mounted(tmp_path / "disk", *options) as disk:
        keep(disk)
        assert kept(disk) in ({}, VALUES)


def test_a_disk_that_fills_up(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=200k", "tmpfs") as disk:
        keep(disk)
        size = (disk / FILE).stat().st_size
        (disk / "other").write_bytes(bytes(200 * 1024 - size - 8192))
        with Store.open(disk) as opened:
            opened.put("room", {key: value * 50 for key, value in VALUES.items()})
            # From then on it does without.
            assert opened.get("room", VALUES) == {}
        assert kept(disk) == VALUES

"""What others have put beside the site is never followed, filled or removed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from showcase.publish import publish
from tests.commands import showcase
from tests.faults.building import built
from tests.projects import tree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")

MARK = "生成网站时用的临时文件夹，可以删除。\n"


def fill(folder: Path) -> None:
    (folder / "index.html").write_text("新", "utf-8")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "web" / "site"
    publish(folder, fill)
    return folder


@pytest.fixture
def treasure(tmp_path: Path) -> Path:
    """Files of someone's, in a folder that looks like what a killed build leaves."""
    folder = tmp_path / "treasure"
    (folder / "site").mkdir(parents=True)
    (folder / "former").mkdir()
    for name in ("site/a.jpg", "former/b.jpg", "c.jpg"):
        (folder / name).write_text("照片", "utf-8")
    (folder / "civic-showcase.txt").write_text(MARK, "utf-8")
    return folder


@pytest.mark.parametrize("name", [".site.new-", ".site.new-x", ".site.new-abcd1234"])
def test_a_link_of_a_temporary_name_leads_nowhere(target: Path, treasure: Path, name: str) -> None:
    before = tree(treasure)
    (target.parent / name).symlink_to(treasure)
    publish(target, fill)
    assert tree(treasure) == before
    assert (target.parent / name).is_symlink()


def test_a_link_within_what_a_killed_build_left_is_not_followed(
    target: Path, treasure: Path
) -> None:
    before = tree(treasure)
    workshop = target.parent / ".site.new-abcd1234"
    workshop.mkdir()
    (workshop / "civic-showcase.txt").write_text(MARK, "utf-8")
    (workshop / "site").symlink_to(treasure)
    (workshop / "former").symlink_to(treasure)
    publish(target, fill)
    assert tree(treasure) == before


def test_a_link_is_not_put_in_the_place_of_a_missing_site(target: Path, treasure: Path) -> None:
    before = tree(treasure)
    workshop = target.parent / ".site.new-abcd1234"
    workshop.mkdir()
    (workshop / "civic-showcase.txt").write_text(MARK, "utf-8")
    (workshop / "former").symlink_to(treasure)
    (target / "index.html").unlink()
    target.rmdir()
    publish(target, fill)
    assert not target.is_symlink()
    assert tree(target) == {"index.html": "新".encode()}
    assert tree(treasure) == before


def test_a_folder_of_a_temporary_name_with_files_of_others_stays(target: Path) -> None:
    for name, files in {
        ".site.new-photos": {"全家福.jpg": "照片"},
        ".site.new-marked": {"civic-showcase.txt": "别的文字", "b.jpg": "照片"},
        ".site.newer": {"c.jpg": "照片"},
        ".other.new-1234": {"civic-showcase.txt": MARK, "d.jpg": "照片"},
    }.items():
        (target.parent / name).mkdir()
        for file, text in files.items():
            (target.parent / name / file).write_text(text, "utf-8")
    before = tree(target.parent)
    publish(target, fill)
    assert tree(target.parent) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_a_marked_folder_of_another_user_stays(target: Path) -> None:
    workshop = target.parent / ".site.new-abcd1234"
    workshop.mkdir()
    (workshop / "civic-showcase.txt").write_text(MARK, "utf-8")
    os.chown(workshop, 12345, 12345)
    publish(target, fill)
    assert workshop.is_dir()


def test_a_link_in_the_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    project = built(tmp_path / "项目")
    before = tree(project / "site")
    notes = tmp_path / "notes.txt"
    for text in ("", "笔记"):
        notes.write_text(text, "utf-8")
        (project / ".site.lock").symlink_to(notes)
        done = showcase("build", "--project", str(project))
        assert done.returncode == 2
        assert "「.site.lock」不是生成网站时用的锁文件" in done.stderr
        assert "Traceback" not in done.stderr
        assert notes.read_text("utf-8") == text
        assert tree(project / "site") == before
        (project / ".site.lock").unlink()


@pytest.mark.parametrize("kind", ["folder", "pipe", "hard link", "dangling link"])
def test_something_else_in_the_place_of_the_lock(target: Path, tmp_path: Path, kind: str) -> None:
    lock = target.parent / ".site.lock"
    other = tmp_path / "other"
    match kind:
        case "folder":
            lock.mkdir()
        case "pipe":
            os.mkfifo(lock)
        case "hard link":
            other.write_text("", "utf-8")
            lock.hardlink_to(other)
        case _:
            lock.symlink_to(other)
    before = tree(target)
    with pytest.raises(OSError, match="不是生成网站时用的锁文件"):
        publish(target, fill)
    assert tree(target) == before
    assert not other.exists() or other.read_text("utf-8") == ""

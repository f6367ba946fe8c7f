"""Regular files inside the project are opened, and nothing else."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from showcase.source import Found, Refused, is_litter, read_bytes, walk
from showcase.source.files import MAX_BYTES, MAX_FOLDERS

posix = pytest.mark.skipif(sys.platform == "win32", reason="files of this sort are POSIX's")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


@contextmanager
def without_root() -> Iterator[None]:
    """Give up root's power to read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def shown(found: list[Found | Refused]) -> list[str]:
    return [item.file for item in found]


@pytest.mark.parametrize(
    "name",
    [
        "~$台账.xlsx",
        ".DS_Store",
        "._照片.jpg",
        "Thumbs.db",
        "THUMBS.DB",
        "desktop.ini",
        "Icon\r",
        "品牌.md~",
        "品牌.md.bak",
        "品牌.tmp",
        ".品牌.md.swp",
        ".git",
    ],
)
def test_litter_is_nobody_s_writing(name: str) -> None:
    assert is_litter(name)


@pytest.mark.parametrize(
    "name", ["品牌.md", "台账.xlsx", "$品牌.md", "a.b.md", "thumbs.md", "快捷方式.lnk"]
)
def test_what_somebody_wrote_is_no_litter(name: str) -> None:
    assert not is_litter(name)


def test_files_come_in_a_fixed_order_with_slashes(content: Path) -> None:
    for name in ("b.md", "a/z.md", "a/b/c.md", "中.md", "B.md"):
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).touch()
    assert shown(list(walk(content.parent))) == [
        "content/B.md",
        "content/a/b/c.md",
        "content/a/z.md",
        "content/b.md",
        "content/中.md",
    ]


def test_a_folder_without_content_is_said_in_chinese(tmp_path: Path) -> None:
    (refused,) = walk(tmp_path)
    assert isinstance(refused, Refused)
    assert (refused.file, refused.reason) == ("content", "打不开：没有找到")


@posix
def test_links_are_refused_wherever_they_lead(content: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("秘密", encoding="utf-8")
    (content / "brands").mkdir()
    (content / "a.md").symlink_to(tmp_path / "secret.md")
    (content / "b.md").symlink_to("b.md")
    (content / "c.md").symlink_to("nowhere.md")
    (content / "d").symlink_to(content)
    (content / "brands" / "e.md").symlink_to("../a.md")
    found = list(walk(tmp_path))
    assert all(isinstance(item, Refused) for item in found)
    assert len(found) == 5


@posix
def test_content_itself_may_not_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.md").touch()
    project = tmp_path / "project"
    project.mkdir()
    (project / "content").symlink_to("../elsewhere")
    (refused,) = walk(project)
    assert isinstance(refused, Refused)


@posix
def test_pipes_and_sockets_are_refused_without_waiting(content: Path) -> None:
    os.mkfifo(content / "a.md")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(content / "b.md"))
        found = list(walk(content.parent))
    assert [type(item) for item in found] == [Refused, Refused]


@posix
def test_a_file_exchanged_after_it_was_listed_is_looked_at_again(content: Path) -> None:
    path = content / "a.md"
    path.touch()
    (found,) = walk(content.parent)
    assert isinstance(found, Found)
    path.unlink()
    os.mkfifo(path)
    assert isinstance(read_bytes(found), Refused)
    path.unlink()
    path.symlink_to("../../secret.md")
    assert isinstance(read_bytes(found), Refused)
    path.unlink()
    assert isinstance(read_bytes(found), Refused)
    path.mkdir()
    assert isinstance(read_bytes(found), Refused)


@posix
def test_what_may_not_be_read_is_said_in_chinese() -> None:
    with TemporaryDirectory() as name:
        project = Path(name)
        (project / "content" / "b").mkdir(parents=True)
        (project / "content" / "a.md").write_text("秘密", encoding="utf-8")
        project.chmod(0o755)
        (project / "content" / "a.md").chmod(0)
        (project / "content" / "b").chmod(0)
        with without_root():
            found, refused = walk(project)
            assert isinstance(found, Found)
            assert isinstance(refused, Refused)
            read = read_bytes(found)
        (project / "content" / "b").chmod(0o755)
        assert isinstance(read, Refused)
        assert refused.reason == read.reason == "打不开：没有读取权限"


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="file names are always UTF-8 there")
def test_a_name_in_another_encoding_is_refused(content: Path) -> None:
    Path(os.fsdecode(os.fsencode(content) + b"/\xb2\xe2\xca\xd4.md")).touch()
    (refused,) = walk(content.parent)
    assert isinstance(refused, Refused)
    assert "编码" in refused.reason
    refused.file.encode()


def test_depth_is_bounded(content: Path) -> None:
    deep = content.joinpath(*(str(number) for number in range(MAX_FOLDERS + 1)))
    deep.mkdir(parents=True)
    (deep / "a.md").touch()
    (deep.parent / "b.md").touch()
    kinds = {item.file.rpartition("/")[2]: type(item) for item in walk(content.parent)}
    assert kinds == {str(MAX_FOLDERS): Refused, "b.md": Found}


def test_size_is_bounded(content: Path) -> None:
    path = content / "a.md"
    path.write_bytes(b"x" * MAX_BYTES)
    assert read_bytes(Found("content/a.md", path)) == b"x" * MAX_BYTES
    path.write_bytes(b"x" * (MAX_BYTES + 1))
    assert isinstance(read_bytes(Found("content/a.md", path)), Refused)

"""A site is put in place whole, or the former one stays as it is."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from showcase import swap
from showcase.publish import GENERATOR, publish, reason, refusal
from tests.projects import tree


def writes(**files: str) -> Callable[[Path], None]:
    def build(folder: Path) -> None:
        for name, text in files.items():
            (folder / f"{name}.html").write_text(text, encoding="utf-8")

    return build


class Broken(Exception):
    """What a build raises in these tests."""


def breaks(folder: Path) -> None:
    (folder / "index.html").write_text("半个网站", encoding="utf-8")
    raise Broken


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "我的 网站" / "site"
    publish(folder, writes(index="旧", old="旧页"))
    return folder


def test_a_first_site_is_put_where_there_was_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b" / "site"
    publish(folder, writes(index="新"))
    assert tree(tmp_path) == {"a/b/site/index.html": "新".encode()}


def test_a_new_site_replaces_the_former_wholly(target: Path) -> None:
    publish(target, writes(index="新"))
    assert tree(target.parent) == {"site/index.html": "新".encode()}


@pytest.mark.parametrize("error", [Broken, KeyboardInterrupt, SystemExit, MemoryError])
def test_a_build_that_fails_leaves_the_former_site(
    target: Path, error: type[BaseException]
) -> None:
    before = tree(target.parent)

    def build(folder: Path) -> None:
        (folder / "index.html").write_text("半个网站", encoding="utf-8")
        raise error

    with pytest.raises(error):
        publish(target, build)
    assert tree(target.parent) == before
    assert [path.name for path in target.parent.iterdir()] == ["site"]


def test_a_first_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Broken):
        publish(tmp_path / "site", breaks)
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_takes_its_folder_away_leaves_the_former_site(target: Path) -> None:
    before = tree(target.parent)
    with pytest.raises(OSError, match=r"No such file|cannot find"):
        publish(target, lambda folder: folder.rmdir())
    assert tree(target.parent) == before


@pytest.fixture(params=["in one step", "in two steps"])
def step(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of putting a site in place: the second is that of systems without the first."""
    if request.param == "in two steps":
        monkeypatch.setattr(swap, "exchange", lambda *_: False)
    return str(request.param)


@pytest.mark.usefixtures("step")
def test_a_new_site_replaces_the_former_either_way(target: Path) -> None:
    publish(target, writes(index="新"))
    assert tree(target.parent) == {"site/index.html": "新".encode()}
    assert [path.name for path in target.parent.iterdir()] == ["site"]


def refuses(number: int) -> Callable[..., Path]:
    def rename(*_: Path) -> Path:
        raise OSError(number, os.strerror(number))

    return rename


def test_a_site_that_cannot_be_moved_stays(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(target.parent)
    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refuses(errno.EBUSY))
    with pytest.raises(OSError, match=os.strerror(errno.EBUSY)):
        publish(target, writes(index="新"))
    assert tree(target.parent) == before
    assert [path.name for path in target.parent.iterdir()] == ["site"]


def test_a_swap_that_fails_puts_the_former_site_back(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(target.parent)
    rename = Path.rename

    def failing(path: Path, to: Path) -> Path:
        return refuses(errno.EIO)() if path.name == "site" and to == target else rename(path, to)

    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        publish(target, writes(index="新"))
    assert tree(target.parent) == before
    assert [path.name for path in target.parent.iterdir()] == ["site"]


def test_a_former_site_that_cannot_be_put_back_is_kept_for_the_next_build(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(target)
    rename = Path.rename

    def failing(path: Path, to: Path) -> Path:
        return refuses(errno.EIO)() if to == target else rename(path, to)

    with monkeypatch.context() as patched:
        patched.setattr(swap, "exchange", lambda *_: False)
        patched.setattr(Path, "rename", failing)
        with pytest.raises(OSError, match=os.strerror(errno.EIO)):
            publish(target, writes(index="新"))
    assert not target.exists()
    said: list[str] = []
    with pytest.raises(Broken):
        publish(target, breaks, tell=said.append)
    assert tree(target) == before
    assert len(said) == 1
    assert "已经放回原处" in said[0]
    assert [path.name for path in target.parent.iterdir()] == ["site"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no exchange in one step")
def test_an_exchange_that_is_refused_changes_nothing(target: Path, tmp_path: Path) -> None:
    before = tree(target)
    with pytest.raises(OSError, match="No such file"):
        swap.exchange(target, tmp_path / "none")
    assert tree(target) == before


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_a_web_server_may_read_it(target: Path) -> None:
    assert target.stat().st_mode & 0o777 == 0o755


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_stays_a_link(target: Path, tmp_path: Path) -> None:
    link = tmp_path / "www"
    link.symlink_to(target)
    publish(link, writes(index="新"))
    assert link.is_symlink()
    assert tree(target) == {"index.html": "新".encode()}


def test_a_path_may_be_relative(
    target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(target.parent)
    publish(Path("site"), writes(index="新"))
    publish(Path("../other/../site2"), writes(index="新"))
    assert set(tree(tmp_path)) == {"我的 网站/site/index.html", "site2/index.html"}


# --- what is never replaced ---------------------------------------------------------------------


@pytest.fixture
def house(tmp_path: Path) -> Path:
    project = tmp_path / "项目"
    for name in ("content/brands", "docs", "overrides", "scripts", "tests", ".git"):
        (project / name).mkdir(parents=True)
        (project / name / "index.html").touch()
    (project / "mkdocs.yml").touch()
    return project


@pytest.mark.parametrize(
    "name",
    [
        ".",
        "..",
        "../..",
        "content",
        "content/site",
        "content/brands",
        "docs",
        "overrides/site",
        "scripts",
        "tests/site",
        ".git",
        "site/../content",
        "./docs/../.",
    ],
)
def test_the_project_s_own_files_are_never_replaced(house: Path, name: str) -> None:
    assert "项目自己的文件" in refusal(house / name, house)


def test_a_folder_of_something_else_is_never_replaced(house: Path, tmp_path: Path) -> None:
    (tmp_path / "照片").mkdir()
    (tmp_path / "照片" / "全家福.jpg").touch()
    assert "误删" in refusal(tmp_path / "照片", house)
    (tmp_path / "文件").touch()
    assert "是一个文件" in refusal(tmp_path / "文件", house)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_is_judged_by_what_it_leads_to(house: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(house / "content")
    assert refusal(tmp_path / "link", house)
    (tmp_path / "alias").symlink_to(house)
    assert refusal(house / "content", tmp_path / "alias")


def test_a_former_site_an_empty_folder_and_nothing_may_be_replaced(
    house: Path, target: Path, tmp_path: Path
) -> None:
    (target / "index.html").write_bytes(b"<!doctype html>\n<head>\n" + GENERATOR)
    (tmp_path / "空").mkdir()
    for place in (house / "site", target, tmp_path / "空", tmp_path / "没有" / "的"):
        assert refusal(place, house) == ""


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<!doctype html><title>我的主页</title>",
        '<meta name="generator" content="mkdocs-1.6.1">',
        # What only speaks of the mark, far below a head, is no mark.
        "<p>" + "字" * 4096 + GENERATOR.decode(),
    ],
)
def test_somebody_s_own_homepage_is_never_replaced(house: Path, tmp_path: Path, page: str) -> None:
    (tmp_path / "主页").mkdir()
    (tmp_path / "主页/index.html").write_text(page, "utf-8")
    assert "误删" in refusal(tmp_path / "主页", house)


def test_the_project_s_own_site_is_replaced_whatever_stands_in_it(house: Path) -> None:
    (house / "site").mkdir()
    (house / "site" / "404.html").touch()
    assert refusal(house / "site", house) == ""


# --- what is said of what the system refuses ------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘空间不够"),
        (errno.EACCES, "没有权限"),
        (errno.EROFS, "--site-dir"),
        (errno.EBUSY, "正在使用"),
        (errno.ENAMETOOLONG, "路径太长"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_a_refusal_is_told_in_the_user_s_words(number: int, words: str) -> None:
    assert words in reason(OSError(number, os.strerror(number)))
    named = reason(OSError(number, os.strerror(number), "/very/private/index.html"))
    assert named.endswith("（index.html）")
    assert "private" not in named

"""The spare site is ground to build on, and never what a reader could see."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcase.outputs import Artifact
from showcase.past import Kept
from showcase.publish import publish
from showcase.spare import Spare
from showcase.store import Store
from tests.projects import tree


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "site"


def built(project: Path, target: Path, *pages: str) -> set[str]:
    """Build a site of some pages; return which files the ground had."""
    found: set[str] = set()

    def build(fresh: Path) -> None:
        found.update(path.name for path in fresh.iterdir())
        for path in fresh.iterdir():
            path.unlink()
        for page in pages:
            (fresh / page).write_text(page, encoding="utf-8")

    publish(target, build, ground=Spare(project))
    assert {path.name for path in target.iterdir()} == set(pages)
    return found


def test_the_site_before_the_present_one_is_what_the_next_begins_with(
    tmp_path: Path, target: Path
) -> None:
    assert built(tmp_path, target, "甲") == set()
    assert built(tmp_path, target, "乙") == {"甲"}  # as there is none before, the first one itself
    assert built(tmp_path, target, "丙") == {"甲"}
    assert built(tmp_path, target, "丁") == {"乙"}


def test_the_first_site_is_doubled_without_a_second_writing(tmp_path: Path, target: Path) -> None:
    def build(fresh: Path) -> None:
        (fresh / "人物/甲").mkdir(parents=True)
        (fresh / "index.html").write_text("首页", encoding="utf-8")
        (fresh / "人物/甲/index.html").write_text("甲", encoding="utf-8")

    publish(target, build, ground=Spare(tmp_path))
    spare = tmp_path / ".cache/spare"
    assert tree(spare) == tree(target)
    for file in tree(target):
        assert (spare / file).samefile(target / file)


def test_a_build_that_fails_leaves_the_spare_site_to_the_next(tmp_path: Path, target: Path) -> None:
    built(tmp_path, target, "甲")
    built(tmp_path, target, "乙")

    def breaks(_: Path) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        publish(target, breaks, ground=Spare(tmp_path))
    assert built(tmp_path, target, "丙") == {"甲"}


def test_what_the_present_site_has_not_can_be_taken_out(tmp_path: Path, target: Path) -> None:
    built(tmp_path, target, "甲")
    built(tmp_path, target, "乙")
    Spare(tmp_path).forget(["甲", "没有过的"])
    assert built(tmp_path, target, "丙") == set()


def test_without_a_place_for_it_all_is_as_without_a_spare_site(
    tmp_path: Path, target: Path
) -> None:
    (tmp_path / ".cache").write_text("不是文件夹", encoding="utf-8")
    for page in ("甲", "乙", "丙"):
        assert built(tmp_path, target, page) == set()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", "site"]


def test_a_file_is_not_written_into_the_site_that_is_still_shown(tmp_path: Path) -> None:
    shown, fresh = tmp_path / "shown.html", tmp_path / "fresh.html"
    shown.write_text("旧页", encoding="utf-8")
    fresh.hardlink_to(shown)
    Artifact("fresh.html", "新页".encode()).write(tmp_path)
    assert (shown.read_text("utf-8"), fresh.read_text("utf-8")) == ("旧页", "新页")


def test_what_is_right_in_the_spare_site_is_left_in_place(tmp_path: Path, target: Path) -> None:
    target.mkdir()
    spare = tmp_path / "fresh"
    (spare / "不在了").mkdir(parents=True)
    for name in ("同样", "改过"):
        (target / name).write_text(name, encoding="utf-8")
    with Store.open(tmp_path) as store:
        past = Kept(store, target)
        assert not past.take("同样", b"1", target)
        assert not past.take("改过", b"2", target)
        past.finish(target)
    (spare / "同样").hardlink_to(target / "同样")
    (spare / "不在了/旧页").write_text("旧页", encoding="utf-8")
    with Store.open(tmp_path) as store:
        past = Kept(store, target)
        assert past.take("同样", b"1", spare)
        assert not past.take("改过", b"3", spare)
        past.sweep(spare)
        assert past.gone == ("改过",)
    assert {path.name for path in spare.iterdir()} == {"同样"}
    assert (spare / "同样").samefile(target / "同样")

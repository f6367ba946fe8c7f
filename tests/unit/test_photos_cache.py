"""The cache is a convenience: damaged, unwritable or shared, it never changes what is published."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from showcase.photos import Facts, Fault, Rendition, Store, Survey, Wanted, cache, store
from showcase.photos.inspection import inspect
from showcase.photos.render import render
from tests import photography as made

CACHE = ".cache/photos"


@pytest.fixture
def pictures(tmp_path: Path) -> dict[str, Path]:
    """Two pictures of a project, by the names they have in it."""
    folder = tmp_path / "content" / "activities"
    folder.mkdir(parents=True)
    (folder / "甲.jpg").write_bytes(made.revealing_jpeg())
    (folder / "乙.png").write_bytes(made.clear_png())
    return {f"content/activities/{path.name}": path for path in sorted(folder.iterdir())}


def published(project: Path, pictures: dict[str, Path]) -> dict[str, bytes]:
    """What a build would publish, by name."""
    facts = Survey(project, pictures).facts
    # The store must live as long as the files are wanted.
    keeper = Store(project)
    copies = keeper.make([Wanted(path, facts[file]) for file, path in pictures.items()])
    return {copy.name: path.read_bytes() for copy, path in copies.items()}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the pictures that were decoded, one after the other."""
    names: list[str] = []
    look, work = inspect, render

    def looked(path: Path) -> Facts:
        names.append(f"look {path.name}")
        return look(path)

    def worked(path: Path, facts: Facts) -> list[tuple[Rendition, bytes]]:
        names.append(f"make {path.name}")
        return work(path, facts)

    monkeypatch.setattr("showcase.photos.inspection.inspect", looked)
    monkeypatch.setattr("showcase.photos.render.render", worked)
    return names


def test_what_was_done_is_not_done_again(
    tmp_path: Path, pictures: dict[str, Path], counted: list[str]
) -> None:
    first = published(tmp_path, pictures)
    assert sorted(counted) == ["look 乙.png", "look 甲.jpg", "make 乙.png", "make 甲.jpg"]
    counted.clear()
    assert published(tmp_path, pictures) == first
    assert counted == []


def test_a_fresh_checkout_decodes_nothing(
    tmp_path: Path, pictures: dict[str, Path], counted: list[str]
) -> None:
    published(tmp_path, pictures)
    counted.clear()
    for path in pictures.values():
        os.utime(path, (1, 1))
    published(tmp_path, pictures)
    assert counted == []


def test_another_content_under_the_same_name_is_another_picture(
    tmp_path: Path, pictures: dict[str, Path]
) -> None:
    first = published(tmp_path, pictures)
    path = pictures["content/activities/甲.jpg"]
    status = path.stat()
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(bytes(data))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    second = published(tmp_path, pictures)
    assert len(set(first) & set(second)) == 3  # those of the other picture
    assert len(second) == len(first)


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "gone", "folder"])
def test_what_is_damaged_is_made_again(
    tmp_path: Path, pictures: dict[str, Path], damage: str
) -> None:
    first = published(tmp_path, pictures)
    for path in sorted((tmp_path / CACHE).iterdir()):
        data = path.read_bytes()
        if damage == "cut":
            path.write_bytes(data[: len(data) // 2])
        elif damage == "flip":
            path.write_bytes(data[:-9] + bytes([data[-9] ^ 0x55]) + data[-8:])
        elif damage == "empty":
            path.write_bytes(b"")
        else:
            path.unlink()
            if damage == "folder" and path.suffix == ".json":
                path.mkdir()
    assert published(tmp_path, pictures) == first


def test_a_forged_memo_is_not_believed(tmp_path: Path, pictures: dict[str, Path]) -> None:
    first = published(tmp_path, pictures)
    memo = tmp_path / CACHE / "facts.json"
    for text in ("[]", '{"version": 1}', "null", "[" * 100_000):
        memo.write_text(text, encoding="utf-8")
        assert published(tmp_path, pictures) == first


def test_without_a_cache_that_can_be_written_all_is_the_same(
    tmp_path: Path, pictures: dict[str, Path]
) -> None:
    first = published(tmp_path, pictures)
    other = tmp_path / "other"
    other.mkdir()
    # Where the folder should be there is a file: no user, not even root, can write below it.
    (other / ".cache").write_bytes(b"")
    assert published(other, pictures) == first
    assert (other / ".cache").read_bytes() == b""


def test_two_builds_at_once_publish_the_same(tmp_path: Path, pictures: dict[str, Path]) -> None:
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: published(tmp_path, pictures), range(4)))
    assert all(result == results[0] for result in results)
    assert not list((tmp_path / CACHE).glob(".new-*"))


def test_the_cache_is_bounded_and_keeps_what_is_used(tmp_path: Path) -> None:
    for number in range(10):
        path = tmp_path / f"{number}a-480.webp"
        path.write_bytes(bytes(100))
        os.utime(path, (number, number))
    left_over = tmp_path / ".new-x"
    left_over.write_bytes(b"")
    os.utime(left_over, (1, 1))
    fresh = tmp_path / ".new-y"
    fresh.write_bytes(bytes(100))
    os.utime(fresh, (time.time(), time.time()))
    cache.prune(tmp_path, 450, ["0a", "3a"])
    assert {path.name for path in tmp_path.iterdir()} == {
        *(f"{number}a-480.webp" for number in (0, 3, 9)),
        ".new-y",
    }


def test_a_picture_that_goes_away_meanwhile_is_one_sentence(
    tmp_path: Path, pictures: dict[str, Path]
) -> None:
    facts = Survey(tmp_path, pictures).facts
    path = pictures["content/activities/甲.jpg"]
    path.write_bytes(made.jpeg(60, 40))
    with pytest.raises(store.NotMade, match="甲"):
        Store(tmp_path).make([Wanted(path, facts["content/activities/甲.jpg"])])


def test_many_pictures_are_looked_at_in_several_processes(tmp_path: Path) -> None:
    pictures = {}
    for number in range(12):
        path = tmp_path / f"{number}.jpg"
        data = made.jpeg(60 + number, 40)
        path.write_bytes(data[:300] if number == 5 else data)
        pictures[path.name] = path
    facts = Survey(tmp_path, pictures).facts
    assert {name for name, one in facts.items() if one.fault is Fault.BROKEN} == {"5.jpg"}
    assert {one.width for one in facts.values() if not one.fault} == {*range(60, 72)} - {65}

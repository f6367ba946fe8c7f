"""What is stale is read again, what is not is the same object; the store is only a help."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from showcase import memory
from showcase.kept import from_bytes
from showcase.layout import place
from showcase.load import Entry, load
from showcase.memory import Memory
from showcase.pipeline import check_project, remembering
from showcase.seal import digest
from showcase.source import Found, Refused, read_bytes
from showcase.store import FILE, Store
from tests.projects import project
from tests.remembered import assert_same

BRAND = "content/brands/甲.md"
OTHER = "content/brands/乙.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    made = project(tmp_path / "site", {})
    for file, name in ((BRAND, "测试品牌甲"), (OTHER, "测试品牌乙")):
        path = made / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\n名称: {name}\n---\n<b>见</b> [[甲]]。\n", encoding="utf-8")
    return made


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were opened, one after the other."""
    files: list[str] = []

    def noted(found: Found) -> bytes | Refused:
        files.append(found.file)
        return read_bytes(found)

    monkeypatch.setattr(memory, "read_bytes", noted)
    return files


def entries(site: Path, known: Memory) -> dict[str, Entry]:
    return {entry.file: entry for entry in load(site, known.read_all).entries}


def let_age(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all files be old enough for their times to tell their state."""
    monkeypatch.setattr(memory, "_GRAIN", -3_600_000_000_000)


def test_what_did_not_change_is_not_opened_and_stays_the_same_object(
    site: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_age(monkeypatch)
    known = Memory()
    before = entries(site, known)
    read.clear()
    (site / BRAND).write_text("---\n名称: 测试品牌丙\n---\n", encoding="utf-8")
    after = entries(site, known)
    assert read == [BRAND]
    assert after[OTHER] is before[OTHER]
    assert after[BRAND].record.title == "测试品牌丙"


def test_a_file_that_was_just_written_is_read_again(site: Path, read: list[str]) -> None:
    known = Memory()
    before = entries(site, known)
    read.clear()
    # Two states within one tick of the file system's clock bear the same stamp.
    after = entries(site, known)
    assert sorted(read) == sorted([BRAND, OTHER])
    assert after == before


def test_times_that_are_set_back_deceive_nobody(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_age(monkeypatch)
    known = Memory()
    entries(site, known)
    path, status = site / BRAND, (site / BRAND).stat()
    path.write_text(path.read_text("utf-8").replace("品牌甲", "品牌丁"), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert entries(site, known)[BRAND].record.title == "测试品牌丁"


def test_a_former_state_that_comes_back_is_known(site: Path) -> None:
    text = (site / BRAND).read_bytes()
    with remembering(site) as known:
        before = check_project(site, known).diagnostics
    (site / BRAND).write_text("---\n名称: 测试品牌丙\n---\n", encoding="utf-8")
    with remembering(site) as known:
        assert check_project(site, known).diagnostics != before
    (site / BRAND).write_bytes(text)
    assert_same(site, Memory())
    with remembering(site) as known:
        assert check_project(site, known).diagnostics == before


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"[]",
        b"{}",
        b"nonsense",
        b'{"found":[["TXT001","grave",[1,1,1,1],"","",""]]}',
        b'{"found":[["TXT001","error",[1,1],"","",""]]}',
        b'{"found":[],"entries":[["x",{"title":["x"]},[[],[],[],[]],[]]],"at":[0,0,0]}',
        b'{"found":[],"entries":[["x",{"title":"x"},[],[]]],"at":[0,0,0]}',
        b'{"found":[],"entries":[["x",{"title":"x"}]],"at":[0,0,0]}',
    ],
)
def test_what_nobody_kept_is_not_believed(kept: bytes) -> None:
    assert from_bytes(place(BRAND), b"---\n---\n", kept) is None


def test_a_store_that_lies_in_form_is_done_without(site: Path) -> None:
    with remembering(site) as known:
        check_project(site, known)
    with Store.open(site) as store:
        for room in ("files", "wording", "spelling"):
            marks = [digest(BRAND.encode(), (site / BRAND).read_bytes())]
            store.put(room, dict.fromkeys(marks, b'{"found": 3}'))
    assert_same(site, Memory())


def test_a_store_that_cannot_be_written_changes_nothing(site: Path) -> None:
    (site / FILE).mkdir(parents=True)
    assert_same(site, Memory())

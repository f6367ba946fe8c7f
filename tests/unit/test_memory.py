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
from showcase.steady import Changed
from showcase.store import FILE, Store
from tests.projects import project
from tests.remembered import afresh, assert_same, told

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
    assert from_bytes(place(BRAND), lambda: "---\n---\n", kept) is None


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


def left_by_another_process(site: Path) -> None:
    with remembering(site) as known:
        check_project(site, known)


def test_what_another_process_read_is_opened_when_its_text_is_asked_for(
    site: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_age(monkeypatch)
    left_by_another_process(site)
    right = afresh(site)
    (site / BRAND).write_text("---\n名称: 测试品牌丙\n---\n见 [[乙]]。\n", encoding="utf-8")
    read.clear()
    with Store.open(site) as store:
        found = check_project(site, Memory(store, later=True))
        assert read == [BRAND]
        other = found.graph.documents[OTHER]
        assert other.lines.text == right.graph.documents[OTHER].lines.text
        assert read == [BRAND, OTHER]
    now = afresh(site)
    assert told(found.graph) == told(now.graph)
    assert found.diagnostics == now.diagnostics


def test_a_file_with_faults_is_read_at_once(
    site: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_age(monkeypatch)
    (site / BRAND).write_bytes("---\n名称: 测试品牌甲\n名成: 丙\n---\n".encode("gb18030"))
    left_by_another_process(site)
    read.clear()
    with Store.open(site) as store:
        found = check_project(site, Memory(store, later=True))
    assert read == [BRAND]
    assert found.diagnostics == afresh(site).diagnostics


@pytest.mark.parametrize("edit", ["---\n名称: 别的\n---\n", None])
def test_a_text_that_is_another_when_it_is_asked_for_is_not_taken(
    site: Path, monkeypatch: pytest.MonkeyPatch, edit: str | None
) -> None:
    let_age(monkeypatch)
    left_by_another_process(site)
    with Store.open(site) as store:
        found = check_project(site, Memory(store, later=True))
        (site / OTHER).unlink()
        if edit is not None:
            (site / OTHER).write_text(edit, encoding="utf-8")
        with pytest.raises(Changed, match="乙"):
            found.graph.documents[OTHER].lines.text  # noqa: B018 - reading it is the point
        assert found.text_of(OTHER) is None


def test_stamps_that_nobody_left_are_not_believed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_age(monkeypatch)
    right = afresh(site)
    for nonsense in (b"", b"[]", b"3", b"[3]", '[["content/brands/甲.md", 1, 2]]'.encode(), b"{"):
        with Store.open(site) as store:
            store.put("stamps", {digest(b"all files"): nonsense})
            found = check_project(site, Memory(store, later=True))
        assert told(found.graph) == told(right.graph)

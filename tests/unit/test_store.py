"""The store keeps what it is given and never troubles anyone, whatever becomes of its file."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcase import store
from showcase.seal import digest, sealed, unsealed
from showcase.store import FILE, KEPT_RUNS, LIMIT, Store

VALUES = {digest(b"%d" % number): b"%d" % number * 700 for number in range(40)}
ONE, TWO = list(VALUES)[:2]


def kept(project: Path, room: str = "room") -> dict[bytes, bytes]:
    with Store.open(project) as opened:
        return opened.get(room, VALUES)


def keep(project: Path, room: str = "room") -> None:
    with Store.open(project) as opened:
        opened.put(room, VALUES)


def run(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    """Start a process that has a store of the same version."""
    start = f"import sys; sys.path[:] = {sys.path!r}\n{code}"
    return subprocess.Popen([sys.executable, "-c", start, *map(str, arguments)])


def test_a_seal_tells_what_has_changed() -> None:
    for data in (b"", b"text", bytes(range(256))):
        assert unsealed(sealed(data, b"here"), b"here") == data
        assert unsealed(sealed(data, b"here"), b"there") is None
        assert unsealed(sealed(data) + b".") is None
        assert unsealed(sealed(data)[:-1]) is None
    assert unsealed(b"") is None


def test_parts_count_as_they_are_parted() -> None:
    assert digest(b"ab", b"c") != digest(b"a", b"bc") != digest(b"abc")
    assert digest(b"a", b"") != digest(b"a")
    assert len(digest()) == 16


def test_what_is_kept_may_lie_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOWCASE_CACHE", str(tmp_path / "elsewhere"))
    project = tmp_path / "project"
    project.mkdir()
    keep(project)
    assert kept(project) == VALUES
    assert list(project.iterdir()) == []


def test_what_is_put_is_found_in_its_room(tmp_path: Path) -> None:
    assert kept(tmp_path) == {}
    keep(tmp_path)
    assert kept(tmp_path) == VALUES
    assert kept(tmp_path, "other") == {}
    with Store.open(tmp_path) as opened:
        opened.put("room", {ONE: b"new"})
        assert opened.get("room", [ONE, TWO, digest(b"unknown")]) == {ONE: b"new", TWO: VALUES[TWO]}


def test_many_are_found_at_once(tmp_path: Path) -> None:
    many = {digest(b"%d" % number): b"%d" % number for number in range(3000)}
    with Store.open(tmp_path) as opened:
        opened.put("room", many)
    with Store.open(tmp_path) as opened:
        assert opened.get("room", many) == many


def test_another_process_finds_it(tmp_path: Path) -> None:
    keep(tmp_path)
    code = "from tests.unit.test_store import *; assert kept(Path(sys.argv[1])) == VALUES"
    assert run(code, tmp_path).wait() == 0


def test_a_closed_store_is_empty(tmp_path: Path) -> None:
    keep(tmp_path)
    opened = Store.open(tmp_path)
    opened.close()
    opened.put("room", {ONE: b"late"})
    opened.finish("room")
    opened.close()
    assert opened.get("room", VALUES) == {}
    assert kept(tmp_path) == VALUES


def test_what_the_latest_runs_did_not_need_goes(tmp_path: Path) -> None:
    keep(tmp_path)
    keep(tmp_path, "other")
    for _ in range(KEPT_RUNS * 3):
        with Store.open(tmp_path) as opened:
            opened.get("room", [ONE])
            opened.finish("room")
    assert kept(tmp_path) == {ONE: VALUES[ONE]}
    # Nobody said of the other room that a run was complete.
    assert kept(tmp_path, "other") == VALUES


def test_what_a_few_runs_did_not_need_stays(tmp_path: Path) -> None:
    keep(tmp_path)
    for number in range(KEPT_RUNS * 3):
        with Store.open(tmp_path) as opened:
            opened.get("room", VALUES if number % 3 == 0 else [ONE])
            opened.finish("room")
    assert kept(tmp_path) == VALUES


def test_the_file_stays_below_its_limit(tmp_path: Path) -> None:
    limit = 400_000
    for number in range(20):
        with Store.open(tmp_path, limit) as opened:
            opened.put("room", {digest(b"%d" % number): os.urandom(50_000)})
    assert (tmp_path / FILE).stat().st_size <= limit * 9 // 8
    with Store.open(tmp_path) as opened:
        latest = [digest(b"%d" % number) for number in (17, 18, 19)]
        assert opened.get("room", latest).keys() == set(latest)
        assert opened.get("room", [digest(b"0")]) == {}


def test_another_version_sees_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / FILE
    old, new = Store(path, "old", LIMIT), Store(path, "new", LIMIT)
    # Both at once, as when the program is replaced while a preview runs.
    old.put("room", {ONE: b"old", TWO: b"old"})
    assert new.get("room", VALUES) == {}
    new.put("room", {ONE: b"new"})
    assert old.get("room", VALUES) == {ONE: b"old", TWO: b"old"}
    old.close()
    new.close()
    with Store(path, "new", LIMIT) as opened:
        assert opened.get("room", VALUES) == {ONE: b"new"}
    assert kept(tmp_path) == {}


def test_the_version_is_that_of_the_source_and_of_the_libraries() -> None:
    assert store.version() == store.version()
    assert any(name.startswith(b"pydantic-") for name in store._libraries())


@pytest.mark.parametrize("length", [0, 1, 99, 100, 4096, 5000, 8192, 20_000])
def test_a_file_that_was_cut_off(tmp_path: Path, length: int) -> None:
    keep(tmp_path)
    os.truncate(tmp_path / FILE, length)
    assert kept(tmp_path).items() <= VALUES.items()
    keep(tmp_path)
    keep(tmp_path)  # once more, should it only have been found broken at the first time
    assert kept(tmp_path) == VALUES


@settings(max_examples=50)
@given(damage=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=80)), min_size=1))
def test_a_file_that_was_damaged(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[float, bytes]]
) -> None:
    project = tmp_path_factory.mktemp("project")
    keep(project)
    path = project / FILE
    data = bytearray(path.read_bytes())
    for place, junk in damage:
        start = int(place * len(data))
        data[start : start + len(junk)] = junk
    path.write_bytes(data)
    with Store.open(project) as opened:
        assert opened.get("room", VALUES).items() <= VALUES.items()
        opened.put("room", VALUES)
        opened.finish("room")
        assert opened.get("room", VALUES).items() <= VALUES.items()
    assert kept(project).items() <= VALUES.items()


def test_a_file_whose_tables_have_names_that_are_no_text(tmp_path: Path) -> None:
    keep(tmp_path)
    data = (tmp_path / FILE).read_bytes()
    for place in range(data.index(b"table"), 4096, 3):
        # SQLite quotes them in its complaint, which Python then cannot read.
        (tmp_path / FILE).write_bytes(data[:place] + b"\x80" + data[place + 1 :])
        assert kept(tmp_path).items() <= VALUES.items()


@pytest.mark.parametrize("text", [b"garbage" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_store(tmp_path: Path, text: bytes) -> None:
    (tmp_path / ".cache").mkdir()
    (tmp_path / FILE).write_bytes(text)
    keep(tmp_path)
    assert kept(tmp_path) == VALUES


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE contents (id, value)",
        "CREATE TABLE other (id)",
        "CREATE VIEW contents AS WITH RECURSIVE n AS (SELECT 1 UNION ALL SELECT 1 FROM n)"
        " SELECT 1 AS id, 2 AS value FROM n",
    ],
)
def test_a_database_with_other_tables(tmp_path: Path, statement: str) -> None:
    (tmp_path / ".cache").mkdir()
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute(statement)
    other.close()
    keep(tmp_path)
    assert kept(tmp_path) == VALUES


def test_values_of_another_sort(tmp_path: Path) -> None:
    keep(tmp_path)
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("UPDATE contents SET value = 'text' WHERE id % 2")
        other.execute("UPDATE uses SET room = 7, run = 'x'")
    other.close()
    assert kept(tmp_path).items() < VALUES.items()
    with Store.open(tmp_path) as opened:
        opened.finish("room")
    keep(tmp_path)
    assert kept(tmp_path) == VALUES


def test_values_that_changed_places(tmp_path: Path) -> None:
    keep(tmp_path)
    with sqlite3.connect(tmp_path / FILE) as other:
        values = other.execute("SELECT value FROM contents ORDER BY id").fetchall()
        ids = other.execute("SELECT id FROM contents ORDER BY id DESC").fetchall()
        moved = [(value, id) for (value,), (id,) in zip(values, ids, strict=True)]
        other.executemany("UPDATE contents SET value = ? WHERE id = ?", moved)
    other.close()
    assert kept(tmp_path) == {}


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("mine", encoding="utf-8")
    (tmp_path / ".cache").mkdir()
    (tmp_path / FILE).symlink_to(tmp_path / "elsewhere")
    keep(tmp_path)
    assert kept(tmp_path) == {}
    assert (tmp_path / "elsewhere").read_text(encoding="utf-8") == "mine"


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / FILE / "mine").mkdir(parents=True)
    keep(tmp_path)
    assert kept(tmp_path) == {}
    assert (tmp_path / FILE / "mine").is_dir()


def test_a_file_where_its_folder_would_be(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("mine", encoding="utf-8")
    keep(tmp_path)
    assert kept(tmp_path) == {}


def test_a_project_that_is_not_there(tmp_path: Path) -> None:
    keep(tmp_path / "none")
    assert kept(tmp_path / "none") == {}
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_it_is_deleted_while_it_is_open(tmp_path: Path) -> None:
    keep(tmp_path)
    with Store.open(tmp_path) as opened:
        (tmp_path / FILE).unlink()
        (tmp_path / ".cache").rmdir()
        opened.put("room", {ONE: b"new"})
        opened.finish("room")
        assert opened.get("room", VALUES).items() <= (VALUES | {ONE: b"new"}).items()
    keep(tmp_path)
    assert kept(tmp_path) == VALUES


def test_another_process_is_writing_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path)
    monkeypatch.setattr(store, "_PATIENCE", 0.05)
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    keep(tmp_path)
    assert kept(tmp_path) == {}
    other.execute("ROLLBACK")
    other.close()
    assert kept(tmp_path) == VALUES


def test_two_processes_at_once(tmp_path: Path) -> None:
    code = """
from tests.unit.test_store import *
for _ in range(20):
    keep(Path(sys.argv[1]))
    assert kept(Path(sys.argv[1])) == VALUES
"""
    both = [run(code, tmp_path) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    assert kept(tmp_path) == VALUES


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of POSIX")
@pytest.mark.parametrize("after", [0.0, 0.01, 0.05, 0.2])
def test_a_process_killed_while_it_writes(tmp_path: Path, after: float) -> None:
    code = """
from tests.unit.test_store import *
(Path(sys.argv[1]) / "started").touch()
while True:
    with Store.open(Path(sys.argv[1])) as opened:
        opened.put("room", {key: value * 300 for key, value in VALUES.items()})
        opened.put("room", VALUES)
"""
    process = run(code, tmp_path)
    while not (tmp_path / "started").exists():
        assert process.poll() is None
        time.sleep(0.01)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    larger = {key: value * 300 for key, value in VALUES.items()}
    assert kept(tmp_path) in ({}, VALUES, larger)
    keep(tmp_path)
    assert kept(tmp_path) == VALUES


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks there")
def test_a_forked_process_finds_it_empty(tmp_path: Path) -> None:
    keep(tmp_path)
    code = """
from tests.unit.test_store import *
with Store.open(Path(sys.argv[1])) as opened:
    child = os.fork()
    if not child:
        opened.put("room", {ONE: b"forked"})
        os._exit(0 if opened.get("room", VALUES) == {} else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert opened.get("room", VALUES) == VALUES
"""
    assert run(code, tmp_path).wait() == 0

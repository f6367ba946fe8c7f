"""Files of a part for each record: what did not change is cut out of the former file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from showcase.load import Entry
from showcase.outputs.parts import Form, Parts, _room
from showcase.past import _LEFT, Kept
from showcase.pipeline import check_project, site_of
from showcase.store import Store
from tests.projects import project

NAMES = ("测试甲", "测试乙", "测试丙")
FILE = "names.txt"


class Build:
    """A build whose site is one file, with a line for each brand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = "site"
        self.made: list[str] = []
        """The records whose parts were made by the latest build."""

    def __call__(self) -> bytes:
        self.made = []
        site, fresh = self.folder / self.name, self.folder / "fresh"
        fresh.mkdir()
        with Store.open(self.folder) as store:
            past = Kept(store, site)
            catalogue = site_of(check_project(self.folder), past=past).catalogue
            entries = catalogue.of("brand")
            form = {FILE: Form(b"<", b",", b">")}
            file = Parts(catalogue, entries, "line", form, self._line).artifact(FILE)
            if not past.take(FILE, file.key, fresh):
                file.write(fresh)
            past.finish(fresh)
            past.close()
        shutil.rmtree(site, ignore_errors=True)
        fresh.rename(site)
        return (site / FILE).read_bytes()

    def _line(self, entry: Entry) -> tuple[bytes]:
        self.made.append(entry.record.title)
        return (f"{entry.record.title}：{entry.record.summary}".encode(),)


@pytest.fixture
def build(tmp_path: Path) -> Build:
    content = {f"brands/{name}.md": _brand(name, "第一稿") for name in NAMES}
    return Build(project(tmp_path / "project", content))


def _brand(name: str, summary: str) -> str:
    return f"---\n名称: {name}\n简介: {summary}\n---\n"


def _place(build: Build, name: str) -> Path:
    return build.folder / "content" / "brands" / f"{name}.md"


def _edit(build: Build, name: str) -> None:
    _place(build, name).write_text(_brand(name, "第二稿"), encoding="utf-8")


def test_only_the_part_of_the_record_that_was_edited_is_made(build: Build) -> None:
    before = build()
    assert sorted(build.made) == sorted(NAMES)
    assert build() == before
    assert build.made == []
    _edit(build, NAMES[1])
    assert build() == before.replace("乙：第一稿".encode(), "乙：第二稿".encode())
    assert build.made == [NAMES[1]]


@pytest.mark.parametrize("names", ["甲", "乙", "丙丁", "戊", "甲戊己", "乙丁", "甲乙丙丁", "己庚"])
@pytest.mark.parametrize("others", ["", "甲", "乙丙", "丁"])
def test_what_is_copied_and_what_is_made_make_one_file(
    build: Build, names: str, others: str, tmp_path: Path
) -> None:
    """Records that are edited or new, and ``others`` that are gone, wherever they stand."""
    _edit(build, "测试丁")
    build()
    for end in set(others) - set(names):
        _place(build, f"测试{end}").unlink()
    for end in names:
        _edit(build, f"测试{end}")
    mended = build()
    assert sorted(build.made) == sorted(f"测试{end}" for end in names if end != "丁")
    content = {
        f"brands/{one.name}": one.read_text("utf-8") for one in _place(build, "").parent.iterdir()
    }
    assert mended == Build(project(tmp_path / "anew", content))()


@pytest.mark.parametrize("touch", [b"", "测试甲：别人写的\n".encode(), b"\xff\xfe"])
def test_a_file_that_somebody_touched_gives_no_part_of_itself(build: Build, touch: bytes) -> None:
    before = build()
    (build.folder / "site" / FILE).write_bytes(touch)
    assert build() == before
    assert sorted(build.made) == sorted(NAMES)


def test_what_was_left_of_one_site_is_not_taken_for_another(build: Build) -> None:
    build()
    _edit(build, NAMES[1])
    build.name = "elsewhere"
    other = build()
    build.name = "site"
    assert build() == other


def test_a_file_that_is_gone_is_made_whole(build: Build) -> None:
    before = build()
    (build.folder / "site" / FILE).unlink()
    _edit(build, NAMES[0])
    assert build() != before
    assert sorted(build.made) == sorted(NAMES)


@pytest.mark.parametrize(
    "cuts",
    [
        [[], []],
        [["a"], [9]],
        [["a"], [-1]],
        [["a", "b"], [9]],
        [["a", "b", "c"], [-9, 5, 2000]],
        [["a"], ["9"]],
        "nothing",
    ],
)
def test_cuts_that_do_not_fit_the_file_give_no_part(build: Build, cuts: object) -> None:
    build()
    with Store.open(build.folder) as store:
        known = json.loads(store.get(_room(FILE), [_LEFT])[_LEFT])[0]
        said = json.dumps(cuts)
        for key, name in zip(known, "abc", strict=True):
            said = said.replace(f'"{name}"', f'"{key}"')
        store.put(_room(FILE), {_LEFT: said.encode()})
    _edit(build, NAMES[0])
    mended = build()
    assert sorted(build.made) == sorted(NAMES)
    assert mended.count("稿".encode()) == len(NAMES)
    assert (mended[:1], mended[-1:]) == (b"<", b">")

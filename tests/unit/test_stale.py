"""A site is known to be current only while nothing changed that it could depend on."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from showcase.stale import Ledger, files_of, look
from showcase.store import Store

OLD = 1_500_000_000


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("content/a.md", "content/b/c.md", "mkdocs.yml", "site/index.html", "site/x/y.js"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
        os.utime(path, (OLD, OLD))
    return tmp_path


def noted(project: Path, *, strict: bool = False, complete: bool = True) -> bool:
    """Note the site as it is, and tell whether it is known in a run of its own."""
    paths = [project / "content", project / "mkdocs.yml", project / "not-there.json"]
    with Store.open(project) as store:
        time.sleep(0.1)  # what was written in this tick of the clock might change within it
        ledger = Ledger(store, project / "site", strict=strict)
        ledger.note(look(paths, complete=complete), files_of(project / "site"))
    return is_current(project, strict=strict)


def is_current(project: Path, *, strict: bool = False) -> bool:
    with Store.open(project) as store:
        return Ledger(store, project / "site", strict=strict).is_current()


def test_a_site_is_current_until_something_changes(project: Path) -> None:
    assert not is_current(project)
    assert noted(project)
    assert is_current(project)


@pytest.mark.parametrize(
    "kept", ["", "null", "[]", "1", "{}", '{"inputs": 1}', "[" * 9999, '{"inputs": ["\\u0000"]}']
)
def test_something_else_that_was_kept_says_nothing(project: Path, kept: str) -> None:
    assert noted(project)
    with Store.open(project) as store:
        key = Ledger(store, project / "site", strict=False)._key
        store.put("site", {key: kept.encode()})
    assert not is_current(project)


def rewrite(path: Path) -> None:
    """Change a file and hide it: as many bytes, the same time of writing."""
    path.write_text(path.read_text("utf-8").swapcase(), encoding="utf-8")
    os.utime(path, (OLD, OLD))


CHANGES: dict[str, Callable[[Path], object]] = {
    "edited": lambda project: rewrite(project / "content/b/c.md"),
    "added": lambda project: (project / "content/b/d.md").write_text("", encoding="utf-8"),
    "removed": lambda project: (project / "content/a.md").unlink(),
    "renamed": lambda project: (project / "content/a.md").rename(project / "content/e.md"),
    "settings": lambda project: rewrite(project / "mkdocs.yml"),
    "appeared": lambda project: (project / "not-there.json").write_text("{}", encoding="utf-8"),
    "page deleted": lambda project: (project / "site/x/y.js").unlink(),
    "page added": lambda project: (project / "site/z.html").write_text("", encoding="utf-8"),
    "page edited": lambda project: (project / "site/index.html").write_text("", encoding="utf-8"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_makes_it_stale(project: Path, change: Callable[[Path], object]) -> None:
    assert noted(project)
    change(project)
    assert not is_current(project)
    assert noted(project)


def test_another_name_of_a_page_changes_nothing(project: Path) -> None:
    page, spare = project / "site/index.html", project / "spare.html"
    assert noted(project)
    spare.hardlink_to(page)
    assert is_current(project)
    spare.unlink()
    assert is_current(project)


def test_another_day_makes_it_stale(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert noted(project)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1700000000 + 24 * 3600))
    assert not is_current(project)


def test_a_site_that_passed_is_not_known_to_pass_strictly(project: Path) -> None:
    assert noted(project)
    assert not is_current(project, strict=True)


def test_what_depends_on_more_is_never_current(project: Path) -> None:
    assert not noted(project, complete=False)
    (project / "content/link.md").symlink_to(project / "mkdocs.yml")
    assert not noted(project)


def test_what_was_written_a_moment_ago_may_still_change(project: Path) -> None:
    (project / "content/a.md").write_text("now", encoding="utf-8")
    assert not look([project / "content"], complete=True).complete


def test_the_former_site_is_no_input(project: Path) -> None:
    time.sleep(0.1)
    with Store.open(project) as store:
        inputs = look([project / "content", project / "site/x/y.js"], complete=True)
        (project / "site/x/y.js").write_text("new", encoding="utf-8")
        Ledger(store, project / "site", strict=False).note(inputs, files_of(project / "site"))
    assert is_current(project)


def test_two_folders_of_one_name_are_told_apart(tmp_path: Path) -> None:
    folders = [tmp_path / "project/overrides", tmp_path / "house/overrides"]
    for folder in folders:
        folder.mkdir(parents=True)
        (folder / "main.html").write_text("before", encoding="utf-8")
    for folder in folders:
        inputs = look(folders, complete=True)
        (folder / "main.html").write_text("after it", encoding="utf-8")
        assert inputs.changed(folders) == {folder / "main.html"}
        assert inputs.changed(set(folders) - {folder}) == frozenset()

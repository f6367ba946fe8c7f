"""The engine's part of a site is kept: not made again, nor right any the less."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from tests.commands import LONGEST, showcase
from tests.projects import HOUSE, site, tree

BUILD = """
    import logging, sys
    from pathlib import Path
    from showcase import builder

    logging.basicConfig(stream=sys.stdout, level=logging.WARNING, format="%(message)s")
    project, out = map(Path, sys.argv[1:3])
    try:
        builder.build(project, out, strict="strict" in sys.argv)
    except builder.EngineFailed as failed:
        print("FAILED:", failed)
    print("engine:", "mkdocs" in sys.modules)
"""
"""Builds, and says in the end whether the engine was loaded."""

LOOK = """
    import sys
    from hashlib import sha256
    from pathlib import Path
    from showcase.preview.follow import Preview
    from showcase.store import Store

    with Store.open(Path(sys.argv[1])) as store:
        preview = Preview(Path(sys.argv[1]), store)
        for path in sys.argv[2:]:
            answer = preview.answer(path)
            print(path, int(answer.status), sha256(answer.data).hexdigest())
    print("engine:", "mkdocs" in sys.modules)
"""
"""Looks at pages of a preview, and says in the end whether the engine was loaded."""

Change = Callable[[Path], object]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose site was built once."""
    made = site(tmp_path_factory.mktemp("framed") / "p", "every-kind")
    # Half of the time that a build takes; a link leads to its first page.
    shutil.rmtree(made / "docs/handbook")
    add("docs/handbook/index.md", "# 手册\n")(made)
    add("content/brands/多的.md", "---\n名称: 多的品牌\n---\n")(made)
    assert is_loaded(build(made, made.parent / "first"))
    return made


@pytest.fixture
def project(original: Path, tmp_path: Path) -> Path:
    """A copy of it, with what the build has left."""
    return Path(shutil.copytree(original, tmp_path / "p"))


def build(project: Path, out: Path, *words: str) -> str:
    """Build in a process of its own, and return what it says."""
    return run(BUILD, str(project), str(out), *words)


def look(project: Path, *paths: str) -> str:
    """Look at pages of a preview in a process of its own, and return what it says."""
    return run(LOOK, str(project), *paths)


def run(code: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", dedent(code), *words],
        cwd=HOUSE,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def is_loaded(said: str) -> bool:
    return "engine: True" in said


def as_anew(project: Path, folder: Path) -> bool:
    """Build a project; tell whether the engine was loaded for it, and that it is built so anew."""
    loaded = is_loaded(build(project, folder / "again"))
    anew = shutil.copytree(project, folder / "anew", ignore=shutil.ignore_patterns(".cache"))
    build(anew, folder / "other")
    assert tree(folder / "again") == tree(folder / "other")
    return loaded


def change(name: str, old: str, new: str) -> Change:
    def changing(project: Path) -> None:
        path = project / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return changing


def add(name: str, text: str) -> Change:
    def adding(project: Path) -> None:
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    return adding


def both(*changes: Change) -> Change:
    def changing(project: Path) -> None:
        for one in changes:
            one(project)

    return changing


NEW = "---\n名称: 新的品牌\nslug: new\n---\n\n正文一句话。\n"
RECORDS: dict[str, Change] = {
    "nothing": lambda _: None,
    "edited": change("content/brands/品牌甲.md", "一个合成的品牌", "一个改过的品牌"),
    "renamed": change("content/brands/多的.md", "多的品牌", "多的品牌又"),
    "added": add("content/brands/新的.md", NEW),
    "removed": lambda project: (project / "content/brands/多的.md").unlink(),
}
OTHERS: dict[str, Change] = {
    "page": change("docs/about.md", "\n## ", "\n合成的一句话。\n\n## "),
    "page added": add("docs/handbook/more.md", "# 又一页\n\n合成的一句话。\n"),
    "page removed": lambda project: (project / "docs/privacy.md").unlink(),
    "page in the place of another": add("docs/brands/index.md", "# 别的\n"),
    "picture": lambda project: (project / "docs/assets/images/logo.svg").unlink(),
    "style": add("docs/assets/stylesheets/base.css", "p { margin: 0; }\n"),
    "template": change("overrides/partials/footer.html", "网站地图", "全部栏目"),
    "template of records": change("overrides/records/base.html", "{%", "合成的一句话{%"),
    "settings of staff": change("content/site.yml", "站名: ", "站名: 新的"),
    "settings": change("mkdocs.yml", "开放数据", "全部数据"),
    "menu": change("mkdocs.yml", "  - 品牌: brands/index.md\n", ""),
    "address": change("mkdocs.yml", "\nedit_uri:", "\nsite_url: https://a.test/\nedit_uri:"),
    "drafts": change("mkdocs.yml", "  - showcase\n", "  - showcase:\n      drafts: true\n"),
}


@pytest.mark.parametrize("edit", RECORDS.values(), ids=RECORDS)
def test_an_edit_of_records_needs_no_engine(project: Path, tmp_path: Path, edit: Change) -> None:
    edit(project)
    assert not as_anew(project, tmp_path)


@pytest.mark.parametrize("edit", OTHERS.values(), ids=OTHERS)
def test_what_else_is_edited_shows(project: Path, tmp_path: Path, edit: Change) -> None:
    edit(project)
    assert as_anew(project, tmp_path)


LINK = add("docs/handbook/more.md", "# 又一页\n\n[品牌](../brands/new/index.md)\n")
LINKED: dict[str, tuple[Change, Change]] = {
    "there at last": (LINK, RECORDS["added"]),
    "there no more": (
        both(LINK, RECORDS["added"]),
        lambda project: (project / "content/brands/新的.md").unlink(),
    ),
    "by another page of hands": (
        add("docs/brands/new/index.md", "# 手写的一页\n"),
        RECORDS["added"],
    ),
}


@pytest.mark.parametrize(("before", "edit"), LINKED.values(), ids=LINKED)
def test_a_record_that_a_page_leads_to(
    project: Path, tmp_path: Path, before: Change, edit: Change
) -> None:
    # Nothing is said of what is missing, so that only the page itself can tell.
    for old in ("links:\n    not_found: warn", "nav:\n    omitted_files: warn"):
        change("mkdocs.yml", old, old.replace("warn", "ignore"))(project)
    before(project)
    build(project, tmp_path / "before")
    assert not is_loaded(build(project, tmp_path / "still"))
    edit(project)
    assert as_anew(project, tmp_path)


def test_a_sort_of_page_that_there_was_none_of(project: Path, tmp_path: Path) -> None:
    shutil.rmtree(project / "content")
    add("content/brands/一.md", "---\n名称: 一个品牌\n---\n")(project)
    build(project, tmp_path / "before")
    add("content/activities/活动.md", "---\n名称: 又一次\n开始: 2019-03-18\n---\n")(project)
    assert as_anew(project, tmp_path)
    assert not is_loaded(build(project, tmp_path / "still"))


def test_what_the_engine_warns_of_it_warns_of_again(project: Path, tmp_path: Path) -> None:
    add("docs/handbook/more.md", "# 又一页\n\n[没有](nowhere.md)\n")(project)
    for number, edit in enumerate([*RECORDS.values()][:3]):
        edit(project)
        assert "nowhere.md" in build(project, tmp_path / str(number))
        assert "FAILED" in build(project, tmp_path / f"strict{number}", "strict")


def test_strict_builds_keep_it_too(project: Path, tmp_path: Path) -> None:
    assert is_loaded(build(project, tmp_path / "one", "strict"))
    assert not is_loaded(build(project, tmp_path / "two", "strict"))
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("code", "\nnav:", "\nhooks:\n  - hook.py\nnav:"),
        ("files of elsewhere", "  - admonition", "  - admonition\n  - pymdownx.snippets"),
    ],
)
def test_what_may_depend_on_more_is_not_kept(
    project: Path, tmp_path: Path, name: str, old: str, new: str
) -> None:
    (project / "hook.py").write_text("", "utf-8")
    change("mkdocs.yml", old, new)(project)
    for number in range(2):
        assert is_loaded(build(project, tmp_path / f"{name}{number}"))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_what_a_link_leads_to_may_change_unseen(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (project / "docs/linked").symlink_to(elsewhere)
    for number in range(2):
        (elsewhere / "page.md").write_text(f"# 第{number}稿\n", "utf-8")
        build(project, tmp_path / str(number))
        assert f"第{number}稿" in (tmp_path / f"{number}/linked/page/index.html").read_text("utf-8")


def test_a_checkout_with_other_times_needs_no_engine(project: Path, tmp_path: Path) -> None:
    for path in project.rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    assert not as_anew(project, tmp_path)


def test_the_command_says_what_the_engine_said_before(project: Path) -> None:
    add("docs/handbook/more.md", "# 又一页\n\n[没有](nowhere.md)\n")(project)
    for edit in [*RECORDS.values()][1:3]:
        edit(project)
        done = showcase("build", "--project", str(project))
        assert done.returncode == 0
        assert "nowhere.md" in done.stderr
        assert showcase("build", "--strict", "--project", str(project)).returncode == 1


def test_a_preview_begins_with_what_another_left(project: Path) -> None:
    paths = ("", "brands/", "brands/brand-a/", "assets/stylesheets/site.css", "data/brands.json")
    first = look(project, *paths)
    again = look(project, *paths)
    assert is_loaded(first)
    assert not is_loaded(again)
    assert again.splitlines()[:-1] == first.splitlines()[:-1]
    # A page written by hand, or none, is the engine's.
    for path, status in (("about/", 200), ("nowhere/", 404)):
        assert f"{path} {status} " in (said := look(project, path))
        assert is_loaded(said)
    change("overrides/partials/footer.html", "网站地图", "全部栏目")(project)
    changed = look(project, *paths)
    assert is_loaded(changed)
    assert changed.splitlines()[0] != first.splitlines()[0]


def test_a_preview_and_a_build_keep_apart(project: Path, tmp_path: Path) -> None:
    look(project, "")
    assert not as_anew(project, tmp_path)

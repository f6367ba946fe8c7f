"""What is kept of the engine's part comes back as it was, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from showcase.compose import Composed
from showcase.frame import Frame, Outline, Part
from showcase.framed import Frames, content_of
from showcase.outputs import Artifact, Listed
from showcase.pipeline import Site, check_project, site_of
from showcase.seal import digest
from showcase.shell import Shell, Sort, joined, sort_of
from showcase.store import Store
from tests.projects import project as make_project

OUTLINE = Outline("docs", "overrides", "https://a.test/", drafts=False)
PAGE = Composed("brands/甲/index.md", "甲", "", "", "")
HOME = replace(PAGE, uri="index.md")
SHELLS: dict[Sort | str, Shell] = {
    sort_of(PAGE, ("brands/",)): joined(["a", "title", "b"]),
    "index.md": joined(["c"]),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = make_project(tmp_path / "p", {"brands/甲.md": "---\n名称: 甲\n---\n"})
    for name in ("docs/a/b.md", "docs/c.png", "overrides/main.html"):
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return made


def site(project: Path) -> Site:
    return site_of(check_project(project), url=OUTLINE.url)


def part(project: Path, path: str = "a/b/index.html") -> Part:
    """Return what an engine could have made: a page, and a file that it copied."""
    source, data = project / "docs/c.png", b"<p>"
    files = (
        Artifact(path, data, key=digest(data)),
        Artifact("c.png", file=source, key=content_of(source)),
    )
    made = site(project)
    return Part(
        files,
        frozenset({"a/b/index.html", "c.png"}),
        (Listed("a/b/", "题目", composed=False, hidden=True),),
        ("brands/",),
        {"index.md": made.head("").front_matter},
        {"brands/jia/index.md": True, "brands/yi/index.md": False, "feed.xml": True},
    )


def never(page: Composed) -> Shell:
    raise AssertionError(page)


def keep(project: Path, made: Part) -> None:
    with Store.open(project) as store:
        frames = Frames(store, project, "build")
        key = frames.key(OUTLINE, site(project))
        assert key is not None
        frames.keep(key, OUTLINE, Frame(made, never, dict(SHELLS)))


def found(project: Path, use: str = "build", *circumstances: str) -> Frame | None:
    with Store.open(project) as store:
        frames = Frames(store, project, use)
        made = site(project)
        key = frames.key(OUTLINE, made, *circumstances)
        return frames.find(key, OUTLINE, made, never) if key else None


def test_it_comes_back_as_it_was(project: Path) -> None:
    assert found(project) is None
    keep(project, part(project))
    frame = found(project)
    assert frame is not None
    assert (frame.part, frame.shells) == (part(project), SHELLS)
    assert frame.shell(PAGE) == SHELLS[sort_of(PAGE, ("brands/",))]
    assert frame.shell(HOME) == SHELLS["index.md"]
    with Store.open(project) as store:
        assert Frames(store, project, "preview").outline() == OUTLINE
    assert found(project, "preview") is None
    assert found(project, "build", "strict") is None


def test_pages_of_one_sort_have_one_shell_and_another_menu_gives_other_sorts(project: Path) -> None:
    made = part(project)
    frame = Frame(made, never, dict(SHELLS))
    same = replace(PAGE, title="乙", html="<p>", uri="brands/乙/index.md")
    assert frame.sort(same) == frame.sort(PAGE)
    assert frame.shell(same) == frame.shell(PAGE)
    others = [
        replace(PAGE, uri="brands/甲/乙/index.md"),
        replace(PAGE, uri="figures/甲/index.md"),
        replace(PAGE, description="有"),
        replace(PAGE, image="a.jpg"),
        replace(PAGE, hidden=True),
        replace(PAGE, feed="brands/feed.xml"),
        HOME,
    ]
    menus = [
        replace(made, sections=("figures/",)),
        replace(made, menu={}),
        replace(made, menu={**made.menu, PAGE.uri: ""}),
    ]
    sorts = {frame.sort(page) for page in (PAGE, *others)}
    sorts |= {Frame(menu, never).sort(PAGE) for menu in menus}
    assert len(sorts) == 1 + len(others) + len(menus)


def write(name: str, text: str) -> Callable[[Path], object]:
    def writing(project: Path) -> None:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text, encoding="utf-8")

    return writing


CHANGES = {
    "page": write("docs/a/b.md", "又一句"),
    "page added": write("docs/d.md", ""),
    "page renamed": lambda project: (project / "docs/a/b.md").rename(project / "docs/a/c.md"),
    "copied file": write("docs/c.png", "other"),
    "template": write("overrides/partials/x.html", ""),
    "settings of staff": write("content/site.yml", "站名: 新的站名\n"),
    "settings": write("mkdocs.yml", "site_name: x\n"),
    "a target that is gone": lambda project: (project / "content/brands/甲.md").unlink(),
    "a target that appeared": write("content/brands/乙.md", "---\n名称: 乙\n---\n"),
    "a link": lambda project: (project / "docs/link").symlink_to(project / "content"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_it_goes_with_what_it_was_made_of(project: Path, change: Callable[[Path], object]) -> None:
    keep(project, part(project))
    change(project)
    assert found(project) is None


def test_it_is_of_one_day(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    keep(project, part(project))
    assert found(project) is not None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1700000000 + 24 * 3600))
    assert found(project) is None


def test_a_record_that_matters_to_no_page_changes_nothing(project: Path) -> None:
    keep(project, part(project))
    write("content/brands/丁.md", "---\n名称: 丁\n---\n")(project)
    assert found(project) is not None


@pytest.mark.parametrize("path", ["../x.html", "/x.html", "a/../../x.html", "C:x", "..\\x"])
def test_no_path_leads_out_of_the_site(project: Path, path: str) -> None:
    keep(project, part(project, path))
    assert found(project) is None


@pytest.mark.parametrize(
    "kept", ["", "null", "[]", "{}", '{"files": 1}', '{"files": [["a", "zz", 1]]}', "[" * 9999]
)
def test_something_else_that_was_kept_is_nothing(project: Path, kept: str) -> None:
    keep(project, part(project))
    with Store.open(project) as store:
        frames = Frames(store, project, "build")
        key = frames.key(OUTLINE, site(project))
        assert key is not None
        store.put("frame/build", {key: kept.encode()})
        store.put("outline", {digest((project / "mkdocs.yml").read_bytes()): kept.encode()})
        assert frames.outline() is None
    assert found(project) is None


@pytest.mark.parametrize("name", ["docs", "theme"])
def test_no_folder_of_elsewhere_is_read(project: Path, name: str) -> None:
    outline = {"docs": "docs", "theme": "", "url": "", "drafts": False, name: "../elsewhere"}
    with Store.open(project) as store:
        key = digest((project / "mkdocs.yml").read_bytes())
        store.put("outline", {key: json.dumps(outline).encode()})
        assert Frames(store, project, "build").outline() is None

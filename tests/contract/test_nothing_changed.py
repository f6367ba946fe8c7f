"""A second build of what did not change leaves the site as it is, down to its files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands import showcase
from tests.projects import site, tree


def build(project: Path) -> str:
    done = showcase("build", "--project", str(project))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_ino for path in folder.rglob("*")}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = site(tmp_path_factory.mktemp("current") / "p", "every-kind")
    shutil.rmtree(made / "docs/handbook")
    build(made)
    return made


def test_nothing_is_done_twice(project: Path) -> None:
    before, pages = files(project / "site"), tree(project / "site")
    assert "已经是最新的" in build(project)
    assert files(project / "site") == before
    page = project / "site/index.html"
    page.unlink()
    assert "已经生成" in build(project)
    assert tree(project / "site") == pages


@pytest.mark.parametrize(
    "place", ["content/brands/品牌甲.md", "docs/about.md", "overrides/partials/footer.html"]
)
def test_what_changed_is_built(project: Path, place: str) -> None:
    path = project / place
    before = path.read_text("utf-8")
    path.write_text(before.rstrip() + "\n\n合成的一句话。\n", encoding="utf-8")
    assert "已经生成" in build(project)
    assert any("合成的一句话".encode() in page for page in tree(project / "site").values())
    assert "已经是最新的" in build(project)


def test_what_may_depend_on_more_is_always_built(project: Path) -> None:
    settings = project / "mkdocs.yml"
    (project / "hook.py").write_text("", encoding="utf-8")
    with settings.open("a", encoding="utf-8") as stream:
        stream.write("\nhooks:\n  - hook.py\n")
    build(project)
    assert "已经生成" in build(project)

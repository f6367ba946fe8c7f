"""The recipes of CONTRIBUTING.md work as they stand: followed in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

from tests.projects import HOUSE, SITES, project
from tests.rules.cases import read

GUIDE = (HOUSE / "CONTRIBUTING.md").read_text(encoding="utf-8")

_BLOCK = re.compile(r"^    ```(?:python|jinja|yaml)\n(.*?)^    ```$", re.MULTILINE | re.DOTALL)


def blocks(title: str) -> list[str]:
    """Return the code of a recipe, in order."""
    section = GUIDE.partition(f"\n### {title}\n")[2].partition("\n##")[0]
    return [dedent(block) for block in _BLOCK.findall(section)]


@dataclass(frozen=True)
class Copy:
    """A copy of the project."""

    root: Path

    def add(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def insert(self, path: str, before: str, *lines: str) -> None:
        """Put lines before the first that begins as given, indented like it."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        found = re.search(rf"^( *){re.escape(before)}", text, re.MULTILINE)
        assert found is not None, f"{path} has no line that begins with {before!r}"
        new = "".join(f"{found[1]}{line}\n" for line in lines)
        file.write_text(text[: found.start()] + new + text[found.start() :], encoding="utf-8")

    def run(self, *arguments: str) -> str:
        """Run a command of the copy; return what it printed."""
        result = subprocess.run(
            [sys.executable, "-m", "showcase.cli", *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root / "scripts"), "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert "Traceback" not in result.stderr, result.stderr
        return result.stdout

    def pages(self) -> dict[str, str]:
        """Compose the site; return its pages by address."""
        out = self.root / "out"
        self.run("pages", "--out", str(out))
        return {
            path.parent.relative_to(out).as_posix(): path.read_text(encoding="utf-8")
            for path in out.rglob("index.md")
        }


@pytest.fixture
def house(tmp_path: Path) -> Copy:
    for name in ("scripts", "overrides"):
        shutil.copytree(HOUSE / name, tmp_path / name)
    shutil.copytree(SITES / "every-kind/content", tmp_path / "content")
    shutil.copy(HOUSE / "mkdocs.yml", tmp_path)
    (tmp_path / "docs").mkdir()
    return Copy(tmp_path)


def test_a_kind(house: Copy) -> None:
    model, line, template, fixture = blocks("A kind")
    house.add("scripts/showcase/model/story.py", model)
    house.insert("scripts/showcase/model/kinds.py", "Kind(", line.strip())
    house.insert(
        "scripts/showcase/model/kinds.py",
        "from showcase.model.theme",
        "from showcase.model.story import Story",
    )
    house.add("overrides/records/story.html", template)
    house.add("content/stories.yml", fixture)

    pages = house.pages()
    assert 'data-record="story/测试故事"' in pages["stories/ce-shi-gu-shi"]
    assert "品牌甲" in pages["stories/ce-shi-gu-shi"]
    assert "测试故事" in pages["stories"]
    assert "群众讲述的故事" in pages["brands/brand-a"]
    assert "docs/handbook/fields.md" in house.run("derive")
    assert "另一个故事" in house.run("new", "故事", "另一个故事")


def test_a_rule(house: Copy) -> None:
    function, line = blocks("A rule")
    module = house.root / "scripts/showcase/rules/shape.py"
    text = module.read_text(encoding="utf-8")
    imports = re.sub(
        r"import Diagnostic(, Severity)?$", "import Diagnostic, Severity", text, flags=re.MULTILINE
    )
    module.write_text(f"{imports}\n\n{function}", encoding="utf-8")
    house.insert("scripts/showcase/rules/__init__.py", '"SHP001":', line.strip())

    house.add("tests/rules/SHP099.md", _cases())
    rule = read(house.root / "tests/rules/SHP099.md")
    assert len(rule.cases) == 2
    for number, case in enumerate(rule.cases):
        place = project(house.root / f"case{number}", {})
        for block in case.files:
            block.write(place)
        assert house.run("check", "--project", str(place)) == case.report.text
    assert "什么也没多知道" in house.run("explain", "SHP099")
    assert "docs/handbook/rules/SHP099.md" in house.run("derive")


def _cases() -> str:
    found = re.search(r"(?ms)^    ````markdown\n(.*?)^    ````$", GUIDE)
    assert found is not None
    return dedent(found[1])


def test_a_page(house: Copy) -> None:
    module, template, line = blocks("A page")
    house.add("scripts/showcase/pages/latest.py", module)
    house.add("overrides/pages/latest.html", template)
    table = "scripts/showcase/pages/__init__.py"
    house.insert(table, "from showcase.pages.shelf", "from showcase.pages import latest")
    house.insert(table, '"records":', line.strip())

    page = house.pages()["latest"]
    assert "最近的活动" in page
    assert "活动甲" in page

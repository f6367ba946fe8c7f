"""The built site: the same bytes from every command, and nothing in them that is not public."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from tests.commands import mkdocs, showcase
from tests.projects import HOUSE, project, site, tree

URL = "https://showcase.example/x/"
SECRETS = ("保密", "不公开的授权记录", "只给工作人员看的备注")
PRIVATE_KEYS = ("consent", "notes", "exemptions")


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in a folder with a space and Chinese characters, built once."""
    made = site(tmp_path_factory.mktemp("site") / "项目 一", "every-kind")
    done = showcase("build", "--strict", "--project", str(made))
    assert done.returncode == 0, done.stdout + done.stderr
    return made


def test_plain_mkdocs_gives_the_same_bytes(every_kind: Path, tmp_path: Path) -> None:
    out = tmp_path / "plain"
    # Another zone, locale and time of day: nothing of them may reach the output.
    done = mkdocs(
        *("build", "--strict", "--site-dir", str(out)),
        cwd=every_kind,
        TZ="Pacific/Apia",
        LC_ALL="C",
    )
    assert done.returncode == 0, done.stderr
    assert tree(every_kind / "site") == tree(out)


def test_what_is_not_public_is_in_no_byte(every_kind: Path) -> None:
    for name, data in tree(every_kind / "site").items():
        for secret in SECRETS:
            assert secret.encode() not in data, f"{secret} in {name}"
        assert "保密" not in name
    # Fold and pinyin of the same words are as private.
    index = b"".join(d for n, d in tree(every_kind / "site").items() if n.startswith("search/w/"))
    assert b"baomi" not in index


def test_no_path_of_this_machine_is_in_the_output(every_kind: Path) -> None:
    for name, data in tree(every_kind / "site").items():
        for place in (str(HOUSE), str(every_kind), str(Path.home()) + os.sep):
            assert place.encode() not in data, f"{place} in {name}"


def test_another_engine_builds_the_same_record_html(every_kind: Path, tmp_path: Path) -> None:
    out = tmp_path / "neutral"
    (out).mkdir()
    done = showcase("pages", "--project", str(every_kind), "--out", str(out / "docs"))
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.copytree(every_kind / "overrides", out / "overrides")
    settings = (every_kind / "mkdocs.yml").read_text("utf-8")
    assert "\nplugins:\n  - showcase\n" in settings
    (out / "mkdocs.yml").write_text(
        settings.replace("\nplugins:\n  - showcase\n", "\nplugins: []\n"), encoding="utf-8"
    )
    done = mkdocs("build", cwd=out)
    assert done.returncode == 0, done.stderr
    pages = [path for path in (every_kind / "site").rglob("index.html") if _block(path)]
    assert len(pages) > 40
    for path in pages:
        other = out / "site" / path.relative_to(every_kind / "site")
        assert _block(other) == _block(path), path.name


def test_the_pages_for_another_engine_know_where_the_site_will_stand(
    every_kind: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    settings = (every_kind / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(f"site_url: {URL}\n{settings}", "utf-8")
    for name in ("content", "docs", "overrides"):
        shutil.copytree(every_kind / name, folder / name)
    done = showcase("pages", "--project", str(folder), "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stdout + done.stderr
    text = (tmp_path / "out" / "brands" / "brand-a" / "index.md").read_text("utf-8")
    assert f'"url": "{URL}brands/brand-a/"' in text
    (folder / "mkdocs.yml").write_text("site_url: 不是网址\n" + settings, "utf-8")
    done = showcase("pages", "--project", str(folder), "--out", str(tmp_path / "other"))
    assert (done.returncode, (tmp_path / "other").exists()) == (2, False)


@pytest.mark.parametrize(
    ("page", "section"),
    [
        ("calendar", "活动"),
        ("calendar/2019-03", "活动"),
        ("activities/huo-dong-jia", "活动"),
        ("years", None),
    ],
)
def test_the_menu_says_in_which_section_a_page_stands(
    every_kind: Path, page: str, section: str | None
) -> None:
    text = (every_kind / "site" / page / "index.html").read_text("utf-8")
    menu = text[text.index('id="sc-nav"') :]
    marked = re.search(r'aria-current="\w+">([^<]+)<', menu[: menu.index("</nav>")])
    assert (marked[1] if marked else None) == section


def _block(path: Path) -> str:
    """Return the composed block of a built page, white space at the ends of lines aside."""
    html = path.read_text("utf-8")
    found = re.search(r'<div class="sc-page .*(?=</main>)', html, re.DOTALL)
    return "\n".join(line.strip() for line in found[0].split("\n")) if found else ""


def test_a_broken_record_leaves_the_former_site_untouched(tmp_path: Path) -> None:
    made = site(tmp_path / "site", "every-kind")
    assert showcase("build", "--project", str(made)).returncode == 0
    before = tree(made / "site")
    (made / "content" / "brands" / "坏.md").write_text(
        "---\n名称：坏\n人物: 没有的人\n---\n", "utf-8"
    )
    (made / "content" / "places.yml").write_text("- 名称: 没有编号\n", "utf-8")
    done = showcase("build", "--project", str(made))
    assert done.returncode == 1
    for code in ("SRC007", "REF001", "SHP007"):
        assert code in done.stdout
    assert tree(made / "site") == before
    assert [path.name for path in made.iterdir() if path.name.startswith(".site")] == []
    done = mkdocs("build", "--site-dir", str(made / "site"), cwd=made)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert tree(made / "site") == before


def test_strict_counts_warnings(tmp_path: Path) -> None:
    made = project(tmp_path / "p", {"activities/甲.md": "---\n名称: 甲\n---\n\n# 大标题\n"})
    assert showcase("check", "--project", str(made)).returncode == 0
    assert showcase("check", "--strict", "--project", str(made)).returncode == 1


def test_the_json_contract(tmp_path: Path) -> None:
    made = project(tmp_path / "p", {"brands/向阳花开.md": "---\n标签: [甲]\n名成: 向阳\n---\n"})
    done = showcase("check", "--format", "json", "--project", str(made))
    assert done.returncode == 1
    found = json.loads(done.stdout)
    unknown = next(item for item in found if item["code"] == "SHP002")
    assert unknown == {
        "code": "SHP002",
        "severity": "error",
        "file": "content/brands/向阳花开.md",
        "line": 3,
        "column": 1,
        "field": "名成",
        "message": "不认识的字段「名成」",
        "help": "是不是「名称」？",
    }
    # The name that was meant is the one that is missing: one fault, reported once.
    assert {item["code"] for item in found} == {"SHP002"}


@pytest.mark.parametrize(
    "words",
    [("check",), ("build",), ("explain", "NO999"), ("new", "没有", "名"), ("schema", "没有")],
    ids=lambda words: words[0],
)
def test_what_cannot_run_exits_with_two(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = showcase(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("无法继续：")


def test_check_takes_paths(tmp_path: Path) -> None:
    bad = "---\n名成: 甲\n---\n"
    made = project(tmp_path / "p", {"brands/甲.md": bad, "figures/乙.md": bad})
    done = showcase("check", "--format", "json", "--project", str(made), "content/brands")
    assert {item["file"] for item in json.loads(done.stdout)} == {"content/brands/甲.md"}
    done = showcase("check", "--project", str(made), "content/brands/没有.md")
    assert done.returncode == 2


def test_new_makes_a_draft_that_only_lacks_what_is_required(tmp_path: Path) -> None:
    made = project(tmp_path / "p", {})
    done = showcase("new", "品牌", "测试: 品牌/甲", "--project", str(made))
    assert done.returncode == 0, done.stderr
    path = made / "content" / "brands" / "测试-品牌-甲.md"
    assert "状态: 草稿" in path.read_text("utf-8")
    assert showcase("check", "--project", str(made)).returncode == 0
    again = showcase("new", "品牌", "测试: 品牌/甲", "--project", str(made))
    assert again.returncode == 2
    assert showcase("new", "figure", "测试人物", "--project", str(made)).returncode == 0
    done = showcase("check", "--format", "json", "--project", str(made))
    assert {item["code"] for item in json.loads(done.stdout)} == {"SHP001"}


def test_explain_and_schema(tmp_path: Path) -> None:
    done = showcase("explain", "shp002", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("SHP002 ")
    schema = json.loads(showcase("schema", "品牌", cwd=tmp_path).stdout)
    assert {"名称", "title", "成效", "results"} <= schema["properties"].keys()
    assert "brand.schema.json" in json.loads(showcase("schema", cwd=tmp_path).stdout)


def test_a_site_is_not_built_over_other_files(tmp_path: Path) -> None:
    made = site(tmp_path / "p", "every-kind")
    before = tree(made)
    for target in (made, made / "content", made.parent, made / "docs" / "site"):
        done = showcase("build", "--project", str(made), "--site-dir", str(target))
        assert done.returncode == 2, target
    assert tree(made) == before


def test_an_absurd_date_of_the_build_is_one_sentence(every_kind: Path, tmp_path: Path) -> None:
    words = ("build", "--project", str(every_kind), "--site-dir", str(tmp_path / "out"))
    for seconds in ("9" * 30, "abc"):
        done = showcase(*words, SOURCE_DATE_EPOCH=seconds)
        assert done.returncode == 1
        assert "SOURCE_DATE_EPOCH" in done.stderr
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "out").exists()


def test_an_empty_project_has_a_site(tmp_path: Path) -> None:
    made = project(tmp_path / "p", {})
    for part in ("docs", "overrides"):
        shutil.copytree(HOUSE / part, made / part)
    done = showcase("build", "--strict", "--project", str(made))
    assert done.returncode == 0, done.stdout + done.stderr
    brands = (made / "site" / "brands" / "index.html").read_text("utf-8")
    assert "这里还没有公开的品牌" in brands

"""Whatever is edited: a page that all it looked at says is the same is the same."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcase.pages import Planned
from showcase.pages.states import States
from showcase.past import Kept, Past
from showcase.pipeline import Site, check_project, site_of
from showcase.seal import digest
from showcase.store import Store
from showcase.trace import tracing
from tests.photography import clear_png, encoded, quarters
from tests.projects import site

EXAMPLES = int(os.environ.get("EXAMPLES", "60")) // 2
URL = "https://example.org/"
PICTURE = "content/brands/现场.png"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = site(tmp_path_factory.mktemp("traces") / "p", "every-kind")
    (made / PICTURE).write_bytes(encoded(quarters(), "PNG"))
    with (made / "content/brands/品牌甲.md").open("a", encoding="utf-8") as brand:
        brand.write("\n\n![现场](现场.png)\n")
    with Store.open(made) as store:
        past = Kept(store, None)
        views = shown(opened(made, past), past)
        past.finish(made)
    assert len(views) > 20
    return made


def opened(project: Path, past: Past) -> Site:
    return site_of(check_project(project), url=URL, past=past)


@pytest.mark.parametrize(
    "name", ["", "?", "?x", "?99 a", "?² brand/x", "=", "=brand/没有", "*没有", "brand/没有", "\0"]
)
def test_what_nobody_could_look_at_has_no_state(project: Path, name: str) -> None:
    """Names come out of a cache, which may be somebody else's."""
    assert not States(opened(project, Past()).catalogue).of(name)


def product(planned: Planned) -> str:
    return f"{planned.address} {planned.given}"


def shown(site: Site, past: Kept) -> dict[str, str]:
    """Make the pages that depend on nothing but what they look at, and note that."""
    views = {}
    for planned in site.plan():
        if planned.given is not None:
            with tracing() as looked:
                view = planned.make()
            views[product(planned)] = digest(repr(view)).hex()
            past.note(product(planned), looked, views[product(planned)])
    return views


@cache
def lines(project: Path) -> list[tuple[Path, int]]:
    """Return every line of every text below ``content/``."""
    files = [path for path in (project / "content").rglob("*") if path.suffix in (".md", ".yml")]
    return [
        (path, number)
        for path in sorted(files)
        for number in range(len(path.read_text("utf-8").splitlines()))
    ]


@settings(max_examples=EXAMPLES)
@given(choice=st.randoms(use_true_random=False), edit=st.sampled_from(["gone", "more", "twice"]))
def test_a_page_that_is_not_stale_would_be_the_same(
    project: Path, choice: Random, edit: str
) -> None:
    path, number = choice.choice(lines(project))
    before = path.read_text("utf-8")
    edited = before.splitlines(keepends=True)
    line = edited[number]
    edited[number : number + 1] = {
        "gone": [],
        "more": [line.rstrip("\n") + "又\n"],
        "twice": [line, line],
    }[edit]
    path.write_text("".join(edited), encoding="utf-8")
    try:
        with Store.open(project) as store:
            past = Kept(store, None)
            now = opened(project, past)
            recalled = {
                product(planned): past.recall(product(planned))
                for planned in now.plan()
                if planned.given is not None
            }
            views = shown(now, past)
    finally:
        path.write_text(before, encoding="utf-8")
    assert {at: view for at, view in recalled.items() if view is not None}.items() <= views.items()


def recalled_after(project: Path, name: str, old: str, new: str) -> set[str]:
    """Return the pages that are not stale after a change in a file."""
    path = project / "content" / name
    before = path.read_text("utf-8")
    assert old in before
    path.write_text(before.replace(old, new), encoding="utf-8")
    try:
        with Store.open(project) as store:
            past = Kept(store, None)
            pages = [page for page in opened(project, past).plan() if page.given is not None]
            return {page.address for page in pages if past.recall(product(page)) is not None}
    finally:
        path.write_text(before, encoding="utf-8")


def test_only_pages_that_show_a_record_are_stale_after_an_edit(project: Path) -> None:
    every = recalled_after(project, "site.yml", "站名", "站名")
    kept = recalled_after(project, "activities/活动乙.md", "每年五场", "每年六场")
    assert {page for page in every - kept if "huo-dong-yi" in page}
    assert "activities/huo-dong-jia/" in every - kept  # shows its neighbour in the list
    assert "places/mei-you-pin-pai-de-zhen/" in kept
    assert len(kept) > len(every) // 2


def test_a_new_name_is_new_to_all_who_show_it(project: Path) -> None:
    kept = recalled_after(project, "themes.yml", "名称: 测试主题甲", "名称: 新主题甲")
    assert "brands/brand-a/" not in kept
    assert "places/mei-you-pin-pai-de-zhen/" in kept


def test_the_settings_are_on_every_page(project: Path) -> None:
    assert recalled_after(project, "site.yml", "站名: ", "站名: 新") == set()


def test_whoever_is_named_anew_is_stale(project: Path) -> None:
    kept = recalled_after(project, "activities/活动乙.md", "每年五场", "每年五场\n标签: [测试]")
    assert "brands/brand-a/" in kept
    kept = recalled_after(project, "activities/活动乙.md", "每年五场", "每年五场\n品牌: 测试品牌甲")
    assert "brands/brand-a/" not in kept


def test_a_picture_is_looked_for_by_the_record_that_shows_it(project: Path) -> None:
    path = project / PICTURE
    before = path.read_bytes()
    path.write_bytes(clear_png())
    try:
        kept = recalled_after(project, "site.yml", "站名", "站名")
    finally:
        path.write_bytes(before)
    assert "brands/brand-a/" not in kept
    assert "places/mei-you-pin-pai-de-zhen/" in kept

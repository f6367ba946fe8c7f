"""Whatever was edited since the last build: what is built from it equals what is built anew."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcase import builder
from showcase.publish import publish
from showcase.spare import Spare
from showcase.store import FILE
from tests.photography import clear_png
from tests.projects import site, tree

Step: TypeAlias = Callable[[Path], object]

EXAMPLES = int(os.environ.get("EXAMPLES", "60")) // 12
"""Every step builds two sites, so fewer are tried than elsewhere."""

NAMES = st.sampled_from(["测试品牌甲", "向阳花开", "党群同心·向阳花开", "R&D <创新>", "品牌二"])
WORDS = st.sampled_from(
    ["服务群众", "見[[测试人物甲]]", "**重点**", "![图](现场.png)", "9931", "㐂"]
)
RECORDS = st.sampled_from(
    ["brands/品牌甲", "activities/活动甲", "activities/活动乙", "figures/群体甲", "brands/新的"]
)
PAGES = st.sampled_from(["handbook/一", "brands/index", "brands/brand-a", "about"])


def write(project: Path, name: str, text: str) -> None:
    path = project / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def change(project: Path, name: str, old: str, new: str) -> None:
    """Change a record where it says so; leave it alone where it does not, or is not there."""
    path = project / name
    if path.is_file():
        path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")


def body(name: str, words: str) -> Step:
    return lambda project: change(project, f"content/{name}.md", "\n---\n", f"\n---\n\n{words}。\n")


def title(name: str, new: str) -> Step:
    return lambda project: change(project, f"content/{name}.md", "---\n", f"---\n曾用: [{new}]\n")


def brand(new: str, day: int, words: str) -> Step:
    text = f"---\n名称: {new}\n启用: 2019-03-{day:02d}\n地区: 合成镇\n---\n\n{words}。\n"
    return lambda project: write(project, "brands/新的.md", text)


def status(name: str, new: str) -> Step:
    return lambda project: change(project, f"content/{name}.md", "---\n", f"---\n状态: {new}\n")


def gone(name: str) -> Step:
    return lambda project: (project / "content" / f"{name}.md").unlink(missing_ok=True)


def renamed(name: str) -> Step:
    def rename(project: Path) -> None:
        path = project / "content" / f"{name}.md"
        if path.is_file():
            path.rename(path.with_name(f"{path.stem}又.md"))

    return rename


def picture(project: Path) -> None:
    (project / "content/brands/现场.png").write_bytes(clear_png())


def settings_of(words: str) -> Step:
    return lambda project: change(project, "content/site.yml", "站名: ", f"站名: {words[:2]}")


def template(words: str) -> Step:
    return lambda project: change(
        project, "overrides/partials/page_head.html", "{% macro", f"{{# {words} #}}\n{{% macro"
    )


def about(words: str) -> Step:
    return lambda project: change(project, "docs/about.md", "\n## ", f"\n{words}。\n\n## ")


def page(name: str, words: str) -> Step:
    """Write a page by hand that leads to a record."""

    def written(project: Path) -> None:
        path = project / f"docs/{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {words}\n\n[甲](../brands/brand-a/index.md)\n", encoding="utf-8")

    return written


def page_gone(name: str) -> Step:
    return lambda project: (project / f"docs/{name}.md").unlink(missing_ok=True)


def engine(old: str, new: str) -> Step:
    return lambda project: change(project, "mkdocs.yml", old, new)


def damage(seed: int) -> Step:
    """Write nonsense into what is kept, somewhere."""

    def damaged(project: Path) -> None:
        path = project / FILE
        if path.is_file():
            random, data = Random(seed), bytearray(path.read_bytes())
            for _ in range(8):
                data[random.randrange(len(data))] ^= 0x55
            path.write_bytes(data)

    return damaged


def forget(project: Path) -> None:
    shutil.rmtree(project / ".cache", ignore_errors=True)


steps = st.one_of(
    st.builds(body, RECORDS, WORDS),
    st.builds(title, RECORDS, NAMES),
    st.builds(brand, NAMES, st.integers(1, 28), WORDS),
    st.builds(status, RECORDS, st.sampled_from(["草稿", "撤下", "公开"])),
    st.builds(gone, RECORDS),
    st.builds(renamed, RECORDS),
    st.just(picture),
    st.builds(settings_of, WORDS),
    st.builds(template, WORDS),
    st.builds(about, WORDS),
    st.builds(page, PAGES, WORDS),
    st.builds(page_gone, PAGES),
    st.builds(engine, st.just("\nnav:"), st.just("\nsite_url: https://a.test/b/\nnav:")),
    st.builds(engine, st.just("title: 开放数据"), st.just("title: 全部数据")),
    st.builds(engine, st.just("  - 人物: figures/index.md\n"), st.just("")),
    st.builds(damage, st.integers(0, 99)),
    st.just(forget),
)


def built(project: Path, target: Path) -> dict[str, bytes] | str:
    """Build a site into its place, as the command does; return its files, or why there is none."""
    spare, made = Spare(project), list[builder.Built]()

    def build(out: Path) -> None:
        made.append(builder.build(project, out, strict=False, former=target))

    try:
        publish(target, build, ground=spare)
    except builder.ContentRejected as rejected:
        return "\n".join(map(str, rejected.checked.diagnostics))
    spare.forget(made[0].gone)
    now = tree(target)
    assert tree(project / ".cache/spare").items() <= now.items()
    return now


def test_nothing_withdrawn_is_spared_when_nothing_is_known_of_the_former_site(
    tmp_path: Path,
) -> None:
    project = site(tmp_path / "p", "every-kind")
    shutil.rmtree(project / "docs/handbook")
    built(project, tmp_path / "site")
    shutil.rmtree(project / ".cache")
    status("activities/活动乙", "撤下")(project)
    assert isinstance(built(project, tmp_path / "site"), dict)


@pytest.mark.parametrize("sign", "=!~")
def test_a_record_that_is_called_like_another_with_a_sign_is_another(
    tmp_path: Path, sign: str
) -> None:
    """What a page looked at is known by names that are made of those of records."""
    project = site(tmp_path / "p", "every-kind")
    shutil.rmtree(project / "docs/handbook")
    change(project, "content/activities/活动甲.md", "主题: [主题甲]", "主题: [主题丙]")
    themes = (project / "content/themes.yml").read_text("utf-8")
    for title in ("甲主题", "乙主题"):
        more = (
            f'- id: 主题丙\n  名称: {title}\n- id: "主题丙{sign}"\n  名称: 丙主题\n  slug: third\n'
        )
        write(project, "themes.yml", themes + more)
        anew = tmp_path / title
        shutil.copytree(project, anew, ignore=shutil.ignore_patterns(".cache"))
        now = built(project, tmp_path / "site")
        assert isinstance(now, dict), now
        assert now == built(anew, tmp_path / f"{title}的网站")


@settings(max_examples=EXAMPLES)
@given(chosen=st.lists(steps, min_size=2, max_size=5), old=st.booleans())
def test_a_site_built_again_is_the_site_built_anew(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[Step], *, old: bool
) -> None:
    folder = tmp_path_factory.mktemp("again")
    project = site(folder / "p", "every-kind")
    # Half of the time that a build takes; a link leads to its first page.
    shutil.rmtree(project / "docs/handbook")
    page("handbook/index", "服务群众")(project)
    with pytest.MonkeyPatch.context() as patch:
        if old:
            # What was not edited is not read, as if it had been written long ago.
            patch.setattr("showcase.memory._GRAIN", -3_600_000_000_000)
            # With which a rule would compare all texts.
            (project / "content/indicators.yml").unlink()
        for number, step in enumerate([lambda _: None, *chosen]):
            step(project)
            anew = folder / f"anew{number}"
            shutil.copytree(project, anew, ignore=shutil.ignore_patterns(".cache"))
            assert built(project, folder / "site") == built(anew, folder / f"other{number}")

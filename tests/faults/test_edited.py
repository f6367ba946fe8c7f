"""What is published is one state of the content, though someone saves while it is read."""

from __future__ import annotations

import re
from pathlib import Path
from threading import Event, Thread

import pytest

from showcase import builder
from showcase.frame import Frame
from showcase.pipeline import Site
from showcase.steady import Sight, Unsteady, changes, sight, steadily
from tests.commands import showcase
from tests.faults.building import FORMER, LATER, built, hook, served, unhook


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("edited") / "项目 四")


def test_a_record_edited_while_the_site_is_made(project: Path) -> None:
    (project / "content/brands/品牌甲.md").touch()  # so that it is read at the start
    hook(
        project,
        """
        from pathlib import Path

        def on_env(env, config, files):
            brand = Path(__file__).parent / "content/brands/品牌甲.md"
            text = brand.read_text("utf-8")
            brand.write_text(text.replace("一个合成的品牌", "一个改过的品牌"), "utf-8")
        """,
    )
    done = showcase("build", "--project", str(project))
    unhook(project)
    assert done.returncode == 0, done.stderr
    assert "生成的时候又改了 content/brands/品牌甲.md" in done.stderr
    everything = b"".join(data for name, data in served(project).items() if "search/" not in name)
    assert FORMER.encode() in everything
    assert LATER.encode() not in everything
    done = showcase("build", "--project", str(project))
    assert "又改了" not in done.stderr
    everything = b"".join(served(project).values())
    assert LATER.encode() in everything


def test_a_record_edited_before_its_text_was_read_means_another_start(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("showcase.memory._GRAIN", -3_600_000_000_000)  # all files are old
    (project / "content/indicators.yml").unlink()  # or a rule would compare all texts with them
    former, brand = tmp_path / "former", project / "content/brands/品牌甲.md"
    builder.build(project, former, strict=False)
    foot = project / "overrides/partials/board.html"
    foot.write_text(foot.read_text("utf-8") + "\n", "utf-8")
    started: list[Site] = []
    write = builder._write

    def written(site: Site, frame: Frame, out: Path, *, strict: bool) -> None:
        if not started:
            brand.write_text(f"{brand.read_text('utf-8')}\n补上的一句。\n", "utf-8")
        started.append(site)
        write(site, frame, out, strict=strict)

    monkeypatch.setattr(builder, "_write", written)
    built = builder.build(project, tmp_path / "new", strict=False, former=former)
    assert len(started) == 2
    assert not built.edited
    pages = (tmp_path / "new/brands").rglob("index.html")
    assert any("补上的一句" in page.read_text("utf-8") for page in pages)


CHANGES = """
    from pathlib import Path

    HERE = Path(__file__).parent
    TIMES = HERE / "times"

    def on_env(env, config, files):
        times = len(TIMES.read_text()) if TIMES.exists() else 0
        if times < {most}:
            TIMES.write_text("x" * (times + 1))
            (HERE / "docs/about.md").write_text(f"# 关于\\n\\n第 {{times + 1}} 稿\\n", "utf-8")
"""


def test_a_page_edited_while_the_site_is_made_means_another_start(project: Path) -> None:
    hook(project, CHANGES.format(most=1))
    done = showcase("build", "--project", str(project))
    unhook(project)
    assert done.returncode == 0, done.stderr
    assert "第 1 稿" in served(project)["about/index.html"].decode()
    (project / "times").unlink()


def test_a_page_that_never_rests_leaves_the_former_site(project: Path) -> None:
    former = served(project)
    hook(project, CHANGES.format(most=99))
    done = showcase("build", "--project", str(project))
    unhook(project)
    assert done.returncode == 2
    assert "about.md" in done.stderr
    assert "一直在改动" in done.stderr
    assert served(project) == former


def test_two_records_saved_together_are_never_published_apart(
    project: Path, tmp_path: Path
) -> None:
    """Two files that always say the same, rewritten as fast as can be while builds go on."""
    done = Event()
    places = [project / f"content/brands/{name}.md" for name in ("成对甲", "成对乙")]

    def save(number: int) -> None:
        for place in places:
            text = (
                f"---\n名称: {place.stem}\n简介: 第{number}稿的简介\n---\n\n第{number}稿的正文。\n"
            )
            place.write_text(text, "utf-8")

    def keep_saving() -> None:
        number = 0
        while not done.wait(0.15):
            number += 1
            save(number)

    save(0)
    writer = Thread(target=keep_saving)
    writer.start()
    published = []
    try:
        for attempt in range(4):
            out = tmp_path / str(attempt)
            command = showcase("build", "--project", str(project), "--site-dir", str(out))
            if command.returncode:
                assert "一直在改动" in command.stderr
                continue
            pages = [out / f"brands/cheng-dui-{end}/index.html" for end in ("jia", "yi")]
            texts = [page.read_text("utf-8") for page in pages]
            published.append({draft for text in texts for draft in re.findall(r"第\d+稿", text)})
    finally:
        done.set()
        writer.join()
        for place in places:
            place.unlink()
    assert published, "no build found a moment of rest"
    assert all(len(drafts) == 1 for drafts in published), published


def test_deleted_and_renamed_records_leave_no_page(project: Path) -> None:
    folder = project / "content/brands"
    for name in ("待删除", "待改名"):
        (folder / f"{name}.md").write_text(f"---\n名称: {name}的品牌\n---\n", "utf-8")
    assert showcase("build", "--project", str(project)).returncode == 0
    pages = {"brands/dai-shan-chu/index.html", "brands/dai-gai-ming/index.html"}
    before = set(served(project))
    assert pages <= before
    assert "待删除".encode() in b"".join(served(project).values())
    (folder / "待删除.md").unlink()
    (folder / "待改名.md").rename(folder / "改了名.md")
    assert showcase("build", "--project", str(project)).returncode == 0
    after = served(project)
    assert not pages & set(after)
    assert "brands/gai-liao-ming/index.html" in after or "brands/gai-le-ming/index.html" in after
    assert "待删除".encode() not in b"".join(after.values())


# --- the reading itself ---------------------------------------------------------------------------


def test_a_reading_during_which_nothing_changes_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1", "utf-8")
    assert steadily(lambda _: (tmp_path / "a").read_text("utf-8"), tmp_path) == "1"


def test_a_reading_is_repeated_until_nothing_changes(tmp_path: Path) -> None:
    place = tmp_path / "a"
    place.write_text("0", "utf-8")
    times = []

    def read(_: Sight) -> str:
        text = place.read_text("utf-8")
        times.append(text)
        if len(times) < 4:
            place.write_text(str(len(times)), "utf-8")
        return text

    assert steadily(read, tmp_path) == "3"
    assert times == ["0", "1", "2", "3"]


def test_a_reading_after_something_changed_that_was_seen_is_repeated(tmp_path: Path) -> None:
    place = tmp_path / "a"
    place.write_text("0", "utf-8")
    seen = sight(tmp_path)
    place.write_text("10", "utf-8")
    given = list[Sight]()
    steadily(given.append, tmp_path, seen)
    assert given == [seen, given[-1]]
    assert changes(given[-1], sight(tmp_path)) == frozenset()


def test_a_reading_that_never_rests_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("showcase.steady._PAUSE", 0)
    (tmp_path / "x").mkdir()
    place = tmp_path / "x/a"
    place.write_text("甲", "utf-8")
    with pytest.raises(Unsteady, match=r"/a）"):
        steadily(lambda seen: place.write_text("甲" * seen.stamps["x/a"][0]), tmp_path / "x")


def test_what_counts_as_a_change(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a").write_text("1", "utf-8")
    (tmp_path / "one").write_text("1", "utf-8")
    places = [tmp_path / name for name in ("x", "one", "none")]
    before = [sight(place) for place in places]
    assert [set(seen.stamps) for seen in before] == [{"x/a"}, {"one"}, set()]
    (tmp_path / "x" / "b").write_text("1", "utf-8")
    (tmp_path / "one").unlink()
    after = [sight(place) for place in places]
    assert [*map(changes, before, after)] == [{"x/b"}, {"one"}, set()]

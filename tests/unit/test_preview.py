"""The preview of records whose text is read when somebody looks at them."""

from __future__ import annotations

import sys
import threading
from http import HTTPStatus
from pathlib import Path

import pytest

from showcase.addresses import address
from showcase.pipeline import check_project
from showcase.preview import NotServed
from showcase.preview.answer import Answer
from showcase.preview.follow import Preview
from showcase.preview.former import Former
from showcase.preview.server import Server
from showcase.publish import GENERATOR
from showcase.store import Store
from tests.projects import site
from tests.serving import answering, free_port, get


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project whose files are old, and known from a preview before."""
    monkeypatch.setattr("showcase.memory._GRAIN", -3_600_000_000_000)
    made = site(tmp_path / "site", "every-kind")
    with Store.open(made) as store:
        preview = Preview(made, store)
        preview.judge()
        preview.keep()
    return made


def test_a_page_shows_the_file_as_it_is_though_its_news_has_not_come(project: Path) -> None:
    [entry] = [one for one in check_project(project).graph.of("brand") if one.id == "品牌甲"]
    brand = project / entry.file
    text = brand.read_text("utf-8")

    def shown() -> str:
        answer = preview.answer(address(entry))
        assert isinstance(answer, Answer)
        return answer.data.decode()

    with Store.open(project) as store:
        preview = Preview(project, store)
        brand.write_text(f"{text}\n补上的一句。\n", "utf-8")
        assert "补上的一句" in shown()
        brand.write_text(f"{text}\n又是一句。\n", "utf-8")
        preview.update([entry.file])
        assert "又是一句" in shown()
        assert "补上的一句" not in shown()


def test_what_nobody_told_of_is_taken_up_when_the_rules_look(project: Path) -> None:
    with Store.open(project) as store:
        preview = Preview(project, store)
        told, untold = project / "content/brands/品牌甲.md", project / "content/brands/新的.md"
        told.write_text(f"{told.read_text('utf-8')}\n补上的一句。\n", "utf-8")
        untold.write_text("---\n名称: 没有人说起的品牌\n---\n", "utf-8")
        (project / "content/activities/活动乙.md").unlink()
        preview.update(["content/brands/品牌甲.md"])
        assert preview.wait(0, 0) == 1
        assert not said(preview, "没有人说起的品牌")
        preview.judge()
        assert said(preview, "没有人说起的品牌")
        assert not said(preview, "测试活动乙")
        version = preview.wait(0, 0)
        preview.judge()
        assert preview.wait(0, 0) == version, "nothing is new, so that no page is loaded anew"


@pytest.mark.parametrize("how", ["deleted", "a folder", "a link"])
def test_a_file_that_is_none_any_more_is_gone(project: Path, how: str) -> None:
    file = project / "content/activities/活动乙.md"
    with Store.open(project) as store:
        preview = Preview(project, store)
        assert said(preview, "测试活动乙")
        moved = file.rename(project / "乙.md")
        if how == "a folder":
            file.mkdir()
        elif how == "a link":
            file.symlink_to(moved)
        preview.update(["content/activities/活动乙.md"])
        assert not said(preview, "测试活动乙")


def said(preview: Preview, title: str) -> bool:
    """Tell whether a preview has a brand or an activity of a title."""
    answers = [preview.answer(f"data/{kind}.json") for kind in ("brands", "activities")]
    return any(isinstance(one, Answer) and title in one.data.decode() for one in answers)


# --- until the project has been read --------------------------------------------------------------


def lay(folder: Path, **pages: str) -> Path:
    """Make what a build could have left."""
    for name, text in {"index": "首页", **pages}.items():
        head = f"<head>{GENERATOR.decode()}</head>" if name == "index" else "<head></head>"
        (folder / name).with_suffix(".html").parent.mkdir(parents=True, exist_ok=True)
        (folder / name).with_suffix(".html").write_text(f"{head}{text}", encoding="utf-8")
    (folder / "a.css").write_text("body {}", encoding="utf-8")
    return folder


def test_a_page_of_the_site_built_last_asks_for_news_whatever_it_shows(tmp_path: Path) -> None:
    former = Former(lay(tmp_path / "site", **{"brands/index": "全部品牌"}))
    assert former.is_there
    for path, words in (("", "首页"), ("index.html", "首页"), ("brands/", "全部品牌")):
        answer = former.answer(path)
        assert answer is not None
        assert (answer.status, answer.type) == (HTTPStatus.OK, "text/html; charset=utf-8")
        assert words in answer.data.decode()
        assert b'<script src="/-/reload.js?known=" defer></script></head>' in answer.data
    style = former.answer("a.css")
    assert style == Answer(HTTPStatus.OK, "text/css; charset=utf-8", b"body {}")


@pytest.mark.parametrize(
    "path",
    ["brands", "没有/", "../mkdocs.yml", "/etc/hostname", "a/../../mkdocs.yml", "\0", "长" * 999],
)
def test_nothing_else_is_shown_for_it(tmp_path: Path, path: str) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: 甲", encoding="utf-8")
    assert Former(lay(tmp_path / "site", **{"brands/index": ""})).answer(path) is None


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_that_leads_out_of_it_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("内部", encoding="utf-8")
    (lay(tmp_path / "site") / "b.html").symlink_to(tmp_path / "secret.html")
    assert Former(tmp_path / "site").answer("b.html") is None


def test_a_folder_of_something_else_is_no_site(tmp_path: Path) -> None:
    lay(tmp_path / "site")
    (tmp_path / "site/index.html").write_text("<head></head>我的主页", encoding="utf-8")
    for place in (tmp_path / "site", tmp_path / "none"):
        former = Former(place)
        assert not former.is_there
        assert former.answer("") is None


def test_a_browser_is_answered_before_anything_is_read_and_told_when_it_is(project: Path) -> None:
    lay(project / "site")
    with Store.open(project) as store, answering(project) as (server, root):
        assert get(root).endswith("首页")
        asked: list[str] = []
        news = threading.Thread(target=lambda: asked.append(get(f"{root}-/news?known=")))
        # A page that the former site does not have is one to wait for.
        draft = threading.Thread(
            target=lambda: asked.append(get(f"{root}activities/bu-gong-kai-de-cao-gao/"))
        )
        for question in (news, draft):
            question.start()
            question.join(0.3)
            assert question.is_alive()
        assert server.begin(store) is server.preview()
        for question in (news, draft):
            question.join(60)
        told, page = sorted(asked, key=len)
        assert told == "0"
        assert "保密草稿正文" in page
        assert "/-/reload.js?known=0" in get(root)


def test_what_is_in_the_way_of_reading_ends_the_serving(project: Path) -> None:
    (project / "mkdocs.yml").write_text("site_name: [", encoding="utf-8")
    with Store.open(project) as store, Server(project, free_port()) as server:
        worker = threading.Thread(target=server.serve_forever)
        worker.start()
        assert server.begin(store) is None
        worker.join(60)
        assert not worker.is_alive()
        with pytest.raises(NotServed):
            server.preview()

"""The preview: drafts marked, diagnostics on the page, a change shown without a restart."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.commands import showcase
from tests.projects import site
from tests.serving import PATIENCE, get, serving, wait_for


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = site(tmp_path_factory.mktemp("serve") / "项目 二", "every-kind")
    shutil.rmtree(made / "docs/handbook")
    return made


@pytest.fixture(scope="module")
def root(project: Path) -> Iterator[str]:
    with serving(project, "showcase.cli", "serve", "--port", "{port}") as address:
        wait_for(address, "</html>")
        yield address


def edit(project: Path, name: str, old: str, new: str) -> None:
    path = project / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_drafts_are_shown_and_marked(root: str) -> None:
    page = wait_for(root + "activities/bu-gong-kai-de-cao-gao/", "保密草稿正文")
    assert "草稿" in page.partition("<main")[2]
    assert "保密撤下标题" not in get(root + "brands/brand-a/")


def test_a_preview_keeps_the_policy_of_the_site(root: str) -> None:
    page = get(root)
    assert re.search(r'<script src="/-/reload\.js\?known=\d+" defer></script>', page)
    assert "script-src 'self';" in page


def test_a_change_shows_wherever_the_record_does(project: Path, root: str) -> None:
    brand = "content/brands/品牌甲.md"
    edit(project, brand, "一个合成的品牌", "一个改过的品牌")
    wait_for(root + "brands/brand-a/", "一个改过的品牌")
    assert "一个改过的品牌" in get(root + "brands/")
    edit(project, brand, "测试品牌甲", "新名的品牌")
    wait_for(root + "brands/brand-a/", "新名的品牌")
    wait_for(root, "新名的品牌")  # in the report: the settings name it as it was called before
    assert "新名的品牌" in get(root + "data/brands.json")
    assert "新名的品牌" in get(root + "feed.xml")
    edit(project, brand, "新名的品牌", "测试品牌甲")
    wait_for(root + "brands/brand-a/", "测试品牌甲")


def test_what_is_wrong_is_said_on_every_page(project: Path, root: str) -> None:
    bad = project / "content/brands/坏.md"
    bad.write_text("---\n名称：坏\n---\n", "utf-8")
    page = wait_for(root + "brands/brand-a/", "SRC007")
    assert "content/brands/坏.md:2:3" in page
    bad.unlink()
    for _ in range(PATIENCE):
        if "SRC007" not in get(root):
            return
        time.sleep(1)
    raise AssertionError("the report stayed")


def test_the_theme_and_the_hand_written_pages_follow_too(project: Path, root: str) -> None:
    assert "<h1" in get(root + "about/")
    edit(project, "docs/about.md", "\n## ", "\n合成的一句话。\n\n## ")
    wait_for(root + "about/", "合成的一句话")
    edit(project, "overrides/partials/footer.html", "网站地图</a>", "全部栏目</a>")
    wait_for(root + "brands/brand-a/", "全部栏目</a>")
    edit(project, "content/site.yml", "站名: ", "站名: 新的")
    wait_for(root + "about/", " - 新的")


def test_a_new_record_appears_and_goes(project: Path, root: str) -> None:
    with pytest.raises(HTTPError) as none:
        get(root + "brands/bing/")
    with none.value as answer:
        assert answer.code == HTTPStatus.NOT_FOUND
        assert "没有找到这个页面" in answer.read().decode()
    new = project / "content/brands/丙.md"
    new.write_text("---\n名称: 品牌丙\nslug: bing\n---\n\n正文。\n", "utf-8")
    wait_for(root + "brands/bing/", "品牌丙")
    assert "品牌丙" in get(root + "brands/bing")  # as people type it
    new.unlink()
    for _ in range(PATIENCE):
        try:
            get(root + "brands/bing/")
        except HTTPError as gone:
            gone.close()
            return
        time.sleep(1)
    raise AssertionError("the page stayed")


def test_everything_else_of_the_site_is_there(root: str) -> None:
    for path in ("assets/stylesheets/site.css", "assets/images/logo.svg", "search/index.js"):
        assert get(root + path)
    with urlopen(root + "data/addresses.json", timeout=30) as answer:  # noqa: S310 - over http
        assert answer.headers["Content-Type"].startswith("application/json")
        assert "/brands/brand-a/" in json.load(answer)


def test_a_browser_hears_of_a_change(project: Path, root: str) -> None:
    known = get(root + "-/news?known=-1")
    with ThreadPoolExecutor() as pool:
        news = pool.submit(get, root + f"-/news?known={known}", 60)
        edit(project, "docs/privacy.md", "\n## ", "\n又一句话。\n\n## ")
        assert int(news.result()) > int(known)


def test_a_page_from_elsewhere_reads_nothing(root: str) -> None:
    request = Request(root, headers={"Host": "example.org:80"})  # noqa: S310 - this machine
    with pytest.raises(HTTPError) as refused:
        urlopen(request, timeout=10)  # noqa: S310 - this machine
    with refused.value as answer:
        assert answer.code == HTTPStatus.MISDIRECTED_REQUEST


def test_a_port_that_is_taken_is_said(project: Path, root: str) -> None:
    port = root.rpartition(":")[2].strip("/")
    done = showcase("serve", "--port", port, "--project", str(project))
    assert done.returncode == 2
    assert f"端口 {port} 用不了" in done.stderr


def test_the_engine_serves_the_same(project: Path) -> None:
    with serving(project, "mkdocs", "serve", "--dev-addr", "127.0.0.1:{port}") as root:
        page = wait_for(root + "activities/bu-gong-kai-de-cao-gao/", "保密草稿正文")
        # The script by which the engine reloads the page stands in it; only here may it run.
        assert "livereload(" in page
        assert "script-src 'self' 'unsafe-inline';" in page

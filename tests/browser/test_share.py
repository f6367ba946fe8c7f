"""What others rely on: what chats and engines find, and the marks that a public site must bear."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from showcase.builder import build
from tests import photography
from tests.browser.conftest import Serve
from tests.projects import site as copy_of

pytestmark = pytest.mark.browser

URL = "https://showcase.example/x/"
PORTRAIT = """\
---
名称: 测试有照片
类型: 个人
照片: {文件: 测试.jpg, 说明: 测试说明, 来源: 测试单位甲提供}
---
"""
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'"
HEAD = """() => Object.fromEntries([
  ...document.querySelectorAll('meta[property], link[rel=canonical]')]
  .map(e => [e.getAttribute('property') ?? 'canonical', e.content ?? e.href]))"""
DATA = """() => [...document.querySelectorAll('script[type="application/ld+json"]')]
  .map(e => JSON.parse(e.textContent))"""


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that knows where it will stand, under a strict policy of scripts."""
    folder = copy_of(tmp_path_factory.mktemp("shared") / "project", "every-kind")
    portrait = folder / "content" / "figures" / "测试有照片"
    portrait.mkdir()
    (portrait / "index.md").write_text(PORTRAIT, "utf-8")
    (portrait / "测试.jpg").write_bytes(photography.jpeg(700, 900))
    settings = folder / "mkdocs.yml"
    settings.write_text(f"site_url: {URL}\n" + settings.read_text("utf-8"), "utf-8")
    main = folder / "overrides" / "main.html"
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    main.write_text(
        main.read_text("utf-8").replace("{% block styles %}", "{% block styles %}" + policy),
        "utf-8",
    )
    out = folder / "site"
    build(folder, out, strict=False)
    return out


def test_a_page_says_what_a_chat_shows(browser: Browser, serve: Serve, addressed: Path) -> None:
    page = browser.new_page()
    page.goto(serve(addressed) + "brands/brand-a/")
    head = page.evaluate(HEAD)
    assert head["og:title"] == "测试品牌甲"
    assert head["og:description"] == "一个合成的品牌，用于测试。"
    assert head["og:site_name"] == "合成站点 <R&D>"
    assert head["og:url"] == head["canonical"] == URL + "brands/brand-a/"
    page.close()


@pytest.mark.parametrize(
    ("page", "folder"),
    [
        ("brands/brand-a/", "covers/red-"),
        ("figures/qun-ti-jia/", "covers/brown-"),
        ("activities/huo-dong-jia/", "covers/orange-"),
        ("activities/huo-dong-jia/board/", "covers/orange-"),
        ("services/fu-wu-jia/", "covers/green-"),
        ("figures/ce-shi-you-zhao-pian/", "photos/"),
        ("", "assets/images/share.png"),
        ("brands/", "assets/images/share.png"),
        ("about/", "assets/images/share.png"),
    ],
)
def test_every_page_has_a_square_to_be_shared_by(addressed: Path, page: str, folder: str) -> None:
    text = (addressed / page / "index.html").read_text("utf-8")
    head = dict(re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)"', text))
    where = head["og:image"].removeprefix(URL)
    assert where.startswith(folder)
    with Image.open(addressed / where) as image:
        size = image.size
    assert size == (int(head["og:image:width"]), int(head["og:image:height"]))
    assert size[0] == size[1] >= 300
    assert head["og:image:alt"] == head["og:title"] if "share.png" not in where else True
    assert head["twitter:card"] == "summary"


def test_a_policy_of_scripts_leaves_the_data_alone(
    browser: Browser, serve: Serve, addressed: Path
) -> None:
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(serve(addressed) + "activities/huo-dong-jia/")
    kinds = [block["@type"] for block in page.evaluate(DATA)]
    assert kinds == ["Event", "BreadcrumbList"]
    assert refused == []
    page.close()


def test_a_site_without_an_address_gives_none(browser: Browser, serve: Serve, site: Path) -> None:
    page = browser.new_page()
    page.goto(serve(site) + "brands/xiang-yang-hua-kai/")
    head = page.evaluate(HEAD)
    assert head["og:title"] == "党群同心·向阳花开"
    assert not {"og:url", "og:image", "canonical"} & head.keys()
    assert not (site / "covers").exists()
    assert json.dumps(page.evaluate(DATA), ensure_ascii=False).count("刘丽") == 1
    page.close()


def test_the_footer_bears_the_marks_that_are_set(
    browser: Browser, serve: Serve, addressed: Path
) -> None:
    settings = addressed.parent / "content" / "site.yml"
    text = settings.read_text("utf-8").replace("000-0000000", "0512-0000000转801、12345")
    settings.write_text(text, "utf-8")
    out = addressed.parent / "footer"
    build(addressed.parent, out, strict=False)
    page = browser.new_page()
    page.goto(serve(out) + "activities/huo-dong-jia/")
    foot = page.locator("footer")
    links = dict(
        foot.locator("a").evaluate_all(
            "all => all.map(a => [a.textContent, a.getAttribute('href')])"
        )
    )
    assert links["苏ICP备00000000号-1"] == "https://beian.miit.gov.cn/"
    assert links["苏公网安备 32000000000000 号"] == (
        "https://beian.mps.gov.cn/#/query/webSearch?code=32000000000000"
    )
    assert (links["0512-0000000转801"], links["12345"]) == ("tel:05120000000", "tel:12345")
    assert links["office@example.org"] == "mailto:office@example.org"
    assert links["网站地图"] == "../../sitemap/"
    assert "网站标识码：0000000000" in foot.inner_text()
    assert "主办单位：合成办公室" in foot.inner_text()
    page.close()


def test_what_is_not_set_is_not_shown(browser: Browser, serve: Serve, site: Path) -> None:
    page = browser.new_page()
    page.goto(serve(site))
    text = page.locator("footer").inner_text()
    assert not [word for word in ("备", "标识码", "主办", "电话", "邮箱", "None") if word in text]
    page.close()

"""What is shared: chats and engines find a title, a text and a picture, and a policy lets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from showcase.engine import build
from tests.browser.conftest import Serve
from tests.projects import site as copy_of

pytestmark = pytest.mark.browser

URL = "https://showcase.example/x/"
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
    picture = head["og:image"].removeprefix(URL)
    assert (addressed / picture).is_file()
    page.close()


def test_the_picture_is_square_and_large_enough(addressed: Path) -> None:
    header = (addressed / "assets/images/share.png").read_bytes()[:24]
    width, height = (int.from_bytes(header[at : at + 4], "big") for at in (16, 20))
    assert width == height >= 300


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
    assert json.dumps(page.evaluate(DATA), ensure_ascii=False).count("刘丽") == 1
    page.close()

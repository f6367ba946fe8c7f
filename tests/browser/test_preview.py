"""The preview in a browser: an open page follows what is saved."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from showcase.store import Store
from tests.commands import showcase
from tests.projects import site
from tests.serving import PATIENCE, answering, serving, wait_for

pytestmark = pytest.mark.browser


def test_a_page_of_the_site_built_last_is_shown_first_and_replaced(
    browser: Browser, tmp_path: Path
) -> None:
    project = site(tmp_path / "p", "every-kind")
    shutil.rmtree(project / "docs/handbook")
    assert showcase("build", "--project", str(project)).returncode == 0
    brand = project / "content/brands/品牌甲.md"
    text = brand.read_text("utf-8")
    brand.write_text(text.replace("一个合成的品牌", "一个改过的品牌"), encoding="utf-8")
    faults: list[str] = []
    with (
        Store.open(project) as store,
        answering(project) as (server, root),
        browser.new_context() as context,
    ):
        page = context.new_page()
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(root + "brands/brand-a/")
        expect(page.locator("main").get_by_text("一个合成的品牌").first).to_be_visible()
        server.begin(store)
        changed = page.locator("main").get_by_text("一个改过的品牌").first
        expect(changed).to_be_visible(timeout=PATIENCE * 1000)
    assert faults == []


def test_an_open_page_shows_what_is_saved_and_what_is_wrong(
    browser: Browser, tmp_path: Path
) -> None:
    project = site(tmp_path / "p", "every-kind")
    shutil.rmtree(project / "docs/handbook")
    brand = project / "content/brands/品牌甲.md"
    faults: list[str] = []
    with (
        serving(project, "showcase.cli", "serve", "--port", "{port}") as root,
        browser.new_context() as context,
    ):
        wait_for(root, "</html>")
        page = context.new_page()
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(root + "brands/brand-a/")
        lead = page.locator("main").get_by_text("一个合成的品牌").first
        expect(lead).to_be_visible()
        text = brand.read_text("utf-8")
        brand.write_text(text.replace("一个合成的品牌", "一个改过的品牌"), encoding="utf-8")
        changed = page.locator("main").get_by_text("一个改过的品牌").first
        expect(changed).to_be_visible(timeout=PATIENCE * 1000)
        brand.write_text(text.replace("名称: ", "名成: "), encoding="utf-8")
        report = page.get_by_label("预览检查")
        expect(report).to_contain_text("发现", timeout=PATIENCE * 1000)
        brand.write_text(text, encoding="utf-8")
        expect(report).to_have_count(0, timeout=PATIENCE * 1000)
        expect(lead).to_be_visible(timeout=PATIENCE * 1000)
    # While the record cannot be read there is no page of it.
    assert [fault for fault in faults if "404" not in fault] == []

"""Pages of what is very long, very short or very many: still whole, still quick to take in."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Serve
from tests.browser.test_print import CUT as BOARD_CUT
from tests.browser.test_print import paper
from tests.commands import showcase
from tests.projects import site as site_of

pytestmark = pytest.mark.browser

LONG = (
    "测试品牌名称非常之长以至于任何一块手机屏幕都难以在一行里放下的“党建引领+志愿服务+文化惠民”"
    "四位一体综合示范品牌（第二期延伸项目）"
)
NAMES = "测试甲甲·测试乙乙乙·测试丙丙丙丙·测试丁丁丁·测试戊戊戊·测试己己己己"
RESULTS = "".join(
    f"  - {{名目: 累计服务群众的总人次数合计{number}, 数值: '1234567890', 单位: 人次, "
    "截至: 2024-12}\n"
    for number in range(4)
)
MANY = 300
CONTENT = {
    "brands/long.md": f"""---
名称: {LONG}
口号: 一句也不算短的口号，写在名称的下面，看看它在手机上怎样折行
简介: {"写满了字数的简介，" * 13}完。
启用: 2019-03
层级: {"很长的层级" * 5}
牵头单位: long
系列: 系列甲
地区: 合成镇
标签: [{"很长的标签" * 5}, {"另一个标签" * 5}]
荣誉: [{{荣誉: 荣誉甲, 年份: 2019}}, {{荣誉: 荣誉乙, 年份: 2020}}, {{荣誉: 荣誉甲, 年份: 2022}}]
成效:
{RESULTS}---

## 背景意义

| 一 | 二 | 三 | 四 | 五 | 六 | 七 |
|---|---|---|---|---|---|---|
| 内容内容内容 | 内容内容内容 | 内容内容内容 | 内容 | 内容内容内容 | 内容 | 内容内容内容 |

{"Aa" * 60} https://www.example.org/{"a/" * 60}
""",
    "organisations.yml": f"- {{id: long, 名称: {'测试单位的全称' * 4}}}\n",
    "figures/names.md": f"---\n名称: {NAMES}\n类型: 个人\n---\n",
    "figures/one.md": "---\n名称: 测\n类型: 个人\n---\n",
    "activities.yml": "".join(
        f"- {{id: many{number}, 名称: 测试活动第{number}次, 品牌: long, "
        f"开始: 2021-{number % 12 + 1:02}}}\n"
        for number in range(MANY)
    ),
}
PAGES = (
    *("brands/long/", "brands/long/board/", "figures/names/", "figures/one/"),
    *("years/", "years/2021/"),
)
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
CUT = """() => [...document.querySelectorAll('.sc-cover__line')]
  .filter(e => e.checkVisibility())
  .map(e => [e, e.closest('.sc-cover')].map(x => x.getBoundingClientRect()))
  .filter(([line, cover]) => line.top < cover.top || line.bottom > cover.bottom
      || line.left < cover.left || line.right > cover.right).length"""


@pytest.fixture(scope="module")
def extremes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of extremes, built once."""
    folder = site_of(tmp_path_factory.mktemp("extremes") / "site", "every-kind")
    for name, text in CONTENT.items():
        path = folder / "content" / name
        path.write_text(path.read_text("utf-8") + text if path.exists() else text, "utf-8")
    done = showcase("build", "--project", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def opened(browser: Browser, url: str, width: int, size: str = "") -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.add_init_script(f"if ('{size}') localStorage.setItem('showcase.size', '{size}')")
    page.goto(url)
    return page


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("width", "size"), [(320, ""), (320, "3"), (768, ""), (1280, "2")])
def test_nothing_is_cut_and_nothing_scrolls_sideways(
    browser: Browser, serve: Serve, extremes: Path, address: str, width: int, size: str
) -> None:
    page = opened(browser, serve(extremes) + address, width, size)
    assert not page.evaluate(OVERFLOWS)
    assert page.evaluate(CUT) == 0
    page.close()


@pytest.mark.parametrize("address", PAGES)
def test_they_are_accessible(browser: Browser, serve: Serve, extremes: Path, address: str) -> None:
    page = opened(browser, serve(extremes) + address, 390)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


def test_a_long_list_folds_and_unfolds_without_script(
    browser: Browser, serve: Serve, extremes: Path
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(serve(extremes) + "brands/long/")
    rows = page.locator(".sc-relation", has_text="活动").locator(".sc-rows__item:visible")
    assert rows.count() == 12
    page.locator(".sc-relation .sc-fold__title", has_text=f"其余 {MANY - 12} 项").click()
    assert rows.count() == MANY
    assert page.locator(".sc-timeline__item:visible").count() == 12
    page.close()


def test_paper_has_all_of_it(browser: Browser, serve: Serve, extremes: Path) -> None:
    root = serve(extremes)
    page = opened(browser, root + "brands/long/", 600)
    page.emulate_media(media="print")
    assert page.locator(".sc-relation .sc-rows__item:visible").count() >= MANY
    page.set_viewport_size({"width": 794, "height": 1123})
    page.goto(root + "brands/long/board/")
    assert page.evaluate(BOARD_CUT) == []
    page.close()
    assert paper(browser, root + "brands/long/board/") == 1


def test_all_years_show_the_latest_of_each(browser: Browser, serve: Serve, extremes: Path) -> None:
    page = opened(browser, serve(extremes) + "years/", 390)
    year = page.locator("section", has_text="2021年").first
    assert year.locator(".sc-timeline__item").count() == 6
    year.get_by_role("link", name=f"看全部 {MANY} 项").click()
    assert page.locator(".sc-timeline__item").count() == MANY
    page.close()


def test_a_full_year_leads_to_its_months(browser: Browser, serve: Serve, extremes: Path) -> None:
    page = opened(browser, serve(extremes) + "years/2021/", 390)
    page.emulate_media(reduced_motion="reduce")
    months = page.get_by_role("navigation", name="本页的月份").get_by_role("link")
    assert [name.split()[0] for name in months.all_inner_texts()] == [
        f"{month}月" for month in range(1, 13)
    ]
    months.nth(6).click()
    heading = page.get_by_role("heading", level=2, name="7月")
    box = heading.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 200
    page.close()


def test_a_day_does_not_touch_what_happened_on_it(
    browser: Browser, serve: Serve, extremes: Path
) -> None:
    page = opened(browser, serve(extremes) + "years/2019/", 1280)
    day = page.locator(".sc-timeline__when", has_text="2019年3月18日")
    apart = """e => { const text = document.createRange(); text.selectNodeContents(e);
      return e.nextElementSibling.getBoundingClientRect().left
        - text.getBoundingClientRect().right; }"""
    # A day of December is two digits longer.
    assert day.evaluate(apart) > 28
    page.close()

"""How a page is cited: what is known, in the order of GB/T 7714, and nothing that is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcase.pages.views import RecordView
from showcase.pipeline import check_project, site_of
from tests.projects import project
from tests.unit.test_pages import DAY, by_address


def brand(
    tmp_path: Path, fields: str, settings: str = "站名: 测试站\n", url: str = ""
) -> RecordView:
    files = {
        "brands/品牌甲.md": f"---\n名称: 测试品牌甲\n{fields}---\n",
        "organisations.yml": "- {id: 甲, 名称: 单位甲}\n- {id: 乙, 名称: 单位乙}\n",
        "site.yml": settings,
    }
    checked = check_project(project(tmp_path / "site", files))
    view = by_address(site_of(checked, day=DAY, url=url).catalogue)["brands/pin-pai-jia/"].data
    assert isinstance(view, RecordView)
    return view


HOST = "站名: 测试站\n主办单位: 测试办公室\n"


@pytest.mark.parametrize(
    ("fields", "settings", "url", "line"),
    [
        ("", "站名: 测试站\n", "", "测试站. 测试品牌甲[EB/OL]. [年-月-日]."),
        ("", HOST, "", "测试办公室. 测试品牌甲[EB/OL]. 测试站, [年-月-日]."),
        (
            "作者: [测试甲（某单位；研究方向）]\n发布日期: 2024-03-05\n",
            HOST,
            "https://example.org/x",
            "测试甲. 测试品牌甲[EB/OL]. 测试办公室, 测试站, (2024-03-05)[年-月-日]. "
            "https://example.org/x/brands/pin-pai-jia/.",
        ),
        (
            "作者: [甲, 乙, 丙, 丁]\n",
            "站名: 测试站\n",
            "",
            "甲, 乙, 丙, 等. 测试品牌甲[EB/OL]. 测试站, [年-月-日].",
        ),
        ("作者: [测试站]\n", "站名: 测试站\n", "", "测试站. 测试品牌甲[EB/OL]. [年-月-日]."),
    ],
)
def test_the_line(tmp_path: Path, fields: str, settings: str, url: str, line: str) -> None:
    assert brand(tmp_path, fields, settings, url).cite == line


def test_two_builders_make_a_diagram_and_one_does_not(tmp_path: Path) -> None:
    both = brand(tmp_path / "a", "牵头单位: 甲\n共建单位: [甲, 乙]\n").builders
    assert both is not None
    assert both.lead is not None
    assert (both.lead.title, [card.title for card in both.partners]) == ("单位甲", ["单位乙"])
    assert brand(tmp_path / "b", "共建单位: [甲]\n").builders is None
    assert brand(tmp_path / "c", "").builders is None

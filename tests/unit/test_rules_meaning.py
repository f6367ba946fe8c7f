"""The rules about meaning: claims, tiers, teams, twins, folders, links and images."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcase.diagnostics import Diagnostic
from showcase.graph import link
from showcase.load import load
from showcase.rules import links, meaning
from tests.projects import project

PLACES = (
    "- {id: 测试市, 名称: 测试市, 层级: 市}\n- {id: 测试镇, 名称: 测试镇, 层级: 镇, 上级: 测试市}\n"
)
HONOURS = (
    "- {id: 甲奖, 名称: 第八届测试模范提名奖}\n"
    "- {id: 乙奖, 名称: 测试模范}\n"
    "- {id: 丙奖, 名称: 测试好人入围奖}\n"
    "- {id: 丁奖, 名称: 测试先锋（提名）}\n"
    "- {id: 戊奖, 名称: 测试第七届模范}\n"
)


def found(tmp_path: Path, files: dict[str, str]) -> list[Diagnostic]:
    graph = link(load(project(tmp_path / "project", {"places.yml": PLACES, **files})))
    rules = (*meaning.RULES.values(), *links.RULES.values())
    return [item for rule in rules for item in rule(graph)]


def codes(tmp_path: Path, files: dict[str, str]) -> list[str]:
    return [item.code for item in found(tmp_path, files)]


@pytest.mark.parametrize(
    ("honours", "prose", "expected"),
    [
        ("甲奖", "获评测试模范。", 1),
        ("甲奖", "获“测试模范”称号，是第八届测试模范。", 2),
        ("甲奖", "被评为測試模範。", 1),
        ("丙奖", "测试好人。", 1),
        ("甲奖", "被评为测试**模范**、测试“模范”、测试 模范。", 3),
        ("甲奖", "被评为测试\n模范，是测试第八届模范，测试\u200b模范。", 3),
        ("丁奖", "被评为测试先锋。", 1),
        ("甲奖", "他是测试好人和测试模范。", 1),
        ("甲奖", "组织群众和测试模范座谈，参加了一次与测试模范面对面的活动。", 0),
        ("甲奖", "他是测试\n\n模范。测试的模范。", 0),
        ("[甲奖, 戊奖]", "测试模范。", 0),
        ("甲奖", "获第八届测试模范提名奖、“测试模范”提名奖、测试模范（提名）。", 0),
        ("甲奖", "向测试模范学习，参评测试模范，测试模范候选人。", 0),
        ("[甲奖, 乙奖]", "测试模范。", 0),
        ("乙奖", "测试模范。", 0),
    ],
)
def test_honours(tmp_path: Path, honours: str, prose: str, expected: int) -> None:
    figure = f"---\n名称: 测试人物甲\n类型: 个人\n荣誉: {honours}\n---\n{prose}\n"
    files = {"honours.yml": HONOURS, "figures/测试人物甲.md": figure}
    assert codes(tmp_path, files) == ["TXT016"] * expected


def test_a_sentence_about_somebody_else(tmp_path: Path) -> None:
    figure = "---\n名称: %s\n类型: 个人\n荣誉: %s\n---\n"
    brand = "---\n名称: 测试品牌甲\n---\n测试人物甲和测试人物乙，后者是测试模范。\n"
    files = {
        "honours.yml": HONOURS,
        "figures/甲.md": figure % ("测试人物甲", "甲奖"),
        "figures/乙.md": figure % ("测试人物乙", "乙奖"),
        "brands/测试品牌甲.md": brand,
    }
    assert codes(tmp_path, files) == []


@pytest.mark.parametrize(
    ("comparison", "value", "prose", "contradicts"),
    [
        ("超过", "13万", "注册志愿者 15 万人", True),
        ("超过", "13万", "测试市注册志愿者有 12 万人", True),
        ("超过", "13万", "注册志愿者达**15**万人", True),
        ("超过", "13万", "注册志愿者１５万人", True),
        ("超过", "13万", "注册志愿者超过 13 万人", False),
        ("超过", "13万", "注册志愿者 13.5 万人", False),
        ("超过", "13万", "注册志愿者超过 130,000 人", False),
        ("超过", "13万", "注册志愿者14 万人", True),
        ("超过", "13万", "注册志愿者 13.9 万人", False),
        ("超过", "13万", "注册志愿者近 14 万人", False),
        ("超过", "13万", "注册志愿者不到 14 万人", False),
        ("超过", "13万", "注册志愿者10 万人", True),
        ("超过", "13万", "全市有注册志愿者 15 万人", True),
        ("超过", "13万", "我市有注册志愿者15万人", True),
        ("超过", "13万", "注册志愿者不到13万人", True),
        ("超过", "13万", "全市有 15 万名注册志愿者", True),
        ("超过", "13万", "测试市现有 15 万名注册志愿者，服务群众", True),
        ("超过", "13万", "全市有超过 13 万名注册志愿者", False),
        ("超过", "13万", "注册志愿者（15万人）", True),
        ("超过", "13万", "注册志愿者（13万余人）", False),
        ("超过", "13万", "注册志愿者十五万人", True),
        ("超过", "13万", "注册志愿者十三万余人", False),
        ("超过", "13万", "注册志愿者十三四万人", False),
        ("超过", "13万", "注册志愿者一十三万五千人", False),
        ("超过", "13万", "注册志愿者人数为 15 万", True),
        ("超过", "13万", "注册志愿者人数为 13.5 万", False),
        ("超过", "13万", "注册志愿者\n15 万人", True),
        ("超过", "13万", "注册志愿者\n\n15 万人参加", False),
        ("超过", "13万", "学校有注册志愿者 200 人", False),
        ("超过", "13万", "测试市实验学校现有注册志愿者 200 人", False),
        ("超过", "13万", "全镇注册志愿者 200 人", False),
        ("超过", "13万", "组织 200 名注册志愿者", False),
        ("超过", "13万", "全市有 200 名注册志愿者参加比赛", False),
        ("超过", "13万", "共有 200 名注册志愿者", False),
        ("等于", "1324560", "注册志愿者 130 万人", False),
        ("等于", "1324560", "注册志愿者 132 万人", False),
        ("等于", "1324560", "注册志愿者 100 万人", True),
        ("约", "100", "注册志愿者 98 人", False),
        ("约", "100", "注册志愿者 80 人", True),
        ("不足", "100", "注册志愿者不足 100 人", False),
        ("等于", "132456", "注册志愿者 13 万人", False),
        ("等于", "132456", "注册志愿者 13 万余人", False),
        ("等于", "132456", "注册志愿者 14 万人", True),
        ("等于", "132456", "注册志愿者 132456 人", False),
        ("等于", "100", "注册志愿者 320 人次", False),
        ("等于", "100", "测试镇注册志愿者 20 人", False),
        ("等于", "100", "新增注册志愿者 20 人", False),
        ("等于", "100", "女注册志愿者 20 人", False),
        ("等于", "100", "2019 年注册志愿者 20 人", False),
        ("等于", "100", "注册志愿者服务 20 人", False),
        ("等于", "100", "注册志愿者 20 支", False),
    ],
)
def test_numbers(
    tmp_path: Path, comparison: str, value: str, prose: str, *, contradicts: bool
) -> None:
    indicator = (
        f"- {{id: 甲, 名称: 注册志愿者, 数值: {value}, 比较: {comparison}, 单位: 人, "
        "地区: 测试市}\n"
    )
    brand = f"---\n名称: 测试品牌甲\n地区: 测试市\n---\n{prose}。\n"
    files = {"indicators.yml": indicator, "brands/测试品牌甲.md": brand}
    assert codes(tmp_path, files) == ["TXT017"] * contradicts


def test_a_number_of_another_place_or_year(tmp_path: Path) -> None:
    indicator = "- {id: 甲, 名称: 注册志愿者, 数值: 100, 单位: 人, 地区: 测试市, 截至: 2020-12}\n"
    brand = "---\n名称: 测试品牌甲\n地区: %s\n---\n%s\n"
    files = {
        "indicators.yml": indicator,
        "brands/甲.md": brand % ("测试镇", "注册志愿者 20 人。"),
        "brands/乙.md": brand % ("测试镇", "全市注册志愿者 20 人。"),
        "brands/丙.md": brand % ("测试市", "2020 年，注册志愿者 20 人。"),
    }
    assert [(item.code, item.file) for item in found(tmp_path, files)] == [
        ("TXT017", "content/brands/丙.md"),
        ("TXT017", "content/brands/乙.md"),
    ]


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ("## 一、背景与意义\n\n### （二）工作举措\n\n## 3. 工作成效\n\n## **探索和思考**\n", ""),
        ("## 工作举措\n", "「背景意义」、「工作成效」、「探索与思考」"),
        ("只有一段。\n", ""),
        ("", ""),
    ],
)
def test_sections(tmp_path: Path, body: str, missing: str) -> None:
    brand = f"---\n名称: 测试品牌甲\n---\n{body}"
    items = found(tmp_path, {"brands/测试品牌甲.md": brand})
    found_missing = [item.message for item in items if "缺少" in item.message]
    assert found_missing == ([f"这篇案例缺少{missing}"] if missing else [])


@pytest.mark.parametrize(
    ("folder", "fields", "meant"),
    [
        ("brands", "类型: 个人\n身份: 测试", "content/figures"),
        ("figures", "主办: 测试\n开始: 2019", "content/activities"),
        ("venues", "数值: 5\n单位: 个", "content/indicators"),
        ("brands", "单位: 测试", ""),
        ("brands", "口号: 测试\n类型: 个人\n身份: 测试", ""),
        ("brands", "名成: 测试\n类型: 个人", ""),
    ],
)
def test_folders(tmp_path: Path, folder: str, fields: str, meant: str) -> None:
    record = f"---\n名称: 测试甲\n{fields}\n---\n"
    items = [
        item for item in found(tmp_path, {f"{folder}/测试甲.md": record}) if item.code == "SRC023"
    ]
    assert len(items) == bool(meant)
    assert all(meant in item.help for item in items)


def test_teams_are_counted_where_their_level_is(tmp_path: Path) -> None:
    rows = (
        ("总", "3+N", "市", "测试市"),
        ("一", "1", "市", "测试镇"),
        ("三", "3/3", "市", "测试市"),
    )
    teams = "".join(
        f"- {{id: {id}, 名称: 测试{id}, 序号: {slot}, 层级: {level}, 地区: {place}}}\n"
        for id, slot, level, place in rows
    )
    (item,) = found(tmp_path, {"teams.yml": teams})
    assert (item.code, item.message) == ("REF006", "测试市的队伍编号 1 到 3，缺少 2 号")


def test_links_and_images(tmp_path: Path) -> None:
    prose = (
        "[甲](测试人物甲.md) [甲](../ce-shi-ren-wu-jia/) [甲](/figures/ce-shi-ren-wu-jia/) "
        "[甲](人物/测试人物甲) [页](../../figures/page/2/) [档](../../data/x.json) "
        "[照片](照片.jpg) [系](https：//example.com/)\n\n"
        "![照](照片.jpg) ![照](./照片.jpg) ![照](../照片.jpg) ![照](https://example.com/a.jpg)"
    )
    record = f"---\n名称: 测试人物甲\n类型: 个人\n---\n{prose}\n"
    # Nothing is looked at in a picture to know where it lies.
    files = {"figures/测试人物甲.md": record, "figures/照片.jpg": ""}
    items = found(tmp_path, files)
    assert [(item.code, item.span.line, item.span.column) for item in items] == [
        ("TXT014", 5, 1),
        ("TXT014", 5, prose.index("[甲](人物") + 1),
        ("TXT015", 7, 29),
    ]
    assert all("[[测试人物甲]]" in item.help for item in items[:2])


def test_records_with_faults_raise_nothing(tmp_path: Path) -> None:
    files = {
        "teams.yml": "- {id: 甲, 序号: 1}\n- {id: 乙, 序号: 18+N, 层级: 省}\n",
        "venues.yml": "- {id: 甲}\n- {id: 乙, 上级: 甲, 层级: 站}\n- {id: 丙, 上级: 乙}\n",
        "figures.yml": "- {id: 甲, 名称: 一, 荣誉: [{年份: x}, 二]}\n- {id: 乙, 名称: 一}\n",
        "indicators.yml": "- {id: 甲, 名称: 注册志愿者, 单位: 人}\n- 1\n",
        "brands.yml": "- {id: 甲, 成效: [{名目: 注册志愿者}], 正文: 三人}\n- {类型: x}\n",
        "honours.yml": "甲",
    }
    assert isinstance(found(tmp_path, files), list)

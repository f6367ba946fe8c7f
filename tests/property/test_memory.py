"""Whatever is edited, renamed, deleted or broken: what is remembered is what would be read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcase.memory import Memory
from showcase.store import FILE
from tests.photography import clear_png
from tests.projects import SITES
from tests.property.strategies import RECORD, texts
from tests.remembered import assert_same

Step: TypeAlias = Callable[[Path], None]

NAMES = [
    *(
        "brands/甲.md",
        "brands/乙.md",
        "brands/甲/index.md",
        "figures/王伟.md",
        "figures/wang-wei.md",
    ),
    *("activities/丙.md", "themes.yml", "venues.yml", "terms.yml", "site.yml"),
    *("brands/甲/现场.png", "brands/现场.png", "台账.xlsx", "brand/丁.md", "activities/.丙.md"),
]
TEXTS = [
    RECORD,
    RECORD.replace("测试品牌甲", "甲").replace("[品牌一, 品牌二]", "乙"),
    "---\n名称: 甲\n人物: 王伟\n作者: [某]\n---\n\n## 背景意义\n\n见 [[王伟]]和[[没有]]。\n",
    "---\n名称: 王伟\n类型: 个人\n荣誉: 全国好人提名奖\n---\n\n![](现场.png)[丙](丙.md)\n",
    "---\n名称: 丙\n品牌: 甲\n开始: 2019\n结束: 2018\n状态: 草稿\n---\n13812345678，<b>文明</b>\n",
    "---\n名称：甲\n开始: &a 2019\n",
    "---\n名称: 乙\n豁免: [{规则: TXT001, 原因: 原文}, {规则: T, 原因: 无}]\n---\n<i>文明</i>\n",
    "- id: 测试主题甲\n- id: 理论宣讲\n  名称: 理论\n  正文: |\n    见 [[甲]]，文明实践所站。\n",
    "- {id: 甲, 层级: 站, 上级: 乙}\n- {id: 乙, 层级: 户, 上级: 甲}\n- 不是\n",
    "- {不用: 文明, 改用: 文明实践}\n",
    "- {不用: [志愿者, 文明实践所站], 改用: 志愿服务者, 例外: 志愿者协会}\n",
    "站名: 测试\n首页推荐: [甲, 王伟]\n友情链接: [{名称: 站, 网址: 'http://192.168.1.1/'}]\n",
    "\ufeff---\r\n名称: 甲\r\n---\r\n志愿者\u200b\r\n",
    "",
]

names = st.sampled_from(NAMES)
contents = st.one_of(
    st.sampled_from(TEXTS).map(lambda text: text.encode("utf-8")),
    st.sampled_from(TEXTS).map(lambda text: text.encode("gb18030")),
    texts.map(lambda text: text.encode("utf-8", "replace")),
    st.just(clear_png()),
)


def write(name: str, data: bytes) -> Step:
    def step(content: Path) -> None:
        path = content / name
        if not path.is_dir() and not path.parent.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    return step


def edit(name: str, place: float, data: bytes, keep: bool) -> Step:
    """Put something into a file, or over as much of it; its times are kept, as some tools do."""

    def step(content: Path) -> None:
        path = content / name
        if path.is_file():
            status = path.stat()
            before = path.read_bytes()
            at = int(place * len(before))
            path.write_bytes(before[:at] + data + before[at + (len(data) if keep else 0) :])
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    return step


def rename(name: str, other: str) -> Step:
    def step(content: Path) -> None:
        path = content / name
        if path.is_file() and (content / other).parent.is_dir() and not (content / other).is_dir():
            path.replace(content / other)

    return step


def delete(name: str) -> Step:
    def step(content: Path) -> None:
        path = content / name
        if path.is_file():
            path.unlink()

    return step


def damage(place: float, data: bytes) -> Step:
    """Spoil the store."""

    def step(content: Path) -> None:
        path = content.parent / FILE
        if path.is_file():
            with path.open("r+b") as file:
                file.seek(int(place * path.stat().st_size))
                file.write(data)

    return step


def forget(content: Path) -> None:
    shutil.rmtree(content.parent / ".cache", ignore_errors=True)


halves = st.floats(0, 1)
small = st.one_of(st.sampled_from(["改", "：", "\n", "[["]), texts).map(
    lambda text: text.encode("utf-8", "replace")
)
steps = st.one_of(
    st.builds(write, names, contents),
    st.builds(write, names, contents),
    st.builds(edit, names, halves, small, st.booleans()),
    st.builds(edit, names, halves, small, st.booleans()),
    st.builds(rename, names, names),
    st.builds(delete, names),
    st.builds(damage, halves, st.binary(min_size=1, max_size=20)),
    st.just(forget),
)


@given(steps=st.lists(steps, min_size=1, max_size=8))
def test_what_is_remembered_is_what_would_be_read(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    project = tmp_path_factory.mktemp("project")
    (project / "content").mkdir()
    memory = Memory()
    for number, text in enumerate(TEXTS[:4]):
        write(NAMES[number * 2], text.encode())(project / "content")
    assert_same(project, memory)
    for step in steps:
        step(project / "content")
        assert_same(project, memory)


def test_a_whole_site_is_remembered(tmp_path: Path) -> None:
    shutil.copytree(SITES / "every-kind" / "content", tmp_path / "content")
    memory = Memory()
    assert_same(tmp_path, memory)
    assert_same(tmp_path, memory)

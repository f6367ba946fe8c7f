"""Synthetic records: deterministic, marked as such, of the size and links of real ones.

Nothing in them is a fact about anybody: names are numbered, prose is put together from stock
phrases. The same count always gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

SEED = 20190318
PROSE = 2_600
"""Chinese characters in a record's body: the length of the case studies seen."""

_SUBJECTS = [
    "党组织",
    "志愿者",
    "村民",
    "指导中心",
    "文明实践站",
    "宣讲队",
    "服务队",
    "网格员",
    "共建单位",
    "社区居民",
]
_MODES = ["定期", "主动", "就近", "分批", "逐户", "联合", "常态化", "因地制宜地", "面对面", "按需"]
_ACTIONS = ["开展", "组织", "推进", "完善", "共享", "走访", "宣讲", "整理", "举办", "对接"]
_OBJECTS = [
    "理论宣讲",
    "文化活动",
    "助学帮扶",
    "节日主题活动",
    "阵地资源",
    "志愿服务",
    "政策解读",
    "农家书屋",
    "健身场所",
    "科普课堂",
    "暖心食堂",
    "移风易俗",
    "结对共建",
    "工作机制",
    "数字平台",
]
_ENDS = [
    "受到欢迎",
    "形成习惯",
    "有章可循",
    "落到实处",
    "惠及群众",
    "逐步覆盖",
    "取得进展",
    "持续改进",
]
_SECTIONS = ("背景意义", "工作举措", "工作成效", "探索与思考")
_SHARES = (("brand", 10), ("figure", 15), ("activity", 60), ("venue", 10), ("organisation", 5))
_PLURALS = {
    "brand": "brands",
    "figure": "figures",
    "activity": "activities",
    "venue": "venues",
    "organisation": "organisations",
}
_LABELS = {
    "brand": "合成品牌",
    "figure": "合成人物",
    "activity": "合成活动",
    "venue": "合成阵地",
    "organisation": "合成单位",
}
_PLACES, _THEMES = 30, 12


def write(content: Path, count: int) -> None:
    """Write ``count`` records, and the places and themes they name, into a ``content/`` folder."""
    for path, text in records(count):
        target = content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def records(count: int) -> Iterator[tuple[str, str]]:
    """Yield the path and text of each file of a corpus of ``count`` records."""
    yield "site.yml", "站名: 合成测试站点\n简介: 全部内容由程序合成，仅用于测量。\n"
    yield "places.yml", "".join(_small("合成地区", number) for number in range(_PLACES))
    yield "themes.yml", "".join(_small("合成主题", number) for number in range(_THEMES))
    totals = {kind: max(1, count * share // 100) for kind, share in _SHARES}
    totals["activity"] += count - sum(totals.values())
    for kind, total in totals.items():
        for number in range(total):
            random = Random(f"{SEED}/{kind}/{number}")
            name = f"{_LABELS[kind]}{number:05d}"
            yield f"{_PLURALS[kind]}/{name}.md", _record(kind, name, random, totals)


def _small(label: str, number: int) -> str:
    return f"- id: {label}{number:05d}\n  名称: {label}{number:05d}\n"


def _record(kind: str, name: str, random: Random, totals: dict[str, int]) -> str:
    def one(other: str) -> str:
        return f"{_LABELS[other]}{random.randrange(totals[other]):05d}"

    place = f"合成地区{random.randrange(_PLACES):05d}"
    theme = f"合成主题{random.randrange(_THEMES):05d}"
    lines = ["---", f"名称: {name}", f"简介: {_sentence(random)}", f"地区: {place}"]
    if kind == "brand":
        lines += [f"启用: {2005 + random.randrange(20)}-{1 + random.randrange(12):02d}"]
        lines += [f"主题: [{theme}]", f"人物: [{one('figure')}]", f"阵地: [{one('venue')}]"]
        lines += [f"共建单位: [{one('organisation')}]"]
    elif kind == "figure":
        lines += ["类型: 个人", f"单位: {one('organisation')}"]
    elif kind == "activity":
        year, month, day = (
            2005 + random.randrange(20),
            1 + random.randrange(12),
            random.randrange(28),
        )
        lines += [f"开始: {year}-{month:02d}-{day + 1:02d}", f"品牌: {one('brand')}"]
        lines += [f"阵地: {one('venue')}", f"主办: {one('organisation')}", f"主题: [{theme}]"]
        lines += [f"参与人次: {random.randrange(10, 900)}"]
    elif kind == "venue":
        lines += ["层级: 站", f"单位: {one('organisation')}"]
    return "\n".join([*lines, "---", "", _prose(random, one("activity")), ""])


def _prose(random: Random, mention: str) -> str:
    blocks, length = [f"本条由程序合成，参见[[{mention}]]。"], 0
    for section in _SECTIONS:
        blocks.append(f"## {section}")
        share = 0
        while share < PROSE // len(_SECTIONS):
            paragraph = "".join(_sentence(random) for _ in range(random.randrange(4, 9)))
            blocks.append(paragraph)
            share += len(paragraph)
        length += share
        blocks.append(
            "\n".join(f"- **{random.choice(_OBJECTS)}**：{_sentence(random)}" for _ in "三条")
        )
    return "\n\n".join(blocks)


def _sentence(random: Random) -> str:
    words = (_SUBJECTS, _MODES, _ACTIONS, _OBJECTS)
    first = "".join(random.choice(choices) for choices in words)
    return f"{first}，{random.choice(_OBJECTS)}{random.choice(_ENDS)}。"

"""Synthetic records: deterministic, marked as such, of the size and links of real ones.

Nothing in them is a fact about anybody: names are numbered, prose is put together from stock
phrases. The same count always gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

from msgspec import Struct
from msgspec.structs import replace

SEED = 20190318
SITE = "合成测试站点"
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
FOLDERS = {
    "brand": "brands",
    "figure": "figures",
    "activity": "activities",
    "venue": "venues",
    "organisation": "organisations",
}
LABELS = {
    "brand": "合成品牌",
    "figure": "合成人物",
    "activity": "合成活动",
    "venue": "合成阵地",
    "organisation": "合成单位",
}
PLACES = tuple(f"合成地区{number:05d}" for number in range(30))
THEMES = tuple(f"合成主题{number:05d}" for number in range(12))


class Synthetic(Struct, frozen=True):
    """One record of the corpus, for whichever generator it is written out."""

    kind: str
    name: str
    fields: Mapping[str, str | tuple[str, ...]]
    """Chinese key → value, or the list of values, in the order of the front matter."""
    prose: str
    """Markdown; another record is mentioned as ``[[name]]``."""

    @property
    def folder(self) -> str:
        """The plural of the kind, which names its folder."""
        return FOLDERS[self.kind]

    @property
    def number(self) -> str:
        """The five digits at the end of the name."""
        return self.name[-5:]

    def text(self) -> str:
        """Return the record as this project's own Markdown file."""
        lines = ["---", f"名称: {self.name}"]
        for key, value in self.fields.items():
            written = value if isinstance(value, str) else f"[{', '.join(value)}]"
            lines.append(f"{key}: {written}")
        return "\n".join([*lines, "---", "", self.prose, ""])


def write(content: Path, count: int) -> None:
    """Write ``count`` records, and the places and themes they name, into a ``content/`` folder."""
    for path, text in files(tuple(records(count))):
        target = content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def files(corpus: Iterable[Synthetic]) -> Iterator[tuple[str, str]]:
    """Yield the path within ``content/`` and the text of each file of a corpus."""
    yield "site.yml", f"站名: {SITE}\n简介: 全部内容由程序合成，仅用于测量。\n"
    yield "places.yml", "".join(map(_small, PLACES))
    yield "themes.yml", "".join(map(_small, THEMES))
    for record in corpus:
        yield f"{record.folder}/{record.name}.md", record.text()


def records(count: int) -> Iterator[Synthetic]:
    """Yield ``count`` records, in the shares of the kinds that were seen."""
    totals = {kind: max(1, count * share // 100) for kind, share in _SHARES}
    totals["activity"] += count - sum(totals.values())
    for kind, total in totals.items():
        for number in range(total):
            random = Random(f"{SEED}/{kind}/{number}")
            yield _record(kind, f"{LABELS[kind]}{number:05d}", random, totals)


def edited(record: Synthetic, number: int, brands: Sequence[str]) -> Synthetic:
    """Return an activity as its ``number``-th edit leaves it: text, summary and brand changed.

    The edits take turns through ``brands``.
    """
    brand = brands[number % len(brands)]
    fields = {**record.fields, "简介": mark(number), "品牌": brand}
    return replace(record, fields=fields, prose=f"{mark(number)}\n\n{record.prose}")


def mark(number: int) -> str:
    """Return the words by which a page shows that it was made after an edit."""
    return f"第{number:04d}次改动的文字。"


def _small(name: str) -> str:
    return f"- id: {name}\n  名称: {name}\n"


def _record(kind: str, name: str, random: Random, totals: dict[str, int]) -> Synthetic:
    def one(other: str) -> str:
        return f"{LABELS[other]}{random.randrange(totals[other]):05d}"

    place, theme = random.choice(PLACES), random.choice(THEMES)
    fields: dict[str, str | tuple[str, ...]] = {"简介": _sentence(random), "地区": place}
    if kind == "brand":
        fields["启用"] = f"{2005 + random.randrange(20)}-{1 + random.randrange(12):02d}"
        fields |= {"主题": (theme,), "人物": (one("figure"),), "阵地": (one("venue"),)}
        fields["共建单位"] = (one("organisation"),)
    elif kind == "figure":
        fields |= {"类型": "个人", "单位": one("organisation")}
    elif kind == "activity":
        year, month = 2005 + random.randrange(20), 1 + random.randrange(12)
        fields["开始"] = f"{year}-{month:02d}-{random.randrange(28) + 1:02d}"
        fields |= {"品牌": one("brand"), "阵地": one("venue"), "主办": one("organisation")}
        fields |= {"主题": (theme,), "参与人次": str(random.randrange(10, 900))}
    elif kind == "venue":
        fields |= {"层级": "站", "单位": one("organisation")}
    return Synthetic(kind, name, fields, _prose(random, one("activity")))


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

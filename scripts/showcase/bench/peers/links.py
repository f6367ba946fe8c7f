"""The corpus as other generators want it: who names whom, and by what address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from showcase.bench.corpus import FOLDERS, LABELS, Synthetic
from showcase.pattern import pattern

SECTIONS = {
    "brands": "品牌",
    "figures": "人物",
    "activities": "活动",
    "venues": "阵地",
    "organisations": "单位",
}
"""The folders of records, and what they are called."""
LISTS = {"places": "地区", "themes": "主题", "years": "年份", "calendar": "活动日历"}
"""The ways into them."""
FACTS = ("层级", "类型", "参与人次")
"""Fields that name no record."""
MENTIONED = "文中提到"

_TIES = ("品牌", "人物", "阵地", "主办", "共建单位", "单位")
_KINDS = {label: kind for kind, label in LABELS.items()}
_MENTION = pattern(r"\[\[([^\]]+)\]\]")


def id_of(name: str) -> str:
    """Return a record's file name: 合成活动00012 → ``activity-00012``."""
    return f"{_KINDS[name[:-5]]}-{name[-5:]}"


def place_of(name: str) -> str:
    """Return where a record stands: 合成活动00012 → ``activities/activity-00012``."""
    return f"{FOLDERS[_KINDS[name[:-5]]]}/{id_of(name)}"


def ties(record: Synthetic) -> dict[str, tuple[str, ...]]:
    """Return the names of the records that a record names, by the field."""
    named = {}
    for field in _TIES:
        value = record.fields.get(field)
        if value is not None:
            named[field] = (value,) if isinstance(value, str) else value
    return {**named, MENTIONED: tuple(dict.fromkeys(_MENTION.findall(record.prose)))}


def prose(record: Synthetic, link: Callable[[str], str]) -> str:
    """Return a record's prose with mentions as Markdown links; ``link``: name → target."""
    return _MENTION.sub(lambda found: f"[{found[1]}]({link(found[1])})", record.prose)


def when(record: Synthetic) -> str:
    """Return the day or month that a record states, or nothing."""
    stated = record.fields.get("开始") or record.fields.get("启用") or ""
    return stated if isinstance(stated, str) else ""


def naming(corpus: Iterable[Synthetic]) -> Mapping[str, Mapping[str, list[Synthetic]]]:
    """Return who names a record: name → folder → the records of it that do."""
    found: dict[str, dict[str, list[Synthetic]]] = defaultdict(lambda: defaultdict(list))
    for record in corpus:
        for name in dict.fromkeys(name for names in ties(record).values() for name in names):
            found[name][record.folder].append(record)
    return found

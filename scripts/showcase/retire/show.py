"""What ``retire`` says: where a record appears, what will change, what is left to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from showcase.addresses import address
from showcase.clock import today
from showcase.diagnostics import visible
from showcase.fix import Repair, diff
from showcase.load import Entry
from showcase.pinyin import slug
from showcase.pipeline import Checked
from showcase.retire.edits import Withdrawal, withdrawal
from showcase.retire.places import Place, places, the_one
from showcase.retire.prove import prove


class NoSite(Exception):
    """There is no built site to look at."""


class Plan(Struct, frozen=True):
    """What to say before anything is changed, and what would be."""

    lines: tuple[str, ...]
    repairs: tuple[Repair, ...]
    entry: Entry


class Proof(Struct, frozen=True):
    """What was found of a record in the built site."""

    lines: tuple[str, ...]
    found: bool


def plan(checked: Checked, record: str, *, tombstone: bool) -> Plan:
    """Return what withdrawing a record means."""
    entry = the_one(checked.graph, record)
    made = withdrawal(checked.graph, entry, tombstone=tombstone)
    listed = places(checked.graph, entry)
    return Plan(tuple(_plan(entry, listed, made, tombstone=tombstone)), made.repairs, entry)


def _plan(entry: Entry, listed: list[Place], made: Withdrawal, *, tombstone: bool) -> Iterator[str]:
    yield f"要撤下的是{entry.kind.label}「{visible(entry.record.title)}」：{visible(entry.file)}"
    yield f"它的网页、列表里的条目、检索、订阅、日历和数据，重新生成以后都没有了：{address(entry)}"
    yield ""
    if listed:
        yield f"别处还有 {len(listed)} 处："
        yield from (f"  {_shown(place)}" for place in listed)
        yield ""
    for repair in made.repairs:
        yield from diff(repair)
        yield ""
    if not made.repairs:
        yield "没有要改的文件：它已经撤下了。"
    if made.by_hand:
        yield "下面几处要由您改写，程序不替您改句子："
        yield from (f"  {_shown(place)}" for place in made.by_hand)
        yield ""
    if (tombstone or entry.record.tombstone) and entry.spelling in (
        slug(entry.record.title),
        slug(entry.id),
    ):
        yield (
            f"请注意：网址里的「{entry.spelling}」是名称的拼音，留下墓碑页，就留下了它。"
            "要一点不留，请不要用 --tombstone。"
        )


def _shown(place: Place) -> str:
    return f"{visible(place.file)}:{place.line} {place.what}"


def afterwards(made: Plan) -> Iterator[str]:
    """Yield what remains to be done when the files are written."""
    yield f"已撤下，改了 {len(made.repairs)} 个文件。接下来："
    yield "  1. 重新生成网站（build），并把新网站发布出去；"
    yield f"  2. 核对：retire --prove {visible(made.entry.record.title)}"
    yield "已经被别的网站转载、被搜索引擎收录的，要另外联系对方删除；旧版本还在文件的历史里。"


def proof(folder: Path, checked: Checked, record: str) -> Proof:
    """Return what is left of a record in a built site; raises :class:`NoSite` without one."""
    entry = the_one(checked.graph, record)
    if not (folder / "index.html").is_file():
        raise NoSite(f"「{folder.name}」里没有生成好的网站，请先运行 build")
    left = prove(folder, checked.graph, entry, today())
    title = visible(entry.record.title)
    if not left:
        lines = [f"核对过了：网站的任何一个文件里都没有「{title}」，繁体、转义和拼音的写法也没有。"]
        if entry.record.tombstone:
            lines.append(f"只有墓碑页的网址还在：{address(entry)}")
        return Proof(tuple(lines), found=False)
    lines = [f"网站里还有「{title}」："]
    lines += [
        f"  {visible(one.file)}:{one.span.line}:{one.span.column} {one.message}" for one in left
    ]
    lines.append(f"共 {len(left)} 处。请改写以后重新生成，再核对一次。")
    return Proof(tuple(lines), found=True)

"""Rules about ids and the addresses made from them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from showcase.addresses import FORBIDDEN, address, claims, former_addresses
from showcase.diagnostics import INVISIBLE, START, Diagnostic, Severity, short
from showcase.graph import Graph
from showcase.load import Entry
from showcase.model import WITHDRAWN

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "index", "page"}
    # Windows takes ¹, ² and ³ in these names for the digits.
    | {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
)
_LISTED = 10
"""Records that a message about many lists."""


def collision(graph: Graph) -> Iterator[Diagnostic]:
    """几条记录的网址相同

    同音的编号会得到同样的拼音网址，一个网址只能有一个网页。

    错误：content/brands/向阳.md 和 content/brands/象羊.md

    正确：在其中一条里写「网址名: xiang-yang-2」
    """
    for same in _groups(graph.entries, address):
        if len({_id_as_windows_sees_it(entry) for entry in same}) > 1:
            yield _report(
                "URL001",
                same,
                "slug",
                f"这些记录的网址都是 /{address(same[0])}：{_files(same)}",
                "请在其中一条里加上「网址名: …」，换一个没有用过的名字",
            )


def bad_slug(graph: Graph) -> Iterator[Diagnostic]:
    """网址名不能用

    网址名只能用小写字母、数字和减号，也不能是 index 和 Windows 保留的名字（con、aux、
    nul、com1 等）：网址名就是生成的文件夹的名字。

    错误：网址名: 向阳花开

    正确：网址名: xiang-yang-hua-kai
    """
    yield from graph.found("URL002")
    for entry in graph.entries:
        slug = entry.spelling
        if slug in _RESERVED and (entry.record.slug or not _why_unusable(entry.id)):
            yield _report(
                "URL002",
                [entry],
                "slug",
                f"「{slug}」是系统保留的名字，不能用作网址",
                f"请用「网址名」另起一个，例如 {slug}-1",
            )


def duplicate_id(graph: Graph) -> Iterator[Diagnostic]:
    """几条记录的编号相同

    编号在同一种类里不能重复，否则别的记录引用它时不知道指哪一条。只有大小写或组合方式不同的
    编号在 Windows 上是同一个文件名，也算重复。

    错误：content/venues.yml 里有两条「- id: 科技馆」

    正确：科技馆、科技馆-二期
    """
    for same in _groups(graph.entries, _id_as_windows_sees_it):
        yield _report(
            "URL003",
            same,
            "",
            f"{same[0].kind.label}的编号「{short(same[0].id)}」用了 {len(same)} 次：{_files(same)}",
            "请给每条记录起不同的编号",
        )


def unusable_id(graph: Graph) -> Iterator[Diagnostic]:
    """编号不能用作文件名

    编号里不能有斜线、反斜线、冒号、星号、问号、引号、尖括号和竖线，不能以空格或点开头结尾，
    也不能是 Windows 保留的名字。

    错误：- id: 2019/03 揭牌

    正确：- id: 2019-03-揭牌
    """
    for entry in graph.entries:
        reason = _why_unusable(entry.id)
        if reason:
            yield _report(
                "URL004", [entry], "", f"编号「{short(entry.id)}」不能用：{reason}", "请换一个编号"
            )


def contested(graph: Graph) -> Iterator[Diagnostic]:
    """「曾用」的旧网址与别的记录相同

    「曾用」里的每个名称，都按拼音对应一个旧网址，打开它会转到这条记录。旧网址如果正是另一条
    记录的网址，打开的是那一条；几条记录都说是自己的，就哪一条也不转。确实从来没有用过那个
    网址的，可以豁免。

    错误：content/brands/向阳.md，而另一个品牌写了「曾用: 向阳」

    正确：在另一个品牌里删去「曾用: 向阳」，或者写明豁免的原因
    """
    shown = [entry for entry in graph.entries if entry.record.status != WITHDRAWN]
    pages = {address(entry): entry for entry in shown}
    for place, owners in claims(shown).items():
        if place in pages:
            for owner in owners:
                yield _contested(
                    owner,
                    place,
                    f"现在是另一条记录的网页：{_files([pages[place]])}",
                    "旧链接会打开那一条。请核对「曾用」，或者给那一条换一个「网址名」",
                )
        elif len(owners) > 1:
            yield _contested(
                owners[-1],
                place,
                f"这几条记录都说是自己的：{_files(owners)}",
                "旧链接不知道该转到哪一条，所以不转。请只在真正用过它的那一条里写",
            )


def _contested(entry: Entry, place: str, message: str, help: str) -> Diagnostic:
    index = former_addresses(entry)[place]
    return Diagnostic(
        "URL005",
        Severity.WARNING,
        entry.file,
        entry.span("aliases", index),
        entry.label("aliases", index),
        f"「{short(entry.record.aliases[index])}」对应的旧网址 /{place}，{message}",
        f"{help}；从来没有用过这个网址的，可以豁免",
    )


def _why_unusable(id: str) -> str:
    if id.split(".", maxsplit=1)[0].lower() in _RESERVED:
        return "这是系统保留的名字"
    if id != id.strip() or id.startswith(".") or id.endswith("."):
        return "开头或结尾有空格或点"
    signs = sorted(FORBIDDEN & set(id))
    if signs:
        return f"里面有「{''.join(signs)}」"
    if any(unicodedata.category(char) in INVISIBLE for char in id):
        return "里面有换行或看不见的字符"
    return "太长（超过 80 个字）" if len(id) > 80 else ""


def _id_as_windows_sees_it(entry: Entry) -> str:
    return f"{entry.kind.name}/{unicodedata.normalize('NFC', entry.id).casefold()}"


def _groups(entries: Iterable[Entry], key: Callable[[Entry], str]) -> Iterator[list[Entry]]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[key(entry)].append(entry)
    return (group for group in groups.values() if len(group) > 1)


def _files(entries: list[Entry]) -> str:
    places = [
        f"{entry.file}:{entry.span().line}" if entry.in_list else entry.file
        for entry in entries[:_LISTED]
    ]
    return "、".join(places) + (" 等" if len(entries) > _LISTED else "")


def _report(code: str, entries: list[Entry], field: str, message: str, help: str) -> Diagnostic:
    last = entries[-1]
    label = last.label(field) if field else "id"
    whole = last.span() if last.in_list else START
    span = last.span(field) if (field,) in last.paths else whole
    return Diagnostic(code, Severity.ERROR, last.file, span, label, message, help)

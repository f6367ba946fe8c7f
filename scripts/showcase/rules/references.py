"""Rules about references between records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from showcase.clock import today
from showcase.diagnostics import Diagnostic, Severity, short
from showcase.graph import Graph, Link
from showcase.layout import place
from showcase.load import Entry
from showcase.model import KINDS, PUBLISHED, Record
from showcase.pattern import pattern
from showcase.publication import is_public
from showcase.source import Document

_SEPARATORS = pattern("[、，,；;]")
_LISTED = 10
"""Records that a message names at most."""
_LISTED_KINDS = 3
_LONGEST_LIST = 400
"""A longer text is no list of names."""
_MOST_COMPARED = 100
_LONGEST_NAME = 80
"""A longer text is no name, and comparing it with every name would take long."""


def dangling(graph: Graph) -> Iterator[Diagnostic]:
    """引用的记录不存在

    字段里或正文 [[…]] 里写的名称，找不到对应的记录。可以写记录的编号、全名或曾用名，
    简体繁体都可以，标点不计。

    错误：品牌: 向阳花

    正确：品牌: 党群同心·向阳花开
    """
    compared = 0
    for link in (*graph.links, *graph.featured):
        if not link.targets and not _in_unreadable(graph, link):
            message = f"找不到名为「{short(link.text)}」的{_kinds(link)}"
            help = _proposal(graph, link) or _nearest(graph, link, compared)
            compared += 1
            yield _report("REF001", link, message, help)


def ambiguous(graph: Graph) -> Iterator[Diagnostic]:
    """引用的名称不止一条记录在用

    两条记录同名，程序不知道指的是哪一条。

    错误：人物: 王伟（有两个王伟）

    正确：写编号，例如「人物/王伟-特警」
    """
    for link in (*graph.links, *graph.featured):
        # Records with one id between them are another fault (URL003).
        if len(link.targets) > 1 and len({entry.key for entry in link.targets}) > 1:
            files = "、".join(
                f"{entry.kind.label}/{short(entry.id)}（{entry.file}）"
                for entry in link.targets[:_LISTED]
            )
            first = link.targets[0]
            yield _report(
                "REF002",
                link,
                f"「{short(link.text)}」指的是哪一条？有 {len(link.targets)} 条：{files}",
                f"请写种类和编号，例如「{first.kind.label}/{first.id}」",
            )


def circular(graph: Graph) -> Iterator[Diagnostic]:
    """上级绕成了一圈

    一条记录不能是自己的上级，也不能通过别的记录绕回自己。

    错误：甲的上级是乙，乙的上级是甲

    正确：最上面一级不写「上级」
    """
    above = {
        link.source: (link, link.target)
        for link in graph.links
        if link.path == ("parent",) and link.source is not None and link.target is not None
    }
    checked: set[Entry] = set()
    for entry in graph.entries:
        # Each entry is walked over once, however long the way up is.
        chain: dict[Entry, None] = {}
        step = entry
        while step in above and step not in checked and step not in chain:
            chain[step] = None
            step = above[step][1]
        checked.update(chain)
        if step in chain:
            circle = list(chain)[list(chain).index(step) :]
            shown = [*circle[:_LISTED], step]
            names = " → ".join(f"「{short(one.record.title)}」" for one in shown)
            help = "请删除其中一条的「上级」"
            yield _report("REF003", above[step][0], f"上级绕成了一圈：{names}", help)


def not_public(graph: Graph) -> Iterator[Diagnostic]:
    """公开的记录引用了不公开的记录

    草稿、撤下和已经下线的记录不会出现在网站上；引用它的地方也不会显示，读者看到的内容会缺一块。
    「首页推荐」里的也一样。写在正文 [[…]] 里的名称会随正文公开出去，所以算错误，没有到发布日期的
    也算；已经下线的公开过，只提醒。

    错误：公开的品牌引用了状态为「草稿」的人物

    正确：公开那条记录，或删除引用
    """
    doubtful = {entry for entry in graph.entries if not _always(entry.record)}
    if not doubtful:
        return
    day = _today()
    for link in (*graph.links, *graph.featured):
        target, source = link.target, link.source
        if target is None or target not in doubtful:
            continue
        if is_public(target.record, day) or not (source is None or is_public(source.record, day)):
            continue
        why, leaks = _why_not(target.record, day)
        if not link.mention and _is_to_come(target.record, day):
            continue  # It will be shown by itself when its day comes.
        yield _report(
            "REF004",
            link,
            f"「{short(link.text)}」{why}不会出现在网站上",
            "请公开那条记录，或删除这里的引用",
            Severity.ERROR if link.mention and leaks else Severity.WARNING,
        )


def _today() -> date:
    try:
        return today()
    except ValueError:
        # The build refuses such a setting; what is said here goes by the clock.
        return today({})


def _always(record: Record) -> bool:
    """Whether a record is public whatever the day: nearly all are."""
    return record.status == PUBLISHED and record.publish_on is None and record.expire_on is None


def _is_to_come(record: Record, day: date) -> bool:
    published = record.publish_on
    return record.status == PUBLISHED and published is not None and published.first > day


def _why_not(record: Record, day: date) -> tuple[str, bool]:
    """Return why a record is not public, and whether its name is still to be kept back."""
    if record.status != PUBLISHED:
        return f"的状态是「{record.status}」，", True
    if _is_to_come(record, day):
        return f"要到 {record.publish_on} 才公开，在那以前", True
    return f"已于 {record.expire_on} 下线，", False


def _proposal(graph: Graph, link: Link) -> str:
    """Return what to write instead of a name that stands for others, or ``""``."""
    if len(link.text) > _LONGEST_LIST:
        return ""
    parts = [part for part in _SEPARATORS.split(link.text) if part.strip()]
    if len(parts) > 1 and all(graph.names.find(part, link.ref.kinds) for part in parts):
        return "几个名称要分开写：每个名称另起一行，以「- 」开头"
    others = graph.names.find(link.text, tuple(KINDS))
    if others:
        is_a = "、".join(dict.fromkeys(entry.kind.label for entry in others))
        return f"有一条同名的记录是{is_a}，这里要写{_kinds(link)}"
    return ""


def _nearest(graph: Graph, link: Link, compared: int) -> str:
    """Return the names that are most like one that nothing has.

    Every name is compared with every other, so only so many names are.
    """
    if len(link.text) <= _LONGEST_NAME and compared < _MOST_COMPARED:
        near = graph.names.nearest(link.text, link.ref.kinds)
        if near:
            return "是不是" + "、".join(f"「{short(name)}」" for name in near) + "？"
    return "请先建立这条记录，或改成已有记录的名称"


def _in_unreadable(graph: Graph, link: Link) -> bool:
    """Tell whether a name may stand in a file that could not be read: its own fault is enough."""
    return any(
        _may_hold(graph.documents.get(file), file, link)
        for file in graph.unread
        if (kind := place(file).kind) is None or kind.name in link.ref.kinds
    )


def _may_hold(document: Document | None, file: str, link: Link) -> bool:
    if document is None:
        path = PurePosixPath(file)
        return link.text in (path.stem, path.parent.name)
    # In its own file the name stands at least where it is referred to.
    return document.lines.text.count(link.text) > (file == link.file)


def _kinds(link: Link) -> str:
    if len(link.ref.kinds) > _LISTED_KINDS:
        return "记录"
    return "或".join(KINDS[name].label for name in link.ref.kinds)


def _report(
    code: str, link: Link, message: str, help: str, severity: Severity = Severity.ERROR
) -> Diagnostic:
    return Diagnostic(code, severity, link.file, link.span, link.label, message, help)

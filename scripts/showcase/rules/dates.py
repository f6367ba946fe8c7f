"""Rules about dates and states."""

from __future__ import annotations

from collections.abc import Iterator

from showcase.diagnostics import Diagnostic, Severity
from showcase.graph import Graph
from showcase.model import PartialDate


def unknown_spelling(graph: Graph) -> Iterator[Diagnostic]:
    """日期的写法不认识

    日期写成年、年-月或年-月-日，月和日各两位数。

    错误：开始: 2019年3月

    正确：开始: 2019-03
    """
    return graph.found("DAT001")


def impossible(graph: Graph) -> Iterator[Diagnostic]:
    """没有这一天

    月份或日子超出了日历。

    错误：开始: 2019-02-30

    正确：开始: 2019-02-28
    """
    return graph.found("DAT002")


def end_before_start(graph: Graph) -> Iterator[Diagnostic]:
    """结束早于开始

    活动的结束日期在开始日期之前，多半有一个写错了。

    错误：开始: 2019-03，结束: 2018-03

    正确：开始: 2019-03，结束: 2019-04
    """
    for entry in graph.entries:
        start, end = entry.record.stated("start"), entry.record.stated("end")
        if _after(start, end):
            message = f"结束（{end}）早于开始（{start}）"
            yield entry.report("DAT003", Severity.ERROR, ("end",), message, "请核对两个日期")


def expires_before_published(graph: Graph) -> Iterator[Diagnostic]:
    """下线早于发布

    下线日期不晚于发布日期，这条记录永远不会公开。

    错误：发布日期: 2026-05-01，下线日期: 2026-04-01

    正确：下线日期晚于发布日期
    """
    for entry in graph.entries:
        published, expires = entry.record.publish_on, entry.record.expire_on
        if published is not None and expires is not None and expires.first <= published.first:
            message = f"下线日期（{expires}）不晚于发布日期（{published}），永远不会公开"
            yield entry.report("DAT004", Severity.ERROR, ("expire_on",), message, "请核对两个日期")


def unknown_status(graph: Graph) -> Iterator[Diagnostic]:
    """不认识的状态

    状态只有草稿、公开、撤下三种。写错时不会当作公开，以免把草稿发布出去。

    错误：状态: 草搞

    正确：状态: 草稿
    """
    return graph.found("DAT005")


def _after(first: PartialDate | None, second: PartialDate | None) -> bool:
    return first is not None and second is not None and second.last < first.first

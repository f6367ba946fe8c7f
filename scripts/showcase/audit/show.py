"""An audit, shown: as text grouped by check, and as a page to read and to file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

import click
from msgspec import Struct

from showcase.audit import Audit
from showcase.audit.codes import CHECKS
from showcase.audit.inspection import RULES, SOURCE
from showcase.compose import Composer
from showcase.diagnostics import Diagnostic, Severity, visible
from showcase.pages.views import PageView
from showcase.personal import masked
from showcase.pipeline import HOUSE

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_TEMPLATE = "audit/report.html"


class Item(Struct, frozen=True):
    """One place where something was found."""

    place: str
    message: str
    help: str


class Group(Struct, frozen=True):
    """Everything that one check found."""

    code: str
    title: str
    severity: str
    why: str
    help: str
    items: tuple[Item, ...]
    more: int


class Covered(Struct, frozen=True):
    """A rule of the inspection, and what came of the checks that look for it."""

    name: str
    says: str
    codes: str
    result: str
    note: str


class ReportView(Struct, frozen=True):
    """The report of an audit."""

    site: str
    day: str
    verdict: str
    notes: tuple[str, ...]
    groups: tuple[Group, ...]
    covered: tuple[Covered, ...]
    source: str


def as_text(audit: Audit) -> Iterator[str]:
    """Yield the report in lines, check by check."""
    for group in _groups(audit):
        severity = CHECKS[group.code].severity
        head = click.style(f"{severity.label} {group.code}", fg=_COLOURS[severity], bold=True)
        yield f"{head} {group.title}"
        for item in group.items:
            yield f"  {item.place} {item.message}"
        if group.more:
            yield f"  另有 {group.more} 处没有列出"
        for help in dict.fromkeys(item.help for item in group.items):
            yield f"帮助：{help}  详见 showcase explain {group.code}"
        yield ""
    yield f"检查指标：{SOURCE}，程序能查的部分——"
    for rule in covered(audit):
        yield f"  {rule.name}：{rule.result}" + (f"。{rule.note}" if rule.note else "")
    yield ""
    yield from notes(audit)
    yield verdict(audit)


def as_page(audit: Audit, site: str, day: date) -> str:
    """Return the report as a page of its own, that needs nothing beside it."""
    view = ReportView(
        site=visible(masked(site)),
        day=f"{day.year} 年 {day.month} 月 {day.day} 日",
        verdict=verdict(audit),
        notes=tuple(notes(audit)),
        groups=tuple(_groups(audit)),
        covered=tuple(covered(audit)),
        source=SOURCE,
    )
    folders = [HOUSE / "overrides"]
    return Composer(folders).compose(PageView("", _TEMPLATE, "网站审核报告", "", view)).html + "\n"


def notes(audit: Audit) -> Iterator[str]:
    """Yield how far the audit went."""
    yield f"查了 {audit.files} 个文件，其中网页 {audit.pages} 个。"
    if not audit.with_records:
        yield "没有记录（content/）可以对照：没有查不公开的内容、私下的字段和首页的更新。"
    elif not audit.registered:
        newest = (
            f"首页最新的日期是 {audit.newest.isoformat()}" if audit.newest else "没有写日期的内容"
        )
        yield f"网站没有填「标识码」，首页是否及时更新不作为问题（{newest}）。"


def verdict(audit: Audit) -> str:
    """Return the line that says how it came out."""
    if not audit.diagnostics:
        return "审核通过，没有发现问题。"
    counts: Counter[Severity] = Counter()
    for code, number in audit.counts.items():
        counts[CHECKS[code].severity] += number
    totals = "、".join(f"{counts[one]} 处{one.label}" for one in Severity if counts[one])
    return f"共 {totals}。"


def _groups(audit: Audit) -> Iterator[Group]:
    ordered = sorted(audit.diagnostics, key=lambda one: (one.code, one.sort_key))
    for code, found in groupby(ordered, key=lambda one: one.code):
        items = tuple(_item(one) for one in found)
        check = CHECKS[code]
        more = audit.counts.get(code, len(items)) - len(items)
        yield Group(
            code, check.title, check.severity.label, check.why, check.help, items, max(0, more)
        )


def _item(one: Diagnostic) -> Item:
    place = f"{visible(masked(one.file))}:{one.span.line}:{one.span.column}"
    return Item(place, visible(masked(one.message)), visible(one.help))


def covered(audit: Audit) -> Iterator[Covered]:
    """Yield the rules of the inspection with what came of them."""
    for rule in RULES:
        numbers = {code: audit.counts[code] for code in rule.codes if audit.counts.get(code)}
        if not rule.codes:
            result = "不在审核范围"
        elif numbers:
            result = "发现问题：" + "、".join(
                f"{code} {count} 处" for code, count in numbers.items()
            )
        else:
            result = _clean(audit, rule.codes)
        yield Covered(rule.name, rule.says, "、".join(rule.codes), result, rule.note)


def _clean(audit: Audit, codes: tuple[str, ...]) -> str:
    if codes == ("AUD021",) and not (audit.with_records and audit.registered):
        return "没有查（没有记录，或没有填标识码）"
    return "未发现"


def write(path: Path, text: str) -> None:
    """Write a report; raises ``OSError`` when it cannot be."""
    path.write_text(text, encoding="utf-8", newline="\n")

"""Diagnostics → text with a source frame, JSON, CI annotations."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

import click
from rich.cells import cell_len

from showcase.diagnostics import INVISIBLE, START, Diagnostic, Severity, Span, visible
from showcase.graph import Graph
from showcase.personal import masked
from showcase.rules import RULES, explanation
from showcase.rules.exemptions import exempted

FAMILIES = {
    "SRC": "文件与写法",
    "SHP": "字段",
    "REF": "引用",
    "DAT": "日期与状态",
    "URL": "编号与网址",
    "TXT": "正文",
    "IMG": "照片",
    "PII": "个人信息",
    "SET": "网站设置",
}
_WIDE = 100
"""Columns of a source line that are shown; a longer line is cut around the mark."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def as_text(found: Sequence[Diagnostic], text_of: Callable[[str], str | None]) -> Iterator[str]:
    """Yield the report of each diagnostic, with the line it is about, and a summary."""
    cache: dict[str, list[str]] = {}
    for diagnostic in found:
        if diagnostic.file not in cache:
            text = text_of(diagnostic.file)
            cache[diagnostic.file] = text.split("\n") if text is not None else []
        line = _discreet(cache[diagnostic.file], diagnostic.span)
        yield "\n".join(_one(diagnostic, line)) + "\n"
    yield summary(found)


def _discreet(lines: list[str], span: Span) -> str:
    """Return the line of a mark, in which nothing private can be read; ``""`` for no line.

    A report is copied into logs and chats. Whatever it is about, the number on the same line must
    not go with it, nor the half of one that goes on in the next line.
    """
    index = span.line - 1
    if span == START or index >= len(lines):
        return ""
    line = lines[index]
    # What is shown of it, and enough around for a number to be known as one.
    start, end = max(0, span.column - 1 - 4 * _WIDE), span.column - 1 + 5 * _WIDE
    before = lines[index - 1][-_WIDE:] if index and not start else ""
    after = lines[index + 1][:_WIDE] if index + 1 < len(lines) and len(line) <= end else ""
    shown = masked(f"{before}\n{line[start:end]}\n{after}").split("\n")[1]
    return line[:start] + shown + line[end:]


def _one(diagnostic: Diagnostic, line: str) -> Iterator[str]:
    span, colour = diagnostic.span, _COLOURS[diagnostic.severity]
    label = click.style(f"{diagnostic.severity.label} {diagnostic.code}", fg=colour, bold=True)
    place = f"{visible(masked(diagnostic.file))}:{span.line}:{span.column}"
    yield f"{place}: {label} {visible(diagnostic.message)}"
    if line.strip():
        yield from _frame(diagnostic, line, colour)
    yield f"帮助：{visible(diagnostic.help)}  详见 showcase explain {diagnostic.code}"


def _frame(diagnostic: Diagnostic, line: str, colour: str) -> Iterator[str]:
    span = diagnostic.span
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    cut = max(0, start - _WIDE // 2)
    stop = cut + _WIDE
    last = min(max(end, start + 1), stop)
    before = "…" * (cut > 0) + _flat(line[cut:start])
    marked, after = _flat(line[start:last]), _flat(line[last:stop])
    gutter = " " * len(str(span.line))
    yield f"{gutter} |"
    yield f"{span.line} | {before}{marked}{after}{'…' * (len(line) > stop)}"
    mark = click.style("^" * max(1, cell_len(marked)), fg=colour)
    yield f"{gutter} | {' ' * cell_len(before)}{mark}"


def _flat(text: str) -> str:
    """Return a part of a line as every terminal shows it: a tab is one space wide."""
    return visible(text.replace("\t", " "))


def summary(found: Sequence[Diagnostic]) -> str:
    """Return one line that counts the diagnostics, by severity and by family."""
    if not found:
        return "检查通过，没有发现问题。"
    counts = Counter(diagnostic.severity for diagnostic in found)
    families = Counter(FAMILIES.get(item.code[:3], item.code[:3]) for item in found)
    parts = "，".join(f"{name} {count}" for name, count in families.items())
    totals = "、".join(
        f"{counts[severity]} 处{severity.label}" for severity in Severity if counts[severity]
    )
    return f"共 {totals}（{parts}）。"


def exemptions(graph: Graph, wanted: Callable[[str], bool]) -> Iterator[str]:
    """Yield a line for every exemption in the files that are wanted, then their number."""
    count = 0
    for one in exempted(graph):
        if wanted(one.entry.file):
            count += 1
            place = f"{visible(masked(one.entry.file))}:{one.line}"
            rule = one.code
            if rule in RULES:
                rule += " " + explanation(rule).partition("\n")[0]
            reason = masked(" ".join(one.exemption.reason.split()))
            yield f"{place}: 豁免 {visible(masked(rule))}\n原因：{visible(reason)}\n"
    yield f"共 {count} 项豁免。\n" if count else "没有豁免。\n"


def as_json(found: Iterable[Diagnostic]) -> str:
    """Return the diagnostics as one JSON list, which no terminal takes for commands."""
    text = json.dumps(
        [
            {
                "code": item.code,
                "severity": item.severity.value,
                "file": item.file,
                "line": item.span.line,
                "column": item.span.column,
                "field": item.field,
                "message": item.message,
                "help": item.help,
            }
            for item in found
        ],
        ensure_ascii=False,
        indent=1,
    )
    return "".join(
        json.dumps(char)[1:-1] if char != "\n" and unicodedata.category(char) in INVISIBLE else char
        for char in text
    )


def as_github(found: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield workflow commands that GitHub shows as annotations on the change.

    Source of the escapes: the toolkit of GitHub Actions, ``command.ts``.
    """
    for item in found:
        span = item.span
        properties = {
            "file": item.file,
            "line": str(span.line),
            "col": str(span.column),
            "endLine": str(span.end_line),
            "endColumn": str(span.end_column),
            "title": f"{item.code} {item.field}".strip(),
        }
        joined = ",".join(f"{name}={_property(visible(text))}" for name, text in properties.items())
        yield f"::{item.severity.value} {joined}::{_data(visible(f'{item.message}。{item.help}'))}"


def as_gitlab(found: Iterable[Diagnostic]) -> str:
    """Return the report that GitLab shows as annotations on a merge request, in ASCII.

    Source of the form: GitLab's documentation of code quality reports, a part of Code Climate's.
    The fingerprint leaves the line out, so that text moved down is no new fault.
    """
    issues = []
    seen: Counter[str] = Counter()
    for item in found:
        same = f"{item.code}\n{item.file}\n{item.field}\n{item.message}"
        seen[same] += 1
        issues.append(
            {
                "description": visible(f"{item.message}。{item.help}"),
                "check_name": item.code,
                "fingerprint": sha256(f"{same}\n{seen[same]}".encode()).hexdigest(),
                "severity": "major" if item.severity is Severity.ERROR else "minor",
                "location": {"path": item.file, "lines": {"begin": item.span.line}},
            }
        )
    return json.dumps(issues, indent=1)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

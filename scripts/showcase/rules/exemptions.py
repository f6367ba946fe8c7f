"""Exemptions: a record says which rule does not hold for it, and why.

What could not be read, or has no place to stand on the site, cannot be excused: such faults make a
record unfit to publish, whatever the reason. Everything else can be, at the record it is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from types import MappingProxyType

from msgspec import Struct

from showcase.diagnostics import Diagnostic, Severity, short
from showcase.graph import Graph
from showcase.load import Entry
from showcase.model.record import Exemption
from showcase.near import nearest

_NEAR = 60.0
"""How alike (0–100) a code must be to be offered as the one that was meant."""
_FIXED_FAMILIES = ("SRC", "SHP", "URL", "SET")
_FIXED = frozenset({"DAT001", "DAT002", "DAT005", "IMG016"})
_NOT_FIXED = frozenset({"URL005"})
"""About a name that records share, which may never have been anybody's address."""


class Exempted(Struct, frozen=True):
    """An exemption, and the record it is written at."""

    entry: Entry
    index: int
    exemption: Exemption

    @property
    def code(self) -> str:
        """The rule, as the table of rules writes its code."""
        return self.exemption.rule.upper()

    @property
    def line(self) -> int:
        """The line it stands on."""
        return self.entry.span("exemptions", self.index).line

    def covers(self, found: Diagnostic) -> bool:
        """Tell whether a diagnostic is of the rule, and about the record."""
        return found.code == self.code and can_be_exempted(self.code) and self._is_about(found)

    def _is_about(self, found: Diagnostic) -> bool:
        document, base = self.entry.document, self.entry.base
        if found.file != document.file:
            # A record that has a folder has the photos in it.
            path = PurePosixPath(document.file)
            return path.name == "index.md" and path.parent in PurePosixPath(found.file).parents
        if not base:
            return True
        start, end = map(document.lines.position, document.values[base])
        return start <= (found.span.line, found.span.column) < end

    def report(self, code: str, message: str, help: str) -> Diagnostic:
        """Return a diagnostic about the exemption itself."""
        path = ("exemptions", self.index, "rule")
        return self.entry.report(code, Severity.WARNING, path, message, help)


def exempted(graph: Graph) -> Iterator[Exempted]:
    """Yield every exemption of a project, in the order of the records."""
    for entry in graph.entries:
        for index, exemption in enumerate(entry.record.exemptions):
            yield Exempted(entry, index, exemption)


def can_be_exempted(code: str) -> bool:
    """Tell whether a record may keep a fault: those of reading, shape and addresses it may not."""
    fixed = code.startswith(_FIXED_FAMILIES) or code in _FIXED
    return not fixed or code in _NOT_FIXED


def unexcused(graph: Graph, found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics that no exemption covers.

    :func:`idle` has reported every exemption; that of one which covers something goes as well.
    """
    by_code: dict[str, list[Exempted]] = defaultdict(list)
    for one in exempted(graph):
        by_code[one.code].append(one)
    excused: set[Diagnostic] = set()
    for diagnostic in found:
        for one in by_code.get(diagnostic.code, ()):
            if one.covers(diagnostic):
                excused |= {diagnostic, _idle(one)}
    return [diagnostic for diagnostic in found if diagnostic not in excused]


def unknown(graph: Graph) -> Iterator[Diagnostic]:
    """豁免的规则不存在

    「豁免」里的「规则」要写检查报告里的编号。编号写错了，豁免不起作用。

    错误：豁免: [{规则: TXT04, 原因: 原文如此，照录}]

    正确：豁免: [{规则: TXT004, 原因: 原文如此，照录}]
    """
    known = _known()
    for one in exempted(graph):
        if one.code not in known:
            near = nearest(one.code, known, _NEAR)
            help = "请写检查报告里的编号，例如 TXT004"
            if near is not None:
                help = f"是不是「{near}」？{help}"
            message = f"没有编号为「{short(one.exemption.rule)}」的规则，豁免不起作用"
            yield one.report("SHP008", message, help)


def fixed(graph: Graph) -> Iterator[Diagnostic]:
    """这条规则不能豁免

    文件读不出来、字段写错、日期和状态不认识、网址冲突，记录就没有办法公开，写什么原因都不行。
    别的规则可以豁免。

    错误：豁免: [{规则: SHP001, 原因: 暂时没有}]

    正确：补上缺少的字段
    """
    for one in exempted(graph):
        if one.code in _known() and not can_be_exempted(one.code):
            message = f"规则 {one.code} 不能豁免"
            yield one.report("SHP009", message, "请改正它指出的问题，再删除这一项豁免")


def idle(graph: Graph) -> Iterator[Diagnostic]:
    """豁免没有用上

    这条记录没有违反所豁免的规则：也许已经改好了。留着它，以后真的出错就没有人提醒。

    错误：标题的层次已经改对，还写着「豁免: [{规则: TXT004, 原因: 原文如此}]」

    正确：删除这一项豁免
    """
    # Each is idle until it has covered something: see unexcused.
    known = _known()
    for one in exempted(graph):
        if one.code in known and can_be_exempted(one.code):
            yield _idle(one)


def _idle(one: Exempted) -> Diagnostic:
    message = f"豁免没有用上：这条记录没有规则 {one.code} 指出的问题"
    return one.report("SHP010", message, "请删除这一项豁免")


def _known() -> Sequence[str]:
    """Return the codes of all rules."""
    from showcase.rules import RULES  # noqa: PLC0415 - the table is made of this module too

    return tuple(RULES)


RULES = MappingProxyType({"SHP008": unknown, "SHP009": fixed, "SHP010": idle})

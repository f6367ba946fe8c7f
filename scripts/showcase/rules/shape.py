"""Rules about fields: missing, unknown, of the wrong type."""

from __future__ import annotations

from collections.abc import Iterator

from showcase.diagnostics import Diagnostic, Severity, short
from showcase.graph import Graph
from showcase.load import Entry
from showcase.pattern import pattern

LISTED_NAMES = ("tags", "aliases", "platforms", "authors")
"""The lists of names that are not references: of those, what is unknown is reported anyway."""
_MARKDOWN = pattern(
    r"\[\[(?P<link>[^\[\]\n]+)\]\]|\*\*(?<!\*\*\*)(?!\*)(?P<bold>[^*\n]+)\*\*(?!\*)"
    r"|\[(?P<text>[^\[\]\n]+)\]\([^()\n]*\)?"
)
"""138****1234 is masked, not bold."""
_BETWEEN = pattern("[、，；,;|｜](?![^（）()]*[）)])")
"""A sign between two names, and not in brackets behind one."""
_NUMBER = pattern(r"^(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[）).．、]|[①-⑳])[ \u3000]*")
"""What numbers the lines of a list."""
_BRACKETS = {"【": "】", "［": "］", "〔": "〕", "｛": "｝"}


def missing(graph: Graph) -> Iterator[Diagnostic]:
    """缺少必填的字段

    每条记录都要有名称；人物要有类型，阵地和队伍要有层级，指标要有数值。

    错误：人物没有写「类型」

    正确：类型: 个人
    """
    return graph.found("SHP001")


def unknown(graph: Graph) -> Iterator[Diagnostic]:
    """不认识的字段

    字段名写错了，里面的内容就不会出现在网页上。

    错误：名成: 向阳花开

    正确：名称: 向阳花开
    """
    return graph.found("SHP002")


def wrong_type(graph: Graph) -> Iterator[Diagnostic]:
    """字段的内容写法不对

    该写数的写了字，该写一段文字的写成了列表。

    错误：参与人次: 很多人

    正确：参与人次: 120
    """
    return graph.found("SHP003")


def twice(graph: Graph) -> Iterator[Diagnostic]:
    """同一个字段用两个名字各写了一次

    「名称」和「title」是同一个字段。

    错误：
        名称: 向阳花开
        title: 向阳花开

    正确：只写一个
    """
    return graph.found("SHP004")


def not_a_choice(graph: Graph) -> Iterator[Diagnostic]:
    """内容不在可选的范围里

    有些字段只能从几个词里选。

    错误：类型: 集体

    正确：类型: 群体
    """
    return graph.found("SHP005")


def too_long(graph: Graph) -> Iterator[Diagnostic]:
    """内容太长

    简介用在列表、检索结果和分享卡片里，太长会被截断。

    错误：把整篇文章写进「简介」

    正确：「简介」不超过 120 字，其余写在正文里
    """
    return graph.found("SHP006")


def no_id(graph: Graph) -> Iterator[Diagnostic]:
    """列表里的记录没有编号

    编号是记录的身份，别的记录靠它引用，网址也由它而来。

    错误：- 名称: 科技馆

    正确：
        - id: 科技馆
          名称: 科技馆
    """
    return graph.found("SHP007")


def markdown_in_field(graph: Graph) -> Iterator[Diagnostic]:
    """名称或简介里用了 Markdown

    名称和简介是纯文字，会原样显示在列表、检索结果和分享卡片里。[[…]]、**…** 这样的记号只在正文里
    起作用。

    错误：简介: 由 [[王伟]] 发起的**品牌**

    正确：简介: 由王伟发起的品牌
    """
    for entry in graph.entries:
        for name in ("title", "summary"):
            match = _MARKDOWN.search(getattr(entry.record, name) or "")
            if match is not None:
                words = match["link"] or match["bold"] or match["text"]
                yield entry.report(
                    "SHP012",
                    Severity.WARNING,
                    (name,),
                    f"「{short(match[0])}」会原样显示，「{entry.label(name)}」里不能用 Markdown",
                    f"请去掉记号，只写文字：{short(words)}",
                )


def run_together(graph: Graph) -> Iterator[Diagnostic]:
    """几个名称写在了一起

    标签、曾用名、平台和作者是一个一个的名称。用顿号或逗号连起来，或者一行一个而行首没有「- 」，
    网站只当是一个长名称，检索和引用都找不到里面的任何一个。名称里本来就有标点的，用双引号引起来就不再提醒。

    错误：标签: 理论宣讲、志愿服务

    正确：标签: [理论宣讲, 志愿服务]
    """
    for entry in graph.entries:
        for name in LISTED_NAMES:
            for index, item in enumerate(entry.record.stated(name) or ()):
                parts = _on_lines(entry, name, item) or _names_in(item)
                if len(parts) < 2 or not all(parts):
                    continue
                if entry.document.lines.slice(entry.span(name, index)).startswith(('"', "'")):
                    continue
                yield entry.report(
                    "SHP011",
                    Severity.WARNING,
                    (name, index),
                    f"「{short(item)}」像是 {len(parts)} 个名称写在了一起",
                    f"请一项一项分开写，例如 {entry.label(name)}: [{short(', '.join(parts))}]；"
                    "本来就是一个名称的，用双引号引起来",
                )


def _names_in(item: str) -> list[str]:
    """Return what stands between the signs of a text."""
    if item and _BRACKETS.get(item[0]) == item[-1]:
        item = item[1:-1]
    return [part.strip() for part in _BETWEEN.split(item)]


def _on_lines(entry: Entry, name: str, item: str) -> list[str]:
    """Return the names that stand on lines of their own, of which YAML made one text."""
    if not (" " in item or "\n" in item):
        return []
    typed = entry.paths.get((name,))
    # The items of a list have places of their own, and a long one may be wrapped.
    if typed is None or (name, 0) in entry.paths:
        return []
    if not entry.document.sound:  # A hyphen below a text is reported as such.
        return []
    start, end = entry.document.values[typed]
    lines = entry.document.lines.text[start:end].strip().split("\n")
    if lines[0][:1] in ("|", ">"):
        del lines[0]
    lines = [_NUMBER.sub("", line.strip()) for line in lines if line.strip()]
    return lines if len(lines) > 1 else []

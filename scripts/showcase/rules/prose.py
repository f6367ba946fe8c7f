"""Rules about the prose of records: what would not be shown as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from showcase.diagnostics import Diagnostic, Severity, short
from showcase.graph import Graph
from showcase.load import Entry, SiteEntry
from showcase.model.source import Source
from showcase.prose import Finding
from showcase.prose.targets import judge_link
from showcase.source import Path


def raw_html(graph: Graph) -> Iterator[Diagnostic]:
    """正文里有 HTML 代码

    正文只用 Markdown。HTML 代码不会起作用，会原样显示成文字。

    错误：<b>向阳花开</b>

    正确：**向阳花开**
    """
    return _found(graph, "TXT001", "raw-html")


def unsafe_link(graph: Graph) -> Iterator[Diagnostic]:
    """链接的地址不能用

    链接只能指向 http、https、mailto、tel 或本站的地址。别的地址会被浏览器当作程序执行，
    或者打开读者自己电脑里的文件。网址里夹着用户名和密码（https://用户:密码@…）的也不能用。来源和
    友情链接的「网址」一样。

    错误：[点这里](javascript:alert(1))

    正确：[点这里](https://www.gov.cn/)
    """
    yield from _found(graph, "TXT002", "unsafe-link", "unsafe-image")
    yield from _in_fields(graph, "TXT002", "unsafe-link")


def too_complicated(graph: Graph) -> Iterator[Diagnostic]:
    """正文的结构太复杂

    一行特别长、嵌套特别深，或者有成千上万个括号，多半是粘贴时出了错；这样的正文排不出来。

    错误：一行有几万个「[」

    正确：按段落分行，列表不超过几层
    """
    return _found(graph, "TXT003", *_BOUNDS)


def heading_order(graph: Graph) -> Iterator[Diagnostic]:
    """标题的层次不对

    网页的大标题已经由「名称」显示。正文的标题从「## 」开始，一层一层往下，不能跳级：
    读屏软件的用户靠标题的层次找内容。

    错误：「## 工作举措」下面直接写「#### 组织嵌入」

    正确：「## 工作举措」下面写「### 组织嵌入」
    """
    return _found(graph, "TXT004", "heading-order", "h1-in-prose", severity=Severity.WARNING)


def private_address(graph: Graph) -> Iterator[Diagnostic]:
    """链接指向内部网络

    读者打不开单位内部的地址，还会看到内部网络的情况。来源和友情链接的「网址」一样。

    错误：[系统](http://192.168.1.8/)

    正确：删除这个链接，或换成公开的网址
    """
    yield from _found(graph, "TXT005", "private-link")
    yield from _in_fields(graph, "TXT005", "private-link")


def misleading_link(graph: Graph) -> Iterator[Diagnostic]:
    """链接的文字写着另一个网站

    文字写的是一个网站，点开却是另一个，读者会以为受骗。

    错误：[www.gov.cn](https://example.com/)

    正确：[中国政府网](https://www.gov.cn/)
    """
    return _found(graph, "TXT006", "misleading-link")


def no_alternative(graph: Graph) -> Iterator[Diagnostic]:
    """图片没有说明，或链接没有文字

    看不见图片的读者靠说明知道图里有什么；没有文字的链接谁也点不到。

    错误：![](现场.jpg)

    正确：![志愿者为老人读报](现场.jpg)
    """
    return _found(graph, "TXT007", "empty-alt", "empty-link", severity=Severity.WARNING)


def word_markup(graph: Graph) -> Iterator[Diagnostic]:
    """留有从 Word 粘贴来的代码

    从 Word 或网页复制时会带进看不见的格式代码，它们会显示成乱码。

    错误：<o:p></o:p>、&nbsp;、mso-

    正确：用「只保留文本」的方式粘贴
    """
    return _found(graph, "TXT008", "word-markup", severity=Severity.WARNING)


def full_width_sign(graph: Graph) -> Iterator[Diagnostic]:
    """Yield the links that only a full-width sign breaks: see ``brackets.full_width_link``."""
    return _found(graph, "TXT009", "full-width-link", severity=Severity.WARNING)


def loose_note(graph: Graph) -> Iterator[Diagnostic]:
    """脚注对不上

    正文里用到的脚注要在后面写出来，写出来的脚注要在正文里用到，否则读者看不到它。

    错误：正文里有「[^1]」，后面没有「[^1]: …」

    正确：两处都写
    """
    return _found(
        graph,
        "TXT010",
        "unknown-footnote",
        "unused-footnote",
        "unused-reference",
        severity=Severity.WARNING,
    )


_LESS = "请按段落分行，减少嵌套；重复的符号多半是粘贴时带进来的，请删除"
_BOUNDS = (
    *("body-too-long", "too-many-lines", "line-too-long", "too-many-brackets"),
    *("too-many-marks", "too-many-links", "too-deep"),
)
_SAID = {
    "raw-html": (
        "正文里有 HTML 代码「{detail}」，会原样显示成文字",
        "请改用 Markdown，例如 **粗体**、[文字](网址)；要显示这段代码就用反引号括起来",
    ),
    "unsafe-link": (
        "这个链接的地址不能用：「{detail}」",
        "请写以 https:// 开头的完整网址；指向本站的记录请写 [[名称]]",
    ),
    "unsafe-image": (
        "图片在别的地方（{detail}），不会显示",
        "请把图片放在记录旁边，只写文件名，例如 ![志愿者为老人读报](现场.jpg)",
    ),
    "body-too-long": ("正文超过 {limit} 个字，排不出来", "请把它分成几条记录"),
    "too-many-lines": ("正文超过 {limit} 行，排不出来", "请把它分成几条记录"),
    "line-too-long": ("这一行超过 {limit} 个字，排不出来", "请按段落分行，段落之间空一行"),
    "too-many-brackets": ("这一行的「{mark}」超过 {limit} 个，排不出来", _LESS),
    "too-many-marks": ("这里的「{mark}」超过 {limit} 个，排不出来", _LESS),
    "too-many-links": ("链接、图片、代码和脚注超过 {limit} 处，排不出来", _LESS),
    "too-deep": ("列表或引用一层套一层，超过 {limit} 层，排不出来", _LESS),
    "h1-in-prose": (
        "正文里用了最大的标题，网页的大标题应当只有「名称」",
        "正文的标题从「## 」开始",
    ),
    "private-link": (
        "这个链接指向内部网络：「{detail}」",
        "读者打不开它；请删除，或换成公开的网址",
    ),
    "misleading-link": (
        "链接的文字和它指向的网站不一致：{detail}",
        "请让文字说明链接真正指向的地方",
    ),
    "empty-alt": (
        "这张图片没有说明",
        "请在方括号里写上图里有什么，例如 ![志愿者为老人读报](现场.jpg)",
    ),
    "empty-link": (
        "这个链接没有文字",
        "请在方括号里写上文字，例如 [中国政府网](https://www.gov.cn/)",
    ),
    "word-markup": (
        "这里有从 Word 或网页粘贴来的代码「{detail}」",
        "请删除它；粘贴时选「只保留文本」",
    ),
    "full-width-link": (
        "链接里用了全角的「{detail}」，会原样显示成文字",
        "请改成半角，例如 [中国政府网](https://www.gov.cn/)",
    ),
    "unknown-footnote": (
        "脚注「[^{detail}]」只在正文里提到，没有写内容",
        "请在后面另起一行写「[^{detail}]: 内容」，或删除这里的记号",
    ),
    "unused-footnote": (
        "脚注「[^{detail}]」写了内容，正文里没有提到，不会显示",
        "请在正文里需要的地方写「[^{detail}]」，或删除它",
    ),
    "unused-reference": (
        "「[{detail}]」写了地址，正文里没有用到",
        "请在正文里写「[文字][{detail}]」，或删除它",
    ),
}
"""What is said about each finding, and how to write it right; ``{mark}`` and ``{limit}`` are the
parts of a detail such as ``[ 400``."""

RULES = MappingProxyType(
    {
        "TXT001": raw_html,
        "TXT002": unsafe_link,
        "TXT003": too_complicated,
        "TXT004": heading_order,
        "TXT005": private_address,
        "TXT006": misleading_link,
        "TXT007": no_alternative,
        "TXT008": word_markup,
        "TXT010": loose_note,
    }
)


def _found(
    graph: Graph, code: str, *words: str, severity: Severity = Severity.ERROR
) -> Iterator[Diagnostic]:
    for entry, scan in graph.scans.items():
        for finding in scan.findings:
            if finding.code_name in words:
                yield _report(entry, finding, code, severity)


def _in_fields(graph: Graph, code: str, word: str) -> Iterator[Diagnostic]:
    """Yield the same of the addresses in fields: they become links too."""
    written: list[tuple[Entry | SiteEntry, Path, str]] = [
        (entry, ("url",), url)
        for entry in graph.of("source")
        if (url := entry.as_a(Source).url) is not None
    ]
    links = graph.site.record.links
    written += ((graph.site, ("links", index, "url"), one.url) for index, one in enumerate(links))
    for holder, path, url in written:
        for name, detail in judge_link(url, url).faults:
            if name == word:
                message = _SAID[word][0]
                message = (
                    message.format(detail=short(detail, 60))
                    .replace("这个链接的地址", "这个网址")
                    .replace("这个链接", "这个网址")
                )
                span, label = holder.span(*path), holder.label(*path)
                severity = Severity.ERROR
                help = "请写公众能打开的完整网址，例如 https://www.gov.cn/"
                yield Diagnostic(code, severity, holder.file, span, label, message, help)


def _report(entry: Entry, finding: Finding, code: str, severity: Severity) -> Diagnostic:
    message, help = said(finding)
    span = entry.body_span(finding.start, finding.end)
    return Diagnostic(code, severity, entry.file, span, "正文", message, help)


def said(finding: Finding) -> tuple[str, str]:
    """Return the message and the help for a finding."""
    detail = short(finding.detail, 60)
    if finding.code_name == "heading-order":
        return _heading(*map(int, detail.split(" → ")))
    if finding.code_name == "empty-link" and not detail:
        return "这个链接没有地址", "请在圆括号里写上地址，例如 [中国政府网](https://www.gov.cn/)"
    message, help = _SAID[finding.code_name]
    mark, _, limit = detail.rpartition(" ")
    values = {"detail": detail, "mark": mark, "limit": limit}
    return message.format_map(values), help.format_map(values)


def _heading(above: int, level: int) -> tuple[str, str]:
    most = above + 1
    message = f"标题跳级了：这里最多是第 {most} 级，写成了第 {level} 级"
    return message, f"请改成以「{'#' * most} 」开头"

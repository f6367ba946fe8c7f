"""Rules about the picture files themselves: what is in them, and whether anybody uses them.

A fault of a picture that a record shows is an error, since the page would lack it; of one that none
shows, a warning. The report points at the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from types import MappingProxyType

from showcase.album import folders
from showcase.diagnostics import START, Diagnostic, Severity, short
from showcase.graph import Graph
from showcase.photos import MAX_MEGAPIXELS, Facts, Fault, fits, right_ending

_AGAIN = "请从手机或相机里重新导出一张，替换它"


def empty(graph: Graph) -> Iterator[Diagnostic]:
    """照片是空文件

    文件的大小是 0，多半是复制或下载中断了。

    错误：现场.jpg 的大小是 0 字节

    正确：重新复制这张照片
    """
    yield from _faulty(
        graph, "IMG006", Fault.EMPTY, lambda _: "照片是空的（0 字节），多半是复制中断了", _AGAIN
    )


def foreign(graph: Graph) -> Iterator[Diagnostic]:
    """不是能用的图片

    文件的名字像图片，里面却不是。改扩展名不会改变文件的内容。可以用的格式：JPEG、PNG、WebP、GIF、
    HEIC（苹果手机的照片）、AVIF、BMP、TIFF 和 SVG。

    错误：把「通知.pdf」改名为「通知.jpg」

    正确：用截图，或者在原来的程序里「另存为」JPEG
    """

    def message(facts: Facts) -> str:
        seems = f"，里面是{facts.detail}" if facts.detail else ""
        return f"这不是能用的图片{seems}"

    yield from _faulty(
        graph, "IMG003", Fault.FOREIGN, message,
        "请换成 JPEG、PNG、WebP、GIF 或 HEIC 图片；只改扩展名没有用",
    )  # fmt: skip


def wrong_ending(graph: Graph) -> Iterator[Diagnostic]:
    """扩展名和图片的格式不一致

    程序看内容认格式，网页不受影响；但是有些看图软件会因此打不开，交给别人时也会误会。

    错误：文件叫「现场.jpg」，其实是 PNG

    正确：改名为「现场.png」，照片列表和正文里的名字一起改
    """
    for file, facts in graph.survey.facts.items():
        if facts.format and not facts.fault and not fits(facts, file):
            right = right_ending(facts.format)
            named = PurePosixPath(file)
            yield Diagnostic(
                "IMG004",
                Severity.WARNING,
                file,
                START,
                "",
                f"扩展名是「{short(named.suffix)}」，内容是 {facts.format} 图片",
                f"请改名为「{short(named.stem)}{right}」，引用它的地方一起改",
            )


def broken(graph: Graph) -> Iterator[Diagnostic]:
    """照片损坏或不完整

    多半是上传、下载、用 U 盘复制时中断了：有的看图软件只显示上半张，有的打不开。

    错误：现场.jpg 只传了一半

    正确：重新从手机或相机里复制
    """
    yield from _faulty(
        graph, "IMG005", Fault.BROKEN,
        lambda facts: f"照片损坏或不完整（{facts.format}），读不出来" if facts.format
        else "照片损坏，读它的程序意外停止了",
        _AGAIN,
    )  # fmt: skip


def too_large(graph: Graph) -> Iterator[Diagnostic]:
    """照片太大

    超过一亿像素的照片，电脑打开它要占用几百 MB 内存，网页上也用不着：公开的照片最宽 1600 像素。

    错误：扫描的长卷有 30000×8000 像素

    正确：用看图软件缩小到宽 4000 像素左右
    """

    def message(facts: Facts) -> str:
        if facts.width:
            return f"照片有 {facts.detail} 像素，超过 {MAX_MEGAPIXELS // 100} 亿像素"
        return f"照片文件{facts.detail}"

    yield from _faulty(
        graph, "IMG007", Fault.TOO_LARGE, message, "请用看图软件缩小，宽 4000 像素左右就够"
    )


def bomb(graph: Graph) -> Iterator[Diagnostic]:
    """图片是「解压炸弹」

    文件很小，却声明有几十亿像素，一打开就会耗尽内存。正常的照片不会这样：可能是文件损坏，也可能是有人
    故意做的。程序没有打开它。

    错误：几百字节的 PNG，声明有 60000×60000 像素

    正确：删除它，换成真正的照片
    """
    yield from _faulty(
        graph, "IMG008", Fault.BOMB,
        lambda facts: f"文件很小，却声明有 {facts.detail} 像素，一打开就会耗尽内存，没有打开",
        "请删除它，换成真正的照片；来路不明的，不要用别的软件打开",
    )  # fmt: skip


def unsafe_drawing(graph: Graph) -> Iterator[Diagnostic]:
    """SVG 图里有不能公开的东西

    SVG 是一种可以带程序的图。带有程序、动画、外部引用、嵌入的图片或实体定义的，会在读者的浏览器里做
    画图以外的事，不能用。

    错误：<svg …><script>…</script></svg>

    正确：在绘图软件里另存为「普通 SVG」，或者导出 PNG
    """
    yield from _faulty(
        graph, "IMG011", Fault.UNSAFE,
        lambda facts: f"SVG 图里有不能公开的东西：{short(facts.detail)}",
        "请在绘图软件里另存为「普通 SVG」（Plain SVG），或者导出 PNG",
    )  # fmt: skip


def duplicate(graph: Graph) -> Iterator[Diagnostic]:
    """同一张照片放了两份，或写了两次

    读者会在一个网页上看到两张一样的照片。按文件的内容比较，名字不同也认得出来。

    错误：现场.jpg 和「现场 - 副本.jpg」

    正确：只留一份
    """
    first: dict[tuple[str, str], str] = {}
    for file, facts in graph.survey.facts.items():
        if not facts.digest or facts.fault is Fault.EMPTY:
            continue
        folder = PurePosixPath(file).parent.as_posix()
        other = first.setdefault((folder, facts.digest), file)
        if other != file:
            name = short(PurePosixPath(other).name)
            yield Diagnostic(
                "IMG009",
                Severity.WARNING,
                file,
                START,
                "",
                f"和「{name}」是同一张照片",
                "请只留一份，引用它的地方都写留下的那个名字",
            )
    yield from _listed_twice(graph)


def _listed_twice(graph: Graph) -> Iterator[Diagnostic]:
    for entry in graph.pictured:
        seen: dict[str, int] = {}
        for index, photo in enumerate(entry.record.photos):
            file = graph.album.find(entry, photo.file).file
            before = seen.setdefault(file, index) if file else index
            if before != index:
                yield entry.report(
                    "IMG009",
                    Severity.WARNING,
                    ("photos", index, "file"),
                    f"第 {before + 1} 项和第 {index + 1} 项是同一张照片",
                    "请只留一项",
                )


def unused(graph: Graph) -> Iterator[Diagnostic]:
    """照片没有用到

    放在记录旁边，但「照片」列表和正文里都没有写到它，所以不会出现在网站上。

    错误：文件夹里有「现场.jpg」，记录里没有写

    正确：在「照片」里加上一项，或者把文件移走
    """
    used = _used(graph)
    unread = {PurePosixPath(file).parts[1].partition(".")[0] for file in graph.unread}
    for file, facts in graph.survey.facts.items():
        # Where a record could not be read, nobody knows what it uses.
        if file in used or facts.fault or PurePosixPath(file).parts[1] in unread:
            continue
        yield Diagnostic(
            "IMG010",
            Severity.WARNING,
            file,
            START,
            "",
            "没有记录用到这张照片",
            f"请在记录的「照片」里加上「文件: {short(PurePosixPath(file).name)}」，或者把它移走",
        )


def _used(graph: Graph) -> frozenset[str]:
    """Return the pictures that some record names, right or nearly."""
    if not graph.pictures:
        return frozenset()
    named = [
        (entry, graph.album.find(entry, photo.file))
        for entry in graph.pictured
        for photo in entry.record.photos
    ]
    named += [
        (entry, graph.album.find_target(entry, target))
        for entry, scan in graph.scans.items()
        for target in (one.target for part in (scan.images, scan.links) for one in part)
    ]
    near = {
        f"{folder}/{found.near}".casefold()
        for entry, found in named
        if found.near
        for folder in folders(entry)
    }
    right = {found.file for _, found in named if found.file}
    return frozenset(right | {file for file in graph.pictures if file.casefold() in near})


def _faulty(
    graph: Graph, code: str, fault: Fault, message: Callable[[Facts], str], help: str
) -> Iterator[Diagnostic]:
    used: frozenset[str] | None = None
    for file, facts in graph.survey.facts.items():
        if facts.fault is not fault:
            continue
        used = _used(graph) if used is None else used
        severity = Severity.ERROR if file in used else Severity.WARNING
        advice = help if file in used else f"没有记录用到它，可以删除；要用的话，{help}"
        yield Diagnostic(code, severity, file, START, "", message(facts), advice)


RULES = MappingProxyType(
    {
        "IMG003": foreign,
        "IMG004": wrong_ending,
        "IMG005": broken,
        "IMG006": empty,
        "IMG007": too_large,
        "IMG008": bomb,
        "IMG009": duplicate,
        "IMG010": unused,
        "IMG011": unsafe_drawing,
    }
)

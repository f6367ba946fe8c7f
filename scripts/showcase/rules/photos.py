"""Rules about what records say of their photos: the words, the people, the maps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath
from types import MappingProxyType

from msgspec import Struct

from showcase.album import folders
from showcase.diagnostics import Diagnostic, Severity, Span, short
from showcase.graph import Graph
from showcase.load import Entry
from showcase.model.figure import Figure
from showcase.model.record import MINORS, Photo
from showcase.pattern import pattern

_WORDS = (
    "图|图片|照片|相片|插图|配图|附图|图像|截图|截屏|屏幕截图|微信图片|微信截图|qq图片|qq截图|说明|图片说明|照片说明|图注"
    "|文件|未命名|未标题|无标题|新建|无|暂无|待补|待补充|alt|todo|tbd|xxx|img|image|images|photo|photos|picture"
    "|pic|pics|dsc|dscf|dscn|pxl|mmexport|wx|wechat|screenshot|untitled|unnamed|file|p|jpg|jpeg|png"
)
_NUMBER = "(?:[0-9]+|[一二三四五六七八九十]+|[a-h])"
_PLACEHOLDER = pattern(
    f"(?:第?{_NUMBER}[张幅]?)?(?:{_WORDS})?(?:第?{_NUMBER}[张幅]?)*", re.IGNORECASE
)
_MARKS = pattern(r"[\W_]+")


class Use(Struct, frozen=True):
    """A place where a record shows a picture: an item of its list, or an image in its prose."""

    entry: Entry
    name: str
    alt: str
    span: Span
    label: str
    file: str
    photo: Photo | None
    title: str = ""


def missing(graph: Graph) -> Iterator[Diagnostic]:
    """「照片」里的文件不存在

    照片要和记录放在一起。记录是文件夹的，放进文件夹；记录是单个文件或者写在列表文件里的，放在同一种类的
    文件夹里，或者里面以记录的编号命名的文件夹里。名字一字不差，大小写也要一样。

    错误：文件: 现场.jpg，文件夹里只有「活动现场.JPG」

    正确：文件: 活动现场.JPG
    """
    for entry, index, photo in _listed(graph):
        named = graph.album.find(entry, photo.file)
        if named.file or named.outside or graph.refused(entry, photo.file):
            continue
        if named.other_case:
            help = f"文件名的大小写不同：请写「{short(named.near)}」"
        elif named.near:
            help = f"是不是「{short(named.near)}」？文件名要一字不差"
        else:
            help = f"请把照片放在 {folders(entry)[-1]} 文件夹里，这里只写文件名，一字不差"
        yield _at_file("IMG001", entry, index, f"没有照片「{short(photo.file)}」", help)


def outside(graph: Graph) -> Iterator[Diagnostic]:
    """「照片」里的路径离开了记录的文件夹

    网站只公开放在记录旁边的照片。别的文件夹、别的电脑、别的网站上的，都不读取。

    错误：文件: ../../../桌面/现场.jpg

    正确：把照片复制到记录旁边，写「文件: 现场.jpg」
    """
    for entry, index, photo in _listed(graph):
        if graph.album.find(entry, photo.file).outside:
            message = f"「{short(photo.file)}」不在记录的文件夹里，没有读取"
            help = f"请把照片复制到 {folders(entry)[-1]} 文件夹里，这里只写文件名"
            yield _at_file("IMG002", entry, index, message, help)


def placeholder(graph: Graph) -> Iterator[Diagnostic]:
    """照片的说明没有说明内容

    看不见照片的读者，听到的只有这句说明。「图片1」「IMG_2031」等于没有说。请写照片里是谁、在哪里、做什么。

    错误：说明: 图片1

    正确：说明: 志愿者在村口为老人读报
    """
    for use in _uses(graph):
        shown = use.file or use.label != "正文"
        if shown and use.alt.strip() and _says_nothing(use):
            yield Diagnostic(
                "IMG012",
                Severity.WARNING,
                use.entry.file,
                use.span,
                use.label,
                f"说明「{short(use.alt)}」没有说照片里有什么",
                "请写照片里是谁、在哪里、做什么，例如「志愿者在村口为老人读报」",
            )


def no_credit(graph: Graph) -> Iterator[Diagnostic]:
    """照片没有写来源

    照片是有著作权的。写明谁拍的或者由谁提供，是对拍摄者的尊重，日后有人问起也查得到。正文里的照片，可以
    写在文件名后面，例如 ![读报](现场.jpg "向群村提供")；也可以在「照片」里写一项，不会重复显示。

    错误：照片: [{文件: 现场.jpg, 说明: 志愿者为老人读报}]

    正确：照片: [{文件: 现场.jpg, 说明: 志愿者为老人读报, 来源: 向群村党总支提供}]
    """
    said: set[tuple[Entry, str]] = set()
    for use in _uses(graph):
        credit = use.title or (use.photo is not None and use.photo.credit)
        if use.file and not credit and (use.entry, use.file) not in said:
            said.add((use.entry, use.file))
            help = "请在这一项里写上「来源」，例如「来源: 向群村党总支提供」"
            if use.photo is None:
                help = f'请在文件名后面写上来源，例如 ({short(use.name)} "向群村党总支提供")'
            message = f"照片「{short(use.name)}」没有写来源"
            yield _of_use("IMG013", Severity.WARNING, use, message, help)


def unguarded(graph: Graph) -> Iterator[Diagnostic]:
    """照片里有未成年人，没有监护人同意

    未成年人的肖像属于个人信息，公开要由父母或者其他监护人同意；不满十四周岁的，个人信息是敏感个人信息
    （《中华人民共和国个人信息保护法》第二十八条、第三十一条）。没有写明依据的照片不会公开，在别的记录里也一样。

    错误：未成年人: 有

    正确：未成年人: 有，并写「监护人同意: 2025 年 6 月签署同意书，村委会存档」
    """
    for entry, index, photo in _listed(graph):
        if photo.minors == MINORS and photo.guardian_consent is None:
            yield entry.report(
                "IMG014",
                Severity.ERROR,
                ("photos", index, "minors"),
                f"照片「{short(photo.file)}」里有未成年人，没有写监护人同意",
                "请写上「监护人同意」的依据（不会公开）；或者遮住面部，改成「已遮挡」；或者换一张",
            )


def unreviewed(graph: Graph) -> Iterator[Diagnostic]:
    """地图没有审图号

    向社会公开的地图要经过审核，并标注审图号；景区图、街区图、地铁线路图等内容简单的除外（《地图管理条例》）。
    画了国界、行政区域界线的都要审核。没有审图号的地图不会公开，在别的记录里也一样。

    错误：地图: 是

    正确：地图: 是，并写「审图号: GS(2024)1234号」；标准地图可以从自然资源部的网站下载
    """
    for entry, index, photo in _listed(graph):
        typed = ("photos", index, "review_number") in entry.paths
        if photo.map == "是" and photo.review_number is None and not typed:
            yield entry.report(
                "IMG015",
                Severity.ERROR,
                ("photos", index, "map"),
                f"「{short(photo.file)}」是地图，没有写审图号",
                "请写上地图上印的「审图号」；没有审图号的地图不能公开，请换成标准地图",
            )


def bad_number(graph: Graph) -> Iterator[Diagnostic]:
    """审图号的写法不对

    审图号印在地图的边上，由批准的部门、年份和序号组成。

    错误：审图号: 2024 年批准

    正确：审图号: GS(2024)1234号，或者 苏S(2024)12号
    """
    yield from graph.found("IMG016")


def no_consent(graph: Graph) -> Iterator[Diagnostic]:
    """人物有照片，没有写授权

    公开一个人的肖像，要经过本人同意（《中华人民共和国民法典》第一千零一十九条）；人已去世的，听近亲属的意见
    （第九百九十四条）。「授权」写明依据，只存在这里，不会公开。

    错误：人物有照片，没有「授权」

    正确：授权: 2025 年 3 月本人签署肖像使用授权书，文明实践所存档
    """
    told: set[Entry] = set()
    for use in _uses(graph):
        record = use.entry.record
        if not isinstance(record, Figure) or record.type != "个人" or record.consent is not None:
            continue
        if use.file and use.entry not in told:
            told.add(use.entry)
            yield _of_use(
                "IMG017",
                Severity.WARNING,
                use,
                f"「{short(record.title)}」有照片，没有写授权",
                "请加上「授权」，写明本人（或近亲属）何时、怎样同意公开照片；这一项不会公开",
            )


RULES = MappingProxyType(
    {
        "IMG001": missing,
        "IMG002": outside,
        "IMG012": placeholder,
        "IMG013": no_credit,
        "IMG014": unguarded,
        "IMG015": unreviewed,
        "IMG016": bad_number,
        "IMG017": no_consent,
    }
)


def _listed(graph: Graph) -> Iterator[tuple[Entry, int, Photo]]:
    for entry in graph.pictured:
        for index, photo in enumerate(entry.record.photos):
            yield entry, index, photo


def _uses(graph: Graph) -> Iterator[Use]:
    """Yield every place where a record shows a picture, its list first."""
    for entry in graph.pictured:
        scan = graph.scans.get(entry)
        about: dict[str, Photo] = {}
        for index, photo in enumerate(entry.record.photos):
            file = graph.album.find(entry, photo.file).file
            about.setdefault(file, photo)
            path = ("photos", index, "alt")
            span, label = entry.span(*path), entry.label(*path)
            yield Use(entry, photo.file, photo.alt, span, label, file, photo)
        for image in scan.images if scan is not None else ():
            file = graph.album.find_target(entry, image.target).file
            span = entry.body_span(image.start, image.end)
            item = about.get(file) if file else None
            yield Use(entry, image.target, image.alt, span, "正文", file, item, image.title)


def _says_nothing(use: Use) -> bool:
    text = unicodedata.normalize("NFKC", use.alt).casefold()
    stem = unicodedata.normalize("NFKC", PurePosixPath(use.name).stem).casefold()
    words = _MARKS.sub("", text)
    if _PLACEHOLDER.fullmatch(words) or re.search(r"\.(?:jpe?g|png|gif|webp|heic|svg)$", text):
        return True
    # A name that says something may serve as the words; one that a camera gave may not.
    return words == _MARKS.sub("", stem) and not re.search("[\u4e00-\u9fff]{2}", words)


def _of_use(code: str, severity: Severity, use: Use, message: str, help: str) -> Diagnostic:
    return Diagnostic(code, severity, use.entry.file, use.span, use.label, message, help)


def _at_file(code: str, entry: Entry, index: int, message: str, help: str) -> Diagnostic:
    return entry.report(code, Severity.ERROR, ("photos", index, "file"), message, help)

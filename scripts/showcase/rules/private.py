"""Rules about the private data of people, wherever it stands.

Whole files are looked at, not fields: what stands in a comment, an unknown field or below a fault
of syntax is in the repository as well. What a reader will see is an error. What stays in the
office (``备注``, ``授权``, comments, the wording of terms) is a warning: it is never published, but
every copy of the files has it. So is the contact that the settings name, since an office may have
decided so and the settings know no exemption.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from showcase.diagnostics import START, Diagnostic, Severity
from showcase.graph import Graph
from showcase.layout import SETTINGS, TERMS
from showcase.personal import Sort
from showcase.rules.where import Place, Places
from showcase.source import Document

_MASK = "请删除，或遮住中间几位"


def identity_number(graph: Graph) -> Iterator[Diagnostic]:
    """出现了居民身份证号

    身份证号公开以后收不回来，会被用来冒名办事和诈骗。18 位的号码按校验码核对（GB 11643-1999），
    15 位的旧号码按地区和出生日期核对。全角数字、中间加空格或看不见的字符，都认得出来。

    错误：张某，身份证号是完整的 18 位数字

    正确：3205**********1234
    """
    yield from _found(
        graph, "PII001", Sort.IDENTITY, "居民身份证号", f"{_MASK}，写成 3205**********1234"
    )


def mobile_number(graph: Graph) -> Iterator[Diagnostic]:
    """出现了手机号

    个人的手机号公开以后，会招来骚扰和诈骗。公开的联系方式请用办公电话。

    错误：联系人的手机号写了完整的 11 位数字

    正确：138****1234，或者 0631-6651234
    """
    yield from _found(
        graph, "PII002", Sort.MOBILE, "手机号", f"{_MASK}（138****1234），或换成办公电话"
    )


def bank_card(graph: Graph) -> Iterator[Diagnostic]:
    """出现了银行卡号

    卡号按校验位（ISO/IEC 7812-1）和发卡行的开头核对。

    错误：捐款账号是个人银行卡的完整卡号

    正确：6222 **** **** 1234
    """
    yield from _found(graph, "PII003", Sort.CARD, "银行卡号", f"{_MASK}，写成 6222 **** **** 1234")


def passport(graph: Graph) -> Iterator[Diagnostic]:
    """出现了护照或通行证的号码

    护照、往来港澳台通行证和身份证一样，号码不应当公开。

    错误：护照号写了完整的一个字母和八位数字

    正确：E****5678
    """
    yield from _found(
        graph, "PII004", Sort.PASSPORT, "护照或通行证号码", f"{_MASK}，写成 E****5678"
    )


def number_plate(graph: Graph) -> Iterator[Diagnostic]:
    """出现了车牌号

    由车牌可以查到车主，也可以跟到家门口。

    错误：志愿者驾驶的车辆写了完整的车牌号

    正确：志愿者驾驶自家的车，或者 苏E***45
    """
    yield from _found(graph, "PII005", Sort.PLATE, "车牌号", f"{_MASK}，写成 苏E***45")


def home_address(graph: Graph) -> Iterator[Diagnostic]:
    """出现了家庭住址

    住在哪个镇、哪个村可以写；门牌、楼幢、房号、村民小组里的户号不要写。阵地的「地址」、服务的
    「联系」和网站的联系地址是公开的办公地点，不在此列；层级是「户」的阵地就是人家，会提醒。

    错误：写出了家住哪条路几号几幢几室

    正确：家住乐余镇向群村
    """
    yield from _found(graph, "PII006", Sort.HOME, "家庭住址", "请只写到镇（街道）或村（社区）")


def private_mailbox(graph: Graph) -> Iterator[Diagnostic]:
    """出现了个人邮箱

    QQ、163、Gmail 等是个人用的邮箱，QQ 邮箱还会透露 QQ 号、手机号。公开的联系方式请用公务邮箱。

    错误：联系邮箱是数字开头的 QQ 邮箱

    正确：单位域名的邮箱（以 gov.cn 等结尾），或者不写
    """
    yield from _found(graph, "PII007", Sort.MAILBOX, "个人邮箱", "请删除，或换成单位的公务邮箱")


def _found(graph: Graph, code: str, sort: Sort, what: str, help: str) -> Iterator[Diagnostic]:
    places = Places(graph)
    for file, found in graph.private.items():
        document = graph.documents[file]
        for one in found:
            if one.sort is not sort:
                continue
            place = places.at(document, one.start)
            severity = _severity(document, place, sort)
            if severity is not None:
                label = place.label if place else ""
                message = f"「{label}」里有{what}" if label else f"这里有{what}"
                span = document.first_line(one.start, one.end)
                advice = _advice(document, place, code, help)
                yield Diagnostic(code, severity, file, span, label, message, advice)
    yield from _in_names(graph, code, sort, what)


def _in_names(graph: Graph, code: str, sort: Sort, what: str) -> Iterator[Diagnostic]:
    """Yield what the names of files and folders give away."""
    for file, found in graph.private_names.items():
        if any(one.sort is sort for one in found):
            help = "请给它改名，用不含个人信息的名字"
            message = f"文件或文件夹的名字里有{what}"
            yield Diagnostic(code, Severity.ERROR, file, START, "", message, help)


def _severity(document: Document, place: Place | None, sort: Sort) -> Severity | None:
    """Return how much it counts, ``None`` where it is meant to be known."""
    if _stays_inside(document, place):
        return Severity.WARNING
    public = place is not None and place.name in ("address", "contact")
    if sort is Sort.HOME and place is not None and public:
        household = place.entry is not None and place.entry.record.stated("tier") == "户"
        return Severity.WARNING if household else None
    return Severity.WARNING if _is_contact_of_site(document, place) else Severity.ERROR


def _stays_inside(document: Document, place: Place | None) -> bool:
    """Tell whether nobody will be shown it: private fields, comments, the staff's wording.

    Where a file could not be read, what is a comment is not known either.
    """
    if place is None:
        return document.sound
    return place.private or document.file == TERMS


def _is_contact_of_site(document: Document, place: Place | None) -> bool:
    return document.file == SETTINGS and place is not None and place.path[:1] == ("contact",)


def _advice(document: Document, place: Place | None, code: str, help: str) -> str:
    if _stays_inside(document, place):
        return f"{help}；这里的文字不会公开，但会随文件一起保存和传送"
    if document.file == SETTINGS:
        return f"{help}；确实要公开的，请先征得本人同意"
    return f"{help}；确实应当公开的，请在「豁免」里写明规则 {code} 和原因"


RULES = MappingProxyType(
    {
        "PII001": identity_number,
        "PII002": mobile_number,
        "PII003": bank_card,
        "PII004": passport,
        "PII005": number_plate,
        "PII006": home_address,
        "PII007": private_mailbox,
    }
)

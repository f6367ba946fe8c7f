"""Rules about the site's settings: the numbers and addresses that stand in every page's footer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from showcase.diagnostics import Diagnostic, Severity
from showcase.graph import Graph
from showcase.model.types import shown
from showcase.pattern import pattern

_PROVINCES = MappingProxyType(
    dict(
        zip(
            "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新",
            (
                *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35"),
                *("36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54"),
                *("61", "62", "63", "64", "65"),
            ),
            strict=True,
        )
    )
)
"""The short names of provinces and the first digits of their codes (GB/T 2260). In filing numbers
黔 and 滇, 陇 and 秦 give way to 贵, 云, 甘 and 陕."""

_ONE = f"[{''.join(_PROVINCES)}]"
_ICP = pattern(rf"{_ONE}ICP[备证]\d{{5,10}}号(-\d{{1,3}}[A-Z]?)?", re.ASCII)
_POLICE = pattern(rf"(?P<short>{_ONE})公网安备(?P<area>\d{{2}})\d{{12}}号", re.ASCII)
_POLICE_DIGITS = 14
_CODE = pattern(r"\d{10}|bm\d{8}", re.ASCII)
_EMAIL = pattern(r"[\w.+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}", re.ASCII)
_PHONE = pattern(
    r"((\+86-?0?\d{2,3}-?|\(0\d{2,3}\)|0\d{2,3}-?)?\d{7,8}|400-?\d{3}-?\d{4}|1\d{10}|\d{5,6})"
    r"((-|转)\d{1,6})?",
    re.ASCII,
)
_SEVERAL = pattern(r"[、，,;；/]")
_BRACKETS = str.maketrans("（）－—", "()--")


def icp_number(graph: Graph) -> Iterator[Diagnostic]:
    """ICP 备案号的写法不对

    网站底部的备案号会链接到工业和信息化部的备案系统，写错了就查不到。还没有备案号的，不要写这一行。

    错误：备案号: 苏ICP12345678

    正确：备案号: 苏ICP备12345678号-1
    """
    text = graph.site.record.icp
    if text and not _ICP.fullmatch(_tight(text)):
        help = "写成 苏ICP备12345678号-1 这样；还没有备案号，就删掉这一行"
        yield graph.site.report(
            "SET001", Severity.ERROR, ("icp",), f"{shown(text)}不像 ICP 备案号", help
        )


def police_number(graph: Graph) -> Iterator[Diagnostic]:
    """公安备案号的写法不对

    公安备案号由省的简称、「公网安备」和 14 位数字组成，前两位数字是省的代码。
    底部的链接按这 14 位数字查询，错一位就查不到。

    错误：公安备案号: 苏公网安备 3205820200001号

    正确：公安备案号: 苏公网安备 32058202000001号
    """
    text = graph.site.record.police
    if not text:
        return
    found = _POLICE.fullmatch(_tight(text))
    if found is None:
        digits = sum(character.isdigit() for character in text)
        counted = f"，数字有 {digits} 位，应当是 14 位" if digits != _POLICE_DIGITS else ""
        message = f"{shown(text)}不像公安备案号{counted}"
        help = "写成 苏公网安备 32058202000001号 这样；还没有备案号，就删掉这一行"
        yield graph.site.report("SET002", Severity.ERROR, ("police",), message, help)
    elif found["area"] != _PROVINCES[found["short"]]:
        right = _PROVINCES[found["short"]]
        message = (
            f"{shown(text)}的数字以 {found['area']} 开头，而「{found['short']}」的代码是 {right}"
        )
        yield graph.site.report(
            "SET002", Severity.ERROR, ("police",), message, "请对照备案证明核对"
        )


def site_code(graph: Graph) -> Iterator[Diagnostic]:
    """网站标识码的写法不对

    政府网站标识码是 10 位数字，国务院部门的是 bm 加 8 位数字。

    错误：标识码: 320582000

    正确：标识码: 3205820001
    """
    text = graph.site.record.code
    if text and not _CODE.fullmatch(_tight(text)):
        message = f"{shown(text)}不像政府网站标识码"
        help = "写 10 位数字（国务院部门是 bm 加 8 位数字）；没有标识码，就删掉这一行"
        yield graph.site.report("SET003", Severity.ERROR, ("code",), message, help)


def telephone(graph: Graph) -> Iterator[Diagnostic]:
    """电话号码的写法认不出来

    读者在手机上点一下就会拨号，所以只写号码，几个号码之间用顿号隔开。

    错误：电话: 请拨打办公室电话

    正确：电话: 0512-12345678
    """
    contact = graph.site.record.contact
    text = contact.phone if contact is not None else None
    for number in _SEVERAL.split(text) if text else ():
        if not _PHONE.fullmatch(_tight(number).translate(_BRACKETS)):
            message = f"{shown(number)}不像电话号码" if number.strip() else "有一个电话号码是空的"
            help = "只写号码，例如 0512-12345678；几个号码之间用「、」隔开"
            yield graph.site.report("SET004", Severity.WARNING, ("contact", "phone"), message, help)


def email(graph: Graph) -> Iterator[Diagnostic]:
    """邮箱的写法不对

    读者点一下就会写信，写错了信就寄不到。只写一个邮箱。

    错误：邮箱: office#example.gov.cn

    正确：邮箱: office@example.gov.cn
    """
    contact = graph.site.record.contact
    text = contact.email if contact is not None else None
    if text and not _EMAIL.fullmatch(text.strip()):
        help = "写成 office@example.gov.cn 这样，用半角的 @ 和点"
        yield graph.site.report(
            "SET005", Severity.ERROR, ("contact", "email"), f"{shown(text)}不像邮箱", help
        )


def _tight(text: str) -> str:
    return "".join(text.split())


RULES = MappingProxyType(
    {
        "SET001": icp_number,
        "SET002": police_number,
        "SET003": site_code,
        "SET004": telephone,
        "SET005": email,
    }
)

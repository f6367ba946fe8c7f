"""What the audit looks for: a permanent code each, why it matters, what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from showcase.diagnostics import START, Diagnostic, Severity, Span

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
FAMILY, FAMILY_NAME = "AUD", "成品网站"


class Check(Struct, frozen=True):
    """A check of the built site, as people read it."""

    title: str
    severity: Severity
    why: str
    help: str


def _table() -> dict[str, Check]:
    return {
        "AUD001": Check("站内链接打不开", _ERROR,
            "链接指向的网页或文件不在网站里，读者点开只会看到「没有找到」。链接、图片、样式、脚本、"
            "订阅和网站地图里的地址都查。",
            "请改正链接，或者补上它指向的内容"),
        "AUD002": Check("链接指向的位置不存在", _ERROR,
            "链接写了「#位置」，那一页却没有这个位置，读者会停在页首，找不到要看的那一段。",
            "请核对「#」后面的字，或者给那一段加上编号"),
        "AUD003": Check("HTML 不合规范", _ERROR,
            "标签没有成对、套错了、属性重复，浏览器只能猜，读屏软件往往猜错。依据是 HTML 标准。",
            "请改正生成这一段的模板或正文"),
        "AUD004": Check("同一页里有重复的编号（id）", _ERROR,
            "页内链接、目录和读屏软件靠编号找位置，重复的编号只认得第一个。",
            "请给其中一处换一个编号"),
        "AUD005": Check("几个网页的标题相同", _WARNING,
            "收藏夹、搜索引擎和读屏软件先报标题；标题相同，读者分不清是哪一页。",
            "请让标题说出这一页与别页不同的地方"),
        "AUD006": Check("成品里有个人信息", _ERROR,
            "身份证号、手机号、住址这些一旦公开就收不回来。网页、属性、检索索引、订阅、数据、图形里的文字"
            "和照片的附带信息都查。报告里不写出它的值。",
            "请在记录里删除或遮住，再重新生成；已经发布的，请尽快更换"),
        "AUD007": Check("不公开的记录露了出来", _ERROR,
            "草稿、撤下、没到日子和已过期的记录，名称、编号、拼音、正文都不应出现在成品的任何地方。"
            "公开的记录自己也用的字句不算。",
            "请重新生成网站；仍然出现的，说明是别处抄了它的文字"),
        "AUD008": Check("不公开的字段露了出来", _ERROR,
            "「授权」「备注」「豁免」的内容只供工作人员使用，任何成品里都不应有。",
            "请重新生成网站；仍然出现的，请检查模板"),
        "AUD009": Check("网页向别的网站要东西", _ERROR,
            "样式、脚本、图片、字体从别处加载，会把读者的来访告诉别人，别处一断网页就坏。",
            "请把文件放进本网站，改用站内地址"),
        "AUD010": Check("超出了体积限额", _WARNING,
            "手机和乡村网络上，网页越大越打不开。限额写在程序的一张表里（audit/budgets.py）。",
            "请缩小图片，或者精简页面"),
        "AUD011": Check("缺少语言、标题或描述", _ERROR,
            "没有语言，读屏软件不知道用什么口音；没有标题和描述，分享出去只是一个地址。",
            "请在模板或页面的开头补上"),
        "AUD012": Check("图片没有替代文字", _ERROR,
            "看不见图片的读者只能靠替代文字（alt）。只作装饰的图片，写空的 alt。",
            "请写 alt，说明图片里有什么"),
        "AUD013": Check("标题的层级不对", _WARNING,
            "读屏软件按标题跳读：一页应当有一个一级标题，往下不能跳级。",
            "请调整标题的级别"),
        "AUD014": Check("标题、链接或按钮是空的", _ERROR,
            "没有文字的链接，读屏软件只能念出地址；空标题让人以为缺了内容。",
            "请写上文字，或者删掉它"),
        "AUD015": Check("没有人用到的文件", _WARNING,
            "从首页一路点下去到不了，也不在网站地图里：多半是上次生成留下的，"
            "可能含有已撤下的内容。",
            "请重新生成整个网站；确实要留的，请从别的页面链接到它"),
        "AUD016": Check("订阅文件不合规范", _ERROR,
            "阅读器严格按 RFC 4287（Atom）和 RFC 3339（时间）读，缺一项就订阅不了。",
            "请检查生成订阅的程序"),
        "AUD017": Check("日历文件不合规范", _ERROR,
            "手机日历严格按 RFC 5545 读，行尾、编号、起止日期错一处，整个日历都加不进去。",
            "请检查生成日历的程序"),
        "AUD018": Check("网站地图或清单与网页对不上", _ERROR,
            "搜索引擎照网站地图收录，地址清单保证老链接不断；漏了、多了都会出错。",
            "请重新生成整个网站"),
        "AUD019": Check("发布日期在将来", _WARNING,
            "网站地图、订阅里的更新时间晚于今天，会被当作伪造的发稿日期。预告的活动日期不在此列。",
            "请核对日期和电脑的时钟"),
        "AUD020": Check("空白栏目", _WARNING,
            "栏目点进去什么也没有。政府网站检查中，空白栏目达到 5 个即单项否决。",
            "请补充内容，或者先不设这个栏目"),
        "AUD021": Check("首页长期没有更新", _WARNING,
            "政府网站检查中，监测两周首页无更新即单项否决。只对填了「标识码」的网站查。",
            "请及时发布新的活动和数据"),
        "AUD022": Check("成品里有电脑的路径、用户名或内网地址", _ERROR,
            "路径、用户名、内网主机名是攻击者想知道的，也说明有调试内容混进了成品。",
            "请找到写入它的地方，删掉再生成"),
        "AUD023": Check("网页做不到自己的内容安全策略", _ERROR,
            "策略（CSP）禁止了行内脚本、行内事件或行内样式，网页里却有：浏览器会拦下，功能就坏了。"
            "行内事件和 javascript: 链接在任何网页里都不应有。",
            "请把脚本、样式移到文件里，或者在策略里写上它的哈希"),
        "AUD024": Check("两次生成的结果不一样", _ERROR,
            "同样的内容应当生成逐字节相同的网站，否则无法核对成品有没有被人动过。",
            "请检查生成这个文件的程序：时间、时区、文件顺序都不应影响结果"),
        "AUD025": Check("文件读不了或不该在这里", _ERROR,
            "链接（快捷方式）会指到网站外面；文字文件不是 UTF-8 会显示成乱码；临时文件不应发布。",
            "请删除它，或者换成普通的 UTF-8 文件"),
        "AUD026": Check("照片带着拍摄信息", _ERROR,
            "照片里可能藏着拍摄地点、时间、设备和作者（EXIF、XMP、IPTC 等），发布前应当去掉。",
            "请用本程序处理照片，或者另存为不带信息的文件"),
        "AUD027": Check("数据文件不合规范", _ERROR,
            "JSON 读不出、表格列数不一、单元格以「=」「+」「@」开头会被表格软件当作公式。",
            "请检查生成数据的程序"),
        "AUD028": Check("应当消失的名字还在", _ERROR,
            "用 --absent 指定的名字，连同繁体、拼音和各种转义的写法，"
            "都不应出现在成品的任何一个字节里。",
            "请改写仍然提到它的内容，再重新生成"),
    }  # fmt: skip


CHECKS: Mapping[str, Check] = MappingProxyType(_table())
"""Every check by its permanent code; a code is never reused for another fault."""


def found(code: str, file: str, message: str, span: Span = START, help: str = "") -> Diagnostic:
    """Return what a check found in a file of the site (its path from the site's root)."""
    check = CHECKS[code]
    return Diagnostic(code, check.severity, file, span, "", message, help or check.help)


def explanation(code: str) -> str:
    """Return the page of a check, for people; raises ``KeyError`` for an unknown code."""
    check = CHECKS[code]
    return f"{check.title}\n\n{check.why}\n\n怎么办：{check.help}。"

"""The words around a number, which tell what it is."""

from __future__ import annotations

import re

from showcase.pattern import pattern

_GAP = r"[^0-9\n。；;，,]{0,8}$"
_PHONE = pattern(
    "(?:电话|電話|手机|手機|(?<![单單票批])号码|(?<![单單票批])號碼|联系|聯繫|联络|聯絡|致电|致電|拨打|撥打"
    "|微信|短信|热线|熱線|☎|📞|📱|(?<![A-Za-z])(?:tel|phone|mobile|mob|cell|wechat|wx|vx))" + _GAP,
    re.IGNORECASE,
)
_SERIAL = pattern(
    "(?:订单|訂單|运单|運單|单号|單號|流水|发票号|發票號|凭证号?|票号|票號|票据号?|票據號?|批号|批號"
    "|条码|條碼|货号|貨號|型号|型號|文号|文號|合同号|合同编号|序列号|序列號|注册号|登记号"
    "|(?<![A-Za-z.])(?:ISBN|ISSN|DOI|S/?N|order(?: ?no)?))(?:码|碼)?[^0-9\n。；;，,]{0,6}$",
    re.IGNORECASE,
)
_NUMBERED = pattern(
    "(?:编号|編號|编码|代码|档案号|(?<![A-Za-z])No\\.?)[^0-9\n。；;，,]{0,4}$", re.IGNORECASE
)
_DOCUMENT = pattern(
    "(?:(?<!身份)[证證]号|受理号|[备備]案号|案号|卷号|稿号|档号|[阅閱][读讀]量|播放量|点击量|浏览量|访问量)"
    "[^0-9\n。；;，,]{0,4}$|(?:第|[〕\\]］）)] ?第?) ?$"
)
_PAPERS = pattern(
    "(?:护照|護照|通行证|通行證|回乡证|回鄉證|台胞证|臺胞證|证件|證件|passport|permit)"
    r"[^\n。；;]{0,12}$",
    re.IGNORECASE,
)
_CREDIT = pattern("(?:信用代码|信用代碼|税号|稅號|纳税人识别号|机构代码)" + _GAP)
_ADDRESS = pattern(r"(?:https?://|www\.)[^\s<>\"'()（）\[\]，。；、\u4e00-\u9fff]*$", re.IGNORECASE)
_AMOUNT = pattern(
    " ?(?:元|美元|港元|人次|公里|公顷|吨|平方|立方|字节|千瓦|％|%)"
    "|(?:万|萬|亿|億|亩|度| ?次(?![日月年])|件|株|[个個](?!人))"
)
_MONEY = pattern(r"[¥￥$€£]\s?$")
_REACH = 24


def says_phone(text: str, start: int) -> bool:
    """Tell whether the words before a place announce a telephone number."""
    return _PHONE.search(_before(text, start)) is not None


def says_serial(text: str, start: int) -> bool:
    """Tell whether the words before announce an order, an invoice, a book, a document."""
    return _SERIAL.search(_before(text, start)) is not None


def says_numbered(text: str, start: int) -> bool:
    """Tell whether the words before announce any other numbering."""
    return says_serial(text, start) or _NUMBERED.search(_before(text, start)) is not None


def names_document(text: str, start: int, end: int) -> bool:
    """Tell whether eleven digits are the number of a document, or a count of readers."""
    match = _DOCUMENT.search(_before(text, start))
    if match is None:
        return says_numbered(text, start)
    return match[0][0] not in "第〕]］）)" or text[end : end + 1] in ("号", "號")


def says_papers(text: str, start: int) -> bool:
    """Tell whether the words before announce a passport or a travel permit."""
    return _PAPERS.search(_before(text, start)) is not None


def says_credit_code(text: str, start: int) -> bool:
    """Tell whether the words before announce an organisation's code."""
    return _CREDIT.search(_before(text, start)) is not None


def is_amount(text: str, start: int, end: int) -> bool:
    """Tell whether a number is a sum of money or a count of something."""
    return _AMOUNT.match(text, end) is not None or _MONEY.search(_before(text, start)) is not None


def in_web_address(text: str, start: int) -> bool:
    """Tell whether a place lies within a web address: its numbers name articles and pictures."""
    return _ADDRESS.search(text, max(0, start - 400), start) is not None


def _before(text: str, start: int) -> str:
    return text[max(0, start - _REACH) : start]

"""Home addresses: house, flat or group of a village, said of somebody's home.

A venue has a street and a number as well. What makes an address a home is a word that says so
(家住, 户籍地址), a flat in a housing estate, or a house within a group of a village.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from showcase.personal.found import Found, Sort

_NUMBER = "(?:[0-9]{1,5}|[一二三四五六七八九十百零〇]{1,5})"
_LIVES = (
    "(?:家住|(?<!发)现住|(?<!發)現住|居住在|居住于|居住於|住在|租住|住址|家庭地址|户籍地|戶籍地|户口所在地"
    "|户籍所在地|戶籍所在地)"
)
_HOUSE = (
    f"(?<![月第]){_NUMBER}(?:号楼|號樓|号院|号(?![召文令线楼院])|號(?![召文令線樓院])"
    "|弄|幢|栋|棟|单元|單元|室)"
)
_HOME = re.compile(
    f"{_LIVES}[^\n。；;，,！？]{{0,40}}?{_HOUSE}(?:[^\n。；;，,！？]{{0,8}}?{_HOUSE}){{0,4}}"
)
_REGISTERED = re.compile(
    "(?:住址|家庭地址|户籍地|戶籍地|户口所在地|户籍所在地|戶籍所在地)"
    f"[^\n。；;！？]{{0,30}}?(?:村|社区|社區|屯|庄|寨)第?{_NUMBER}(?:村民小)?[组組队隊社]"
)
_FLAT = re.compile(
    "[0-9]{1,4}(?:号楼|號樓|号院|幢|栋|棟|座|弄 ?[0-9]{1,4}[号號])[ -]?"
    "(?:[0-9一二三四五六七八九十]{1,3}(?:单元|單元))?[ -]?[0-9]{2,5}[室号號]"
    "|[0-9]{1,3}(?:单元|單元) ?[0-9]{2,5}[室号號]?"
)
_ESTATE = re.compile(
    "(?:小区|小區|社区|社區|新村|花园|花園|花苑|公寓|家园|家園|佳苑|[\u4e00-\u9fff]苑|弄|村"
    "|[路街巷道] ?[0-9]{1,5} ?[号號])[^\n。；;，,]{0,12}$"
)
_IN_GROUP = re.compile(
    f"(?<=[0-9一二三四五六七八九十])(?:村民小)?[组組队隊] ?{_NUMBER}[号號](?![召文令选])"
)
_VILLAGE = re.compile(f"[\u4e00-\u9fff]{{1,10}}(?:村|社区|社區|屯|庄|寨|湾|里) ?第?(?:{_NUMBER})$")
_PUBLIC = re.compile(
    "中心|大厦|大楼|写字楼|办公|学校|大学|学院|中学|小学|幼儿园|医院|卫生|酒店|宾馆|会议|活动室"
    "|政府|机关|委员会|村委|居委|园区|产业园|商场|广场|[书展文体育技术史]馆|[务实践作]站|基地|公司"
    "|敬老院|养老院|福利院|法院|检察院|派出所"
)
_REACH = 40


def homes(text: str) -> Iterator[Found]:
    """Yield the home addresses of a folded text; they may overlap."""
    for pattern in (_HOME, _REGISTERED):
        for match in pattern.finditer(text):
            if not _PUBLIC.search(match[0]):
                yield Found(match.start(), match.end(), Sort.HOME)
    for match in _FLAT.finditer(text):
        before = _before(text, match.start())
        estate = _ESTATE.search(before)
        if (estate or "弄" in match[0]) and not _PUBLIC.search(before):
            # The house before the flat is a part of the address.
            start = match.start() - (len(estate[0]) if estate else 0)
            yield Found(start, match.end(), Sort.HOME)
    for match in _IN_GROUP.finditer(text):
        village = _VILLAGE.search(_before(text, match.start()))
        if village is not None:
            start = match.start() - len(village[0])
            yield Found(start, match.end(), Sort.HOME)


def _before(text: str, start: int) -> str:
    """Return what stands before a place in the same sentence."""
    before = text[max(0, start - _REACH) : start]
    return re.split("[\n。；;，,！？]", before)[-1]

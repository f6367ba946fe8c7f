"""Home addresses: house, flat or group of a village, said of somebody's home.

A venue has a street and a number as well. What makes an address a home is a word that says so
(家住, 户籍地址), a flat in a housing estate, or a house within a group of a village.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from showcase.pattern import pattern
from showcase.personal.found import Found, Sort

_GAP = "[ \t\u00a0\u3000]{0,2}"
"""What people set between a number and the characters beside it."""
_DIGITS = "0-9一二三四五六七八九十百零〇"
_NUMBER = f"(?:[0-9]{{1,5}}|[{_DIGITS[3:]}]{{1,5}})"
_STAY = "[^\n。；;，,！？]"
"""Anything in the same part of a sentence."""
_WHERE = (
    "(?:路|街|巷|胡同|道|弄|村|屯|庄|寨|社区|社區|小区|小區|花园|花園|花苑|公寓|家园|家園|佳苑|苑"
    "|[组組队隊])"
)
_DWELLS = "住址|家庭地址|户籍地|戶籍地|户口所在地|户籍所在地|戶籍所在地"
_NO_HOME = "国國大专專作画畫企商厂廠"
"""Before 家: 国家, 大家, 专家 …"""
# What begins with characters, and looks back behind them, is found quickly.
_LIVES = (
    f"(?:家住|现住(?<!发现住)|現住(?<!發現住)|现居(?<!发现居)(?![民委])|現居(?<!發現居)(?![民委])"
    f"|居住在|居住于|居住於|居住地|住在|租住|{_DWELLS}|家在(?<![{_NO_HOME}]家在)"
    f"|家：(?<=[\u4e00-\u9fff]家：)(?<![{_NO_HOME}]家：)|家:(?<=[\u4e00-\u9fff]家:)(?<![{_NO_HOME}]家:)"
    "|家里：|家中：|老人住所|本人住所|个人住所|某住所"
    # 住所 is also where a company is registered.
    f"|住所(?=[：:]{_STAY}{{0,16}}(?:小区|小區|花园|花園|花苑|公寓|家园|家園|佳苑|新村)))"
)
# 住 alone is a part of many words: what lives there must live at a street or in an estate.
_STAYS = (
    "住(?<![居入记記抓守保顶頂稳穩留挡擋堵拦攔站围圍捂困扛卡锁鎖拉扶抱捉盯控关關握忍管接按压壓盖蓋护護]住)"
    "(?![宅房户戶院建宿持民校地所址])"
)
_HOUSE = (
    f"(?<![月第{_DIGITS}])(?<![月第][ \u3000]){_NUMBER}{_GAP}(?:号楼|號樓|号院|号(?![召文令线楼院])"
    "|號(?![召文令線樓院])|弄|幢|栋|棟|单元|單元|室)"
)
_MORE_HOUSES = f"(?:{_STAY}{{0,8}}?{_HOUSE}){{0,4}}"
_HOME = pattern(f"{_LIVES}{_STAY}{{0,40}}?{_HOUSE}{_MORE_HOUSES}")
_STAYS_AT = pattern(f"{_STAYS}{_STAY}{{1,16}}?{_WHERE}{_STAY}{{0,8}}?{_HOUSE}{_MORE_HOUSES}")
_REGISTERED = pattern(
    f"(?:{_DWELLS})[^\n。；;！？]{{0,30}}?"
    f"(?:村|社区|社區|屯|庄|寨){_GAP}第?{_GAP}{_NUMBER}{_GAP}(?:村民小)?[组組队隊社]"
)
_FLAT = pattern(
    f"[0-9][0-9]{{0,3}}(?:{_GAP}(?:号楼|號樓|号院|幢|栋|棟|座|弄{_GAP}[0-9]{{1,4}}{_GAP}[号號])-?{_GAP}"
    f"(?:[0-9一二三四五六七八九十]{{1,3}}{_GAP}(?:单元|單元))?-?{_GAP}[0-9]{{2,5}}{_GAP}[室号號]"
    # The flat's number alone, where nothing follows that it could count.
    "|(?:号楼|號樓|幢|栋|棟)-?[1-9][0-9]{2,3}(?=[房收，。；、,;）)\n]|$)"
    f"|{_GAP}(?:单元|單元){_GAP}[0-9]{{2,5}}(?:{_GAP}[室号號])?)"
)
_ESTATE = pattern(
    "(?:小区|小區|社区|社區|新村|花园|花園|花苑|公寓|家园|家園|佳苑|[\u4e00-\u9fff]苑|弄|村"
    f"|[路街巷道]{_GAP}[0-9]{{1,5}}{_GAP}[号號])[^\n。；;，,]{{0,12}}$"
)
_IN_GROUP = pattern(f"[组組队隊]{_GAP}{_NUMBER}{_GAP}[号號](?![召文令选])")
_VILLAGE = pattern(
    f"[\u4e00-\u9fff]{{1,10}}(?:村|社区|社區|屯|庄|寨|湾|里){_GAP}第?{_GAP}{_NUMBER}{_GAP}(?:村民小)?$"
)
# 向群村18号王大爷家: the person makes it a home.
_SOMEBODY_S = pattern(
    f"(?:村|屯|庄|寨|路|街|巷|弄|胡同|小区|小區){_GAP}{_NUMBER}{_GAP}[号號](?:楼|樓|院)?{_GAP}的?"
    "[\u4e00-\u9fff]{1,3}(?:(?:大爷|大爺|大妈|大媽|大娘|大叔|大婶|大嫂|大哥|大姐|奶奶|爷爷|爺爺|阿姨"
    "|老人|先生|女士|师傅|師傅|老师|老師|同志)的?家|某?的?家[中里])"
)
_PUBLIC = pattern(
    "中心|大厦|大楼|写字楼|办公|学校|大学|学院|中学|小学|幼儿园|医院|卫生|酒店|宾馆|会议|活动室"
    "|政府|机关|委员会|村委|居委|园区|产业园|商场|广场|[书展文体育技术史]馆|[务实践作]站|基地|公司"
    "|敬老院|养老院|福利院|法院|检察院|派出所"
)
_SIGNS = (*"号號弄幢栋棟室座址", "单元", "單元", "籍地", "所在地")
"""One of these is in every address: most texts need not be searched for all that is around it."""
_REACH = 40


def homes(text: str) -> Iterator[Found]:
    """Yield the home addresses of a folded text; they may overlap."""
    if not any(sign in text for sign in _SIGNS):
        return
    for one in (_HOME, _STAYS_AT, _REGISTERED, _SOMEBODY_S):
        for match in one.finditer(text):
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

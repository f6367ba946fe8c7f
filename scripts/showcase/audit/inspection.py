"""Which rules of the inspection of government sites the audit covers, and which it cannot.

Source: 《政府网站与政务新媒体检查指标》（国务院办公厅秘书局，国办秘函〔2019〕19 号）, the vetoes of
its first part; dead links also stand in the earlier 《全国政府网站普查评分表》. The terms were
checked against inspection reports that offices have published. Only what can be told from files is
covered.
"""

from __future__ import annotations

from msgspec import Struct

SOURCE = "《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19 号）"


class Rule(Struct, frozen=True):
    """A rule of the inspection: its name, what it says, and the checks that look for it."""

    name: str
    says: str
    codes: tuple[str, ...] = ()
    note: str = ""


RULES = (
    Rule(
        "安全、泄密事故等严重问题（单项否决）",
        "泄露不应公开的信息、页面被挂马或篡改、伪造发稿日期等。",
        ("AUD006", "AUD007", "AUD008", "AUD009", "AUD019", "AUD022", "AUD023", "AUD026"),
        "表述错误、涉密内容要由人审读，程序查不了。",
    ),
    Rule(
        "站点无法访问（单项否决）",
        "监测 1 周，15 秒打不开的次数累计达到 5%。",
        ("AUD001", "AUD010"),
        "这里只查有没有首页、网页是否太大；服务器通不通，要在网上监测。",
    ),
    Rule("首页不更新（单项否决）", "监测 2 周，首页无信息更新。", ("AUD021",)),
    Rule(
        "栏目不更新（单项否决）",
        "其中空白栏目达到 5 个即否决。",
        ("AUD020",),
        "动态、通知类栏目的更新频率，要由人核对。",
    ),
    Rule(
        "互动回应差、服务不实用（单项否决）",
        "咨询渠道、留言答复、办事服务。",
        (),
        "程序查不了，要由人核对。",
    ),
    Rule(
        "链接可用性（扣分）",
        "首页和其他页面上不能打开或错误的链接、图片、附件。",
        ("AUD001", "AUD002"),
        "指向别的网站的链接不在这里查：审核不联网。",
    ),
)

"""Passports, travel permits, number plates and private mailboxes: told by their form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from showcase.pattern import pattern
from showcase.personal import around, checks
from showcase.personal.found import Found, Sort

# Electronic passports: E and eight digits, since 2017 E, a letter but I and O, seven digits; G the
# series before (National Immigration Administration). A form of their own: no word needed.
_PASSPORT = pattern(r"(?<![A-Za-z0-9_-])(?:[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7})(?![A-Za-z0-9_-])")
# Permits to and from Hong Kong, Macao and Taiwan (C, W, H, M, T, L), official and older passports:
# forms that many codes share, so a word before must say what they are.
_PERMIT = pattern(
    r"(?<![A-Za-z0-9])(?:[A-Z][A-HJ-NP-Z]?[ -]?[0-9](?:[ -]?[0-9]){6,9}|1[45][0-9]{7})"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_TAIWAN = pattern("(?:台胞[证證]|臺胞證)[^0-9\n。；;，,]{0,6}([0-9]{8})(?![0-9])")
_PROVINCES = (
    "京津沪滬渝冀豫云雲辽遼黑湘皖鲁魯新苏蘇浙赣贛鄂桂甘晋晉蒙陕陝吉闽閩贵貴粤粵青藏川宁寧琼瓊"
)
# GA 36-2018: province, authority, five characters (six for new energy), never I or O; a letter or a
# character at the end for special vehicles.
_PLATE = pattern(
    f"(?<![更最创全崭翻革重迎])[{_PROVINCES}] ?[A-HJ-NP-Z][ ·•.-]?"
    r"(?=[A-Z]{0,3}[0-9])(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[学挂警港澳领使試试超])"
    r"(?![A-Za-z0-9*-])(?!号文|号令|號文)",
    re.IGNORECASE,
)
_AT = pattern(r" ?(?:@|[(（\[【]at[)）\]】]|#at#) ?[*_]{0,2}", re.IGNORECASE)
_LOCAL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._%+-")
_DOMAIN = pattern(r"(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}")
_LONGEST_LOCAL = 64
_PRIVATE_DOMAINS = frozenset(
    {"qq.com", "foxmail.com", "163.com", "163.net", "126.com", "yeah.net", "188.com",
     "netease.com", "sina.com", "sina.cn", "sina.com.cn", "sohu.com", "139.com", "189.cn",
     "wo.cn", "21cn.com", "tom.com", "aliyun.com", "263.net", "eyou.com", "gmail.com",
     "googlemail.com", "outlook.com", "hotmail.com", "live.com", "live.cn", "msn.com", "msn.cn",
     "yahoo.com", "yahoo.cn", "yahoo.com.cn", "yahoo.com.hk", "yahoo.com.tw", "icloud.com",
     "me.com", "mac.com", "proton.me", "protonmail.com", "aol.com", "gmx.com", "mail.com",
     "yandex.com"}
)  # fmt: skip
"""Where individuals have their mailboxes: what an office uses is its own domain."""


def passports(text: str) -> Iterator[Found]:
    """Yield the numbers of passports and travel permits."""
    for match in _TAIWAN.finditer(text):
        yield Found(*match.span(1), Sort.PASSPORT)
    taken = 0
    for match in _PERMIT.finditer(text):
        if around.says_papers(text, match.start()):
            taken = match.end()
            yield Found(match.start(), taken, Sort.PASSPORT)
        elif match.start() >= taken and _is_passport(text, match.start()):
            yield Found(match.start(), match.end(), Sort.PASSPORT)


def _is_passport(text: str, start: int) -> bool:
    match = _PASSPORT.match(text, start)
    return (
        match is not None
        and not (match[0][1] in "12" and match[0][1:].isdigit() and checks.is_date(match[0][1:]))
        and not around.says_numbered(text, start)
        and not around.in_web_address(text, start)
    )


def plates(text: str) -> Iterator[Found]:
    """Yield the number plates of vehicles."""
    for match in _PLATE.finditer(text):
        yield Found(match.start(), match.end(), Sort.PLATE)


def mailboxes(text: str) -> Iterator[Found]:
    """Yield the mail addresses that individuals have."""
    for at in _AT.finditer(text):
        domain = _DOMAIN.match(text, at.end())
        if domain is None or not _is_private(domain[0].lower()):
            continue
        start = at.start()
        while start > max(0, at.start() - _LONGEST_LOCAL) and text[start - 1] in _LOCAL:
            start -= 1
        if start < at.start() and text[start - 1 : start] != "*":
            yield Found(start, domain.end(), Sort.MAILBOX)


def _is_private(domain: str) -> bool:
    return any(domain == known or domain.endswith(f".{known}") for known in _PRIVATE_DOMAINS)

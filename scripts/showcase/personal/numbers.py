"""Numbers of people: identity numbers, mobile numbers, bank cards.

A run of digits, however it is grouped, is cut into its groups; a number is one group or several
that stand together. What the checksum cannot tell, the grouping and the words around must: the
three lengths are also those of amounts, years side by side, coordinates and orders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from showcase.pattern import pattern
from showcase.personal import around, checks
from showcase.personal.found import Found, Sort

_SPACE = " \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
_SIGN = r"\-‐‑‒–—―−·•._*\\()（）/~～"
_RUN = pattern(f"[0-9](?:(?:[{_SPACE}{_SIGN}]{{0,3}}|[{_SPACE}]{{0,4}}\n[{_SPACE}]{{0,8}})[0-9])*")
_GROUP = pattern("[0-9]+")
_CHECK_X = pattern(f"[{_SPACE}{_SIGN}]{{0,2}}[XxⅩⅹ×Хх](?![A-Za-z0-9])")
_SLIP = pattern("(?:[vw]?x|v)(?![A-Za-z0-9])", re.IGNORECASE)
"""A letter behind a number that makes no code of it: typed by mistake, or short for WeChat."""
_TIED = pattern(f"[{_SIGN.replace('()（）/~～', '')}]")
_MOBILE = pattern("1[3-9][0-9]{9}")
SPELT_MOBILE = pattern(
    "一[三四五六七八九](?<![〇零○一二三四五六七八九幺]{3})[〇零○一二三四五六七八九幺]{9}"
    "(?![〇零○一二三四五六七八九幺十百千万])"
)
"""A mobile number in characters: no count is written with eleven of them in a row."""
_PREFIX = pattern("(?:00)?86(?=1[3-9][0-9]{9}$)")
_SHORTEST, _LONGEST = 11, 19
_CROWDED = 400
"""Groups of a run beyond which only whole groups are looked at: a table, not a number."""

_PLAIN_GROUPS = frozenset({(3, 4, 4), (3, 8), (7, 4), (1,) * 11})
"""How people group a mobile number, with any separator."""
_TIED_GROUPS = frozenset(
    {(3, 3, 5), (3, 5, 3), (4, 3, 4), (4, 4, 3), (3, 6, 2), (2, 3, 6), (2, 4, 5), (3, 2, 2, 2, 2)}
)
"""Groupings that count only when signs tie the groups: with spaces they are several numbers."""


class _Window(Struct, frozen=True):
    """Some groups of a run, side by side."""

    text: str
    groups: tuple[re.Match[str], ...]
    before: re.Match[str] | None
    after: re.Match[str] | None

    @property
    def start(self) -> int:
        return self.groups[0].start()

    @property
    def end(self) -> int:
        return self.groups[-1].end()

    @property
    def digits(self) -> str:
        return "".join(group[0] for group in self.groups)

    @property
    def gaps(self) -> list[str]:
        return [
            self.text[one.end() : other.start()]
            for one, other in zip(self.groups, self.groups[1:], strict=False)
        ]

    def tied(self) -> tuple[str, str]:
        """Return what ties the window to the groups on both sides, ``""`` where nothing does."""
        left = self.text[self.before.end() : self.start] if self.before else ""
        right = self.text[self.end : self.after.start()] if self.after else ""
        return _only_ties(left), _only_ties(right)


def numbers(text: str) -> Iterator[Found]:
    """Yield the private numbers of a folded text."""
    for spelt in SPELT_MOBILE.finditer(text):
        yield Found(*spelt.span(), Sort.MOBILE)
    for run in _RUN.finditer(text):
        if run.end() - run.start() >= _SHORTEST:
            yield from _in_run(text, run)


def _in_run(text: str, run: re.Match[str]) -> Iterator[Found]:
    groups = list(_GROUP.finditer(text, run.start(), run.end()))
    most = 1 if len(groups) > _CROWDED else _LONGEST
    at = 0
    while at < len(groups):
        for window in reversed(_windows(text, groups, at, most)):
            found = _judge(window)
            if found is not None:
                yield found
                at += len(window.groups) - 1
                break
        at += 1


def _windows(text: str, groups: list[re.Match[str]], at: int, most: int) -> list[_Window]:
    """Return the windows that begin with a group and have the length of a number."""
    found, length = [], 0
    for end in range(at, min(len(groups), at + most)):
        length += groups[end].end() - groups[end].start()
        if length > _LONGEST:
            break
        if length >= _SHORTEST:
            before = groups[at - 1] if at else None
            after = groups[end + 1] if end + 1 < len(groups) else None
            found.append(_Window(text, tuple(groups[at : end + 1]), before, after))
    return found


def _judge(window: _Window) -> Found | None:
    digits = window.digits
    end = _end_of_identity(window, digits)
    if end:
        return Found(window.start, end, Sort.IDENTITY)
    if len(digits) == 15 and _is_old_identity(window, digits):
        return Found(window.start, window.end, Sort.IDENTITY)
    if len(digits) >= 16 and _is_card(window, digits):
        return Found(window.start, window.end, Sort.CARD)
    if len(digits) <= 15 and _is_mobile(window, digits):
        return Found(window.start, window.end, Sort.MOBILE)
    return None


def _end_of_identity(window: _Window, digits: str) -> int:
    """Return where an identity number ends, its check letter included; 0 if it is none."""
    text, end = window.text, window.end
    if len(digits) == 17:
        letter = _CHECK_X.match(text, end)
        if letter is None:
            return 0
        digits, end = f"{digits}X", letter.end()
    if len(digits) != 18 or not checks.is_identity_number(digits):
        return 0
    code = around.says_credit_code(text, window.start) and checks.is_credit_code(digits)
    return 0 if code else end


def _is_old_identity(window: _Window, digits: str) -> bool:
    return (
        _sizes(window.groups) in {(15,), (6, 6, 3)}
        and checks.is_old_identity_number(digits)
        and not any(window.tied())
        and not _beside_letters(window)
        and not _is_something_else(window)
        and not around.says_numbered(window.text, window.start)
    )


def _is_card(window: _Window, digits: str) -> bool:
    sizes = _sizes(window.groups)
    return (
        checks.is_card_number(digits)
        and (len(sizes) == 1 or min(sizes[:-1]) >= 4)
        and not any(window.tied())
        and not _beside_letters(window)
        and not around.in_web_address(window.text, window.start)
        and not _is_something_else(window)
        and not around.says_numbered(window.text, window.start)
    )


def _is_mobile(window: _Window, digits: str) -> bool:
    text = window.text
    prefix = _PREFIX.match(digits)
    number = digits[prefix.end() :] if prefix else digits
    if not _MOBILE.fullmatch(number):
        return False
    announced = around.says_phone(text, window.start)
    if announced:
        return True
    if _beside_letters(window) or _is_something_else(window):
        return False
    if around.names_document(text, window.start, window.end):
        return False
    if around.in_web_address(text, window.start):
        return False
    sizes = _sizes(window.groups)
    if prefix and len(sizes) > 1 and sizes[0] == prefix.end():
        sizes = sizes[1:]
    left, right = window.tied()
    if len(sizes) == 1:
        # 0.13812345678 is no telephone; 2019-13812345678 an order; two numbers may share a dash.
        return right != "." and (not left or _is_mobile_group(window.before))
    return not left and not right and _is_grouped_like_a_mobile(window, sizes, number)


def _is_grouped_like_a_mobile(window: _Window, sizes: tuple[int, ...], number: str) -> bool:
    gaps = window.gaps
    if "." in gaps and sizes != (3, 4, 4):
        return False  # 131.12345678 is a longitude, 192.168.10.200 a computer.
    if sizes not in _PLAIN_GROUPS:
        return sizes in _TIED_GROUPS and all(map(_only_ties, gaps))
    if sizes == (3, 8):
        return not (number[3] in "12" and checks.is_date(number[3:]))
    # 180 2018 2019: a number, and years beside it.
    years = number[3:5] in ("19", "20") and number[7:9] in ("19", "20")
    return not (sizes == (3, 4, 4) and years)


def _is_something_else(window: _Window) -> bool:
    return around.says_serial(window.text, window.start) or around.is_amount(
        window.text, window.start, window.end
    )


def _beside_letters(window: _Window) -> bool:
    """Tell whether letters touch the number: then it is a part of a longer code."""
    text = window.text
    before, after = text[window.start - 1 : window.start], text[window.end : window.end + 1]
    return _is_letter(before) or (_is_letter(after) and not _SLIP.match(text, window.end))


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _is_mobile_group(group: re.Match[str] | None) -> bool:
    return group is not None and _MOBILE.fullmatch(group[0]) is not None


def _sizes(groups: tuple[re.Match[str], ...]) -> tuple[int, ...]:
    return tuple(group.end() - group.start() for group in groups)


def _only_ties(gap: str) -> str:
    """Return the signs of a gap that tie what stands on both sides."""
    return "".join(_TIED.findall(gap))

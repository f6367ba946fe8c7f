"""What people type where YAML wants something else: found, and put right in memory.

A full-width colon after a field's name, no space after the colon or the dash, a tab or an
ideographic space as indentation, a ``#`` that hides the rest of its line. Each becomes a fault at
its place; the text is then read as if it had been typed right, so that one slip does not hide the
other faults of the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from showcase.diagnostics import short
from showcase.pattern import pattern
from showcase.source.fault import Edit, Fault, Range

_BULLETS = "－–—−‐―─﹣•●▪◦"
"""What stands for a hyphen before an item: other dashes, and the signs of word processors."""
_SPACED_BULLETS = "·+ー一"
"""These begin a word too, and stand for a hyphen only with a space behind them."""
_KEY = pattern(
    rf"^(?P<lead>[ \t\u3000\u00a0]*(?:[-{_BULLETS}][ \t\u3000\u00a0]*)*)"
    r"[“”\"'「]?(?P<name>[^\W\d_][\w·]{0,19})[“”\"'」]?"
    r"(?P<gap>[ \t\u3000\u00a0]*)(?P<colon>：|:(?=[^\s:/]|[\u3000\u00a0]))",
    re.MULTILINE,
)
_INDENT = pattern(r"^(?P<indent>[ ]*[\t\u3000\u00a0][ \t\u3000\u00a0]*)(?=\S)", re.MULTILINE)
_WIDE_INDENT = pattern(
    r"^(?P<indent>[ ]*[\u3000\u00a0][ \u3000\u00a0]*)(?=- |(?P<name>[^\W\d_][\w·]{0,19})[:：])",
    re.MULTILINE,
)
_BLANKS = "\u00a0\u1680\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff"
"""Spaces that YAML takes for letters, and what shows nothing at all."""
_BLANK_IN_NAME = pattern(
    rf"(?<=\w)[{_BLANKS}]+(?: +[{_BLANKS}]+)*(?=[\w{_BLANKS} ]{{0,20}}:(?:\s|\Z))"
)
_LETTER = r"(?=[^\W\d_]|[“\"'《「【\[])"
_DASH = pattern(
    rf"^[ ]*(?P<dash>- |-{_LETTER}|[{_BULLETS}][ \u3000]?{_LETTER}"
    rf"|[{_SPACED_BULLETS}][ \u3000]{_LETTER})",
    re.MULTILINE,
)
_FIRST_WORD = pattern(r"(?P<name>[^\W\d_][\w·]{0,19})[ \t\u3000\u00a0]*[:：]")
_HIDDEN = pattern(r"(?<=[ \t])#(?=[^\s#!-])[^\n]*")


class Repaired:
    """A text with edits applied, able to say where an offset was before them.

    Where edits overlap, the one that starts first counts.
    """

    def __init__(self, original: str, edits: Sequence[Edit]) -> None:
        parts: list[str] = []
        self._new: list[int] = [0]
        self._old: list[int] = [0]
        at = length = 0
        for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
            if edit.start < at:
                continue
            parts += (original[at : edit.start], edit.text)
            length += edit.start - at
            self._new.append(length)
            self._old.append(edit.start)
            length += len(edit.text)
            at = edit.end
            self._new.append(length)
            self._old.append(at)
        parts.append(original[at:])
        self.text = "".join(parts)

    def original(self, offset: int) -> int:
        """Return the offset in the text before the edits."""
        index = bisect_right(self._new, offset) - 1
        place = self._old[index] + offset - self._new[index]
        return min(place, self._old[index + 1]) if index + 1 < len(self._old) else place


def find(text: str, is_field: Callable[[str], bool]) -> Iterator[Fault]:
    """Yield the confusions in the lines of a YAML text that could not be read."""
    blocks = list(block_scalars(text))
    for match in _INDENT.finditer(text):
        if not inside(blocks, match.start()):
            yield _indent(match)
    for match in _KEY.finditer(text):
        if _is_key(match, is_field) and not inside(blocks, match.start()):
            yield _colon(match)
    for match in _DASH.finditer(text):
        end = max(match.start() - 1, 0)
        above = text[text.rfind("\n", 0, end) + 1 : end].strip()
        first = _FIRST_WORD.match(text, match.end())
        listed = (
            above.startswith(("-", *_BULLETS))
            or above.endswith((":", "："))
            or (first is not None and is_field(first["name"]))
        )
        if match["dash"] != "- " and listed and not inside(blocks, match.start()):
            yield _dash(match)


def fields_in_text(
    text: str, scalars: Sequence[Range], is_field: Callable[[str], bool]
) -> Iterator[Fault]:
    """Yield the fields that YAML read as the text of an unquoted value, or under another name.

    ``- 单位：向群村`` is a valid list item to YAML, a line ``口号：…`` indented by accident
    becomes the end of the value above it, and an ideographic space becomes a part of the name
    behind it: valid, and not what was meant.
    """
    for start, end in scalars:
        line = text.rfind("\n", 0, start) + 1
        stop = end + 1  # A field's name ends where its colon begins.
        if "\u3000" in text[start:end] or "\u00a0" in text[start:end]:
            for match in _WIDE_INDENT.finditer(text, line, stop):
                meant = match["name"] is None or is_field(match["name"])
                if meant and match.end("indent") > start:
                    yield _indent(match)
        if "：" in text[start:end] or ":" in text[start:end]:
            for match in _KEY.finditer(text, line, end):
                if match.start("name") >= start and _is_key(match, is_field):
                    yield _colon(match)


def blanks_in_names(
    text: str, names: Iterable[Range], is_field: Callable[[str], bool]
) -> Iterator[Fault]:
    """Yield what shows nothing in the names of fields: ``简介　: 甲`` names none for YAML."""
    found = list(_BLANK_IN_NAME.finditer(text))
    if not found:
        return
    spans = sorted(names)
    for match in found:
        index = bisect_right(spans, (match.start(), len(text))) - 1
        start, end = spans[index] if index >= 0 else (0, 0)
        name = re.sub(f"[{_BLANKS} ]", "", text[start:end])
        if match.end() <= end and is_field(name):
            yield Fault(
                "SRC008",
                *match.span(),
                f"字段名「{name}」里有看不见的空格（U+{ord(match[0][0]):04X}）",
                f"请删除它：「{name}: 」",
                field=name,
                edit=Edit(*match.span(), ""),
            )


def items_in_text(text: str, scalars: Sequence[Range]) -> Iterator[Fault]:
    """Yield the items of lists that YAML read as text: the lines ``-甲`` below ``标签:``."""
    for start, end in scalars:
        line = text.rfind("\n", 0, start) + 1
        if "\n" in text[start:end] or not text[line:start].strip():
            alone = not text[line:start].strip()
            found = [
                match for match in _DASH.finditer(text, line, end) if match.start("dash") >= start
            ]
            # 一 and the like begin a line of text as well: a list has several of them.
            listed = alone and len(found) > 1 and len(found) == text.count("\n", start, end) + 1
            for match in found:
                if listed or match["dash"][0] not in _SPACED_BULLETS:
                    yield _dash(match)


def hidden(text: str, scalars: Sequence[Range]) -> Iterator[Fault]:
    """Yield what a ``#`` hides: YAML takes ``标签: #向阳花开`` for a comment and drops it.

    A comment that explains has a space after its sign, as those in the templates have.
    """
    ends = sorted(scalars)
    starts = [start for start, _ in ends]
    for match in _HIDDEN.finditer(text):
        index = bisect_right(starts, match.start()) - 1
        line = text.rfind("\n", 0, match.start()) + 1
        inside = index >= 0 and match.start() < ends[index][1]
        if not inside and text[line : match.start()].strip():
            yield Fault(
                "SRC017",
                match.start(),
                match.start() + len(match[0].rstrip()),
                f"「{short(match[0], 20)}」会被当作注释，不会出现在网站上",
                "要显示它，请用引号把整段文字括起来；确实是注释的，请在「#」后面加一个空格",
            )


def _is_key(match: re.Match[str], is_field: Callable[[str], bool]) -> bool:
    """Tell whether a word before a colon is meant as the name of a field.

    At the beginning of a line nothing else can stand, whatever the word.
    """
    return not match["lead"] or is_field(match["name"])


def block_scalars(text: str) -> Iterator[Range]:
    """Yield the stretches of text below a ``|`` or ``>``: words of the author, never fields."""
    at, within, start = 0, -1, 0
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if within >= 0 and line.strip() and indent <= within:
            yield start, at
            within = -1
        if within < 0:
            within, start = _opens_block(line), at + len(line)
        at += len(line) + 1
    if within >= 0:
        yield start, at


def _opens_block(line: str) -> int:
    """Return the indentation that a block scalar's text must exceed; -1 where none opens."""
    head = line.partition(" #")[0].rstrip().rstrip("-+0123456789")
    if not head.endswith((" |", " >")):
        return -1
    head = head[:-2]
    column = len(head) - len(head.lstrip(" -"))
    return column if head.rstrip().endswith(":") else max(column - 1, 0)


def inside(ranges: Sequence[Range], offset: int) -> bool:
    """Tell whether an offset lies in one of some ranges, which are in order."""
    index = bisect_right(ranges, (offset, len(ranges) and ranges[-1][1])) - 1
    return index >= 0 and ranges[index][0] <= offset < ranges[index][1]


def _colon(match: re.Match[str]) -> Fault:
    start, end = match.span("colon")
    name = match["name"]
    following = match.string[end : end + 1]
    if match["colon"] == "：":
        code, message = "SRC007", f"「{name}」后面是全角冒号「：」"
        help = f"请改成半角冒号加一个空格：「{name}: 」"
    else:
        code, message = "SRC008", f"「{name}:」的冒号后面缺少空格"
        help = f"请在冒号后面写一个半角空格：「{name}: 」"
    if following in ("\u3000", "\u00a0"):
        if code == "SRC008":
            message = f"「{name}:」后面的空格是全角的"
        end += 1
        text = ": "
    else:
        text = ":" if following in (" ", "\n", "") else ": "
    # YAML takes a space of another kind for the end of the name.
    first = start if match["gap"].isascii() else match.start("gap")
    edit = Edit(first, end, text)
    return Fault(code, start, start + 1, message, help, field=name, edit=edit)


def _dash(match: re.Match[str]) -> Fault:
    start, end = match.span("dash")
    sign = match["dash"].strip()
    if match["dash"] == "- ":
        message = "这一项接在上一行的文字后面，成了同一段文字"
        help = "上一行只写字段名和冒号；每一项另起一行，以「- 」开头，左对齐"
        return Fault("SRC006", start, start + 1, message, help)
    if sign == "-":
        message, help = "「-」后面缺少空格", "请在「-」后面加一个半角空格：「- 」"
    else:
        message = f"这里的「{sign}」不是半角减号，不能开头列出一项"
        help = "请改成半角减号加一个空格：「- 」"
    return Fault("SRC008", start, end, message, help, edit=Edit(start, end, "- "))


def _indent(match: re.Match[str]) -> Fault:
    start, end = match.span("indent")
    width = sum(2 if char in "\t\u3000" else 1 for char in match["indent"])
    name = "制表符（Tab）" if "\t" in match["indent"] else "全角空格"
    return Fault(
        "SRC009",
        start,
        end,
        f"这一行用{name}缩进",
        "请删除行首的空白，改用半角空格缩进（每层两个）",
        edit=Edit(start, end, " " * width),
    )

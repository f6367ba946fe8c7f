"""A file's bytes → :class:`Document`: data as typed text, the body, the place of every node."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from showcase.diagnostics import Diagnostic, Lines, Severity, Span
from showcase.pattern import pattern
from showcase.source import recovery
from showcase.source.confusions import block_scalars, inside
from showcase.source.encoding import decode
from showcase.source.fault import Edit, Fault, Range
from showcase.source.scalars import Aligned
from showcase.source.typed import Path, Typed, Value, parse

_FENCE = pattern(r"---[ \t]*(?:\n|\Z)")
_LOOKS_LIKE_FENCE = pattern(r"\s*(?P<sign>-{2,}|[—－–─﹣_=]+-*|-[—－–]+)[ \t\u3000]*(?:\n|\Z)")
_FIRST_FIELD = pattern(r"\s*(?P<name>\w+)[ \t]*[:：]")
_FIELDS = pattern(r"^[^\S\n]*(?:- *)?(?P<name>\w+)[^\S\n]*[:：]", re.MULTILINE)
_CLOSING = pattern(r"^---[ \t]*$", re.MULTILINE)
_ODD_CLOSING = pattern(
    r"^(?!---[ \t]*$)(?P<lead>[ \t\u3000\u00a0]*)(?P<sign>---*|[—－–─﹣]{1,6}|\.\.\.)"
    r"[ \t\u3000\u00a0]*$(?P<goes_on>(?=\n[ \t]+\S))?",
    re.MULTILINE,
)
_PROBABLE_END = pattern(r"\n(?=[ \t]*\n|##)")
MAX_FAULTS = 200
"""Listed for one file: who sees more of them has pasted something that is no record."""
# Of the two versions the first is read on, without what is older (|||||||) or other (=======).
_CONFLICT = pattern(r"^[<>]{7}(?: .*)?$|^[|=]{7}(?: .*)?$(?:\n(?![=>]{7}(?: |$)).*)*", re.MULTILINE)


class Document(Struct, frozen=True, dict=True):
    """One file as read.

    ``sound`` is false when something could not be read: nothing of such a file may be published.
    ``complete`` is false when a part of the fields was left out for it, so that one that is missing
    may stand there. ``repairable`` are the faults that come with an edit of the text. ``yaml`` is
    where the YAML part stands, and ``is_field`` what it was read with.
    """

    file: str
    lines: Lines
    yaml: Range
    body_start: int
    is_field: Callable[[str], bool]
    diagnostics: tuple[Diagnostic, ...] = ()
    sound: bool = True
    complete: bool = True
    repairable: tuple[Fault, ...] = ()
    typed: Typed | None = None
    stands: bytes = b""
    """What stands for the file's bytes, if whoever read them said so."""

    @property
    def data(self) -> Value:
        """What the YAML part says, every scalar as the text that was typed."""
        return self._typed.data

    @property
    def keys(self) -> dict[Path, Range]:
        """The place of each name by its path as typed."""
        return self._typed.keys

    @property
    def values(self) -> dict[Path, Range]:
        """The place of each value by its path as typed."""
        return self._typed.values

    @property
    def body(self) -> str:
        """The prose below the fields."""
        return self.lines.text[self.body_start :]

    @cached_property
    def _typed(self) -> Typed:
        return self.typed or _yaml(self.lines.text, self.yaml, [], self.is_field)

    def slim(self) -> Document:
        """Return the same without the places of its nodes, which are found again if asked for.

        They take more room than the text, and nobody asks for those of a file without fault.
        """
        faultless = self.sound and self.complete and not self.diagnostics
        return replace(self, typed=None) if faultless else self

    def key_span(self, path: Path) -> Span:
        """Return the place of a field's name (of its value where it has no name: list items)."""
        where = self.keys.get(path)
        return self.lines.span(*where) if where else self.value_span(path)

    def value_span(self, path: Path) -> Span:
        """Return the place of a value; of the nearest thing around it where it is not written."""
        while path and path not in self.values:
            path = path[:-1]
        start, end = self.values.get(path, (0, 0))
        return self.first_line(start, end)

    def first_line(self, start: int, end: int) -> Span:
        """Return the part of a range on its first line: a mark that a report can draw."""
        stop = self.lines.text.find("\n", start, end)
        stop = end if stop < 0 else stop
        return self.lines.span(start, start + len(self.lines.text[start:stop].rstrip()))

    def body_span(self, start: int, end: int) -> Span:
        """Return the place of a stretch of the body."""
        return self.first_line(self.body_start + start, self.body_start + end)

    def aligned(self, path: Path) -> Aligned:
        """Return a text beside the way it was typed: tells where each of its characters stands."""
        value: Any = self.data
        for step in path:
            value = value[step]
        return Aligned(self.lines.text, self.values[path], value if isinstance(value, str) else "")


def reread(
    file: str,
    text: Callable[[], str],
    is_field: Callable[[str], bool],
    yaml: Range,
    body_start: int,
    stands: bytes = b"",
) -> Document:
    """Return the document of a file that was read before, and had no fault.

    Takes what was found out then for true; ``text`` gives what it says, when that is wanted.
    """
    return Document(file, Lines(text), yaml, body_start, is_field, stands=stands)


def read_record(file: str, data: bytes, is_field: Callable[[str], bool]) -> Document:
    """Read a Markdown file with YAML front matter.

    ``is_field`` tells whether a word is the name of a field: needed to tell ``简介：……`` typed
    with a full-width colon from ordinary prose. Never raises on content.
    """
    decoded = decode(data)
    text = decoded.text
    faults = [*decoded.faults, *_conflicts(text)]
    opening = _opening(text, is_field)
    if opening is None:
        if decoded.is_text:
            faults.append(_no_front_matter(text))
        nothing = _Part((0, 0), Typed(whole=False), is_field)
        return _document(file, text, nothing, faults, len(text))
    start, fault = opening
    if fault is not None:
        faults.append(fault)
    closing = _CLOSING.search(text, start)
    odd = _odd_end(text, start, closing.start() if closing else len(text))
    if odd is not None and closing is not None and fault is None:
        # A rule in the prose, or a line of dashes in a field: told by what can be read.
        ends = _readable(text[start : odd.start()], text[start : closing.start()])
        # Below a wrong guess fields would become prose, those of the office too.
        fields = (match["name"] for match in _FIELDS.finditer(text, odd.end(), closing.start()))
        odd = odd if ends and not any(map(is_field, fields)) else None
    if odd is not None:
        faults.append(_odd_closing(odd))
        end, body_start = odd.start(), odd.end() + 1
    elif closing is not None:
        end, body_start = closing.start(), closing.end() + 1
    else:
        end, body_start = _guess_end(text, start), len(text)
        if start > 0:
            faults.append(_unclosed(text, start, end))
    typed = _yaml(text, (start, end), faults, is_field)
    if odd is None and closing is None:
        typed.whole = False
    return _document(file, text, _Part((start, end), typed, is_field), faults, body_start)


def read_yaml(file: str, data: bytes, is_field: Callable[[str], bool]) -> Document:
    """Read a file that is YAML as a whole: a list of records, or the site's settings."""
    decoded = decode(data)
    faults = [*decoded.faults, *_conflicts(decoded.text)]
    end = len(decoded.text)
    typed = _yaml(decoded.text, (0, end), faults, is_field)
    typed.whole = typed.whole and decoded.is_text
    return _document(file, decoded.text, _Part((0, end), typed, is_field), faults, end)


def _yaml(text: str, where: Range, faults: list[Fault], is_field: Callable[[str], bool]) -> Typed:
    """Read the YAML in a range of a text; add its faults, with their places in the whole text."""
    start, end = where
    source = _CONFLICT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text[start:end])
    typed, found = recovery.read(source, is_field)
    faults += (recovery.moved(fault, lambda offset: start + offset) for fault in found)
    for places in (typed.keys, typed.values):
        for path, (first, last) in places.items():
            places[path] = (start + first, start + last)
    return typed


class _Part(Struct, frozen=True):
    """The YAML part of a text: where it stands, what it says, what it was read with."""

    where: Range
    typed: Typed
    is_field: Callable[[str], bool]


def _document(file: str, text: str, part: _Part, faults: list[Fault], body_start: int) -> Document:
    lines = Lines(text)
    faults = sorted(faults, key=lambda fault: fault.start)
    repairable = tuple(fault for fault in faults if fault.edit is not None)
    if len(faults) > MAX_FAULTS:
        faults = [*faults[:MAX_FAULTS], _more(faults[MAX_FAULTS:])]
    return Document(
        file=file,
        lines=lines,
        yaml=part.where,
        body_start=min(body_start, len(text)),
        diagnostics=tuple(_diagnostic(file, lines, fault) for fault in faults),
        sound=all(fault.severity is not Severity.ERROR for fault in faults),
        complete=part.typed.whole,
        is_field=part.is_field,
        repairable=repairable,
        typed=part.typed,
    )


def _diagnostic(file: str, lines: Lines, fault: Fault) -> Diagnostic:
    help = fault.help
    if fault.related is not None:
        line, column = lines.position(fault.related[0])
        help = help.replace("{first}", f"第 {line} 行第 {column} 列")
    end = lines.text.find("\n", fault.start, fault.end)
    span = lines.span(fault.start, end if end > fault.start else fault.end)
    return Diagnostic(fault.code, fault.severity, file, span, fault.field, fault.message, help)


def _more(faults: list[Fault]) -> Fault:
    first = faults[0]
    message = f"从这里起还有 {len(faults)} 处问题没有列出"
    return Fault("SRC011", first.start, first.end, message, "请先改正上面的，再检查一次")


def _opening(text: str, is_field: Callable[[str], bool]) -> tuple[int, Fault | None] | None:
    """Return where the fields start and what is wrong with the line above them.

    ``None`` when there seem to be none: nothing in such a file can be told from prose.
    """
    fence = _FENCE.match(text)
    if fence is not None:
        return fence.end(), None
    like = _LOOKS_LIKE_FENCE.match(text)
    if like is not None:
        sign = like["sign"]
        message, help = f"开头的「{sign}」不是三个半角减号", "请把这一行改成「---」"
        if sign == "---":
            message = "「---」前面有空行或空格"
            help = "「---」要写在文件的第一行，前面什么也不要有"
        edit = Edit(0, len(like[0].rstrip("\n")), "---")
        return like.end(), Fault("SRC004", *like.span("sign"), message, help, edit=edit)
    first = _FIRST_FIELD.match(text)
    if first is not None and is_field(first["name"]):
        return 0, _no_front_matter(text)
    return None


def _no_front_matter(text: str) -> Fault:
    if not text.strip():
        return Fault("SRC004", 0, 0, "文件是空的", "请填写记录，或删除这个文件")
    start = len(text) - len(text.lstrip())
    return Fault(
        "SRC004",
        start,
        start + min(len(text[start:].partition("\n")[0]), 40),
        "文件开头没有「---」，找不到记录的字段",
        "第一行请写「---」，接着写各个字段，再用一行「---」结束，然后写正文",
    )


def _odd_end(text: str, start: int, stop: int) -> re.Match[str] | None:
    """Return the line that is probably meant to end the fields; none within a field's text."""
    blocks: list[Range] | None = None
    for odd in _ODD_CLOSING.finditer(text, start, stop):
        if not odd["lead"]:
            return odd
        if blocks is None:
            blocks = list(block_scalars(text[start:stop]))
        if odd["goes_on"] is None and not inside(blocks, odd.start() - start):
            return odd
    return None


def _readable(short: str, long: str) -> bool:
    """Tell whether the fields can be read to the first place they may end at, not to the second."""
    return parse(long).syntax_error is not None and parse(short).syntax_error is None


def _odd_closing(odd: re.Match[str]) -> Fault:
    message = f"字段部分应以「---」结束，这里是「{odd['sign']}」"
    help = "请把这一行改成三个半角减号「---」"
    if odd["sign"] == "---":
        message = "结束字段部分的「---」" + ("前面有空格" if odd["lead"] else "后面有全角空格")
        help = "「---」要从行首写起，前后都不要有空格"
    return Fault("SRC005", *odd.span(), message, help, edit=Edit(*odd.span(), "---"))


def _unclosed(text: str, start: int, end: int) -> Fault:
    last = text.count("\n", 0, len(text[:end].rstrip())) + 1
    opening = text[:start].rstrip()
    return Fault(
        "SRC005",
        opening.rfind("\n") + 1,
        len(opening),
        "字段部分没有结束：后面找不到单独一行的「---」",
        f"字段大概到第 {last} 行为止：请在它下面加一行「---」，正文写在「---」后面",
    )


def _guess_end(text: str, start: int) -> int:
    """Return where unclosed front matter probably ends: before a blank line or a heading."""
    found = _PROBABLE_END.search(text, start)
    return found.start() + 1 if found else len(text)


def _conflicts(text: str) -> Iterable[Fault]:
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    for match in _CONFLICT.finditer(text):
        yield Fault(
            "SRC013",
            match.start(),
            match.end(),
            "这里留有版本合并时的冲突标记",
            "请在两份内容中选定一份，删除「<<<<<<<」「=======」「>>>>>>>」三种标记行",
        )

"""A file's bytes → the bytes that were meant.

An edit comes from where its fault is found: the reader's own, or the place of a diagnostic. What
it leads to is read before it counts: it is taken only if faults are gone, no other has come, and
the file still says what it said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from showcase.diagnostics import Diagnostic
from showcase.graph import link
from showcase.load import Loaded, load_one
from showcase.model.dates import respell
from showcase.pattern import pattern
from showcase.rules import check
from showcase.source import Document, Value
from showcase.source.confusions import Repaired
from showcase.source.encoding import BOM, familiar, read_text, written_by
from showcase.source.fault import Edit

ENCODING, LINE_ENDS = "编码", "换行"
PINYIN = "TXT011"
_NAMES = {
    "SRC003": "多余的 BOM",
    "SRC004": "开头的「---」",
    "SRC005": "结束的「---」",
    "SRC007": "全角冒号",
    "SRC008": "空格",
    "SRC009": "缩进",
    "DAT001": "日期",
    PINYIN: "拼音",
}
"""What a repair is called, by the code of its fault."""
_ORDER = (ENCODING, LINE_ENDS, *_NAMES.values())

_REWORDS = frozenset({"SRC003", "DAT001", PINYIN})
"""These repairs change a field's text; all others only how it is written down."""

_WORK = 200_000
"""Characters that are read again at most to try edits one by one."""

_SURE = frozenset({"UTF-16", "UTF-32"})
"""These encodings show in their zero bytes; others are told by the words that come out."""
_QUOTED = pattern(r"(?P<quote>[\"']?)(?P<text>.*)(?P=quote)", re.DOTALL)
_LINE_END = pattern(r"\r\n?|\n")


class Repair(Struct, frozen=True):
    """A file's bytes as they are and as they should be; ``done`` counts the repairs by name."""

    file: str
    before: bytes
    after: bytes
    done: tuple[tuple[str, int], ...]


class _Step(Struct, frozen=True):
    """An edit with the code of the fault that it puts right."""

    code: str
    edit: Edit


class _Draft(Struct, frozen=True, dict=True):
    """A file being put right: UTF-8 without a BOM, line ends of one kind."""

    file: str
    newline: str
    text: str
    """With line feeds, so that offsets are those of the document."""
    pinyin: bool

    @property
    def data(self) -> bytes:
        return self.text.replace("\n", self.newline).encode()

    @cached_property
    def loaded(self) -> Loaded:
        return load_one(Path(), self.file, self.data)

    @property
    def document(self) -> Document:
        return self.loaded.documents[self.file]

    @cached_property
    def faults(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the file; settings that are missing are wrong with another."""
        found = [item for item in self.loaded.diagnostics if item.file == self.file]
        if self.pinyin:
            # With all rules, because an exemption of the record's own counts.
            found += (item for item in check(link(self.loaded)) if item.code == PINYIN)
        return tuple(found)

    def edited(self, steps: Iterable[_Step]) -> _Draft:
        return replace(self, text=Repaired(self.text, [step.edit for step in steps]).text)


def repair(file: str, data: bytes, *, pinyin: bool = False) -> Repair | None:
    """Return the repair of a record's file, ``None`` where nothing can be put right.

    ``file`` is its place in the project, which tells what it holds. ``pinyin`` takes leftover
    pinyin out too: only on request, because somebody may have meant it. Repairing what was
    repaired changes nothing more.
    """
    done: Counter[str] = Counter()
    draft = _normalised(file, data, done, pinyin=pinyin)
    if draft is None:
        return None
    # One repair may uncover the next. Each takes a fault away, so this ends.
    while improved := _improved(draft, done):
        draft = improved
    counts = tuple((name, done[name]) for name in _ORDER if done[name])
    return Repair(file, data, draft.data, counts) if counts else None


def _normalised(file: str, data: bytes, done: Counter[str], *, pinyin: bool) -> _Draft | None:
    """Return a file as UTF-8 with one kind of line end; ``None`` if its text is not certain."""
    unmarked = data.removeprefix(BOM.encode())
    if written_by(unmarked):
        return None
    text, label = read_text(unmarked)
    if label != "UTF-8":
        if label is None or "\ufffd" in text or not (label in _SURE or familiar(text)):
            return None
        text = text.removeprefix(BOM)
        done[ENCODING] += 1
    if marks := (data != unmarked) + len(text) - len(text.lstrip(BOM)):
        text = text.lstrip(BOM)
        done[_NAMES["SRC003"]] += marks
    kinds = Counter(_LINE_END.findall(text))
    newline = "\r\n" if set(kinds) == {"\r\n"} else "\n"
    if wrong := sum(count for kind, count in kinds.items() if kind != newline):
        done[LINE_ENDS] += wrong
    draft = _Draft(file, newline, _LINE_END.sub("\n", text), pinyin)
    return draft if _is_utf8(draft.data) else None


def _is_utf8(data: bytes) -> bool:
    """Tell whether bytes are read as UTF-8: with zero bytes or ``%PDF-`` they may be misread."""
    return not written_by(data) and read_text(data)[1] == "UTF-8"


def _improved(draft: _Draft, done: Counter[str]) -> _Draft | None:
    """Return a file with the next repairs made, ``None`` if there are none that help."""
    found = [*_slips(draft), *_words(draft)]
    for steps in _attempts(found, alone=len(draft.text) * len(found) < _WORK):
        after = draft.edited(steps)
        if _better(draft, after, {step.code for step in steps}):
            done.update(_NAMES[step.code] for step in steps)
            return after
    return None


def _attempts(found: Sequence[_Step], *, alone: bool) -> Iterator[Sequence[_Step]]:
    """Yield what to try together until something helps: as much as possible, then less."""
    codes = list(dict.fromkeys(step.code for step in found))
    groups = [
        [code for code in codes if (code in _REWORDS) is rewords] for rewords in (False, True)
    ]
    groups += ([code] for code in codes if [code] not in groups)
    yield from ([step for step in found if step.code in group] for group in groups if group)
    if alone:
        yield from ([step] for step in found)


def _slips(draft: _Draft) -> Iterator[_Step]:
    """Yield the edits that the reader made in memory to read on."""
    for fault in draft.document.repairable:
        if fault.edit is not None:
            yield _Step(fault.code, fault.edit)


def _words(draft: _Draft) -> Iterator[_Step]:
    """Yield the edits that spell dates as they should be, quotes kept, and take pinyin out."""
    lines = draft.document.lines
    for found in draft.faults:
        start, end = lines.offsets(found.span)
        if found.code == PINYIN:
            yield _Step(found.code, Edit(start, end, ""))
        elif found.code == "DAT001" and (match := _QUOTED.fullmatch(lines.text[start:end])):
            spelling = respell(match["text"])
            if spelling:
                first, last = match.span("text")
                yield _Step(found.code, Edit(start + first, start + last, spelling))


def _better(before: _Draft, after: _Draft, codes: set[str]) -> bool:
    """Tell whether faults of all ``codes`` are gone, none has come, and nothing was lost."""
    had, has = (
        Counter((fault.code, fault.field) for fault in draft.faults) for draft in (before, after)
    )
    if not has <= had or not codes <= _fewer(before, after) | {code for code, _ in had - has}:
        return False
    if len(after.loaded.entries) < len(before.loaded.entries):
        return False
    old, new = before.document, after.document
    if codes & _REWORDS:
        return True
    if old.complete:
        return (old.data, old.body) == (new.data, new.body)
    # Where the reader had to leave something out, more may be read now, and never less.
    return Counter(_texts(old.data)) <= Counter(_texts(new.data)) and old.body == new.body


def _fewer(before: _Draft, after: _Draft) -> set[str]:
    """Return the codes of which there is less, though a report lists only the first of many."""
    had, has = (
        Counter(fault.code for fault in draft.document.repairable) for draft in (before, after)
    )
    fewer = {code for code in had if has[code] < had[code]}
    # Each pinyin that was listed is gone, and only its like can have come in its place.
    return fewer | {PINYIN}


def _texts(data: Value) -> Iterator[str]:
    """Yield every text in what was read, names of fields too."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for item in data:
            yield from _texts(item)
    elif isinstance(data, dict):
        for key, item in data.items():
            yield key
            yield from _texts(item)

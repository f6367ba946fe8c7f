"""A mark points at the text it claims, whatever was repaired on the way."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from showcase.diagnostics import Diagnostic, Lines, Severity, Span, visible
from showcase.model import is_field
from showcase.report import as_github, as_json, as_text
from showcase.source import read_record
from showcase.source.confusions import Repaired
from showcase.source.fault import Edit
from tests.property.strategies import plain, texts


@given(texts, st.data())
def test_a_span_covers_the_text_it_was_made_from(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    lines = Lines(text)
    span = lines.span(start, end)
    assert lines.slice(span) == text[start:end]
    assert text.split("\n")[span.line - 1][: span.column - 1] == text[:start].rpartition("\n")[2]


@st.composite
def edits(draw: st.DrawFn, text: str) -> list[Edit]:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [Edit(start, end, draw(texts)) for start, end in pairs]


@given(texts.flatmap(lambda text: st.tuples(st.just(text), edits(text))))
def test_offsets_of_a_repaired_text_lead_back(pair: tuple[str, list[Edit]]) -> None:
    text, changes = pair
    repaired = Repaired(text, changes)
    back = [repaired.original(offset) for offset in range(len(repaired.text) + 1)]
    assert back == sorted(back)
    assert all(0 <= offset <= len(text) for offset in back)
    assert back[-1] == len(text)
    # Whatever no edit touched is found where it stood, in the same order.
    touched = {at for change in changes for at in range(change.start, change.end)}
    kept = [at for at in range(len(text)) if at not in touched]
    rest = iter(enumerate(repaired.text))
    for at in kept:
        assert any(char == text[at] and back[offset] == at for offset, char in rest)


SLIPS = {
    "right": ("{key}: {value}", "", ""),
    "wide": ("{key}：{value}", "SRC007", "："),
    "wide and spaced": ("{key}： {value}", "SRC007", "："),
    "close": ("{key}:{value}", "SRC008", ":"),
    "wide space": ("{key}:\u3000{value}", "SRC008", ":"),
    "quoted": ('{key}: "{value}"', "", ""),
    "dash": ("{key}:\n  -{value}", "SRC008", "-"),
    "bullet": ("{key}:\n  •{value}", "SRC008", "•"),
}
KEYS = ["口号", "释义", "层级", "备注", "简介", "标签", "曾用", "不认识"]


@given(st.lists(st.tuples(st.sampled_from(sorted(SLIPS)), plain), min_size=1, max_size=len(KEYS)))
def test_slips_are_found_where_they_are_and_change_nothing_else(
    lines: list[tuple[str, str]],
) -> None:
    text = "---\n名称: 测试品牌甲\n"
    data: dict[str, object] = {"名称": "测试品牌甲"}
    wanted = []
    for key, (slip, value) in zip(KEYS, lines, strict=False):
        form, code, mark = SLIPS[slip]
        start = len(text)
        text += form.format(key=key, value=value) + "\n"
        data[key] = [value] if mark in ("-", "•") and mark else value
        if code:
            wanted.append((code, text.index(mark, start + len(key))))
    document = read_record("甲.md", (text + "---\n").encode(), is_field)
    assert document.data == data
    assert [
        (item.code, text.index(document.lines.slice(item.span), _offset(text, item.span)))
        for item in document.diagnostics
    ] == wanted
    for key, typed in data.items():
        assert document.lines.slice(document.key_span((key,))) == key
        if isinstance(typed, list):
            assert document.lines.slice(document.value_span((key, 0))) == typed[0]
        else:
            assert document.lines.slice(document.value_span((key,))).strip('"') == typed


def _offset(text: str, span: Span) -> int:
    return sum(len(line) + 1 for line in text.split("\n")[: span.line - 1]) + span.column - 1


@given(texts, texts, texts, st.data())
def test_a_report_is_aligned_and_gives_no_commands(
    before: str, marked: str, after: str, data: st.DataObject
) -> None:
    before, marked = before.replace("\n", " ")[:40], marked.replace("\n", " ")[:20] or "甲"
    line = before + marked + after.replace("\n", " ")
    file = data.draw(texts)
    span = Span(1, len(before) + 1, 1, len(before) + len(marked) + 1)
    found = Diagnostic("SHP003", Severity.ERROR, file, span, after, before, marked)
    report = "\n".join(as_text([found], lambda _: line))
    shown = [part.removeprefix("1 | ") for part in report.split("\n") if part.startswith("1 | ")]
    if line.strip():
        mark = next(part for part in report.split("\n") if "^" in part and part.startswith("  | "))
        assert mark.index("\x1b") - len("  | ") == cell_len(visible(before.replace("\t", " ")))
        assert mark.count("^") == max(1, cell_len(visible(marked.replace("\t", " "))))
        assert shown[0].startswith(visible(before.replace("\t", " ")))
    for text in (report.replace("\x1b[", ""), *as_github([found]), as_json([found])):
        kinds = {unicodedata.category(char) for char in text if char != "\n"}
        assert not kinds & {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}

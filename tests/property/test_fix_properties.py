"""Repairs of any file: the same when run twice, never for the worse, nothing else touched."""

from __future__ import annotations

import codecs
from collections import Counter
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from showcase.fix import Repair, repair
from showcase.load import Loaded, load_one

FILE = "content/activities/测试活动甲.md"
LIST = "content/activities.yml"
SITE, TERMS = "content/site.yml", "content/terms.yml"

# --- files as people mistype them ---------------------------------------------------------------

DATES = st.sampled_from(
    [
        "2019年3月",
        "2019.3.8",
        "二〇一九年三月",
        "民国八年",
        "2019-03",
        "2019.10-12",
        "去年",
        "2019111",
    ]
)
WORDS = st.text("甲乙丙丁测试示例 ：:，-—“”'\"#&*[]{}|>19（）\t\u3000", max_size=12)
COLONS = st.sampled_from(
    [": ", ":", "：", "： ", "：\u3000", " : ", "\u3000: ", "\u3000：", "\u00a0：", "\u200b: "]
)
LEADS = st.sampled_from(["", "", "", "  ", "\t", "\u3000", "- ", "-", "• ", "\u3000- "])
FENCES = st.sampled_from(["---", "---", "———", "——", "----", "--- ", "\n---", " ---"])
NAMES = st.sampled_from(["名称", "简介", "开始", "结束", "标签", "id", "名成", "# 注释"])
LINES = st.builds("{}{}{}{}".format, LEADS, NAMES, COLONS, DATES | WORDS)
RECORDS = st.builds(
    lambda first, lines, last, body: "\n".join([first, *lines, last, body]),
    FENCES,
    st.lists(LINES, max_size=6),
    FENCES,
    WORDS,
)
LISTS = st.lists(LINES, max_size=8).map("\n".join)
ENCODINGS = st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
NEWLINES = st.sampled_from(["\n", "\n", "\r\n", "\r", "\n\r"])
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
    "gb18030": "\ufeff".encode("gb18030"),
}
HARDLY_ANYTHING = st.lists(
    st.sampled_from(
        ["\ufeff", "\ufffe", "\0", " ", "\n", "\r", "\u3000", "-", "---", "a", "%PDF-"]
    ),
    max_size=6,
).map("".join)
SCRAPS = st.builds(
    lambda codec, text: MARKS[codec] + text.encode(codec),
    st.sampled_from(list(MARKS)),
    HARDLY_ANYTHING,
)
"""A mark that tells the encoding of next to nothing."""


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file's place and bytes: mistyped, in some encoding, or anything at all."""
    file, texts = draw(st.sampled_from([(FILE, RECORDS), (LIST, LISTS)]))
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return file, draw(st.binary(max_size=80))
    if kind == 2:
        return draw(st.sampled_from([FILE, LIST, SITE, TERMS])), draw(SCRAPS)
    text = draw(st.text(max_size=40) if kind == 1 else texts)
    text = text.replace("\n", draw(NEWLINES), draw(st.sampled_from([-1, -1, 1, 2])))
    return file, text.encode(draw(ENCODINGS), "replace")


TWO_IN_ONE = """# 注释: 2019年3月
- 名称: 2019年3月
-# 注释: 2019年3月
\t简介: 2019年3月
\u3000- 名称: 2019年3月
名称: 2019年3月
"""
"""With one tab made spaces, what were two records is read as one."""


def faults(loaded: Loaded, file: str) -> Counter[tuple[str, str]]:
    return Counter((item.code, item.field) for item in loaded.diagnostics if item.file == file)


@settings(deadline=None, max_examples=200)
@given(files())
@example((FILE, codecs.BOM_UTF16_LE))
@example((FILE, codecs.BOM_UTF16_BE))
@example((FILE, codecs.BOM_UTF32_LE))
@example((SITE, codecs.BOM_UTF16_LE))
@example((FILE, "\ufeff\n\0".encode("utf-16-le")))
@example((FILE, "\ufeff\ufeff\ufeff".encode("utf-16-le")))
@example((FILE, "\ufeff%PDF-".encode("utf-16-le")))
@example((FILE, "\ufeff%PDF-".encode()))
@example((FILE, "\ufeff\ufeff%PDF-".encode()))
@example((LIST, TWO_IN_ONE.encode()))
def test_a_repair_helps_and_a_second_one_finds_nothing(given_file: tuple[str, bytes]) -> None:
    file, data = given_file
    made = repair(file, data)
    if made is None:
        return
    assert made.before == data
    assert made.after != data
    assert repair(file, made.after) is None
    before, after = load_one(Path(), file, data), load_one(Path(), file, made.after)
    assert faults(after, file) <= faults(before, file)
    assert len(after.entries) >= len(before.entries)


# --- slips in a sound file ------------------------------------------------------------------------

SLIPS = (
    ("名称: ", "名称："),
    ("名称: ", "名称:"),
    ("简介: ", "简介：\u3000"),
    ("\n- 标签甲", "\n-标签甲"),
    ("\n- 标签甲", "\n• 标签甲"),
    ("开始: 2019-03", "开始: 2019年3月"),
    ("结束: '2019-04-08'", "结束: '2019.4.8'"),
    ("---\n名称", "———\n名称"),
    ("---\n\n", "——\n\n"),
    ("结束: ", "结束\u3000: "),
    ("标签:\n", "标签\u00a0：\n"),
    ("标签甲\n---\n", "标签甲\n ---\n"),
)
PLAIN = st.text("甲乙丙丁测试示例，。、；（）《》12", min_size=1, max_size=10)
QUOTED = st.sampled_from(["甲{}", "'乙：{}'", '"丙 {}"'])
BODY = st.text("甲乙丙丁：:-—#*\t \u30002019年3月\n", max_size=30)


@st.composite
def sound(draw: st.DrawFn) -> str:
    """A record without a fault, with comments, quotes and blank lines."""
    lines = [
        "---",
        f"名称: 测试活动{draw(PLAIN)}  # {draw(PLAIN)}",
        "简介: " + draw(QUOTED).format(draw(PLAIN)),
        *draw(st.lists(st.sampled_from(["", "# 注释：2019年3月", "#\t"]), max_size=2)),
        "开始: 2019-03",
        "结束: '2019-04-08'",
        "标签:",
        "- 标签甲",
        "---",
        "",
        draw(BODY),
    ]
    return "\n".join(lines)


def said(made: Repair | None) -> set[str]:
    return {name for name, _ in made.done} if made else set()


@settings(deadline=None, max_examples=60)
@given(
    sound(),
    st.lists(st.sampled_from(SLIPS), min_size=1, unique_by=lambda slip: slip[0]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\ufeff"]),
)
def test_what_slipped_comes_back_and_nothing_else_changes(
    text: str, slips: list[tuple[str, str]], newline: str, mark: str
) -> None:
    wrong = text
    for right, slip in slips:
        wrong = wrong.replace(right, slip, 1)
    data = (mark + wrong.replace("\n", newline)).encode()
    made = repair(FILE, data)
    assert made is not None
    assert made.after == text.replace("\n", newline).encode()


@settings(deadline=None, max_examples=30)
@given(sound(), st.sampled_from(["\n", "\r\n"]))
def test_a_sound_file_is_left_alone(text: str, newline: str) -> None:
    assert repair(FILE, text.replace("\n", newline).encode()) is None


@settings(deadline=None, max_examples=30)
@given(sound(), st.sampled_from(["gbk", "utf-16", "utf-16-be"]))
def test_another_encoding_says_the_same_in_utf_8(text: str, encoding: str) -> None:
    made = repair(FILE, text.encode(encoding))
    assert said(made) == {"编码"}
    assert made is not None
    assert made.after == text.encode()

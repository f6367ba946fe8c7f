"""Bytes become text: encodings recognised, line ends made one, unusable characters found."""

from __future__ import annotations

import pytest

from showcase.diagnostics import Severity
from showcase.source.encoding import decode

TEXT = "---\n名称: 测试品牌甲\n简介: 党员和群众一起学习实践。\n---\n\n正文有人会来学。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_as_it_is(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding))
    assert decoded.text == TEXT
    assert decoded.faults == ()


@pytest.mark.parametrize(
    ("encoding", "label"),
    [
        ("gbk", "GB18030（GBK）"),
        ("gb18030", "GB18030（GBK）"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("utf-32-le", "UTF-32"),
        ("utf-32-be", "UTF-32"),
    ],
)
def test_another_encoding_is_recognised_and_read(encoding: str, label: str) -> None:
    decoded = decode(TEXT.encode(encoding))
    assert decoded.text == TEXT
    assert [fault.code for fault in decoded.faults] == ["SRC002"]
    assert label in decoded.faults[0].message


def test_big5_is_told_from_gbk_by_the_words() -> None:
    text = "---\ntitle: 黨群同心的品牌\nsummary: 我們學習實踐，為民服務\n---\n"
    decoded = decode(text.encode("big5"))
    assert decoded.text == text
    assert "Big5" in decoded.faults[0].message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_english_in_utf_16_is_recognised(encoding: str) -> None:
    text = "---\ntitle: A brand\n---\n"
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_damaged_bytes_are_each_found_at_their_character(end: str) -> None:
    data = f"---{end}名称: 测".encode() + b"\xff" + f"试{end}口号: 向阳".encode() + b"\xe5\x90"
    decoded = decode(data)
    assert [fault.code for fault in decoded.faults] == ["SRC002", "SRC002"]
    assert [decoded.text[fault.start : fault.end] for fault in decoded.faults] == ["\ufffd"] * 2
    assert decoded.text[: decoded.faults[0].start] == "---\n名称: 测"


def test_line_ends_become_one() -> None:
    assert decode(b"a\r\nb\rc\nd\r\r\n").text == "a\nb\nc\nd\n\n"


@pytest.mark.parametrize("char", ["\0", "\x07", "\x1b", "\x0b", "\x7f", "\x9b", "\ufeff", "\uffff"])
def test_unusable_characters_are_errors_and_read_as_spaces(char: str) -> None:
    decoded = decode(f"名{char}{char}称".encode())
    assert decoded.text == "名  称"
    (fault,) = decoded.faults
    assert (fault.code, fault.start, fault.end) == ("SRC003", 1, 3)
    assert f"U+{ord(char):04X}" in fault.message


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029"])
def test_invisible_line_ends_are_warnings_and_read_as_spaces(char: str) -> None:
    decoded = decode(f"名{char}称".encode())
    assert decoded.text == "名 称"
    assert [fault.severity for fault in decoded.faults] == [Severity.WARNING]


@pytest.mark.parametrize(
    "text", ["𠀀𪚥𰻝", "葛\U000e0101", "é", "阿·买提", "🌻👨‍👩‍👧", "\u200b\u202e\ue000", "\t"]
)
def test_every_other_character_is_left_alone(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.text == text
    assert decoded.faults == ()


def test_a_file_full_of_faults_lists_some() -> None:
    assert len(decode(b"\xff\x00a" * 10_000).faults) < 100
    assert len(decode(b"\x01a" * 10_000).faults) < 100


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\x81", b"\0" * 9]
)
def test_short_and_odd_files_are_read(data: bytes) -> None:
    assert isinstance(decode(data).text, str)

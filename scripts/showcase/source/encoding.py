"""Bytes of a file → text: encodings recognised, line ends made one, unusable characters found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from showcase.diagnostics import Severity, shown
from showcase.pattern import pattern
from showcase.source.fault import Edit, Fault

_UNUSABLE = pattern(
    # What YAML 1.1 (section 5.1, c-printable) does not allow in a stream.
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]+"
)
# To YAML these end a line, to an editor they are nothing at all.
_BREAKS = pattern("[\x85\u2028\u2029]+")
_DAMAGED = pattern("\ufffd+")
_SHOWN_PER_FILE = 20
BOM = "\ufeff"
_FAMILIAR = 12
"""At least one character in so many is a common one, in Chinese text of any kind."""
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能"
    "這個國時來為們對會發動學村市民文明實踐实践活品牌志愿服务服務党黨員员"
    "名称稱简簡介状狀态態类類型单單位结結束源标標题題签簽"
)
_ARCHIVE = b"PK\x03\x04"
_NO_TEXT = {
    _ARCHIVE: "压缩包",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "旧版 Word、Excel 或 WPS 文件",
    b"%PDF-": " PDF 文件",
    b"{\\rtf": "写字板（RTF）文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
}
"""What begins a file that is no text, and what a clerk calls it."""
_IN_ARCHIVE = {
    b"word/": " Word 文件",
    b"xl/": " Excel 文件",
    b"ppt/": " PowerPoint 文件",
    b"content.xml": " OpenDocument 文件",
}


class Decoded(Struct, frozen=True):
    """A file's text (UTF-8 read, LF line ends, no BOM) and what was wrong with its bytes.

    ``is_text`` is false for a file of another software, of which nothing was read: it is not
    empty, though its text is.
    """

    text: str
    faults: tuple[Fault, ...]
    is_text: bool = True


def decode(data: bytes) -> Decoded:
    """Return the text of a file; never raises, whatever the bytes.

    A file in another encoding is read in the one recognised, so that its other faults and its
    id are still known, and carries a fault.
    """
    data = data.removeprefix(BOM.encode())
    if software := written_by(data):
        return Decoded("", (_no_text(software),), is_text=False)
    text, label = read_text(data)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    faults = list(_misread(text, label))
    odd = ((_UNUSABLE, _unusable), (_BREAKS, _invisible_break))
    for sign, fault in () if shown(text) else odd:
        if sign.search(text):
            faults += (fault(match) for match in islice(sign.finditer(text), _SHOWN_PER_FILE))
            # As many spaces, so that every place in the text stays the same.
            text = sign.sub(lambda match: " " * len(match[0]), text)
    return Decoded(text, tuple(faults))


def plain_text(data: bytes) -> str:
    """Return what :func:`decode` makes of bytes in which it finds no fault.

    Raises ``UnicodeDecodeError`` for others.
    """
    text = data.removeprefix(BOM.encode()).decode("utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def written_by(data: bytes) -> str:
    """Return what kind of file the bytes are, by their beginning; ``""`` for text."""
    for beginning, software in _NO_TEXT.items():
        if data.startswith(beginning):
            inside = (what for part, what in _IN_ARCHIVE.items() if part in data)
            return next(inside, software) if beginning == _ARCHIVE else software
    return ""


def _no_text(software: str) -> Fault:
    return Fault(
        "SRC002",
        0,
        0,
        f"这不是文字文件，是改了名的{software}",
        "改后缀名不会改变内容：请用原来的软件打开它，把文字复制到用记事本新建的文件里",
    )


def read_text(data: bytes) -> tuple[str, str | None]:
    """Return the text and the name of the encoding: ``UTF-8``, another, ``None`` if damaged.

    Nothing is changed in the text: line ends and unusable characters are as in the file.
    """
    if text := _utf32(data):
        return text.removeprefix(BOM), "UTF-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "UTF-16"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    # English in UTF-16 is valid UTF-8, with a zero byte beside every letter.
    if text and text.count("\0") * 4 < len(text):
        return text, "UTF-8"
    if codec := _bare_utf16(data):
        return data.decode(codec, "replace"), "UTF-16"
    if text or not data:
        return text, "UTF-8"
    readings = []
    for codec, label in (("gb18030", "GB18030（GBK）"), ("big5", "Big5")):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        readings.append((sum(char in _COMMON for char in text), text, label))
    # Mostly good UTF-8 with a broken byte decodes as nonsense GB18030; a real GBK file is
    # broken UTF-8 nearly everywhere.
    damaged = data.decode("utf-8", "replace")
    if readings and damaged.count("\ufffd") * 8 > sum(byte > 0x7F for byte in data):
        _, text, label = max(readings, key=lambda reading: reading[0])
        return text, label
    return damaged, None


def familiar(text: str) -> bool:
    """Tell whether text reads like Chinese and not like another script misread as Chinese."""
    foreign = sum(char > "\x7f" for char in text)
    common = sum(char in _COMMON for char in text)
    return common > 1 and common * _FAMILIAR >= foreign


def _utf32(data: bytes) -> str:
    """Return UTF-32 text, with its mark if it has one, or ``""`` if it is none.

    Every fourth byte of it is zero. UTF-16 misread as it lands in planes where no letter is.
    """
    if len(data) % 4 or b"\0" not in data[:4]:
        return ""
    for codec, high in (("utf-32-le", slice(3, 4096, 4)), ("utf-32-be", slice(0, 4096, 4))):
        if not any(data[high]) and any(data[:4096]):
            text = data.decode(codec, "replace")
            if "\ufffd" not in text and max(text) < "\U00040000":
                return text
    return ""


def _bare_utf16(data: bytes) -> str:
    """Return the codec of UTF-16 text without a byte order mark, or ``""``.

    It shows in its line ends and spaces, which are half zero bytes, even between Chinese
    characters that have none.
    """
    sample = data[:4096]
    if b"\0" not in sample:
        return ""
    little, big = (
        sum(sample[at : at + 2] == mark for at in range(0, len(sample), 2) for mark in marks)
        for marks in ((b"\n\0", b" \0", b"-\0"), (b"\0\n", b"\0 ", b"\0-"))
    )
    if little == big:
        return ""
    return "utf-16-le" if little > big else "utf-16-be"


def _misread(text: str, label: str | None) -> Iterator[Fault]:
    if label is None:
        for match in islice(_DAMAGED.finditer(text), _SHOWN_PER_FILE):
            yield Fault(
                "SRC002",
                match.start(),
                match.end(),
                "这里的字节已经损坏，读不出是什么字",
                "请用记事本打开，把这里的乱码改成原来的字，另存为 UTF-8 编码",
            )
    elif label != "UTF-8":
        yield Fault(
            "SRC002",
            0,
            0,
            f"文件的编码是 {label}，不是 UTF-8",
            "请用记事本打开，选「文件 → 另存为」，编码选 UTF-8，再保存",
        )


def _unusable(match: re.Match[str]) -> Fault:
    return Fault(
        "SRC003",
        match.start(),
        match.end(),
        f"这里有看不见的控制字符（{_names(match[0])}）",
        "请删除它，再从键盘输入前后的文字",
        # Files put together leave the second one's mark in the middle: it stands for nothing.
        edit=Edit(*match.span(), "") if set(match[0]) == {BOM} else None,
    )


def _invisible_break(match: re.Match[str]) -> Fault:
    return Fault(
        "SRC003",
        match.start(),
        match.end(),
        f"这里有看不见的换行符（{_names(match[0])}），按空格处理",
        "请删除它；要换行就按回车键",
        severity=Severity.WARNING,
    )


def _names(text: str) -> str:
    return "、".join(sorted({f"U+{ord(char):04X}" for char in text})[:3])

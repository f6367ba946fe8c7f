"""Rules about single characters: what deceives, what nobody sees, what is lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from types import MappingProxyType

from showcase.diagnostics import START, Diagnostic, Lines, Severity
from showcase.graph import Graph
from showcase.pattern import pattern
from showcase.rules.raw import Verdict, search
from showcase.rules.where import Part, Place
from showcase.source import Document

_NAMES = frozenset({Part.NAME, Part.REFERENCE, Part.ADDRESS})
"""Where a character that nobody sees breaks a search, a reference or an address."""

_REPORTED = frozenset({Part.KEY, Part.ID})
"""Where other rules name the character: no field and no id can have it."""

_BIDI = pattern("[\u202a-\u202e\u2066-\u2069]+")
_UNSEEN = pattern(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f]+"
)
_PRIVATE = pattern("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+")
_LOST = pattern("\ufffd+|\ufffc|(?:锟斤拷)+锟?斤?|#(?:REF!|N/A|VALUE!|DIV/0!|NAME[?]|NUM!|NULL!)")
_LOST_WORDS = (
    *("\ufffd", "\ufffc", "锟斤拷", "#REF!", "#N/A"),
    *("#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"),
)
_ODD_LETTERS = "\u034f\u3164\uffa0\ufffd"
"""Those of the above that Unicode counts among the characters that show."""
_ESCAPE = pattern(r"[\\](?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|[0abevLPN])")
_ZWJ, _BLACK_FLAG, _CANCEL_TAG = "\u200d", "\U0001f3f4", "\U000e007f"
_PICTURE = pattern("[\u2190-\u2bff\u3030\u303d\ufe0f\U0001f000-\U0001faff]")
_JOINING = pattern(
    # Scripts whose letters join, reorder or part words without a space: they need such signs.
    "[\u0590-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00011fff]"
)
_SIGN_NAMES = {
    "\u00ad": "软连字符",
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字",
    "\u200d": "零宽连字",
    "\u2060": "零宽不换行",
    "\ufeff": "字节顺序标记",
}


def turned_around(graph: Graph) -> Iterator[Diagnostic]:
    """有改变文字方向的字符

    看不见的方向控制符能让文字显示的次序和实际不同，读者看到的和程序读到的就不是一回事，
    常被用来冒充网址和文件名。

    错误：名称里夹着一个 U+202E，「gnp.exe」显示成「exe.png」

    正确：删除那里的字符，从键盘重新输入
    """

    def judge(_: Document, match: re.Match[str], place: Place | None) -> Verdict | None:
        if place is not None and place.part is Part.ID:
            return None
        return (
            Severity.ERROR,
            f"这里有看不见的方向控制符（{_codes(match[0])}），文字显示的次序和实际不同",
            "请删除它，再从键盘输入前后的文字",
        )

    yield from search(graph, "SRC018", _BIDI, judge, sieve=_odd)
    # Of a record's own file name the rule about ids says so.
    for file in graph.pictures:
        if _BIDI.search(file):
            message = "文件名里有看不见的方向控制符，显示的次序和实际不同"
            yield Diagnostic("SRC018", Severity.ERROR, file, START, "", message, "请给文件重新起名")


def unseen(graph: Graph) -> Iterator[Diagnostic]:
    """夹着看不见的零宽字符

    从网页和聊天软件复制文字，会带进没有宽度的字符。名称里夹着它，检索和引用就对不上；
    正文里夹着它，词语就搜不到。表情符号和少数民族文字里需要的不算。

    错误：「向阳」和「花开」之间夹着一个零宽空格（U+200B）

    正确：删除那里的字符，从键盘重新输入
    """

    def judge(document: Document, match: re.Match[str], place: Place | None) -> Verdict | None:
        if place is None or place.part in _REPORTED or _needed(document.lines.text, match):
            return None
        name = _SIGN_NAMES.get(match[0][0], "")
        return (
            Severity.ERROR if place.part in _NAMES else Severity.WARNING,
            f"这里有看不见的字符（{name and name + ' '}{_codes(match[0])}），检索和引用会对不上",
            "请删除它，再从键盘输入前后的文字",
        )

    return search(graph, "SRC019", _UNSEEN, judge, sieve=_odd)


def private_use(graph: Graph) -> Iterator[Diagnostic]:
    """有别人的电脑上显示不出来的字符

    一些旧软件把生僻字和图标放在「造字区」，只有装了那种字体的电脑才看得到，别人看到的是
    方框，也搜不到。

    错误：用造字程序造的字，或从 Word 复制来的项目符号

    正确：用输入法能打出的生僻字（扩展区的汉字都可以）
    """

    def judge(_: Document, match: re.Match[str], place: Place | None) -> Verdict | None:
        if place is None or place.part in _REPORTED:
            return None
        return (
            Severity.ERROR if place.part in _NAMES else Severity.WARNING,
            f"这里的字符（{_codes(match[0])}）是造字区的，读者看到的会是方框",
            "请换成输入法能打出的字；是项目符号的，列表请用「- 」开头",
        )

    return search(graph, "SRC020", _PRIVATE, judge, sieve=_odd)


def lost(graph: Graph) -> Iterator[Diagnostic]:
    """有转换时丢失的字

    「�」表示这里原来有一个字，转换编码时丢了；「锟斤拷」是它又错了一次。「#REF!」「#N/A」是表格里
    算不出来的格子。从 Word 复制图片会留下一个看不清的「对象」字符。

    错误：助学活动募集爱心�9931 元

    正确：助学活动募集爱心款 9931 元
    """
    damaged = {found.file for found in graph.found("SRC002")}

    def judge(document: Document, match: re.Match[str], place: Place | None) -> Verdict | None:
        # Of bytes that could not be read the reader has already said so.
        if place is None or document.file in damaged:
            return None
        if match[0][0] == "#":
            message = f"「{match[0]}」是从表格带来的错误，原来的内容丢了"
            return Severity.WARNING, message, "请对照原来的表格，把内容补上"
        if match[0] == "\ufffc":
            message = "这里有一个代替图片的字符（U+FFFC），读者看到的是方框"
            return Severity.WARNING, message, "请删除它；图片请放在记录旁边，在「照片」里写文件名"
        if match[0][0] == "锟":
            return (
                Severity.WARNING,
                f"这里的文字在转换时丢了，只剩下「{match[0][:6]}」",
                "请对照原稿，把丢失的字补上",
            )
        return (
            Severity.WARNING,
            f"这里有 {len(match[0])} 个字在转换时丢了，只剩下「{match[0][:5]}」",
            "请对照原稿，把丢失的字补上",
        )

    return search(graph, "SRC021", _LOST, judge, sieve=_may_be_lost)


def escaped(graph: Graph) -> Iterator[Diagnostic]:
    r"""用代码写出看不见的字符

    双引号里的「\\u200B」「\\x00」会变成看不见的字符，它们会破坏网页、检索和网址。

    错误：名称: "向阳\\u200B花开"

    正确：名称: 向阳花开
    """

    def judge(document: Document, match: re.Match[str], place: Place | None) -> Verdict | None:
        if place is None or place.part is Part.ID or match.start() >= document.body_start:
            return None
        text = document.lines.text
        if text[place.start : place.start + 1] != '"' or _is_escaped(text, match.start()):
            return None
        digits = match[1] or match[2] or match[3]
        char = chr(min(int(digits, 16), 0x10FFFF)) if digits else ""
        if char and unicodedata.category(char) not in ("Cc", "Cf", "Co", "Zl", "Zp"):
            return None
        return (
            Severity.ERROR,
            f"「{match[0]}」会变成看不见的字符",
            "请删除它；要显示这几个字母，就去掉两边的双引号",
        )

    return search(graph, "SRC022", _ESCAPE, judge)


def _may_be_lost(lines: Lines) -> bool:
    return any(word in lines.text for word in _LOST_WORDS)


def _odd(lines: Lines) -> bool:
    """Tell whether a text may hold any of the above: most do not, and need no closer look."""
    return not lines.shown or any(char in lines.text for char in _ODD_LETTERS)


RULES = MappingProxyType(
    {
        "SRC018": turned_around,
        "SRC019": unseen,
        "SRC020": private_use,
        "SRC021": lost,
        "SRC022": escaped,
    }
)


def _codes(text: str) -> str:
    return "、".join(dict.fromkeys(f"U+{ord(char):04X}" for char in text[:3]))


def _needed(text: str, match: re.Match[str]) -> bool:
    """Whether invisible characters do their work: in an emoji, or in a script that joins."""
    before = text[max(0, match.start() - 1) : match.start()]
    after = text[match.end() : match.end() + 1]
    if match[0] == _ZWJ and _PICTURE.fullmatch(before) and _PICTURE.fullmatch(after):
        return True
    if before == _BLACK_FLAG and match[0].endswith(_CANCEL_TAG):
        return True
    joining = _JOINING.fullmatch(before) or _JOINING.fullmatch(after)
    return joining is not None and len(match[0]) <= 2


def _is_escaped(text: str, at: int) -> bool:
    """Whether the backslash at a place is itself the second of two."""
    start = at
    while start and text[start - 1] == "\\":
        start -= 1
    return (at - start) % 2 == 1

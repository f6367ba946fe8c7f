"""libyaml's reasons for giving up, said so that a clerk can act on them, where the slip is.

libyaml names the place where it noticed; a person looks where it began. The two differ for
everything that is opened and not closed, and for a line that lacks its colon.
"""

from __future__ import annotations

import re

import yaml

from showcase.diagnostics import short
from showcase.pattern import pattern
from showcase.source.fault import Fault

_CODE = "SRC006"
_HELP_QUOTE = "请用引号把整段文字括起来，例如 简介: '…'"
_NO_COLON = (
    "这一行不像「字段: 内容」的写法，缺少冒号",
    "请写成「字段: 内容」（半角冒号加空格）；接着上一行的文字请缩进两个空格",
)

#: Where libyaml noticed it: the beginning of its words, what to say, how to write it.
_NOTICED: tuple[tuple[str, str, str], ...] = (
    (
        "block sequence entries are not allowed",
        "「- 」不能写在字段的同一行",
        "请换一行，缩进两个空格，再写「- 」",
    ),
    (
        "found unknown escape character",
        "双引号里的「\\」后面不能跟这个字符",
        "请把双引号换成单引号，或把「\\」写成「\\\\」",
    ),
    (
        "did not find expected hexdecimal number",
        "双引号里的「\\」后面不能跟这个字符",
        "请把双引号换成单引号，或把「\\」写成「\\\\」",
    ),
    (
        "found invalid Unicode character escape code",
        "双引号里的「\\u…」不是一个完整的字",
        "请直接写这个字或表情，或把双引号换成单引号",
    ),
    (
        "did not find expected '-' indicator",
        "这一行没有与上面的「-」对齐",
        "同一个列表的每一项都以「- 」开头，并且左对齐；一项里的其他字段再缩进两个空格",
    ),
    (
        "did not find expected <document start>",
        "这一行的缩进没有与上面的字段对齐",
        "最外层的字段都从行首写起，前面不要有空格",
    ),
)

#: Where it began: what is opened there and not closed.
_BEGAN: tuple[tuple[str, str, str], ...] = (
    (
        "found unexpected end of stream",
        "引号没有成对，后面的内容都被当成了引号里的文字",
        "请在文字末尾补上同样的引号",
    ),
    (
        "did not find expected ',' or ']'",
        "方括号「[」没有配对的「]」，或各项之间缺少半角逗号",
        "请补上「]」，各项之间用半角逗号「, 」隔开；文字以方括号开头时，请用引号括起来",
    ),
    (
        "did not find expected ',' or '}'",
        "花括号「{」没有配对的「}」，或各项之间缺少半角逗号",
        "请补上「}」；文字以花括号开头时，请用引号括起来",
    ),
)
_OTHER = ("这里的写法读不出来", "请检查这一行的冒号、引号、括号和缩进是否写对")
_NOT_ALIGNED = (
    "这一行的缩进没有与上面的字段对齐",
    "同一层的字段要左对齐；下一层的内容再缩进两个空格",
)
_YAML_ONLY = pattern(r"^(?P<sign>\.\.\.|%[A-Z]+)(?=\s|\Z).*$", re.MULTILINE)
_CANNOT_BEGIN = frozenset("@`%*&!|>,]}?")


def explain(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """Return the fault for a syntax error in ``text``."""
    problem = error.problem or ""
    noticed = min(error.problem_mark.index if error.problem_mark else 0, len(text))
    began = min(error.context_mark.index if error.context_mark else noticed, len(text))
    return (
        _special(problem, text, noticed, began)
        or _listed(_BEGAN, problem, text, began)
        or _listed(_NOTICED, problem, text, noticed)
        or _character(text, noticed, *_OTHER)
    )


def _special(problem: str, text: str, noticed: int, began: int) -> Fault | None:
    """Return the fault of a problem whose words depend on the text around it."""
    if problem.startswith("mapping values are not allowed"):
        return _unexpected_colon(text, noticed)
    if problem.startswith("did not find expected <document start>"):
        return _yaml_only(text, noticed)
    if problem.startswith("could not find expected ':'"):
        return _line(text, began, *_NO_COLON)
    if text[began : began + 1] in _CANNOT_BEGIN and text[:began].endswith((": ", "- ")):
        return _character(text, began, f"内容不能以「{text[began]}」开头", _HELP_QUOTE)
    if problem.startswith("did not find expected '-' indicator"):
        return _after_closing(text, noticed)
    if problem.startswith("did not find expected key"):
        return _after_closing(text, noticed) or _line(text, noticed, *_NOT_ALIGNED)
    return None


def _listed(
    reasons: tuple[tuple[str, str, str], ...], problem: str, text: str, at: int
) -> Fault | None:
    for start, message, help in reasons:
        if problem.startswith(start):
            return _character(text, at, message, help)
    return None


def _character(text: str, at: int, message: str, help: str) -> Fault:
    return Fault(_CODE, at, min(at + 1, len(text)), message, help)


def _line(text: str, at: int, message: str, help: str) -> Fault:
    """Return a fault of a whole line, without the blanks around it."""
    start = text.rfind("\n", 0, at) + 1
    line, _, _ = text[start:].partition("\n")
    start += len(line) - len(line.lstrip())
    return Fault(_CODE, start, start + len(line.strip()), message, help)


def _unexpected_colon(text: str, at: int) -> Fault:
    """Say which of three slips made a colon unexpected.

    A line above without its colon runs on into this one; so does the value above when this line
    is indented further than its field; or the text has a colon of its own.
    """
    start = text.rfind("\n", 0, at) + 1
    if re.search(r":\s|[\"']", text[start:at]):
        message = "这里多了一个冒号，读不出哪一部分是字段名"
        help = "文字里含有「: 」时，请用引号把整段文字括起来，例如 简介: '主题: 向阳'"
        return _character(text, at, message, help)
    above = _line_above(text, start)
    if above is None or text[start] not in " \t":
        if above is None or ":" in text[above:start]:
            return _character(text, at, *_OTHER)
        return _line(text, above, *_NO_COLON)
    return _line(
        text,
        at,
        _NOT_ALIGNED[0],
        "同一层的字段要左对齐；上面一行已经写了内容，这一行就不能再缩进",
    )


def _line_above(text: str, start: int) -> int | None:
    """Return where the nearest line above that is neither blank nor a comment starts."""
    while start > 0:
        start = text.rfind("\n", 0, start - 1) + 1
        line, _, _ = text[start:].partition("\n")
        if line.strip() and not line.lstrip().startswith("#"):
            return start
    return None


def _yaml_only(text: str, at: int) -> Fault | None:
    """Return the fault of a line above that tells YAML something, and is no field."""
    found = list(_YAML_ONLY.finditer(text, 0, at))
    if not found:
        return None
    sign = found[-1]["sign"]
    return _line(text, found[-1].start(), f"这里用不到「{sign}」开头的一行", "请删除这一行")


def _after_closing(text: str, at: int) -> Fault | None:
    """Return the fault of text after a closing quote or bracket, if that is what stands here."""
    start = text.rfind("\n", 0, at) + 1
    before = text[start:at].rstrip()
    if not before.endswith(("'", '"', "]", "}")) or not text[at : at + 1].strip():
        return None
    end = text.find("\n", at)
    rest = text[at : end if end >= 0 else len(text)].rstrip()
    sign = "引号" if before[-1] in "'\"" else f"「{before[-1]}」"
    help = "请用引号把整段文字括起来；文字里面的引号用中文引号“ ”"
    message = f"{sign}后面还有文字「{short(rest)}」"
    return Fault(_CODE, at, at + len(rest), message, help)

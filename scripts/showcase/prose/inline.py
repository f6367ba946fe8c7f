"""Reads what stands within one line: code, links, images, wiki links, markup, footnotes.

One pass from left to right, as CommonMark describes it: code, markup and addresses in angle
brackets bind first, then brackets from the inside out, and a link holds no other link. Emphasis is
left to Markdown. Nothing here looks beyond the line, so a line is the most that a stray mark can
spoil.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct, field

from showcase.pattern import pattern
from showcase.prose.found import Finding, Image, Link, WikiLink
from showcase.prose.markup import from_word, markup_end, word_tag_at
from showcase.prose.pieces import (
    NOTHING,
    Code,
    ImagePiece,
    Inline,
    LinkPiece,
    Markup,
    Piece,
    Reference,
)
from showcase.prose.targets import judge_image, judge_link, resolved

PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")

#: Every branch begins with a character of its own, which lets the search run through plain text.
_TRIGGER = pattern(r"\\|``*|!\[|\[|\]|<|h[tT][tT][pP][sS]?://|H[tT][tT][pP][sS]?://")
_TICKS = pattern("`+")
_WIKI = pattern(r"\[\[([^\[\]\r\n]+)\]\]")
_WIKI_PARTS = pattern(r"\\?\|")
_FOOTNOTE = pattern(r"\[\^([^\[\]\s][^\[\]]*)\]")
_LABEL = pattern(r"\[([^\[\]]*)\]")
_TARGET = pattern(r"\(([^()\\]*+(?:(?:\\.|\([^()\\]*+(?:\\.[^()\\]*+)*\))[^()\\]*+)*)\)")
_TITLE = pattern(r"""\s(?:"([^"]*)"|'([^']*)')$""")
#: 品牌[向阳花开](2019年启用): Chinese text in parentheses leads nowhere.
_LIKE_A_TARGET = pattern(r"[./#?:：\\&%]")
_WIDE_TARGET = pattern(
    r"（\s*(?:https?:|mailto:|www\.|\.{0,2}/)[^（）()]*[）)]|\(\s*(?:https?:|www\.)[^（）()]*）",
    re.IGNORECASE,
)
_AUTOLINK = pattern(r"<([A-Za-z][A-Za-z0-9+.-]+:[^\s<>]*)>")
_MAIL = pattern(r"<([^\s<>@()\[\]:]+@[^\s<>@()\[\]:]+\.[^\s<>@()\[\]:]+)>")
_ADDRESS = pattern(r"https?://[A-Za-z0-9\-._~:/?#@!$&()+,;=%]+", re.IGNORECASE)
_ENTITY = pattern(r"&(?:lt|gt|quot|nbsp|#[0-9]+);")
_LONGEST_DETAIL = 80
_TRAILING = ".,;:!?&"


class Context(Struct, frozen=True):
    """What a line cannot know alone.

    ``text`` is what is read, ``body`` what the author wrote (of the same length).
    ``references`` maps labels to targets and titles; ``notes`` holds the labels of footnotes.
    """

    text: str
    body: str
    references: Mapping[str, tuple[str, str]]
    notes: Collection[str]


class _Opener(Struct):
    start: int
    after: int
    image: bool
    pieces: int
    live: bool = True


class _Line(Struct):
    """The state of reading one line."""

    context: Context
    start: int
    end: int
    pieces: list[Piece] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    openers: list[_Opener] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    ticks: dict[int, list[int]] | None = None


def label_of(text: str) -> str:
    """Return the form in which a label and its definition meet."""
    return " ".join(text.split()).lower()


def read_inline(context: Context, places: Iterable[tuple[int, int]]) -> Iterator[Inline]:
    """Read lines of a body that stand at ``places`` (start and end, in order)."""
    text = context.text
    for start, end in places:
        match = _TRIGGER.search(text, start, end)
        yield _read_line(context, start, end, match) if match is not None else NOTHING


def _read_line(context: Context, start: int, end: int, match: re.Match[str] | None) -> Inline:
    text = context.text
    line = _Line(context, start, end)
    while match is not None:
        match = _TRIGGER.search(text, _take(line, match), end)
    if len(line.pieces) > 1:
        line.pieces.sort(key=_by_start)
    return Inline(tuple(line.pieces), tuple(line.findings), tuple(line.used))


def _by_start(piece: Piece) -> tuple[int, int]:
    return piece.start, -piece.end


def _take(line: _Line, match: re.Match[str]) -> int:
    """Take in what begins at a match and return where reading goes on."""
    match match[0][0]:
        case "\\":
            return match.end() + (line.context.text[match.end() : match.end() + 1] in PUNCTUATION)
        case "`":
            return _code(line, match.start(), match.end())
        case "<":
            return _angle(line, match.start())
        case "]":
            return _close(line, match.start())
        case "[" | "!":
            return _open(line, match.start(), match.end())
        case _:
            return _address(line, match.start())


# --- code ----------------------------------------------------------------------------------------


def _code(line: _Line, start: int, after: int) -> int:
    """Take a code span: everything up to the next run of as many backticks."""
    if line.ticks is None:
        line.ticks = {}
        for run in _TICKS.finditer(line.context.text, line.start, line.end):
            line.ticks.setdefault(run.end() - run.start(), []).append(run.start())
    size = after - start
    closers = line.ticks.get(size, [])
    index = bisect_right(closers, start)
    if index == len(closers):
        return after
    close = closers[index]
    text = line.context.text[after:close]
    if text.startswith(" ") and text.endswith(" ") and text.strip():
        text = text[1:-1]
    line.pieces.append(Code(start, close + size, text))
    return close + size


# --- angle brackets ------------------------------------------------------------------------------


def _angle(line: _Line, start: int) -> int:
    """Take an address in angle brackets, or markup."""
    text, end = line.context.text, line.end
    if not word_tag_at(text, start, end):
        match = _AUTOLINK.match(text, start, end)
        if match is not None:
            return _autolink(line, match, match[1])
        match = _MAIL.match(text, start, end)
        if match is not None:
            return _autolink(line, match, f"mailto:{match[1]}")
    close = markup_end(text, start, end)
    if close is None:
        return start + 1
    found = text[start:close]
    line.pieces.append(Markup(start, close, found))
    name = "word-markup" if from_word(found) else "raw-html"
    line.findings.append(Finding(name, start, close, found[:_LONGEST_DETAIL]))
    return close


def _autolink(line: _Line, match: re.Match[str], target: str) -> int:
    _add_address(line, match.span(), match.span(1), target)
    _no_link_around(line)
    return match.end()


def _address(line: _Line, start: int) -> int:
    """Take a web address that stands in the text without any marks."""
    text = line.context.text
    match = _ADDRESS.match(text, start, line.end)
    before = text[start - 1] if start > line.start else ""
    if match is None or (before.isascii() and before.isalnum()):
        return start + len("http")
    found = _ENTITY.split(match[0], maxsplit=1)[0].rstrip(_TRAILING)
    while found.endswith(")") and found.count(")") > found.count("("):
        found = found[:-1].rstrip(_TRAILING)
    end = start + len(found)
    if found.endswith("/") and found.count("/") == 2:
        return end
    _add_address(line, (start, end), (start, end), found)
    return end


# --- square brackets -----------------------------------------------------------------------------


def _open(line: _Line, start: int, after: int) -> int:
    text, end = line.context.text, line.end
    image = after - start == 2
    if image and text.startswith("[[", start + 1) and _WIKI.match(text, start + 1, end):
        return start + 1
    if not image:
        wiki = _WIKI.match(text, start, end)
        if wiki is not None:
            return _wiki(line, wiki)
        footnote = _FOOTNOTE.match(text, start, end)
        if footnote is not None and not _is_link_text(line, footnote):
            return _footnote(line, footnote)
    line.openers.append(_Opener(start, after, image, len(line.pieces)))
    return after


def _is_link_text(line: _Line, match: re.Match[str]) -> bool:
    return line.context.text.startswith("(", match.end()) and (
        label_of(match[1]) not in line.context.notes
    )


def _wiki(line: _Line, match: re.Match[str]) -> int:
    body, (start, end) = line.context.body, match.span()
    parts = _WIKI_PARTS.split(body[start + 2 : end - 2], maxsplit=1)
    target = resolved(parts[0])
    if not target:
        line.findings.append(Finding("empty-link", start, end, ""))
        line.pieces.append(Markup(start, end, line.context.text[start:end]))
        return end
    text = resolved(parts[-1]) or target
    line.pieces.append(WikiLink(start, end, target, text))
    _no_link_around(line)
    return end


def _footnote(line: _Line, match: re.Match[str]) -> int:
    label, (start, end) = label_of(match[1]), match.span()
    if label in line.context.notes:
        line.pieces.append(Reference(start, end, label))
    else:
        line.findings.append(Finding("unknown-footnote", start, end, match[1]))
    return end


def _close(line: _Line, at: int) -> int:
    """Take the link or image that a closing bracket completes, if it does."""
    if not line.openers:
        return at + 1
    opener = line.openers.pop()
    if not (opener.live or opener.image):
        return at + 1
    found = _destination(line, opener, at)
    if found is None:
        wide = _WIDE_TARGET.match(line.context.text, at + 1, line.end)
        if wide is not None:
            line.findings.append(Finding("full-width-link", opener.start, wide.end(), wide[0]))
        return at + 1
    target, title, end = found
    inner = opener.after, at
    if opener.image:
        del line.pieces[opener.pieces :]
        _add_image(line, (opener.start, end), inner, target, title)
        return end
    line.pieces[opener.pieces :] = [
        piece for piece in line.pieces[opener.pieces :] if not _is_link(piece)
    ]
    _add_link(line, (opener.start, end), inner, target, title)
    _no_link_around(line)
    return end


def _is_link(piece: Piece) -> bool:
    return isinstance(piece, Reference) or (isinstance(piece, LinkPiece) and piece.bare)


def _no_link_around(line: _Line) -> None:
    for opener in line.openers:
        opener.live = False


def _destination(line: _Line, opener: _Opener, at: int) -> tuple[str, str, int] | None:
    """Return target, title and end of what follows a closing bracket."""
    text, end = line.context.text, line.end
    match = _TARGET.match(text, at + 1, end)
    if match is not None:
        target, title = _target_and_title(line.context.body[match.start(1) : match.end(1)])
        if opener.image or target.isascii() or _LIKE_A_TARGET.search(target):
            return target, title, match.end()
    match = _LABEL.match(text, at + 1, end)
    label = label_of(match[1]) if match is not None else ""
    after = match.end() if match is not None else at + 1
    label = label or label_of(text[opener.after : at])
    if label not in line.context.references:
        return None
    line.used.append(label)
    return *line.context.references[label], after


def _target_and_title(text: str) -> tuple[str, str]:
    """Part what stands between the parentheses; spaces in the target are allowed."""
    text = text.strip()
    title = _TITLE.search(text)
    if title is not None:
        text = text[: title.start()].strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    return resolved(text), (title[1] or title[2] or "") if title is not None else ""


# --- links and images ----------------------------------------------------------------------------


def _add_link(
    line: _Line, span: tuple[int, int], inner: tuple[int, int], target: str, title: str
) -> None:
    link = Link(*span, target, line.context.body[slice(*inner)])
    judgement = judge_link(target, link.text)
    line.findings += (Finding(name, *span, detail) for name, detail in judgement.faults)
    line.pieces.append(LinkPiece(link, inner, judgement.shown, judgement.external, title))


def _add_address(line: _Line, span: tuple[int, int], inner: tuple[int, int], target: str) -> None:
    link = Link(*span, resolved(target), line.context.body[slice(*inner)])
    judgement = judge_link(link.target, link.text)
    line.findings += (Finding(name, *span, detail) for name, detail in judgement.faults)
    line.pieces.append(
        LinkPiece(
            link, inner, judgement.shown, judgement.external, literal=True, bare=span == inner
        )
    )


def _add_image(
    line: _Line, span: tuple[int, int], inner: tuple[int, int], target: str, title: str
) -> None:
    image = Image(*span, target, resolved(line.context.body[slice(*inner)]), title)
    judgement = judge_image(target, image.alt)
    line.findings += (Finding(name, *span, detail) for name, detail in judgement.faults)
    line.pieces.append(ImagePiece(image, judgement.shown, title))

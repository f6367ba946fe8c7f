"""The size of prose that Markdown is trusted with.

Python-Markdown is a chain of regular expressions over the whole text and a recursive parser, and
nh3 is quadratic in the entities of one run of text. With links, code and markup taken out of its
hands (:mod:`showcase.prose.reading`), what is left grows with the product of two lengths at worst;
these limits keep every such product small. ``tests/unit/test_prose_bounds.py`` holds the texts
that come closest to breaking them. A body beyond a limit is reported and shown as it was typed.
"""

from __future__ import annotations

from collections.abc import Iterator

from showcase.pattern import pattern
from showcase.prose.found import Finding

#: A long case study has 5,000 characters; this is a book of sixty pages. Of a longer body only so
#: much is shown: eight million characters stop a reader's phone as they stop a parser.
MAX_CHARACTERS = 100_000
MAX_LINES = 4_000
#: A line is a paragraph here. Runs of text without a break cost the square of their length.
MAX_LINE = 10_000
#: Lists within lists within quotations. The parser recurses for each.
MAX_DEPTH = 12
#: Brackets, and of each other mark that means something, in one line and in a whole body.
MAX_MARKS = 400
MAX_ALL_MARKS = 8_000
#: Links, images, code, markup and footnotes in a body: each is a copy of the text around it.
MAX_PIECES = 3_000
#: Marks counted as runs: ``**`` is one.
_RUNS = {"*": pattern(r"\*+"), "_": pattern("_+"), "`": pattern("`+")}
_BRACKETS = "[]"
_SINGLE = "<|&"


def lines(text: str) -> list[tuple[int, int]]:
    """Return where each line starts and ends, its line end left out.

    Stops when there is one line more than the bounds allow.
    """
    returns = "\r" in text
    if returns:
        # As many characters, so that every place stays the same; \r\n is one line end.
        text = text.replace("\r\n", "\n\0").replace("\r", "\n")
    spans: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n", MAX_LINES + 1)[: MAX_LINES + 1]:
        end = start + len(line)
        spans.append((start, end))
        start = end + 1
    if returns:
        spans = [(start + text.startswith("\0", start), end) for start, end in spans]
    # A line end ends a line: the text does not begin another.
    return spans[:-1] if spans[-1][0] == len(text) else spans


def oversize(length: int, text: str, spans: list[tuple[int, int]]) -> Iterator[Finding]:
    """Yield one finding for every limit that a body breaks, at the first place that breaks it.

    ``text`` is the body up to the first limit, ``spans`` its lines.
    """
    if length > MAX_CHARACTERS:
        yield Finding("body-too-long", MAX_CHARACTERS, length, str(MAX_CHARACTERS))
    if len(spans) > MAX_LINES:
        yield Finding("too-many-lines", spans[MAX_LINES][0], len(text), str(MAX_LINES))
    if length > MAX_LINE:
        yield from _long_line(spans)
    yield from _crowded_line(text, spans, "too-many-brackets", _BRACKETS)
    yield from _crowded_line(text, spans, "too-many-marks", _SINGLE + "".join(_RUNS))


def _long_line(spans: list[tuple[int, int]]) -> Iterator[Finding]:
    for start, end in spans:
        if end - start > MAX_LINE:
            yield Finding("line-too-long", start, end, str(MAX_LINE))
            return


def _crowded_line(
    text: str, spans: list[tuple[int, int]], name: str, marks: str
) -> Iterator[Finding]:
    for mark in marks:
        if text.count(mark) <= MAX_MARKS:
            continue
        if _exceeds(text, mark, (0, len(text)), MAX_ALL_MARKS):
            first, last = text.index(mark), text.rindex(mark) + 1
            yield Finding(name, first, last, f"{mark} {MAX_ALL_MARKS}")
            continue
        for start, end in spans:
            if _exceeds(text, mark, (start, end), MAX_MARKS):
                yield Finding(name, text.index(mark, start), end, f"{mark} {MAX_MARKS}")
                break


def _exceeds(text: str, mark: str, span: tuple[int, int], limit: int) -> bool:
    if text.count(mark, *span) <= limit:
        return False
    return mark not in _RUNS or sum(1 for _ in _RUNS[mark].finditer(text, *span)) > limit

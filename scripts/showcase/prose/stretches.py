"""Stretches of plain paragraphs, which are taken whole: most of what people write.

A paragraph in which no character means anything but itself, on one line with room above and below
it, is shown the same by everybody, whatever stands around it. So there is nothing to read in it, to
write for Markdown, or to clean; a stretch of such paragraphs is one thing from the first reading to
the last. What might mean something is left to those who know. The tests read all prose both ways.
"""

from __future__ import annotations

from showcase.pattern import pattern

#: The name of a stretch in a tree of elements: none of HTML's, so that none passes for another.
STRETCH = "stretch"

#: What stands between the paragraphs of a stretch.
ROOM = "\n\n"

#: What may mean something within a line: escapes, code, emphasis, brackets, markup, entities,
#: cells, the marks of headings.
_MARKS = r"\\`*_\[\]<>&|#"
#: A paragraph begins with none of these, nor with the number of an item. Wide spaces at its
#: beginning are not shown.
_BEGIN = rf"\u3000*+(?:[^\n \t\u3000{_MARKS}+=~:0-9-]|[0-9]++(?!\.))"
#: A colon may stand in an address. (Only single characters are taken possessively here, and where
#: prose is cleaned: before Python 3.11.5 a group taken so may match what it should not, gh-106052.)
_PARAGRAPH = rf"{_BEGIN}(?:[^\n{_MARKS}:]++|:(?!//))*(?=\n\n|\n?\Z)"
_STRETCH = pattern(rf"{_PARAGRAPH}(?:\n\n{_PARAGRAPH})*")


def stretch_end(text: str, start: int) -> int:
    """Return the end of the stretch that begins at the start of a line; ``start`` if none does.

    There must be room above the line. All characters must be :func:`~showcase.diagnostics.shown`.
    """
    match = _STRETCH.match(text, start)
    return match.end() if match is not None else start


def regular(stretch: str) -> str:
    """Return a stretch without the wide spaces that its paragraphs begin with."""
    if "\u3000" not in stretch:
        return stretch
    return ROOM.join(paragraph.lstrip("\u3000") for paragraph in stretch.split(ROOM))


def text_in(stretch: str) -> str:
    """Return what a reader sees of a stretch, a paragraph on each line, without spare spaces."""
    if " " not in stretch and "\u3000" not in stretch:
        return stretch.replace(ROOM, "\n")
    return "\n".join(" ".join(paragraph.split()) for paragraph in stretch.split(ROOM))

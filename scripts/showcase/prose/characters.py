"""Characters that prose must not hold, and characters that stand for others on the way.

Python-Markdown knows no positions and reads brackets with expressions that hang. So what
:mod:`showcase.prose.reading` has found is put aside before Markdown runs: a construct becomes a
numbered mark, a character that means nothing where it stands becomes its double. Doubles lie at
the end of a private plane, marks are Unicode noncharacters; neither has a place in anybody's text,
so :func:`readable` takes them out first and no text can pretend to be a mark.
"""

from __future__ import annotations

import re
from html import escape

from showcase.diagnostics import shown
from showcase.pattern import pattern

#: A piece without text of its own: ``START number END``. With text, which Markdown goes on to
#: read: ``START number WITH text CLOSE``.
START, END, WITH, CLOSE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
#: Around a footnote's number where it is referred to; before its number where it begins.
REFERENCE, NOTE = "\ufdd4", "\ufdd5"
#: Python-Markdown wants a text that says where footnotes go; nobody can type this one.
NOWHERE = "\ufdd6"
#: Around the number of a stretch of plain paragraphs, which Markdown leaves alone.
WHOLE = "\ufdd7"

_DOUBLES = 0x10FF00

_UNREADABLE = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0010ff00-\U0010ffff]"
)
_ASIDE = pattern("[\U0010ff00-\U0010ff7f]")


def readable(text: str) -> str:
    """Return a text of the same length without characters that no page may hold.

    Word's line break and page break end a line; other control characters become spaces;
    noncharacters and halves of surrogate pairs become U+FFFD.
    """
    return text if shown(text) else _UNREADABLE.sub(_substitute, text)


def _substitute(match: re.Match[str]) -> str:
    if match[0] in "\x0b\x0c":
        return "\n"
    return " " if match[0] < "\x80" else "\ufffd"


def aside(text: str) -> str:
    """Return the doubles of an ASCII text's characters, which mean nothing to Markdown."""
    return "".join(chr(_DOUBLES + ord(character)) for character in text)


def plain(text: str) -> str:
    """Return a text that comes out of Markdown and of its serializer exactly as it went in.

    The serializer lets ``&lt;`` pass as an entity; a title that says ``&lt;`` means these letters.
    """
    return readable(text).replace("&", aside("&"))


def back(text: str) -> str:
    """Put back the characters that were put aside."""
    if shown(text):
        return text
    return _ASIDE.sub(lambda match: chr(ord(match[0]) - _DOUBLES), text)


def back_in_html(html: str) -> str:
    """Put back the characters that were put aside, in finished HTML: escaped, that is."""
    return _ASIDE.sub(lambda match: escape(back(match[0]), quote=False), html)

"""Rules about house style: the staff's own wording, kept in ``content/terms.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType

from msgspec import Struct

from showcase.diagnostics import Diagnostic, Severity, short
from showcase.graph import Graph
from showcase.layout import TERMS
from showcase.model import Term
from showcase.rules.where import Part, Place, Places
from showcase.source import Document

_OWN_WORDS = frozenset({Part.NAME, Part.TEXT, Part.PROSE})
# Former names are there to be found by; what others wrote is quoted as they wrote it.
_AS_WRITTEN = frozenset({"aliases", "references", "citation", "authors"})
_QUOTED_KIND = "source"


class _Wrong(Struct, frozen=True):
    """A wording that is not used.

    ``phrases`` hold it and are right, with the offset at which they do; where one of ``contexts``
    stands in the same paragraph, it is right as well.
    """

    term: Term
    phrases: tuple[tuple[int, str], ...]
    contexts: tuple[str, ...]

    def is_right(self, text: str, start: int) -> bool:
        """Tell whether the wording is right where it stands."""
        for offset, phrase in self.phrases:
            if start >= offset and text.startswith(phrase, start - offset):
                return True
        if not self.contexts:
            return False
        first, last = text.rfind("\n", 0, start) + 1, text.find("\n", start)
        return any(text.find(one, first, None if last < 0 else last) >= 0 for one in self.contexts)


def not_preferred(graph: Graph) -> Iterator[Diagnostic]:
    """没有用统一的写法

    各单位的用词要统一，读者才知道说的是同一件事，检索也才找得全。统一的写法由工作人员写在
    content/terms.yml 里：「不用」什么，「改用」什么，「原因」，「例外」。曾用名、引用、参考文献和
    颁奖词照原样写，不在此列。

    错误：正文里写着「不用」的写法

    正确：换成「改用」的写法
    """
    wrong = _wrong(graph.terms)
    if not wrong:
        return
    pattern = _pattern(wrong)
    places = Places(graph)
    for document in graph.documents.values():
        if document.file == TERMS:
            continue
        text = document.lines.text
        for match in pattern.finditer(text):
            found = wrong[match[0]]
            if not found.is_right(text, match.start()):
                place = places.at(document, match.start())
                if place is not None and _is_own(place):
                    yield _report(document, place, match, found.term)


def _wrong(terms: tuple[Term, ...]) -> Mapping[str, _Wrong]:
    """Return what is not used, by its wording; of two terms with the same the first holds."""
    found: dict[str, _Wrong] = {}
    for term in terms:
        for word in term.avoid:
            right = (term.prefer, *term.exceptions)
            phrases = tuple(
                (match.start(), phrase)
                for phrase in right
                for match in re.finditer(f"(?={re.escape(word)})", phrase)
            )
            contexts = tuple(phrase for phrase in term.exceptions if word not in phrase)
            found.setdefault(word, _Wrong(term, phrases, contexts))
    return found


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of the words, the longest where several begin.

    Words that begin alike share their beginning. ``re`` gathers the first characters of
    alternatives into a set and skips whatever is not in it: a hundred words cost as little as ten.
    """
    return re.compile("|".join(_branches(sorted(words))))


def _branches(words: Iterable[str]) -> Iterator[str]:
    """Yield an expression for each first character of sorted words."""
    for first, group in groupby((word for word in words if word), key=lambda word: word[0]):
        rests = [word[1:] for word in group]
        inner = "|".join(_branches(rests))
        ending = f"(?:{inner})" + ("?" if "" in rests else "") if inner else ""
        yield re.escape(first) + ending


def _is_own(place: Place) -> bool:
    """Tell whether the words are the office's own, and published."""
    return (
        place.part in _OWN_WORDS
        and bool(place.path)
        and place.path[0] not in _AS_WRITTEN
        and not place.private
        and (place.entry is None or place.entry.kind.name != _QUOTED_KIND)
    )


def _report(document: Document, place: Place, match: re.Match[str], term: Term) -> Diagnostic:
    return Diagnostic(
        "TXT019",
        Severity.WARNING,
        document.file,
        document.first_line(*match.span()),
        place.label,
        f"「{short(match[0])}」应当写成「{short(term.prefer)}」",
        f"请改成「{short(term.prefer)}」" + (f"：{short(term.reason, 80)}" if term.reason else ""),
    )


RULES = MappingProxyType({"TXT019": not_preferred})

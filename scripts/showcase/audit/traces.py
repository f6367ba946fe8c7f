"""Finds names and sentences in whatever form they were left behind.

A name is the same in either script, with spaces or points between its characters, and as pinyin
in an address or in the search index. All that is looked for is looked for at once, so that what a
site of thousands of pages costs does not grow with the number of records that were withdrawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from showcase.fold import fold
from showcase.pattern import pattern
from showcase.pinyin import spellings, syllables

_SOFT = pattern(
    "[ \\t\u00a0\u00ad\u00b7\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2060-\u2064\u3000\ufeff_·*|-]+"
)
_RUN = pattern(r"[a-z0-9]+(?:[ \-_'·+/]{1,2}[a-z0-9]+)*")
_WORD = pattern(r"[a-z0-9]+")
_HAN = pattern("[\u3400-\u9fff]")
_WORDS_OF_A_NAME = 8
_SHORTEST_LATIN = 5


def squeezed(text: str) -> str:
    """Return a text folded, without what may stand between the characters of a name."""
    return _SOFT.sub("", fold(text))


class Traces(Struct):
    """What must not be found, each with a label that says whose it is."""

    han: dict[str, str] = field(default_factory=dict)
    latin: dict[str, str] = field(default_factory=dict)
    _pairs: dict[str, list[str]] = field(default_factory=dict)

    def add(self, text: str, label: str) -> None:
        """Look for a text from now on; one too short to mean anything is left out."""
        wanted = squeezed(text)
        if _HAN.search(wanted):
            if len(wanted) > 1 and wanted not in self.han:
                self.han[wanted] = label
                self._pairs.setdefault(wanted[:2], []).append(wanted)
        else:
            joined = "".join(_WORD.findall(wanted))
            if len(joined) >= _SHORTEST_LATIN and not joined.isdigit():
                self.latin.setdefault(joined, label)

    def add_name(self, name: str, label: str) -> None:
        """Look for a name and for its pinyin."""
        self.add(name, label)
        self.add_pinyin(name, f"{label}的拼音")

    def add_pinyin(self, name: str, label: str) -> None:
        """Look for the ways to spell a name, together, parted, or as the search index has it."""
        units = syllables(name)
        if sum(bool(unit[0].isalpha()) for unit in units) > 1:
            for spelling in spellings(units):
                joined = "".join(spelling)
                if len(joined) >= _SHORTEST_LATIN:
                    self.latin.setdefault(joined, label)

    def without(self, texts: Iterable[str]) -> Traces:
        """Return what is left when everything that some texts say themselves is let go."""
        spoken: set[str] = set()
        for text in texts:
            spoken.update(self.hits(text))
        kept = Traces()
        for wanted, label in self.han.items():
            if wanted not in spoken:
                kept.han[wanted] = label
                kept._pairs.setdefault(wanted[:2], []).append(wanted)
        kept.latin = {wanted: label for wanted, label in self.latin.items() if wanted not in spoken}
        return kept

    def hits(self, text: str) -> Iterator[str]:
        """Yield what a text holds of what is looked for, in its squeezed form."""
        if self.han and not text.isascii():
            plain = squeezed(text)
            starts = self._pairs.keys() & set(map(str.__add__, plain, plain[1:]))
            for start in starts:
                yield from (wanted for wanted in self._pairs[start] if wanted in plain)
        if self.latin:
            yield from self._latin_hits(fold(text))

    def _latin_hits(self, folded: str) -> Iterator[str]:
        for run in _RUN.findall(folded):
            words = _WORD.findall(run)
            for start in range(len(words)):
                joined = ""
                for word in words[start : start + _WORDS_OF_A_NAME]:
                    joined += word
                    if joined in self.latin:
                        yield joined

    def label(self, hit: str) -> str:
        """Return whose a hit is."""
        return self.han.get(hit) or self.latin[hit]

    def __bool__(self) -> bool:
        return bool(self.han or self.latin)


def sentences(text: str, shortest: int) -> Iterator[str]:
    """Yield the sentences of a text that are long enough to be told from others."""
    for part in re.split(r"[。！？；\n!?;]+", text):
        if len(squeezed(part)) >= shortest:
            yield part.strip()[:80]

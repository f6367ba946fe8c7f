"""Queries for the synthetic corpus, by class, each with the records that answer it.

What answers a query is found by reading every record (folded, soft signs dropped), without the
index: the judge must not share the mistakes of the judged.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from opencc import OpenCC
from pypinyin import lazy_pinyin

from showcase.fold import fold
from showcase.outputs.search import SearchDocument
from tests.corpus.search import KINDS, Corpus

#: Recall at ten that each class must reach at least.
LEAST_RECALL: Mapping[str, float] = {
    "word": 0.98,
    "name": 0.98,
    "traditional": 0.98,
    "simplified": 0.98,
    "punctuation": 0.98,
    "partial": 0.98,
    "slogan": 0.98,
    "number": 0.98,
    "ascii": 0.98,
    "character": 0.98,
    "two terms": 0.98,
    "facet": 0.98,
    "browse": 0.98,
    "middle": 0.95,
    "pinyin": 0.95,
    "initials": 0.95,
    "mixed pinyin": 0.95,
    "missing": 0.85,
    "homophone": 0.85,
    "wrong": 0.70,
}
#: Classes in which one record is meant, and should come first.
FIRST = ("name", "traditional", "simplified", "punctuation", "slogan")

_SOFT = re.compile(r"[·“”「」『』\s—]+")


@dataclass(frozen=True)
class Query:
    """What is typed, and the keys of the records that answer it; `first`: the one meant."""

    kind: str
    text: str
    wanted: frozenset[str]
    filters: Mapping[str, str] = field(default_factory=dict)
    first: str = ""


def queries(corpus: Corpus, each: int = 8) -> list[Query]:
    """`each` queries of every class."""
    return list(_Maker(corpus, each).make())


class _Maker:
    def __init__(self, corpus: Corpus, each: int) -> None:
        self._corpus = corpus
        self._each = each
        self._random = random.Random(21)
        self._plain = {
            document.key: _plain(document.title, *document.names, document.summary, document.text)
            for document in corpus.simplified
        }
        self._titles = {
            document.key: _SOFT.sub("", document.title) for document in corpus.simplified
        }
        self._traditional = OpenCC("s2t").convert

    def make(self) -> Iterator[Query]:
        yield from self._planted()
        yield from self._names()
        yield from self._misspelt()
        yield from self._filtered()
        for number in range(self._each):
            nonsense = f"{'魑魅魍魉饕餮'[number % 6]}{'貔貅蝌蚪螽斯'[number % 6]}曌"
            yield Query("none", nonsense, frozenset())
        yield from self._mixed_pinyin()

    def _some(self, items: list[SearchDocument]) -> list[SearchDocument]:
        return self._random.sample(items, min(self._each, len(items)))

    def _of(self, *kinds: str) -> list[SearchDocument]:
        return [d for d in self._corpus.simplified if d.key.split("/")[0] in kinds]

    def _with(self, *texts: str) -> frozenset[str]:
        return frozenset(
            key
            for key, plain in self._plain.items()
            if all(text in plain for text in map(_plain, texts))
        )

    def _chosen(self, text: str, **filters: str) -> frozenset[str]:
        """The records that hold `text` and have a value for each facet."""
        found = self._with(text) if text else frozenset(self._plain)
        return frozenset(
            document.key
            for document in self._corpus.simplified
            if document.key in found
            and all(value in document.facets[name] for name, value in filters.items())
        )

    def _in_titles(self, text: str) -> frozenset[str]:
        return frozenset(key for key, title in self._titles.items() if text in title)

    def _planted(self) -> Iterator[Query]:
        planted = [word for word in self._corpus.planted if word[0] > "z"]
        self._random.shuffle(planted)
        yield from (Query("word", word, self._with(word)) for word in planted[: self._each])
        for word in planted[self._each : self._each * 2]:
            yield Query("traditional", self._traditional(word), self._with(word))
        codes = [word for word in self._corpus.planted if word[0] <= "z"]
        for kind, wanted in (
            ("number", [c for c in codes if c.endswith("号")]),
            ("ascii", [c for c in codes if not c.endswith("号")]),
        ):
            for number, code in enumerate(wanted[: self._each]):
                typed = code.removesuffix("号") if number % 2 else code.lower()
                yield Query(kind, typed, self._with(code))
        characters = sorted({character for word in planted for character in word})
        self._random.shuffle(characters)
        found = ((character, self._with(character)) for character in characters)
        rare = ((character, keys) for character, keys in found if 1 <= len(keys) <= 12)
        yield from (Query("character", *pair) for pair in itertools.islice(rare, self._each))
        for word, other in zip(planted[: self._each], planted[self._each :], strict=False):
            key = next(iter(sorted(self._with(word))))
            mate = next((w for w in planted if w != word and key in self._with(w)), None)
            second = mate or self._titles[key][:4] or other
            yield Query("two terms", f"{word} {second}", self._with(word, second))

    def _names(self) -> Iterator[Query]:
        for document in self._some(self._of("figure", "brand", "activity")):
            yield self._name("name", document, document.title)
        for number, document in enumerate(self._some(self._of("brand"))):
            typed = document.title.replace("·", ("", " ", "—", "「")[number % 4])
            yield _one("punctuation", document, f"“{typed}”" if number % 2 else typed)
        for document in self._some(self._of("brand")):
            yield _one("traditional", document, self._traditional(document.title))
        written = zip(self._corpus.documents, self._corpus.simplified, strict=True)
        traditional = {document.key for document, plain in written if document.text != plain.text}
        names = [named for named in self._of("brand", "figure") if named.key in traditional]
        for document in self._some(names):
            yield self._name("simplified", document, document.title)
        for document in self._some(self._of("brand")):
            short = document.title.split("·")[1]
            yield Query("partial", short, self._in_titles(short), first=document.key)
        for document in self._some(self._of("brand")):
            yield _one("slogan", document, document.names[0])
            title = self._titles[document.key]
            start = 2 + int(self._random.random() * (len(title) - 5))
            part = title[start : start + 3]
            yield Query("middle", part, self._in_titles(part))
        for document in self._some(self._of("brand", "figure")):
            syllables = lazy_pinyin(self._titles[document.key])
            yield _one("pinyin", document, "".join(syllables))
        for document in self._some(self._of("brand")):
            syllables = lazy_pinyin(self._titles[document.key])
            yield _one("initials", document, "".join(syllable[0] for syllable in syllables))

    def _name(self, kind: str, document: SearchDocument, typed: str) -> Query:
        """A query for a name that other titles may hold too."""
        return Query(kind, typed, self._in_titles(self._titles[document.key]), first=document.key)

    def _misspelt(self) -> Iterator[Query]:
        for kind, change in (
            ("missing", self._without),
            ("homophone", self._homophone),
            ("wrong", self._wrong),
        ):
            for document in self._some(self._of("brand", "figure")):
                name = self._titles[document.key]
                typed = change(name) if len(name) > 2 or kind == "homophone" else name
                # What happens to be somebody else's name is not misspelt.
                if not self._with(typed):
                    yield Query(kind, typed, frozenset({document.key}))

    def _without(self, name: str) -> str:
        at = 1 + int(self._random.random() * (len(name) - 2))
        return name[:at] + name[at + 1 :]

    def _wrong(self, name: str) -> str:
        at = int(self._random.random() * len(name))
        return name[:at] + "囗龘丨犇"[at % 4] + name[at + 1 :]

    def _homophone(self, name: str) -> str:
        at = int(self._random.random() * len(name))
        sound = lazy_pinyin(name)[at]
        same = [c for c in _COMMON if c != name[at] and lazy_pinyin(c) == [sound]]
        return name[:at] + (same[0] if same else name[at]) + name[at + 1 :]

    def _mixed_pinyin(self) -> Iterator[Query]:
        """Some syllables in full, the others by their initials: `xiangyhk`, `xyhuakai`."""
        for number, document in enumerate(self._some(self._of("brand"))):
            syllables = lazy_pinyin(self._titles[document.key][-4 * (number % 2) :])
            middle = 1 + int(self._random.random() * (len(syllables) - 1))
            parts = syllables[:middle], syllables[middle:]
            short = ["".join(syllable[0] for syllable in part) for part in parts]
            full = ["".join(part) for part in parts]
            yield _one(
                "mixed pinyin",
                document,
                full[0] + short[1] if number % 4 < 2 else short[0] + full[1],
            )

    def _filtered(self) -> Iterator[Query]:
        for document in self._some(self._of("activity")):
            place, year = document.facets["place"][-1], document.facets["year"][0]
            brand = document.related[0].split("·")[1]
            yield Query(
                "facet",
                brand,
                self._chosen(brand, year=year),
                {"year": year},
            )
            yield Query(
                "browse",
                "",
                self._chosen("", kind=KINDS["activity"], place=place, year=year),
                {"place": place, "year": year, "kind": KINDS["activity"]},
            )


def _one(kind: str, document: SearchDocument, typed: str) -> Query:
    """A query that means one record."""
    return Query(kind, typed, frozenset({document.key}), first=document.key)


def _plain(*texts: str) -> str:
    return fold(_SOFT.sub("", "\n".join(texts)))


_COMMON = "".join(
    bytes((row, cell)).decode("gb2312", "ignore")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
)

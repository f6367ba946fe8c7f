"""The terms of any text, by the short way and the long one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from showcase.outputs.search import Aloud, SearchDocument, digest_of, extract
from showcase.outputs.search.codec import DIGITS, MAP, Numbers, listed, mapped
from showcase.outputs.search.terms import (
    END,
    HAN,
    LAST_WORD_UNIT,
    WORD,
    normal,
    pairs,
    sound_terms,
    spelt,
)
from showcase.pinyin import Readings, spellings, syllables

_texts = st.text("向阳花开陽第届のア한𬭎，。（）·18+ns é$\n") | st.text()
_names = st.lists(_texts, max_size=2).map(tuple)


def _neighbours(text: str) -> Iterator[str]:
    for run in re.findall(f"[{HAN}{WORD}]+", text):
        for first, second in pairwise(run + END):
            if first > LAST_WORD_UNIT or second > LAST_WORD_UNIT:
                yield first + second


@given(_texts)
def test_pairs_are_the_neighbours_in_runs(text: str) -> None:
    plain = normal(text)
    assert set(map(spelt, pairs(plain))) == set(_neighbours(plain))


@given(_texts, _names, _names, _texts, _texts)
def test_each_term_stands_in_its_best_class_alone(
    title: str, names: tuple[str, ...], related: tuple[str, ...], summary: str, text: str
) -> None:
    found = extract(SearchDocument("", "", title, "", names, related, summary, text))
    *classes, long, middle, short = map(set, found.pairs)
    fields = [(text,), (summary,), related, names, (title,)]
    terms = [set[int]().union(*(pairs(normal(one)) for one in field)) for field in fields]
    for place, in_class in enumerate((*classes, long | middle | short)):
        assert in_class == terms[place].difference(*terms[place + 1 :])


@given(st.sets(st.integers(0, 400), min_size=1).map(sorted))
def test_a_map_has_a_bit_for_each_record(ids: list[int]) -> None:
    signs = [
        DIGITS[sum(1 << bit for bit in range(6) if 6 * place + bit in ids)]
        for place in range(ids[-1] // 6 + 1)
    ]
    assert mapped(ids) == MAP + "".join(signs)
    assert listed(mapped(ids)) == ids


@given(st.sets(st.integers(0, 10_000)).map(sorted))
def test_ids_are_read_as_they_were_written(ids: list[int]) -> None:
    assert listed(Numbers(10_001).ids(ids)) == ids


@given(st.lists(st.sampled_from([("a",), ("b", "c"), ("d", "e", "f")]), max_size=8).map(tuple))
def test_spellings_are_ways_through_the_readings(units: tuple[Readings, ...]) -> None:
    ways = list(spellings(units))
    assert ways[0] == tuple(readings[0] for readings in units)
    assert len(ways) == len(set(ways)) <= 4
    for way in ways:
        assert all(one in readings for one, readings in zip(way, units, strict=True))


@given(_names, _names, _names, _names)
def test_other_names_are_another_document(
    names: tuple[str, ...],
    related: tuple[str, ...],
    other_names: tuple[str, ...],
    other_related: tuple[str, ...],
) -> None:
    one = SearchDocument("", "", "", "", names, related)
    other = SearchDocument("", "", "", "", other_names, other_related)
    assert (digest_of(one) == digest_of(other)) == (one == other)


@given(st.lists(st.text("单雄信向陽花开18+N é") | st.text(), min_size=1))
def test_names_sound_as_the_build_before_said(names: list[str]) -> None:
    before = Aloud()
    heard = [before.terms(name) for name in names]
    assert heard == [sound_terms(syllables(name)) for name in names]
    now = Aloud(before.packed)
    assert [now.terms(name) for name in names] == heard
    assert now.packed() is None

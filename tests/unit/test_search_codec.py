from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from showcase.outputs.search.codec import (
    DIGITS,
    ENDING,
    MAP,
    Numbers,
    arguments_of,
    front_coded,
    front_decoded,
    grouped,
    joined,
    listed,
    number,
    parted,
    script,
    ungrouped,
)


def read(text: str) -> list[int]:
    """The reader's `eachNumber`, in Python."""
    values: list[int] = []
    carried = 0
    for sign in text:
        value = DIGITS.index(sign)
        if value < ENDING:
            values.append(carried * ENDING + value)
            carried = 0
        else:
            carried = carried * (len(DIGITS) - ENDING) + value - ENDING + 1
    return values


@given(st.lists(st.integers(0, 10**7)))
def test_numbers_can_be_read_back(values: list[int]) -> None:
    assert read("".join(map(number, values))) == values


@given(st.sets(st.integers(0, 4999)))
def test_lists_can_be_read_back(ids: set[int]) -> None:
    assert listed(Numbers(5000).ids(sorted(ids))) == sorted(ids)


@given(st.sets(st.integers(0, 99), min_size=20))
def test_long_lists_are_maps_where_that_is_shorter(ids: set[int]) -> None:
    coding, ordered = Numbers(100), sorted(ids)
    written = coding.ids(ordered)
    assert listed(written) == ordered
    assert len(written) <= len(coding.gaps(ordered)) + 1
    assert (written[0] == MAP) == (len(ordered) > ordered[-1] // 6 + 1)


@given(st.dictionaries(st.integers(0, 6), st.sets(st.integers(0, 99), min_size=1)))
def test_lists_by_class_can_be_read_back(lists: dict[int, set[int]]) -> None:
    ordered = {place: sorted(ids) for place, ids in lists.items()}
    assert parted(joined(ordered, Numbers(100))) == ordered


_TEXTS = st.sets(st.text("天地人n1\ud872", min_size=1, max_size=4))


@given(_TEXTS)
def test_words_can_be_read_back(terms: set[str]) -> None:
    assert list(front_decoded(" ".join(front_coded(sorted(terms))))) == sorted(terms)


@given(st.sets(st.text("天地人n1\ud872", min_size=2, max_size=2)))
def test_pairs_can_be_read_back(terms: set[str]) -> None:
    assert list(ungrouped(grouped(sorted(terms)))) == sorted(terms)


def test_digits_need_no_escape_in_a_string() -> None:
    assert not set(DIGITS) & set("\"'\\ !#$%&")


def test_front_coding() -> None:
    assert list(front_coded(["向", "向上", "向阳", "阳"])) == ["0向", "1上", "1阳", "0阳"]


def test_a_script_escapes_what_json_may_hold_and_javascript_not() -> None:
    written = script("record", "b\u2028", "\ud800")
    assert written == b'showcaseSearch.record("b\\u2028","\\ud800");\n'
    assert arguments_of(written) == ["b\u2028", "\ud800"]

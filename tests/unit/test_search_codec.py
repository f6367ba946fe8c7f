from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from showcase.outputs.search.codec import DIGITS, ENDING, Numbers, front_coded, number, script


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
def test_gaps_can_be_read_back(ids: set[int]) -> None:
    gaps = read(Numbers(5000).gaps(sorted(ids)))
    found: list[int] = []
    for gap in gaps:
        found.append(gap + (found[-1] + 1 if found else 0))
    assert found == sorted(ids)


def test_digits_need_no_escape_in_a_string() -> None:
    assert not set(DIGITS) & set("\"'\\ !#$%&")


def test_front_coding() -> None:
    assert list(front_coded(["向", "向上", "向阳", "阳"])) == ["0向", "1上", "1阳", "0阳"]


def test_a_script_escapes_what_json_may_hold_and_javascript_not() -> None:
    written = script("record", "b\u2028", "\ud800")
    assert written == b'showcaseSearch.record("b\\u2028","\\ud800");\n'

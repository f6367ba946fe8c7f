"""A pattern that is compiled when it is used is as good as one that was compiled before."""

from __future__ import annotations

import copy
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcase.pattern import pattern

SOURCE = r"(?P<year>[0-9]{4})年|(?P<none>无)"


@given(st.text("0129年无 \n"), st.sampled_from((0, re.MULTILINE)))
def test_it_finds_what_the_compiled_one_finds(text: str, flags: int) -> None:
    later, now = pattern(SOURCE, flags), re.compile(SOURCE, flags)
    for name in ("search", "match", "fullmatch"):
        found, wanted = getattr(later, name)(text), getattr(now, name)(text)
        assert (found and found.span()) == (wanted and wanted.span())
    assert later.sub("x", text) == now.sub("x", text)
    assert (later.pattern, later.flags) == (now.pattern, now.flags)
    assert later.groupindex == now.groupindex


def test_what_no_pattern_has_it_has_not() -> None:
    later = pattern("a")
    with pytest.raises(AttributeError, match="no_such"):
        later.no_such  # type: ignore[attr-defined]  # noqa: B018
    assert copy.copy(later).search("a")


def test_a_faulty_one_says_so_when_it_is_used() -> None:
    later = pattern("(")
    with pytest.raises(re.error):
        later.search("a")

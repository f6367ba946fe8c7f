from __future__ import annotations

import subprocess
import sys

import pytest

from showcase.outputs.search import Aloud

_PROGRAM = """
import sys
from showcase.outputs.search import Aloud

known = Aloud(lambda: '{"向阳": "xiang yang", "——": ""}'.encode())
terms = known.terms("向阳"), known.terms("——")
print(sorted(terms[0]), sorted(terms[1]), "pypinyin" in sys.modules)
"""


def test_what_the_build_before_read_is_read_without_loading_pypinyin() -> None:
    said = subprocess.check_output([sys.executable, "-c", _PROGRAM], text=True)
    assert said == "['^xy', '~xiangyang', '~yang'] [] False\n"


@pytest.mark.parametrize("left", [None, b"", b"[", b"7", b"\xff"])
def test_without_it_names_are_read_all_the_same(left: bytes | None) -> None:
    assert "~xiangyang" in Aloud(lambda: left).terms("向阳")


def test_only_what_is_new_is_left_to_the_next_build() -> None:
    first = Aloud()
    first.terms("向阳")
    second = Aloud(first.packed)
    second.terms("向阳")
    assert second.packed() is None
    second.terms("花开")
    third = Aloud(second.packed)
    assert third.terms("花开") | third.terms("向阳") == second.terms("花开") | first.terms("向阳")
    assert third.packed() is None

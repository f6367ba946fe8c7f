"""The reader is published as one file, stripped by a simple rule; its sources must keep to it."""

from __future__ import annotations

import gzip
import re
from importlib.resources import files

import pytest

from showcase.outputs.search.script import PARTS, reader_script, without_comments

READER = files("showcase.outputs.search") / "reader"
SOURCES = {name: (READER / name).read_text("utf-8") for name in PARTS}


def test_comments_and_indentation_go() -> None:
    source = "/* one\n * two\n */\nfunction f() {\n  // three\n  return 1;\n}\n/** four */\n"
    assert without_comments(source) == ["function f() {", "return 1;", "}"]


@pytest.mark.parametrize("name", PARTS)
def test_comments_have_their_lines_to_themselves(name: str) -> None:
    code = without_comments(SOURCES[name])
    assert not [line for line in code if re.search(r"(^|[^:\\])//(?!\s*\")|/\*|\*/$", line)]


@pytest.mark.parametrize("name", PARTS)
def test_no_string_goes_over_lines(name: str) -> None:
    assert not [line for line in without_comments(SOURCES[name]) if line.count("`") % 2]


@pytest.mark.parametrize("name", PARTS)
def test_nothing_that_old_phones_cannot_read_or_a_strict_policy_forbids(name: str) -> None:
    code = "\n".join(without_comments(SOURCES[name]))
    # Look-behind, ?. and ??, named groups; code or HTML from strings.
    for forbidden in (r"\(\?<", r"\?\.[a-zA-Z(]", r"\?\?", r"innerHTML", r"\beval\b", r"\.style\b"):
        assert not re.search(forbidden, code)


def test_the_script_is_small() -> None:
    assert len(gzip.compress(reader_script(), 6)) < 20_000


def test_all_parts_are_there() -> None:
    assert {entry.name for entry in READER.iterdir()} == set(PARTS)

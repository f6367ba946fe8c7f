"""Every rule's cases are reported alike whether their files were just read or are remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcase.graph import link
from showcase.load import load
from showcase.memory import Memory
from showcase.rules import ALONE, RULES, WORDED, run
from tests.remembered import assert_same
from tests.rules.cases import Case
from tests.rules.test_rules import CASES


@pytest.fixture(params=CASES, ids=lambda case: f"{case.code}: {case.title}")
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    case: Case = request.param
    for block in case.files:
        if not block.possible:
            pytest.skip(f"this system cannot make a {block.language}")
        block.write(tmp_path)
    return tmp_path


def test_a_remembered_case_is_reported_alike(project: Path) -> None:
    memory = Memory()
    assert_same(project, memory)
    assert_same(project, memory)


def test_rules_that_look_at_each_file_by_itself_find_the_same_in_parts(project: Path) -> None:
    graph = link(load(project))
    parts = [graph.part({file}, {}) for file in graph.documents]
    for codes in (ALONE, WORDED):
        names = run(graph.part((), graph.pictures), codes)
        apart = {
            one
            for part in parts
            for one in run(part, codes)
            if one.file in part.documents or one.file not in graph.documents
        }
        assert {*names, *apart} == set(run(graph, codes))


def test_only_rules_look_at_files_by_themselves() -> None:
    assert RULES.keys() >= ALONE | WORDED
    assert not ALONE & WORDED

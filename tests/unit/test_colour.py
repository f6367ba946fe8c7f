"""Colour is for people at a terminal who have not said that they want none (no-color.org)."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from showcase.cli import main
from tests.projects import project


@pytest.mark.parametrize(
    ("terminal", "setting", "coloured"),
    [(True, "", True), (True, "1", False), (False, "", False), (False, "1", False)],
)
@pytest.mark.parametrize("option", ["--strict", "--diff"])
def test_colour_on_a_terminal_only(
    tmp_path: Path, terminal: bool, setting: str, coloured: bool, option: str
) -> None:
    folder = project(tmp_path / "p", {"brands/测试品牌甲.md": "---\n名称：甲\n---\n"})
    result = CliRunner(env={"NO_COLOR": setting}).invoke(
        main, ["check", "--project", str(folder), option], color=terminal
    )
    assert result.exit_code == 1
    assert ("\x1b[" in result.output) is coloured

"""What grows with the records grows no faster than they do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from showcase.pipeline import check_project
from tests.projects import project

MANY = 1_000
THEMES: dict[str, tuple[Callable[[int], tuple[str, str]], dict[str, int]]] = {
    "a tree as deep as it is long": (lambda n: (f"主题{n}", f"主题{n + 1}"), {"REF001": 1}),
    "a circle of all": (lambda n: (f"主题{n}", f"主题{(n + 1) % MANY}"), {"REF003": 1}),
    "names like others": (lambda n: (f"理论宣讲{n}", f"理论学习{n}号"), {"REF001": MANY}),
    "one name for all": (lambda _: ("主题", "主题"), {"REF002": MANY}),
}


@pytest.mark.parametrize("name", THEMES)
def test_many_records_are_checked_to_an_end(name: str, tmp_path: Path) -> None:
    # Each would take minutes if every record looked at every other, or all the way up.
    make, codes = THEMES[name]
    pairs = [make(number) for number in range(MANY)]
    text = "".join(
        f"- id: 编号{number}\n  名称: {title}\n  上级: {above}\n"
        for number, (title, above) in enumerate(pairs)
    )
    checked = check_project(project(tmp_path / "p", {"themes.yml": text}))
    found = Counter(item.code for item in checked.diagnostics)
    assert {code: found[code] for code in codes} == codes

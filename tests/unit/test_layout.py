"""Where a file lies says what it is."""

from __future__ import annotations

import pytest

from showcase.diagnostics import Severity
from showcase.layout import Role, place
from showcase.model import KINDS, Kind


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_the_three_places_of_a_record(kind: Kind) -> None:
    for file, role, id in (
        (f"content/{kind.plural}/测试甲.md", Role.RECORD, "测试甲"),
        (f"content/{kind.plural}/测试甲/index.md", Role.RECORD, "测试甲"),
        (f"content/{kind.plural}.yml", Role.LIST, ""),
        (f"content/{kind.plural}.yaml", Role.LIST, ""),
    ):
        placed = place(file)
        assert (placed.role, placed.kind, placed.id, placed.problem) == (role, kind, id, None)


@pytest.mark.parametrize(
    ("file", "id"),
    [
        ("content/brands/18+N.2019.md", "18+N.2019"),
        ("content/brands/甲.MD", "甲"),
        ("content/brands/甲/Index.md", "甲"),
        ("content/brands/index.md", "index"),
    ],
)
def test_ids(file: str, id: str) -> None:
    assert (place(file).role, place(file).id) == (Role.RECORD, id)


@pytest.mark.parametrize(
    ("file", "role"),
    [
        ("content/site.yml", Role.SETTINGS),
        ("content/terms.yml", Role.TERMS),
        ("content/README.md", Role.OTHER),
        ("content/brands/甲.jpg", Role.PICTURE),
        ("content/brands/甲/现场.JPEG", Role.PICTURE),
        ("content/brands/甲/照片/现场.heic", Role.PICTURE),
    ],
)
def test_settings_and_pictures(file: str, role: Role) -> None:
    assert place(file).role is role
    assert place(file).problem is None


@pytest.mark.parametrize(
    ("file", "named", "proposed"),
    [
        ("content/brand/甲.md", "content/brand", "content/brands"),
        ("content/Brands/甲.md", "content/Brands", "content/brands"),
        ("content/品牌/甲.md", "content/品牌", "content/brands"),
        ("content/brnads/甲.md", "content/brnads", "content/brands"),
        ("content/organizations/甲.md", "content/organizations", "content/organisations"),
        ("content/资料/甲.md", "content/资料", "brands（品牌）"),
        ("content/theme.yml", "content/theme.yml", "content/themes.yml"),
        ("content/主题.yaml", "content/主题.yaml", "content/themes.yaml"),
        ("content/site.yaml", "content/site.yaml", "content/site.yml"),
        ("content/Site.yml", "content/Site.yml", "content/site.yml"),
        ("content/brands/甲/乙/index.md", "content/brands/甲/乙/index.md", "content/brands/编号"),
        ("content/brands/甲/乙.md", "content/brands/甲/乙.md", "content/brands/编号"),
    ],
)
def test_what_lies_elsewhere_is_an_error_that_names_the_right_place(
    file: str, named: str, proposed: str
) -> None:
    problem = place(file).problem
    assert problem is not None
    assert (problem.code, problem.severity, problem.file) == ("SRC015", Severity.ERROR, named)
    assert proposed in problem.help
    assert not place(file).is_text


@pytest.mark.parametrize(
    "file",
    [
        "content/台账.xlsx",
        "content/甲.md",
        "content/甲.jpg",
        "content/brands/甲.docx",
        "content/brands/甲.markdown",
        "content/brands/甲.yml",
        "content/brands/甲",
        "content/甲",
    ],
)
def test_what_is_no_record_is_a_reminder(file: str) -> None:
    problem = place(file).problem
    assert problem is not None
    assert (problem.code, problem.severity) == ("SRC016", Severity.WARNING)

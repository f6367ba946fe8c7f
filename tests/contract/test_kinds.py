"""Every kind has its template and a fixture that uses every field it can have."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcase.model import KINDS, Kind
from showcase.pages import plan
from showcase.pipeline import Checked, check_project, site_of
from tests.projects import HOUSE, SITES, site


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    return check_project(site(tmp_path_factory.mktemp("kinds") / "site", "every-kind"))


def test_the_fixture_is_clean(checked: Checked) -> None:
    assert checked.diagnostics == ()


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_field_of_every_kind_stands_in_the_fixture(checked: Checked, kind: Kind) -> None:
    # Fields that all kinds share are tried once, on whichever kind has them.
    common = {field.name for field in KINDS["brand"].fields} & {
        field.name for field in KINDS["place"].fields
    }
    entries = checked.graph.of(kind.name)
    used = {path[0] for entry in entries for path in entry.paths if path}
    own = {field.name for field in kind.fields} - common
    assert own <= {str(name) for name in used}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_has_a_template(kind: Kind) -> None:
    assert (HOUSE / "overrides" / "records" / f"{kind.name}.html").is_file()


def test_every_template_of_records_belongs_to_a_kind() -> None:
    names = {path.stem for path in (HOUSE / "overrides" / "records").glob("*.html")}
    assert names == {*KINDS, "base"}


def test_every_record_and_kind_has_a_page(checked: Checked) -> None:
    addresses = [page.address for page in plan(site_of(checked).catalogue)]
    assert len(addresses) == len(set(addresses))
    for kind in KINDS.values():
        assert f"{kind.plural}/" in addresses
        assert any(address.startswith(f"{kind.plural}/") for address in addresses)


def test_the_names_of_fields_and_kinds_do_not_collide() -> None:
    for kind in KINDS.values():
        words = [
            word
            for field in kind.fields
            for word in (field.name, field.label.name, *field.label.also)
        ]
        assert len(words) == len(set(words)), kind.name
    plurals = [kind.plural for kind in KINDS.values()]
    assert len(plurals) == len(set(plurals))


def test_the_fixture_lies_where_the_recipe_says() -> None:
    assert Path(SITES / "every-kind" / "content").is_dir()

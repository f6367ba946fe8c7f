"""Whatever text a field holds, a reader sees that text and no markup of it."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from showcase.pages import plan
from showcase.pipeline import check_project, site_of
from tests.projects import project

ANY_TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), exclude_characters="\ufeff"),
    min_size=1,
    max_size=40,
).filter(lambda text: text.strip() == text and text != "")
MARKUP = st.sampled_from(
    ["<script>alert(1)</script>", "R&D <创新>", "{{ 7*7 }}", "a\"b'c", "&amp;", "]]>", "--", "# 题"]
)


class Texts(HTMLParser):
    """Collects the text of a page and the tags in it; blocks of data (JSON-LD) are neither."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.tags: set[str] = set()
        self.in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_data = (tag, attrs) == ("script", [("type", "application/ld+json")])
        if not self.in_data:
            self.tags.add(tag)

    def handle_endtag(self, _: str) -> None:
        self.in_data = False

    def handle_data(self, data: str) -> None:
        if not self.in_data:
            self.text.append(data)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("composing") / "p", {})


@given(title=ANY_TEXT | MARKUP, role=ANY_TEXT | MARKUP)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_field_value_survives_composing(folder: Path, title: str, role: str) -> None:
    path = folder / "content" / "figures" / "甲.md"
    path.parent.mkdir(exist_ok=True)
    front = "\n".join(
        f"{key}: {json.dumps(text, ensure_ascii=False)}"
        for key, text in (("名称", title), ("身份", role))
    )
    path.write_text(f"---\n{front}\n类型: 个人\n网址名: jia\n---\n", "utf-8")
    checked = check_project(folder)
    shape = [found for found in checked.diagnostics if found.code.startswith("SHP")]
    assert shape == []
    entry = checked.graph.of("figure")[0]
    assert entry.record.title == title
    # Rules may forbid publishing such a value; composing must be right whatever they say.
    site = site_of(checked)
    planned = site.planned("figures/jia/")
    assert planned is not None
    view = planned.make()
    page = Texts()
    page.feed(site.composer.compose(view).html)
    shown = " ".join("".join(page.text).split())
    assert " ".join(title.split()) in shown
    assert " ".join(role.split()) in shown
    assert "script" not in page.tags


@given(
    ids=st.lists(st.text("向阳象羊花华開开aA1-", min_size=1, max_size=4), unique=True, max_size=8)
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_addresses_are_unique_or_reported(
    tmp_path_factory: pytest.TempPathFactory, ids: list[str]
) -> None:
    items = "".join(
        f"- id: {json.dumps(id, ensure_ascii=False)}\n  名称: 名称{n}\n" for n, id in enumerate(ids)
    )
    made = project(
        tmp_path_factory.mktemp("addresses") / "p",
        {"venues.yml": items.replace("  名称", "  层级: 站\n  名称")},
    )
    checked = check_project(made)
    addresses = [page.address for page in plan(site_of(checked).catalogue)]
    if len(addresses) != len(set(addresses)):
        assert {found.code for found in checked.diagnostics} & {"URL001", "URL003"}

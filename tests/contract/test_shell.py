"""The theme's frame around composed pages: what is filled in equals what the theme would make."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcase import builder, plugin
from showcase.pipeline import check_project, site_of
from tests.projects import site, tree


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with an address of its own, and a page whose name is full of markup."""
    project = site(tmp_path_factory.mktemp("shell") / "p", "every-kind")
    settings = project / "mkdocs.yml"
    address = "site_url: https://example.org/a b/\n"
    settings.write_text(address + settings.read_text("utf-8"), encoding="utf-8")
    brand = "---\n名称: '研发 R&D \"甲\" </title><script>x()</script>'\n---\n\n正文一句话。\n"
    (project / "content" / "brands" / "markup.md").write_text(brand, encoding="utf-8")
    builder.build(project, project / "site", strict=False)
    return project


def test_the_theme_would_make_the_same_pages(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed = [page.address for page in site_of(check_project(made)).plan()]
    # With all of them in the menu, the engine makes each page from its own title and words.
    monkeypatch.setattr(plugin, "leaves", lambda _: [f"{page}index.md" for page in composed])
    builder.build(made, tmp_path, strict=False)
    filled, whole = tree(made / "site"), tree(tmp_path)
    assert len(composed) > 40
    for page in composed:
        name = f"{page}index.html"
        assert filled[name].decode() == whole[name].decode(), name
    assert filled == whole


def test_a_name_full_of_markup_is_only_text(made: Path) -> None:
    html = (made / "site" / "brands" / "markup" / "index.html").read_text("utf-8")
    assert "<script>x()" not in html
    assert html.count("</title>") == 1
    head, _, _ = html.partition("</head>")
    assert "<title>研发 R&amp;D &#34;甲&#34; &lt;/title&gt;&lt;script&gt;x()" in head

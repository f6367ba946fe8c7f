"""The same corpus as other searches want it: plain pages for Pagefind, a project for Material."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from pathlib import Path

from showcase.outputs.search import SearchDocument

_PAGE = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head>
<body><main data-pagefind-body><h1>{title}</h1><p>{names}</p><p>{summary}</p>{text}</main></body>
</html>
"""
_MKDOCS = {
    "site_name": "合成语料",
    "theme": {"name": "material", "language": "zh", "font": False},
    "plugins": [{"search": {"lang": ["zh", "en"]}}],
    "nav": [{"首页": "index.md"}],
}


def write_pages(folder: Path, documents: Iterable[SearchDocument]) -> None:
    """Write an HTML page for each document, and an empty home page."""
    (folder / "index.html").write_text(_PAGE.format(title="", names="", summary="", text=""))
    for document in documents:
        page = folder / document.url / "index.html"
        page.parent.mkdir(parents=True)
        fields = {
            "title": document.title,
            "names": "，".join((*document.names, *document.related)),
            "summary": document.summary,
        }
        escaped = {name: html.escape(value) for name, value in fields.items()}
        paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in document.text.split("\n"))
        page.write_text(_PAGE.format(**escaped, text=paragraphs), "utf-8")


def write_project(folder: Path, documents: Iterable[SearchDocument]) -> None:
    """Write an MkDocs project with Material's own search and a Markdown page for each document."""
    # JSON is YAML.
    (folder / "mkdocs.yml").write_text(json.dumps(_MKDOCS, ensure_ascii=False), "utf-8")
    docs = folder / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# 首页\n", "utf-8")
    for document in documents:
        page = docs / document.url / "index.md"
        page.parent.mkdir(parents=True)
        names = "，".join((*document.names, *document.related))
        text = document.text.replace("\n", "\n\n")
        body = f"# {document.title}\n\n{names}\n\n{document.summary}\n\n{text}\n"
        page.write_text(body, "utf-8")

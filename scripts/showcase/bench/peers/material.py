"""Generators that read MkDocs' settings: MkDocs with Material and its search, and Zensical.

They make pages of Markdown only, so lists, taxonomies and relations are given to them finished, as
Markdown: work that the others do themselves. Only the main sections are in the menu.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from showcase.bench.corpus import SITE, Synthetic
from showcase.bench.peers.docs import copy, hand_written
from showcase.bench.peers.generator import Generator, Tool, put, starting
from showcase.bench.peers.links import FACTS, LISTS, SECTIONS, naming, place_of, prose, ties, when
from showcase.pipeline import HOUSE

_LAYOUTS = Path(__file__).parents[1] / "layouts" / "material"
_MKDOCS = Tool("MkDocs", "mkdocs", "mkdocs", "mkdocs-material")
_ZENSICAL = Tool("Zensical", "zensical", "zensical", "zensical")
_PER_PAGE = 24
_RECORDS = ("places", "themes")
"""The lists whose terms are records with this project, and so have pages to print."""
_SETTINGS = {
    "site_name": SITE,
    "theme": {
        "name": "material",
        "custom_dir": "overrides",
        "language": "zh",
        "font": False,
        "features": [],
    },
    "plugins": [{"search": {"lang": ["zh", "en"]}}],
    "markdown_extensions": ["admonition", "attr_list", "def_list", "tables", "toc"],
    "nav": [
        {"首页": "index.md"},
        *({label: f"{folder}/index.md"} for folder, label in SECTIONS.items()),
        {"关于": "about.md"},
    ],
}


def _lay(project: Path) -> None:
    # JSON is YAML.
    put(project, "mkdocs.yml", json.dumps(_SETTINGS, ensure_ascii=False, indent=1))
    shutil.copytree(_LAYOUTS, project / "overrides")
    shutil.copytree(HOUSE / "docs" / "assets", project / "docs" / "assets")
    for path, page in hand_written():
        copy(page, project / "docs" / path)


def _files(corpus: Sequence[Synthetic]) -> Iterator[tuple[str, str]]:
    back = naming(corpus)
    by_name = {record.name: record for record in corpus}
    for path, text in _lists(corpus):
        yield f"docs/{path}", text
    for record in corpus:
        named = {label: [by_name[name] for name in names] for label, names in ties(record).items()}
        naming_it = {SECTIONS[folder]: items for folder, items in back[record.name].items()}
        sections = [*named.items(), *naming_it.items()]
        yield f"docs/{place_of(record.name)}.md", _record(record, sections)
        yield f"docs/{place_of(record.name)}/board.md", _board(record)


def _record(record: Synthetic, sections: Iterable[tuple[str, Sequence[Synthetic]]]) -> str:
    facts = {"时间": when(record), "地区": f"[{record.fields['地区']}](../places/{_of(record)}.md)"}
    facts |= {"主题": "、".join(f"[{name}](../themes/{name}.md)" for name in _themes(record))}
    facts |= {key: str(record.fields[key]) for key in FACTS if key in record.fields}
    lines = [f"- {label}：{value}" for label, value in facts.items() if value]
    body = prose(record, lambda name: f"../{place_of(name)}.md")
    parts = [f"# {record.name}", str(record.fields["简介"]), "\n".join(lines), body]
    for label, items in sections:
        parts += [f"## {label}", _rows(items)]
    return "\n\n".join([*parts, ""])


def _board(record: Synthetic) -> str:
    return f"# {record.name}（展板）\n\n{when(record)} {_of(record)}\n\n{record.fields['简介']}\n"


def _of(record: Synthetic) -> str:
    return str(record.fields["地区"])


def _themes(record: Synthetic) -> Sequence[str]:
    return tuple(record.fields.get("主题", ()))


def _rows(items: Iterable[Synthetic], up: str = "../") -> str:
    return "\n".join(
        f"- [{item.name}]({up}{place_of(item.name)}.md) {when(item)} {item.fields['简介']}"
        for item in items
    )


def _lists(corpus: Sequence[Synthetic]) -> Iterator[tuple[str, str]]:
    yield "index.md", "\n\n".join([f"# {SITE}", _rows(corpus[:24], "")])
    sections: dict[str, list[Synthetic]] = {folder: [] for folder in SECTIONS}
    terms: dict[str, dict[str, list[Synthetic]]] = {name: defaultdict(list) for name in LISTS}
    for record in corpus:
        sections[record.folder].append(record)
        terms["places"][_of(record)].append(record)
        for theme in _themes(record):
            terms["themes"][theme].append(record)
        if day := when(record):
            terms["years"][day[:4]].append(record)
        if record.kind == "activity":
            terms["calendar"][when(record)[:7]].append(record)
    for folder, items in sections.items():
        yield from _paged(folder, items)
    for folder, lists in terms.items():
        links = "\n".join(f"- [{term}]({term}.md)" for term in sorted(lists))
        yield f"{folder}/index.md", f"# {LISTS[folder]}\n\n{links}\n"
        for term, items in lists.items():
            yield f"{folder}/{term}.md", f"# {term}\n\n{_rows(items)}\n"
            if folder in _RECORDS:
                yield f"{folder}/{term}/board.md", f"# {term}（展板）\n\n{LISTS[folder]}\n"


def _paged(folder: str, items: Sequence[Synthetic]) -> Iterator[tuple[str, str]]:
    total = max(1, -(-len(items) // _PER_PAGE))
    for number in range(1, total + 1):
        shown = _rows(items[(number - 1) * _PER_PAGE : number * _PER_PAGE])
        more = f"\n\n[下一页](page-{number + 1}.md)" if number < total else ""
        name = f"page-{number}" if number > 1 else "index"
        yield f"{folder}/{name}.md", f"# {SECTIONS[folder]}\n\n{shown}{more}\n"


def _address(name: str) -> str:
    return f"{place_of(name)}/"


def _mkdocs_build(project: Path) -> Sequence[Sequence[str]]:
    return [[sys.executable, "-m", "mkdocs", "build", "--quiet", *_settings(project)]]


def _mkdocs_serve(project: Path, port: int) -> Sequence[str]:
    where = ["--dev-addr", f"127.0.0.1:{port}", *_settings(project)]
    return [sys.executable, "-m", "mkdocs", "serve", "--livereload", *where]


def _zensical_build(project: Path) -> Sequence[Sequence[str]]:
    return [[*starting(_ZENSICAL), "build", *_settings(project)]]


def _zensical_serve(project: Path, port: int) -> Sequence[str]:
    where = ["--dev-addr", f"127.0.0.1:{port}", *_settings(project)]
    return [*starting(_ZENSICAL), "serve", *where]


def _settings(project: Path) -> Sequence[str]:
    return ["--config-file", str(project / "mkdocs.yml")]


ZENSICAL = Generator(
    name="Zensical",
    key="zensical",
    tools=(_ZENSICAL,),
    lay=_lay,
    files=_files,
    template="overrides/foot.html",
    build=_zensical_build,
    serve=_zensical_serve,
    address=_address,
    made=("site", ".cache"),
)
MKDOCS = Generator(
    name="MkDocs + Material",
    key="mkdocs",
    tools=(_MKDOCS,),
    lay=_lay,
    files=_files,
    template="overrides/foot.html",
    build=_mkdocs_build,
    serve=_mkdocs_serve,
    address=_address,
    made=("site",),
    most=1_000,
)

"""Hugo, with Pagefind for the search: what people pick for speed.

The layouts (``layouts/hugo``) make the pages that this project's own site has: records with facts,
relations both ways and a board; lists in pages of 24; places, themes, years and months; feeds.
Relations back are found as Hugo's users find them, through a taxonomy without pages.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from showcase.bench.corpus import Synthetic
from showcase.bench.peers.docs import copy, hand_written
from showcase.bench.peers.generator import Generator, Tool, put, starting
from showcase.bench.peers.links import FACTS, LISTS, SECTIONS, id_of, place_of, prose, ties, when
from showcase.pipeline import HOUSE

_LAYOUTS = Path(__file__).parents[1] / "layouts" / "hugo"
_HUGO = Tool("Hugo", "hugo", "hugo", "hugo")
_PAGEFIND = Tool("Pagefind", "pagefind_extended", "pagefind", "pagefind[extended]")
_SCHEMAS = {
    "brand": "CreativeWork",
    "figure": "Person",
    "activity": "Event",
    "venue": "Place",
    "organisation": "Organization",
}


def _lay(project: Path) -> None:
    shutil.copytree(_LAYOUTS, project, dirs_exist_ok=True)
    shutil.copytree(HOUSE / "docs" / "assets", project / "static" / "assets")
    shutil.move(project / "static" / "assets" / "stylesheets", project / "assets" / "stylesheets")
    for path, page in hand_written():
        # A section's own page has another name with Hugo.
        name = "_index.md" if path.name == "index.md" else path.name
        copy(page, project / "content" / path.with_name(name))
    for folder, label in {**LISTS, **SECTIONS}.items():
        put(project, f"content/{folder}/_index.md", _page({"title": label}, ""))
    put(project, "content/explore.md", _page({"title": "查找", "layout": "explore"}, ""))


def _files(corpus: Sequence[Synthetic]) -> Iterator[tuple[str, str]]:
    for record in corpus:
        yield f"content/{place_of(record.name)}.md", _record(record)


def _record(record: Synthetic) -> str:
    named = ties(record)
    day = when(record)
    front: dict[str, object] = {
        "title": record.name,
        "description": record.fields["简介"],
        "schema": _SCHEMAS[record.kind],
        "places": [record.fields["地区"]],
        "themes": list(record.fields.get("主题", ())),
        "ties": [id_of(name) for names in named.values() for name in names],
        "relations": {
            label: [f"/{place_of(name)}" for name in names] for label, names in named.items()
        },
        "facts": {key: record.fields[key] for key in FACTS if key in record.fields},
    }
    if day:
        front |= {"when": day, "years": [day[:4]], "date": f"{day}-01"[:10]}
    if record.kind == "activity":
        front["calendar"] = [day[:7]]
    return _page(front, prose(record, lambda name: f"/{place_of(name)}/"))


def _page(front: dict[str, object], body: str) -> str:
    # JSON is YAML.
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
    return "\n".join(["---", *lines, "---", "", body, ""])


def _build(project: Path) -> Sequence[Sequence[str]]:
    hugo = [*starting(_HUGO), "--source", str(project), "--quiet", *_cache(project)]
    return [hugo, [*starting(_PAGEFIND), "--site", str(project / "public"), "--quiet"]]


def _serve(project: Path, port: int) -> Sequence[str]:
    where = ["--bind", "127.0.0.1", "--port", str(port), "--source", str(project)]
    return [*starting(_HUGO), "server", *where, *_cache(project)]


def _cache(project: Path) -> Sequence[str]:
    return ["--cacheDir", str(project / "cache")]


def _address(name: str) -> str:
    return f"{place_of(name)}/"


HUGO = Generator(
    name="Hugo + Pagefind",
    key="hugo",
    tools=(_HUGO, _PAGEFIND),
    lay=_lay,
    files=_files,
    template="layouts/_partials/footer.html",
    build=_build,
    serve=_serve,
    address=_address,
    made=("public", "resources", "cache"),
)

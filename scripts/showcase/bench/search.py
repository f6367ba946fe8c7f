"""What the search finds and costs, beside Pagefind and Material's own: one corpus, one run.

Run from a checkout: the corpus and its queries are the tests'. Needs Playwright and a Chromium.
Pagefind (`pip install pagefind[extended]`) is measured if it is installed, Material's search if
its Chinese segmenter (`jieba`) is.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import Struct

from showcase.bench.measure import measure
from showcase.pipeline import HOUSE

_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
_TOP = 10

#: How each search is asked on a page of its own: text → addresses of its first hits, after their
#: snippets came.
_OURS = """async (text) => {
  const { results } = await showcaseSearch.search(text);
  const records = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  return records.map((record) => record.url);
}"""
_PAGEFIND = """async (text) => {
  window.pagefind = window.pagefind || (await import("/pagefind/pagefind.js"));
  const { results } = await pagefind.search(text);
  const pages = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  return pages.map((page) => page.url);
}"""
_MATERIAL = """async (text) => {
  const input = document.querySelector(".md-search__input");
  const meta = document.querySelector(".md-search-result__meta");
  const says = async (pattern) => {
    while (!pattern.test(meta.textContent)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const type = (value) => {
    input.value = value;
    input.dispatchEvent(new Event("keyup"));
  };
  document.getElementById("__search").checked = true;
  input.focus();
  type("");
  await says(/键入/);
  type(text);
  await says(/符合/);
  const links = [...document.querySelectorAll("a.md-search-result__link")];
  return links.map((link) => new URL(link.href).pathname);
}"""


class Engine(Struct, frozen=True):
    """A search to measure: how its site is made, and how a page of it is asked."""

    name: str
    make: Callable[[Path, Any], None]
    ask: str
    page: str = ""


def engines() -> Iterator[Engine]:
    """Yield the searches that can be measured here, the project's own first."""
    yield Engine("showcase", _make_ours, _OURS, "explore/")
    if importlib.util.find_spec("pagefind"):
        yield Engine("pagefind", _make_pagefind, _PAGEFIND)
    if importlib.util.find_spec("jieba"):
        yield Engine("material", _make_material, _MATERIAL)


def table(count: int = 1_000, each: int = 8) -> Iterator[str]:
    """Yield the lines of a report on `count` records, `each` queries of every class."""
    sys.path.insert(0, str(HOUSE))
    corpus = importlib.import_module("tests.corpus.search").Corpus(count)
    asked = importlib.import_module("tests.corpus.queries").queries(corpus, each)
    plain = [query for query in asked if query.wanted and query.text and not query.filters]
    yield f"{count} records, {len(plain)} queries; bytes compressed, from a cold cache"
    yield (
        f"{'search':<10} {'build s':>8} {'recall':>7} {'KB med':>7} {'KB max':>7} "
        f"{'requests':>8} {'warm ms':>8} {'p95':>6}"
    )
    for engine in engines():
        yield from _lines(engine, corpus, plain)


def _lines(engine: Engine, corpus: Any, asked: Sequence[Any]) -> Iterator[str]:
    site = importlib.import_module("tests.corpus.site")
    by_url = {document.url: document.key for document in corpus.documents}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.perf_counter()
        engine.make(folder, corpus.documents)
        built = time.perf_counter() - started
        with site.served(folder, policy="") as (address, traffic), _browser() as browser:
            recall, warm = _warm(browser, address, engine, asked, by_url)
            cold = list(_cold(browser, address, engine, asked[::4], traffic))
    costs = [cost for cost, _ in cold]
    found = statistics.mean(chain.from_iterable(recall.values()))
    yield (
        f"{engine.name:<10} {built:8.1f} {found:7.2f} "
        f"{statistics.median(costs) / 1000:7.0f} {max(costs) / 1000:7.0f} "
        f"{statistics.median(requests for _, requests in cold):8.0f} "
        f"{statistics.median(warm):8.0f} {statistics.quantiles(warm, n=20)[-1]:6.0f}"
    )
    yield "    " + " · ".join(
        f"{kind} {statistics.mean(found):.2f}" for kind, found in recall.items()
    )


def _warm(
    browser: Any, address: str, engine: Engine, asked: Sequence[Any], by_url: dict[str, str]
) -> tuple[dict[str, list[float]], list[float]]:
    """Recall at ten by class, and the milliseconds of each query when all is in the cache."""
    page = browser.new_page()
    page.goto(address + engine.page)
    recall: defaultdict[str, list[float]] = defaultdict(list)
    times = []
    for query in asked:
        urls = page.evaluate(engine.ask, query.text)
        found = {by_url.get(url.lstrip("/")) for url in urls[:_TOP]}
        recall[query.kind].append(len(query.wanted & found) / min(_TOP, len(query.wanted)))
        timed = f"async (text) => {{ const t = performance.now(); await ({engine.ask})(text); "
        times.append(page.evaluate(timed + "return performance.now() - t; }", query.text))
    page.close()
    return recall, times


def _cold(
    browser: Any, address: str, engine: Engine, asked: Sequence[Any], traffic: Any
) -> Iterator[tuple[int, int]]:
    """Bytes and requests of each query in a browser that has seen nothing."""
    for query in asked:
        with browser.new_context() as context:
            page = context.new_page()
            traffic.clear()
            page.goto(address + engine.page)
            page.evaluate(engine.ask, query.text)
            yield traffic.bytes(), len(traffic.sent)


def _browser() -> Any:
    """A context manager for a Chromium, the one that is named or found."""
    program = os.environ.get("SHOWCASE_CHROMIUM") or shutil.which("chromium")
    playwright = importlib.import_module("playwright.sync_api")
    return _Running(playwright.sync_playwright(), program)


class _Running:
    """Playwright and its browser, both closed at the end."""

    def __init__(self, playwright: Any, program: str | None) -> None:
        self._playwright = playwright
        self._program = program

    def __enter__(self) -> Any:
        chromium = self._playwright.__enter__().chromium
        return chromium.launch(executable_path=self._program, args=_FLAGS)

    def __exit__(self, *fault: object) -> None:
        self._playwright.__exit__(*fault)


def _make_ours(folder: Path, documents: Any) -> None:
    importlib.import_module("tests.corpus.site").write_site(folder, documents)


def _make_pagefind(folder: Path, documents: Any) -> None:
    importlib.import_module("tests.corpus.rivals").write_pages(folder, documents)
    measure([sys.executable, "-m", "pagefind", "--site", str(folder)])


def _make_material(folder: Path, documents: Any) -> None:
    with tempfile.TemporaryDirectory() as project:
        importlib.import_module("tests.corpus.rivals").write_project(Path(project), documents)
        configuration = str(Path(project) / "mkdocs.yml")
        arguments = ["build", "-q", "-f", configuration, "-d", str(folder)]
        measure([sys.executable, "-m", "mkdocs", *arguments])

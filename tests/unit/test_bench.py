"""The bench measures what really ran: real processes, real projects; nothing here is timed."""

from __future__ import annotations

import posixpath
import re
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from showcase.bench import preview
from showcase.bench.compare import Measured, Site
from showcase.bench.corpus import edited, files, mark, records
from showcase.bench.measure import Cost, measure, total
from showcase.bench.peers import GENERATORS
from showcase.bench.peers.generator import Generator, Tool, found, put
from showcase.bench.peers.hugo import HUGO
from showcase.bench.peers.material import MKDOCS
from showcase.bench.peers.ours import OURS
from showcase.bench.table import NONE, costs, spread
from showcase.news import RELOAD
from tests.commands import showcase
from tests.projects import tree

linux = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux tells")
unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows tells nothing of children")

_SPIN = "import time\nwhile time.process_time() < 0.3: pass"
_HOLD = "held = b'x' * (80 << 20); import time; time.sleep(0.6)"


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def both(program: str) -> str:
    """A program that does something itself after a process of its own did."""
    return f"import subprocess, sys; subprocess.run([sys.executable, '-c', {program!r}]); {program}"


def at_once(program: str) -> str:
    """A program that does something while a process of its own does it too."""
    return (
        f"import subprocess, sys; other = subprocess.Popen([sys.executable, '-c', {program!r}]); "
        f"{program}; other.wait()"
    )


# --- measuring ----------------------------------------------------------------------------------


@unix
def test_processor_time_is_that_of_a_command_and_of_what_it_starts() -> None:
    alone = measure(python("pass")).cpu
    cost = measure(python(f"import subprocess, sys\nsubprocess.run({python(_SPIN)!r})\n{_SPIN}"))
    assert alone is not None
    assert alone < 0.6
    assert cost.cpu is not None
    assert cost.cpu >= 0.6


@linux
def test_memory_is_that_of_all_processes_together() -> None:
    cost = measure(python(at_once(_HOLD)))
    assert cost.memory is not None
    assert 160 < cost.memory < 240


@linux
def test_processes_one_after_the_other_count_as_the_larger() -> None:
    cost = measure(python(both(_HOLD)))
    assert cost.memory is not None
    assert 80 < cost.memory < 150


@linux
def test_memory_of_the_one_that_measures_does_not_count() -> None:
    held = b"x" * (300 << 20)
    cost = measure(python("import time; time.sleep(0.3)"))
    assert len(held) > 0
    assert cost.memory is not None
    assert cost.memory < 100


def test_failed_command_says_what_it_said() -> None:
    with pytest.raises(RuntimeError, match="坏了"):
        measure(python("import sys; sys.stdout.reconfigure(encoding='utf-8'); sys.exit('坏了')"))


def test_command_runs_where_it_is_told_with_what_it_is_given(tmp_path: Path) -> None:
    program = "import os, pathlib; pathlib.Path('made').write_text(os.environ['WORD'])"
    measure(python(program), {"WORD": "given"}, tmp_path)
    assert tree(tmp_path) == {"made": b"given"}


def test_commands_one_after_the_other_cost_the_sum_and_the_higher_peak() -> None:
    assert total([Cost(1, 2, 30), Cost(3, 4, 20)]) == Cost(4, 6, 30)
    assert total([Cost(1, None, None), Cost(3, 4, 20)]) == Cost(4, None, 20)
    assert total([Cost(1, None, None)]) == Cost(1, None, None)


# --- the corpus ---------------------------------------------------------------------------------


def test_corpus_is_as_large_as_asked_and_always_the_same() -> None:
    corpus = tuple(records(40))
    assert len(corpus) == len({record.name for record in corpus}) == 40
    assert {record.kind for record in corpus} == {
        "brand", "figure", "activity", "venue", "organisation",
    }  # fmt: skip
    assert tuple(records(40)) == corpus
    assert all(2_400 < len(record.prose) < 3_600 for record in corpus)


def test_edit_changes_the_text_and_one_relation() -> None:
    record = next(record for record in records(40) if record.kind == "activity")
    once, twice = (edited(record, number, ["合成品牌00001", "合成品牌00002"]) for number in (1, 2))
    assert [item.fields["品牌"] for item in (once, twice)] == ["合成品牌00002", "合成品牌00001"]
    assert mark(1) in once.text()
    assert mark(2) in twice.text()
    assert once.prose.endswith(record.prose)
    kept = record.fields.keys() - {"品牌", "简介"}
    assert {key: once.fields[key] for key in kept} == {key: record.fields[key] for key in kept}


def test_own_corpus_is_what_the_check_wants(tmp_path: Path) -> None:
    OURS.lay(tmp_path)
    for path, text in files(tuple(records(40))):
        put(tmp_path / "content", path, text)
    done = showcase("check", "--strict", "--project", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr


# --- the projects -------------------------------------------------------------------------------


def laid(generator: Generator, folder: Path, count: int = 40) -> Site:
    site = Site(generator, folder / generator.key, tuple(records(count)))
    site.lay()
    return site


@pytest.mark.parametrize("generator", GENERATORS, ids=lambda item: item.key)
def test_template_that_is_edited_is_there(generator: Generator, tmp_path: Path) -> None:
    site = laid(generator, tmp_path)
    template = site.folder / generator.template
    before = template.read_text("utf-8")
    site.restyle()
    assert template.read_text("utf-8") == f"{before}{mark(1)}\n"


@pytest.mark.parametrize("generator", GENERATORS, ids=lambda item: item.key)
def test_every_record_is_there_with_its_prose(generator: Generator, tmp_path: Path) -> None:
    site = laid(generator, tmp_path)
    texts = "\n".join(text for _, text in generator.files(site.corpus))
    for record in site.corpus:
        assert record.prose.rpartition("\n")[2] in texts


@pytest.mark.parametrize("generator", GENERATORS, ids=lambda item: item.key)
def test_edit_writes_the_pages_that_it_changes_and_no_other(
    generator: Generator, tmp_path: Path
) -> None:
    site = laid(generator, tmp_path)
    edit = site.edit()
    # Where a generator knows no relations, the pages that show them are its content.
    most = 1 if generator in (OURS, HUGO) else 20
    assert 1 <= len(edit.files) <= most
    assert all(edit.words in text for _, text in edit.files if "activity-00000" in text)
    before = tree(site.folder)
    site.save(edit)
    after = tree(site.folder)
    assert {path for path in after if after[path] != before.get(path)} == {
        path for path, _ in edit.files
    }
    assert len(site.edit().files) >= 1


def test_build_that_does_not_show_an_edit_is_no_measurement(tmp_path: Path) -> None:
    site = laid(HUGO, tmp_path)
    edit = site.edit()
    put(site.folder, f"public/{edit.page}index.html", "之前的文字")
    with pytest.raises(RuntimeError, match="does not show on the page /activities/"):
        site.prove({edit.page: edit.words})
    put(site.folder, f"public/{edit.page}index.html", f"现在是{edit.words}")
    site.prove({edit.page: edit.words})


def test_finished_lists_and_relations_lead_to_pages(tmp_path: Path) -> None:
    laid(MKDOCS, tmp_path)
    docs = tmp_path / MKDOCS.key / "docs"
    pages = {path.relative_to(docs).as_posix(): path for path in docs.rglob("*.md")}
    made = {name: path for name, path in pages.items() if not name.startswith("handbook/")}
    for name, path in made.items():
        for target in re.findall(r"\]\(([^):]+\.md)\)", path.read_text("utf-8")):
            assert posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) in pages


def test_pages_are_the_same_for_all(tmp_path: Path) -> None:
    """Which those are that a generator makes of content, lists apart: by their names."""
    docs = laid(MKDOCS, tmp_path).folder / "docs"
    content = laid(HUGO, tmp_path).folder / "content"
    records_of = [
        {path.relative_to(folder).as_posix() for path in folder.rglob("*-0????.md")}
        for folder in (docs, content)
    ]
    assert records_of[0] == records_of[1]
    assert len(records_of[0]) == 40


# --- programs -----------------------------------------------------------------------------------


def test_program_is_found_as_a_module_of_this_python() -> None:
    here = found(Tool("Markdown", "no-such-program", "pip", "pip"))
    assert here is not None
    assert here.start == (sys.executable, "-m", "pip")
    assert re.fullmatch(r"\d+(\.\d+)+", here.version)


def test_program_that_is_not_here_is_not_found() -> None:
    assert found(Tool("Nothing", "no-such-program", "no_such_module", "nothing")) is None


# --- the preview --------------------------------------------------------------------------------


def test_preview_is_asked_until_it_shows_the_words_and_ends_with_the_block(tmp_path: Path) -> None:
    (tmp_path / "page").write_text("旧的文字", encoding="utf-8")
    port = preview.free_port()
    url = f"http://127.0.0.1:{port}/page"
    command = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)]
    with preview.serving(command, tmp_path) as server:
        server.wait(url, lambda text: "旧的" in text)
        (tmp_path / "page").write_text("新的文字", encoding="utf-8")
        server.wait(url, lambda text: "新的" in text)
    assert server.process.returncode is not None
    with pytest.raises(OSError, match="refused"):
        urlopen(url)


ASKED = """
import http.server, sys, time
asked = {"/page": 0, "/news": 0}
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/news":
            time.sleep(0.2)
        asked[self.path] += 1
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"{asked['/page']} {asked['/news']}".encode())
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


def test_preview_is_not_asked_again_before_it_has_news(tmp_path: Path) -> None:
    port = preview.free_port()
    home = f"http://127.0.0.1:{port}"
    with preview.serving(
        [*python(ASKED), str(port)], tmp_path, lambda page: f"{home}/news" if page else ""
    ) as server:
        server.wait(f"{home}/page", lambda text: text == "3 2")


def test_our_pages_say_where_news_is_asked_for() -> None:
    page = f'<script src="{RELOAD}?known=7" defer></script>'
    assert OURS.news(page) == "-/news?known=7"
    assert not OURS.news("<p>页面</p>")


def test_preview_that_ends_by_itself_says_why(tmp_path: Path) -> None:
    command = python("import sys; sys.exit('no port')")
    with preview.serving(command, tmp_path) as server, pytest.raises(RuntimeError, match="no port"):
        server.wait(f"http://127.0.0.1:{preview.free_port()}/", bool)


# --- the table ----------------------------------------------------------------------------------


def test_row_is_set_against_the_reference() -> None:
    rows = costs(
        [
            Measured("cold", OURS, (Cost(3.0, 5.0, 90.0), Cost(5.0, 7.0, 95.0)), pages=12),
            Measured("cold", HUGO, (Cost(2.0, 12.0, 200.0),), (Cost(1.0, 8.0, 200.0),), pages=11),
        ]
    )
    assert list(rows) == [
        ("cold", "this project", "4.00 (3.00–5.00)", "6.00 (5.00–7.00)", "0.50", NONE,
         "92.5 (90.0–95.0)", "0.46", "12"),
        ("cold", "Hugo + Pagefind", "2.00", "12.0", "1.00", "8.00", "200", "1.00", "11"),
    ]  # fmt: skip


def test_row_without_a_reference_and_without_figures_of_the_system() -> None:
    rows = costs([Measured("cold", OURS, (Cost(3.0, None, None),), pages=12)])
    assert list(rows) == [("cold", "this project", "3.00", *[NONE] * 5, "12")]


def test_generator_that_failed_says_why() -> None:
    rows = costs([Measured("cold", HUGO, failed="template not found")])
    assert list(rows) == [("cold", "Hugo + Pagefind", "failed: template not found")]


def test_spread_is_the_median_with_the_least_and_the_most() -> None:
    assert spread([]) == NONE
    assert spread([0.1234]) == "0.12"
    assert spread([250.0, 12.3, 1.0]) == "12.3 (1.00–250)"

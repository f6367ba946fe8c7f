from __future__ import annotations

import json
import random
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from showcase.outputs.artifact import Artifact
from showcase.outputs.search import (
    Aloud,
    Findable,
    Previous,
    SearchDocument,
    assemble,
    build,
    extract,
)
from showcase.outputs.search.index import in_order
from tests.corpus.search import Corpus


def document(key: str, **fields: object) -> SearchDocument:
    given = {"url": f"{key}/", "title": key, "kind_label": "品牌", **fields}
    return SearchDocument(key=key, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus(60, length=400)


def test_equal_documents_give_equal_bytes_in_whatever_order(corpus: Corpus) -> None:
    shuffled = list(corpus.documents)
    random.Random(1).shuffle(shuffled)
    assert list(build(shuffled)) == list(build(corpus.documents))


def test_another_site_is_another_build(corpus: Corpus) -> None:
    def version(documents: list[SearchDocument]) -> str:
        manifest = dict(build(documents))["search/index.js"]
        return manifest.split(b'"')[1].decode()

    assert version(corpus.documents) != version(corpus.documents[1:])


def test_newest_first_then_by_key() -> None:
    documents = [
        document("甲"),
        document("乙", date="2019"),
        document("丁", date="2019-03-18"),
        document("丙", date="2019-03-18"),
    ]
    numbered = in_order(map(Findable.of, documents))
    assert [found.key for found in reversed(numbered)] == ["丁", "丙", "乙", "甲"]


def test_every_file_is_one_call_with_json_for_arguments(corpus: Corpus) -> None:
    for path, data in build(corpus.documents):
        if path == "search/search.js":
            continue
        name, payload = data.decode().removeprefix("showcaseSearch.").split("(", 1)
        arguments = json.loads("[" + payload.removesuffix(");\n") + "]")
        assert name in {"manifest", "pairs", "terms", "record", "facets", "sounds"}
        assert len(arguments[0]) in {16, 8, 6, 0}


def test_facet_values_stand_in_the_order_in_which_readers_look_for_them() -> None:
    one, two, three = ("某市",), ("某市", "甲镇"), ("某市", "甲镇", "乙村")
    facets = [
        {"kind": ("品牌",), "place": two, "year": ("2019",), "theme": ("助学",)},
        {"kind": ("活动",), "place": three, "year": ("2021",), "theme": ("敬老",)},
        {"kind": ("活动",), "place": one, "year": ("2019", "2021"), "theme": ("敬老",)},
    ]
    documents = [document(str(n), facets=values) for n, values in enumerate(facets)]
    written = dict(build(documents))["search/facets.js"].decode()
    _, facets_written = json.loads("[" + written.split("(", 1)[1][:-3] + "]")
    lists = {facet["name"]: facet["values"] for facet in facets_written}
    assert lists == {
        "kind": ["活动", "品牌"],
        "place": ["某市", "甲镇", "乙村"],
        "theme": ["敬老", "助学"],
        "year": ["2021", "2019"],
    }


def test_an_edit_changes_the_files_of_its_words_only(corpus: Corpus) -> None:
    before = dict(build(corpus.documents))
    edited = list(corpus.documents)
    edited[7] = replace(edited[7], text=edited[7].text + "多了“助学”二字。")
    after = dict(build(edited))
    assert before.keys() == after.keys()
    changed = {path for path in after if after[path] != before[path]}
    assert {path.rpartition("/")[0] for path in changed} <= {"search", "search/t", "search/r"}
    assert len([path for path in changed if path.startswith("search/r/")]) == 1
    assert len([path for path in changed if path.startswith("search/t/")]) < 20


def test_a_new_record_leaves_the_files_of_older_ones() -> None:
    documents = [document(f"brand/{n}", date=f"20{10 + n // 30}") for n in range(300)]
    before = dict(build(documents))
    after = dict(build([*documents, document("brand/new", date="2031-01-01")]))
    changed = {p for p in before if p.startswith("search/r/") and before[p] != after[p]}
    assert changed == {f"search/r/{number}.js" for number in range(256, 300)}


def made(
    documents: list[SearchDocument], previous: Previous | None = None
) -> tuple[dict[str, Artifact], bytes]:
    """The files of an index by path, not all of them made, and the state that it leaves."""
    states: list[bytes] = []
    files = assemble(map(Findable.of, documents), previous, Aloud(), states.append)
    return {artifact.path: artifact for artifact in files}, states[0]


def contents(files: dict[str, Artifact]) -> dict[str, bytes]:
    return {path: artifact.data for path, artifact in files.items()}


def test_what_did_not_change_is_not_even_read(corpus: Corpus) -> None:
    files, state = made(corpus.documents)
    before = contents(files)
    read: list[str] = []

    def file(path: str) -> bytes:
        read.append(path)
        return before[path]

    edited = list(corpus.documents)
    edited[7] = replace(edited[7], text=edited[7].text + "多了“助学”二字。")
    after, _ = made(edited, Previous(state, file))
    assert read
    assert len(read) < 25
    changed = {path for path in after if after[path].key != files[path].key}
    assert {path.rpartition("/")[0] for path in changed} <= {"search", "search/t", "search/r"}
    assert contents(after) == dict(build(edited))
    assert all((after[p].data == before[p]) is (p not in changed) for p in after)


def newest(documents: list[SearchDocument]) -> list[SearchDocument]:
    return [*documents, document("brand/new", date="2099-01-01", text="全新的内容")]


def undated(documents: list[SearchDocument]) -> list[SearchDocument]:
    return [document("brand/new", text="没有日期的内容，𬭎字"), *documents]


def backdated(documents: list[SearchDocument]) -> list[SearchDocument]:
    middle = sorted(one.date for one in documents)[len(documents) // 2]
    return [*documents, document("brand/new", date=middle, text="补录的内容")]


def moved(documents: list[SearchDocument]) -> list[SearchDocument]:
    oldest = min((one for one in documents if one.date), key=lambda one: one.date)
    now = replace(oldest, date="2098", title="改了日期和名称")
    return [now if one is oldest else one for one in documents]


def fewer(documents: list[SearchDocument]) -> list[SearchDocument]:
    return [*documents[:20], *documents[21:]]


@pytest.mark.parametrize("edit", [newest, undated, backdated, moved, fewer])
def test_only_what_is_new_is_asked_for_wherever_it_stands(
    corpus: Corpus, edit: Callable[[list[SearchDocument]], list[SearchDocument]]
) -> None:
    files, state = made(corpus.documents)
    before = contents(files)
    looked: list[str] = []

    def findable(one: SearchDocument) -> Findable:
        found = Findable.of(one)

        def wanted() -> SearchDocument:
            looked.append(one.key)
            return one

        return replace(found, look=lambda: replace(found.look(), document=wanted))

    now = edit(list(corpus.documents))
    states: list[bytes] = []
    previous = Previous(state, before.__getitem__)
    after = list(assemble(map(findable, now), previous, Aloud(), states.append))
    assert set(looked) == {one.key for one in now if one not in corpus.documents}
    assert {artifact.path: artifact.data for artifact in after} == dict(build(now))
    assert states == [made(now)[1]]


@pytest.mark.parametrize("path", ["search/t/0.js", "search/w/0.js", "search/index.js", "sounds"])
@pytest.mark.parametrize("damage", ["gone", "empty", "changed"])
def test_a_damaged_build_before_does_no_harm(corpus: Corpus, path: str, damage: str) -> None:
    path = "search/sounds.js" if path == "sounds" else path
    before, state = made(corpus.documents[:20])
    files = contents(before)
    if damage == "gone":
        del files[path]
    else:
        files[path] = (
            b"" if damage == "empty" else files[path].replace(b"1", b"2").replace(b"a", b"b")
        )
    now = [*corpus.documents[:19], replace(corpus.documents[19], text="换了一段话。")]
    after, _ = made(now, Previous(state, files.__getitem__))
    assert contents(after) == dict(build(now))


def test_the_file_of_a_record_tells_its_terms(corpus: Corpus) -> None:
    for one in corpus.documents:
        found = extract(one, Aloud())
        assert extract(SearchDocument.of_record(found.record, len(one.names)), Aloud()) == found


def test_nothing_gives_an_index_all_the_same() -> None:
    assert {"search/index.js", "search/facets.js", "search/t/0.js", "search/w/0.js"} <= dict(
        build([])
    ).keys()

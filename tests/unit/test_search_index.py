from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from showcase.outputs.search import (
    Previous,
    SearchDocument,
    assemble,
    build,
    extract,
    pack,
    unpack,
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
    numbered = in_order(map(extract, documents))
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


@pytest.mark.parametrize("path", ["search/t/0.js", "search/w/0.js", "search/index.js", "sounds"])
@pytest.mark.parametrize("damage", ["gone", "empty", "changed"])
def test_a_damaged_build_before_does_no_harm(corpus: Corpus, path: str, damage: str) -> None:
    path = "search/sounds.js" if path == "sounds" else path
    before = [extract(one) for one in corpus.documents[:20]]
    files = dict(assemble(before))
    if damage == "gone":
        del files[path]
    else:
        files[path] = (
            b"" if damage == "empty" else files[path].replace(b"1", b"2").replace(b"a", b"b")
        )
    now = [*before[:-1], extract(replace(corpus.documents[19], text="换了一段话。"))]
    previous = Previous(before, files.__getitem__)
    assert dict(assemble(now, previous)) == dict(assemble(now))


def test_an_extract_can_be_kept(corpus: Corpus) -> None:
    for one in corpus.documents:
        found = extract(one)
        assert unpack(pack(found)) == found
    with pytest.raises(ValueError, match=r"."):
        unpack(pack(found)[:-1])


def test_nothing_gives_an_index_all_the_same() -> None:
    assert {"search/index.js", "search/facets.js", "search/t/0.js", "search/w/0.js"} <= dict(
        build([])
    ).keys()

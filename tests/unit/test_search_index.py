from __future__ import annotations

import json
import random

import pytest

from showcase.outputs.search import SearchDocument, build, extract
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


def test_nothing_gives_an_index_all_the_same() -> None:
    assert {"search/index.js", "search/facets.js", "search/t/0.js", "search/w/0.js"} <= dict(
        build([])
    ).keys()

"""An index mended after changes is the index made anew, to the byte."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from showcase.outputs.search import Previous, SearchDocument, assemble, extract, pack, unpack

_CHARACTERS = "向阳花开志愿服务党群同心的，。·18+n \n"
_texts = st.text(_CHARACTERS, max_size=30)
_dates = st.sampled_from(("", "2019", "2019-03", "2020-01-02"))


@st.composite
def _documents(draw: st.DrawFn) -> list[SearchDocument]:
    keys = draw(st.sets(st.integers(0, 30), max_size=12))
    return [
        SearchDocument(
            key=f"brand/{key}",
            url=f"brands/{key}/",
            title=draw(_texts),
            kind_label="品牌",
            names=tuple(draw(st.lists(_texts, max_size=2))),
            related=tuple(draw(st.lists(_texts, max_size=1))),
            summary=draw(_texts),
            text=draw(_texts),
            date=draw(_dates),
        )
        for key in sorted(keys)
    ]


def _edited(document: SearchDocument, name: str, text: str) -> SearchDocument:
    if name == "date":
        return replace(document, date="2018")
    return replace(document, title=text) if name == "title" else replace(document, text=text)


_edits = st.lists(st.tuples(st.integers(0, 11), st.sampled_from(("text", "title", "date")), _texts))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_documents(), _documents(), _edits, st.booleans())
def test_mended_is_anew(
    first: list[SearchDocument],
    other: list[SearchDocument],
    edits: list[tuple[int, str, str]],
    same: bool,
) -> None:
    documents = list(first if same else other)
    for place, name, text in edits:
        if place < len(documents):
            documents[place] = _edited(documents[place], name, text)
    before = [extract(document) for document in first]
    files = dict(assemble(before))
    after = [unpack(pack(extract(document))) for document in documents]
    previous = Previous(tuple(reversed(before)), files.__getitem__)
    assert dict(assemble(reversed(after), previous)) == dict(assemble(after))

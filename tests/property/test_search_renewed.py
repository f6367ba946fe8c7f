"""An index mended after changes is the index made anew, to the byte."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from showcase.outputs.search import Aloud, Findable, Previous, SearchDocument, assemble

_CHARACTERS = "向阳花开陽開志愿服务党群同心的𬭎，。·18+n \n"
_texts = st.text(_CHARACTERS, max_size=30)
_dates = st.sampled_from(("", "2019", "2019-03", "2020-01-02"))
_facets = st.fixed_dictionaries(
    {"kind": st.just(("品牌",))},
    optional={"theme": st.sampled_from([("助学",), ("助学", "敬老")]), "year": st.just(("2019",))},
)


@st.composite
def _documents(draw: st.DrawFn) -> list[SearchDocument]:
    keys = draw(st.sets(st.integers(0, 30), max_size=12))
    return [_document(draw, key) for key in sorted(keys)]


def _document(draw: st.DrawFn, key: int, date: str | None = None) -> SearchDocument:
    return SearchDocument(
        key=f"brand/{key:02d}",
        url=f"brands/{key}/",
        title=draw(_texts),
        kind_label="品牌",
        names=tuple(draw(st.lists(_texts, max_size=2))),
        related=tuple(draw(st.lists(_texts, max_size=1))),
        summary=draw(_texts),
        text=draw(_texts),
        date=draw(_dates) if date is None else date,
        facets=draw(_facets),
    )


@st.composite
def _steps(draw: st.DrawFn) -> Callable[[list[SearchDocument]], list[SearchDocument]]:
    """An edit, a new record (mostly the newest), one that goes, or another date."""
    place, text = draw(st.integers(0, 11)), draw(_texts)
    what = draw(st.sampled_from(("text", "title", "names", "facets", "date", "new", "old", "gone")))
    new = _document(draw, draw(st.integers(31, 99)), "2021" if what == "new" else "2018")
    facets = draw(_facets)

    def step(documents: list[SearchDocument]) -> list[SearchDocument]:
        if what in ("new", "old"):
            return [*(one for one in documents if one.key != new.key), new]
        if place >= len(documents):
            return documents[:-1] if what == "gone" else documents
        one = documents[place]
        edited = {
            "text": replace(one, text=text),
            "title": replace(one, title=text),
            "names": replace(one, names=(text, *one.names[:1])),
            "facets": replace(one, facets=facets),
            "date": replace(one, date="2018"),
        }
        now = [edited[what]] if what in edited else []
        return [*documents[:place], *now, *documents[place + 1 :]]

    return step


class Built:
    """A build: its files, and the state that it leaves, with how names are read."""

    def __init__(
        self,
        documents: list[SearchDocument],
        previous: Previous | None = None,
        left: bytes | None = None,
    ) -> None:
        self.states: list[bytes] = []
        aloud = Aloud(lambda: left)
        made = assemble(map(Findable.of, documents), previous, aloud, self.states.append)
        self.files = {one.path: one.data for one in made}
        self.left = aloud.packed() or left

    def previous(self) -> Previous:
        return Previous(self.states[0], self.files.__getitem__)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_documents(), st.lists(st.lists(_steps(), max_size=3), max_size=4))
def test_mended_is_anew(
    documents: list[SearchDocument],
    builds: list[list[Callable[[list[SearchDocument]], list[SearchDocument]]]],
) -> None:
    built = Built(documents)
    for steps in builds:
        for step in steps:
            documents = step(documents)
        built = Built(documents[::-1], built.previous(), built.left)
        anew = Built(documents)
        assert built.files == anew.files
        assert built.states == anew.states


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_documents(), st.lists(_steps(), max_size=3), st.data())
def test_whatever_is_left_of_the_build_before_the_index_is_right(
    documents: list[SearchDocument],
    steps: list[Callable[[list[SearchDocument]], list[SearchDocument]]],
    data: st.DataObject,
) -> None:
    before = Built(documents)
    for step in steps:
        documents = step(documents)
    files, state = dict(before.files), before.states[0]
    for path in data.draw(st.sets(st.sampled_from(sorted(files)), max_size=3)):
        if data.draw(st.booleans()):
            files[path] = files[path][: data.draw(st.integers(0, len(files[path])))]
        else:
            del files[path]
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(state)))
        state = state[:at] + data.draw(st.sampled_from([b"", b"]", b'"', b"x"])) + state[at + 1 :]
        if state != before.states[0]:
            # A seal guards what is kept: here only what cannot be read is tried.
            state = state[:at]
    now = Built(documents, Previous(state, files.__getitem__))
    assert now.files == Built(documents).files

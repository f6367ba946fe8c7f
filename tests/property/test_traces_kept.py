"""Through however many builds: a product is known as long as all it looked at is as it was then."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcase.store import Store
from showcase.traces import SHEET, Traces

THINGS = range(12)
PRODUCTS = range(40)


@dataclass
class Counted:
    """Things whose states are numbers."""

    at: dict[str, int]
    whole: str = "甲"

    def name(self, thing: Hashable) -> str:
        return str(thing)

    def of(self, name: str) -> str:
        return str(self.at.get(name, ""))


# What changes before a build, which products there are in it, and what each looks at if it is made.
builds = st.lists(
    st.tuples(
        st.sets(st.sampled_from(THINGS), max_size=3),
        st.sets(st.sampled_from(PRODUCTS), max_size=3),
        st.lists(st.sets(st.sampled_from(THINGS), max_size=4), min_size=1, max_size=8),
    ),
    min_size=2,
    max_size=8,
)


@given(builds, st.sampled_from((3, SHEET)))
def test_a_product_is_known_while_nothing_it_looked_at_changed(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[set[int], set[int], list[set[int]]]],
    sheet: int,
) -> None:
    folder = tmp_path_factory.mktemp("traces")
    states = Counted({})
    noted: dict[str, tuple[list[int], dict[str, str]]] = {}
    for number, (changed, gone, looks) in enumerate(steps):
        for thing in changed:
            states.at[str(thing)] = number + 1
        with Store.open(folder) as store:
            traces = Traces(store, states, sheet)
            now: dict[str, tuple[list[int], dict[str, str]]] = {}
            for index in PRODUCTS:
                product = f"product {index}"
                if index in gone:
                    continue
                value, then = noted.get(product, ([], {}))
                fresh = product in noted and all(states.of(at) == was for at, was in then.items())
                assert traces.recall(product) == (value if fresh else None)
                if fresh:
                    now[product] = value, then
                else:
                    looked = looks[index % len(looks)]
                    value = [number, index]
                    traces.note(product, looked, value)
                    now[product] = value, {str(thing): states.of(str(thing)) for thing in looked}
            traces.finish()
        noted = now


def test_nothing_is_known_under_other_settings_or_from_nonsense(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        traces = Traces(store, Counted({"1": 1}))
        traces.note("product", [1], ["value"])
        traces.finish()
        assert Traces(store, Counted({"1": 1})).recall("product") == ["value"]
        assert Traces(store, Counted({"1": 1}, whole="乙")).recall("product") is None
        half = b'["00", 1, 1, {}, {"product": [["value"], "AAA="]}]'
        for nonsense in (b"null", b"[]", b"[1, 2, 3]", b"{", b'["00", [], {}, {}, 1]', half):
            store.put("traces", {traces._sheet(0): nonsense})
            assert Traces(store, Counted({"1": 1})).recall("product") is None


def test_sheets_of_two_writings_are_not_put_together(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        first_sheet = Traces(store, Counted({}))._sheet(0)
        for number in range(2):
            former = store.get("traces", [first_sheet])
            traces = Traces(store, Counted({str(thing): number for thing in THINGS}), 3)
            for index in PRODUCTS:
                traces.note(f"product {index}", [index % len(THINGS)], [number])
            traces.finish()
        right = Traces(store, Counted({str(thing): 1 for thing in THINGS}), 3)
        assert [right.recall(f"product {index}") for index in PRODUCTS] == [[1]] * len(PRODUCTS)
        # As if another build had begun to write, and this one had read its first sheet.
        store.put("traces", former)
        mixed = Traces(store, Counted({str(thing): 1 for thing in THINGS}), 3)
        assert {mixed.recall(f"product {index}") for index in PRODUCTS} == {None}

"""Decides what is stale of what was made of records: whether all it looked at is as it was then.

The traces of the latest build are kept with the states of what they name («verifying traces»:
Mokhov, Mitchell and Peyton Jones, Build Systems à la Carte, 2018). A thousand products share most
of what they look at, so each state is compared once.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable
from itertools import count
from typing import Any, NamedTuple, Protocol, TypeAlias

from showcase.seal import digest
from showcase.store import Store

_ROOM = "traces"


_Product: TypeAlias = tuple[Any, list[int]]
"""What was noted of a product, and the numbers of what it looked at."""


class _Kept(NamedTuple):
    """What is kept: names with number and state, products by name, the next free number."""

    names: dict[str, tuple[int, str]]
    products: dict[str, _Product]
    free: int


class States(Protocol):
    """What can be looked at, and its state: the same only where nothing of it has changed."""

    @property
    def whole(self) -> str:
        """The state of what everything depends on."""

    def name(self, thing: Hashable) -> str:
        """Return the name under which something that was looked at is known."""

    def of(self, name: str) -> str:
        """Return the state of what has a name; ``""`` if it is not there."""


class Traces:
    """What was made of what: at the build before, and at this one."""

    def __init__(self, store: Store, states: States) -> None:
        self._store = store
        self._states = states
        self._key = digest(states.whole)
        self._made: dict[str, _Product] = {}
        self.recalled = False
        """Whether anything was known from the build before."""
        before = self._kept()
        self._before = before.products
        self._stale = {
            number for name, (number, state) in before.names.items() if states.of(name) != state
        }
        self._numbers = {name: number for name, (number, _) in before.names.items()}
        self._free = count(before.free)

    def recall(self, product: str) -> Any:
        """Return what was noted of a product; ``None`` if it may be another now."""
        found = self._before.get(product)
        if found is None or not self._stale.isdisjoint(found[1]):
            return None
        self._made[product] = found
        self.recalled = True
        return found[0]

    def note(self, product: str, looked: Iterable[Hashable], value: Any) -> None:
        """Note what a product was made of, and what there is to know of it, as JSON has it."""
        self._made[product] = value, [self._number(self._states.name(one)) for one in looked]

    def _number(self, name: str) -> int:
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = next(self._free)
        return number

    def finish(self) -> None:
        """Keep what is known of the products of this build."""
        used = set[int]().union(*(looked for _, looked in self._made.values()))
        names = {
            name: (number, self._states.of(name))
            for name, number in self._numbers.items()
            if number in used
        }
        what = [names, self._made, next(self._free)]
        kept = json.dumps(what, ensure_ascii=False, separators=(",", ":"))
        # Half of a pair of characters may stand in a title that was typed as an escape.
        self._store.put(_ROOM, {self._key: kept.encode("utf-8", "surrogatepass")})
        self._store.finish(_ROOM)

    def _kept(self) -> _Kept:
        """Return what the build before noted; nothing if what is kept is none of ours."""
        found = self._store.get(_ROOM, [self._key]).get(self._key)
        try:
            names, products, free = json.loads(found or "null")
            return _Kept(dict(names), dict(products), int(free))
        except (ValueError, TypeError):
            return _Kept({}, {}, 0)

"""Decides what is stale of what was made of records: whether all it looked at is as it was then.

The traces of the latest build are kept with the states of what they name («verifying traces»:
Mokhov, Mitchell and Peyton Jones, Build Systems à la Carte, 2018). A thousand products share most
of what they look at, so each state is compared once.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping
from itertools import count, islice
from secrets import token_hex
from typing import Any, NamedTuple, Protocol, TypeAlias

from showcase.seal import digest
from showcase.store import Store

_ROOM = "traces"

_Product: TypeAlias = tuple[Any, list[int]]
"""What was noted of a product, and the numbers of what it looked at."""


class _Kept(NamedTuple):
    """What is kept: names with number and state, products by name, the next free number."""

    names: dict[str, list[Any]]
    products: dict[str, _Product]
    free: int


_NOTHING = _Kept({}, {}, 0)
_MANY = 16
"""Whole is kept again what changed in more than one product of so many."""
SHEET = 8_192
"""Names, and products, that are kept in one piece: those of fifty thousand records would be some
hundred megabytes of text."""


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

    def __init__(self, store: Store, states: States, sheet: int = SHEET) -> None:
        self._store = store
        self._most = sheet
        self._states = states
        self._made: dict[str, _Product] = {}
        self.recalled = False
        """Whether anything was known from the build before."""
        self._key = digest(states.whole)
        self._since = digest(self._key, "since")
        self._base, self._mark = self._first()
        before = self._before = self._latest()
        self._stale = {
            number for name, (number, state) in before.names.items() if states.of(name) != state
        }
        self._numbers = {name: number for name, (number, _) in before.names.items()}
        self._free = count(before.free)

    def recall(self, product: str) -> Any:
        """Return what was noted of a product; ``None`` if it may be another now."""
        found = self._before.products.get(product)
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
        """Keep what is known of the products of this build.

        After an edit that is, beside what was kept once for all products, what differs from it.
        """
        base = self._base.products
        other = {name: made for name, made in self._made.items() if made is not base.get(name)}
        gone = [name for name in base if name not in self._made]
        if (len(other) + len(gone)) * _MANY > len(self._made):
            self._put_whole()
        else:
            # Of all names: to find out which of them are used takes longer than to state some more.
            states = ((name, self._state(name)) for name in self._numbers)
            known = self._base.names
            new = {name: state for name, state in states if known.get(name) != state}
            self._put(self._since, [self._mark, gone, new, other, next(self._free)])
        self._store.finish(_ROOM)

    def _put_whole(self) -> None:
        names, products = self._names(self._made), self._made
        sheets = len(range(0, max(len(names), len(products), 1), self._most))
        # Sheets that two builds wrote at once do not go together.
        mark, free = token_hex(), next(self._free)
        rest = iter(names.items()), iter(products.items())
        for number in range(sheets):
            part = [dict(islice(items, self._most)) for items in rest]
            self._put(self._sheet(number), [mark, sheets, free, *part])

    def _sheet(self, number: int) -> bytes:
        return digest(self._key, f"{number}")

    def _names(self, products: Mapping[str, _Product]) -> dict[str, list[Any]]:
        """Return the names that some products looked at, each with its number and state."""
        used = set[int]().union(*(looked for _, looked in products.values()))
        return {name: self._state(name) for name, number in self._numbers.items() if number in used}

    def _state(self, name: str) -> list[Any]:
        return [self._numbers[name], self._states.of(name)]

    def _put(self, key: bytes, what: object) -> None:
        text = json.dumps(what, ensure_ascii=False, separators=(",", ":"))
        # Half of a pair of characters may stand in a title that was typed as an escape.
        self._store.put(_ROOM, {key: text.encode("utf-8", "surrogatepass")})

    def _first(self) -> tuple[_Kept, str]:
        """Return what was kept once for all products, and the mark of that writing."""
        names: dict[str, list[Any]] = {}
        products: dict[str, _Product] = {}
        mark, sheets, free, number = "", 1, 0, 0
        try:
            while number < sheets:
                key = self._sheet(number)
                found = self._store.get(_ROOM, [key]).get(key, b"null")
                other, sheets, free, some, made = json.loads(found)
                if number and other != mark:
                    return _NOTHING, ""
                mark, number = str(other), number + 1
                names.update(some)
                products.update(made)
            return _Kept(names, products, int(free)), mark
        except (ValueError, TypeError):
            return _NOTHING, ""

    def _latest(self) -> _Kept:
        """Return that with what differed from it at the latest build."""
        found = self._store.get(_ROOM, [self._since]).get(self._since, b"null")
        try:
            mark, gone, names, products, free = json.loads(found)
            if mark != self._mark:
                return self._base
            latest = self._base.products | products
            for name in gone:
                del latest[name]
            return _Kept(self._base.names | names, latest, int(free))
        except (ValueError, TypeError, KeyError):
            return self._base

"""Decides what is stale of what was made of records: whether all it looked at is as it was then.

The traces of the latest build are kept with the states of what they name («verifying traces»:
Mokhov, Mitchell and Peyton Jones, Build Systems à la Carte, 2018). A thousand products share most
of what they look at, so each state is compared once.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Mapping
from itertools import islice
from secrets import token_hex
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

from msgspec import Struct
from msgspec.json import Decoder

from showcase.compact import as_json
from showcase.seal import digest
from showcase.store import Store

_ROOM = "traces"

_Names: TypeAlias = dict[str, tuple[int, str]]
"""What has a name: its number, and its state."""
_Product: TypeAlias = tuple[Any, bytes]
"""What was noted of a product, and the numbers of what it looked at: packed, for five thousand
records make half a million, which take longer to read one by one than to look through."""
_Products: TypeAlias = dict[str, _Product]


class _Kept(NamedTuple):
    """What is kept: names, products by name, the next free number."""

    names: _Names
    products: _Products
    free: int


class _Sheet(Struct, array_like=True):
    """A part of what is kept; sheets that two builds wrote at once do not go together."""

    mark: str
    sheets: int
    free: int
    names: _Names
    products: _Products


class _Since(Struct, array_like=True):
    """What differs from what has a mark."""

    mark: str
    gone: list[str]
    names: _Names
    products: _Products
    free: int

    def onto(self, base: _Kept) -> _Kept:
        """Return what it makes of that."""
        products = base.products | self.products
        for name in self.gone:
            products.pop(name, None)
        return _Kept(base.names | self.names, products, self.free)


_read_sheet, _read_since = Decoder(_Sheet).decode, Decoder(_Since).decode
_NOTHING = _Kept({}, {}, 0)
_NUMBER: Final = "I"
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
        self._noted: set[str] = set()
        """Which of these were made now."""
        self.recalled = False
        """Whether anything was known from the build before."""
        self._key = digest(states.whole)
        self._since = digest(self._key, "since")
        self._base, self._mark = self._first()
        self._later = self._latest()
        before = self._later.onto(self._base)
        self._now = dict(zip(before.names, map(states.of, before.names), strict=True))
        self._changed = {
            name: number
            for name, (number, state) in before.names.items()
            if self._now[name] != state
        }
        stale = frozenset(self._changed.values())
        self._known = {
            product: found
            for product, found in before.products.items()
            if stale.isdisjoint(_unpacked(found[1]))
        }
        """What was made then and would be the same now."""
        self._numbers = _Numbers(before, states)

    def recall(self, product: str) -> Any:
        """Return what was noted of a product; ``None`` if it may be another now."""
        found = self._known.get(product)
        if found is None:
            return None
        self._made[product] = found
        self.recalled = True
        return found[0]

    def note(self, product: str, looked: Iterable[Hashable], value: Any) -> None:
        """Note what a product was made of, and what there is to know of it, as JSON has it."""
        numbers = array(_NUMBER, map(self._numbers.__getitem__, looked))
        self._made[product] = value, numbers.tobytes()
        self._noted.add(product)

    def finish(self) -> None:
        """Keep what is known of the products of this build.

        After an edit that is, beside what was kept once for all products, what differs from it.
        """
        made, base = self._made, self._base
        others = (name for name in {*self._later.products, *self._noted} if name in made)
        other = {name: made[name] for name in others}
        gone = [*(base.products.keys() - made.keys())]
        if (len(other) + len(gone)) * _MANY > len(made):
            self._put_whole()
        else:
            # Used or not: to find out which of them are takes longer than to state some more.
            names = {*self._later.names, *self._changed, *self._numbers.new}
            states = ((name, self._state(name)) for name in names)
            new = {name: state for name, state in states if base.names.get(name) != state}
            self._put(self._since, _Since(self._mark, gone, new, other, self._numbers.free))
        self._store.finish(_ROOM)

    def _put_whole(self) -> None:
        names, products = self._names(self._made), self._made
        sheets = len(range(0, max(len(names), len(products), 1), self._most))
        mark, free = token_hex(), self._numbers.free
        rest = iter(names.items())
        others = iter(products.items())
        for number in range(sheets):
            some, made = dict(islice(rest, self._most)), dict(islice(others, self._most))
            self._put(self._sheet(number), _Sheet(mark, sheets, free, some, made))

    def _sheet(self, number: int) -> bytes:
        return digest(self._key, f"{number}")

    def _names(self, products: Mapping[str, _Product]) -> _Names:
        """Return the names that some products looked at, each with its number and state."""
        used = set[int]().union(*(_unpacked(looked) for _, looked in products.values()))
        names = self._numbers.names
        return {name: self._state(name) for name, number in names.items() if number in used}

    def _state(self, name: str) -> tuple[int, str]:
        state = self._now.get(name)
        return self._numbers.names[name], self._states.of(name) if state is None else state

    def _put(self, key: bytes, what: _Sheet | _Since) -> None:
        self._store.put(_ROOM, {key: as_json(what)})

    def _first(self) -> tuple[_Kept, str]:
        """Return what was kept once for all products, and the mark of that writing."""
        try:
            first = _read_sheet(self._found(self._sheet(0)))
            kept = _Kept(first.names, first.products, first.free)
            for number in range(1, first.sheets):
                sheet = _read_sheet(self._found(self._sheet(number)))
                if sheet.mark != first.mark:
                    return _NOTHING, ""
                kept.names.update(sheet.names)
                kept.products.update(sheet.products)
        except ValueError:
            return _NOTHING, ""
        return (kept, first.mark) if _are_whole(kept.products) else (_NOTHING, "")

    def _latest(self) -> _Since:
        """Return what differed from that at the latest build."""
        nothing = _Since(self._mark, [], {}, {}, self._base.free)
        try:
            since = _read_since(self._found(self._since))
        except ValueError:
            return nothing
        return since if since.mark == self._mark and _are_whole(since.products) else nothing

    def _found(self, key: bytes) -> bytes:
        return self._store.get(_ROOM, [key]).get(key, b"")


class _Numbers(dict[Hashable, int]):
    """The number of each thing that is looked at, found out when it is first asked for."""

    def __init__(self, before: _Kept, states: States) -> None:
        super().__init__()
        self._name = states.name
        self.names = {name: number for name, (number, _) in before.names.items()}
        """The same by name, and of all that were known before."""
        self.new: list[str] = []
        """The names that were not."""
        self.free = before.free
        """The next number that nothing has."""

    def __missing__(self, thing: Hashable) -> int:
        name = self._name(thing)
        number = self.names.get(name)
        if number is None:
            number = self.names[name] = self.free
            self.new.append(name)
            self.free += 1
        self[thing] = number
        return number


def _unpacked(numbers: bytes) -> Iterable[int]:
    return memoryview(numbers).cast(_NUMBER)


def _are_whole(products: _Products) -> bool:
    """Tell whether numbers are what was packed in each."""
    size = array(_NUMBER).itemsize
    return not any(len(looked) % size for _, looked in products.values())

"""Notes what is looked at while something is made, for whoever wants to know what it depends on.

Who reads says what he reads (:func:`look`), and knows nothing of who listens: mostly nobody does.
What is made once and used by many carries its own trace (:class:`Shared`), or only its first user
would depend on it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

_seen: ContextVar[set[Hashable] | None] = ContextVar("seen", default=None)


def look(thing: Hashable) -> None:
    """Say that something is looked at."""
    seen = _seen.get()
    if seen is not None:
        seen.add(thing)


def unseen(cls: type, name: str) -> Callable[[Any], Any]:
    """Return what gives such a field of an object, without having looked at it."""
    unseen: Callable[[Any], Any] = vars(cls)[name].unseen
    return unseen


@contextmanager
def tracing() -> Iterator[set[Hashable]]:
    """Collect what is looked at in the block; nothing of it reaches a block around it."""
    seen: set[Hashable] = set()
    token = _seen.set(seen)
    try:
        yield seen
    finally:
        _seen.reset(token)


def looked(name: str) -> Callable[[type[T]], type[T]]:
    """Return what decorates a struct: who reads one field of it has looked at the object."""

    def decorate(cls: type[T]) -> type[T]:
        setattr(cls, name, _Looked(getattr(cls, name)))
        return cls

    return decorate


class _Looked:
    """A field of which every reading is noted."""

    def __init__(self, field: Any) -> None:
        self.unseen = field.__get__

    def __get__(self, one: Any, owner: type) -> Any:
        seen = _seen.get()
        if seen is not None:
            seen.add(one)
        return self.unseen(one)


class Shared(Generic[K, T]):
    """Things that are made once for all that use them; ``most`` are held, if that is given."""

    def __init__(self, most: int | None = None) -> None:
        self._made: dict[K, tuple[T, set[Hashable]]] = {}
        self._most = most

    def get(self, key: K, make: Callable[[], T]) -> T:
        """Return what ``make`` makes, or made before; its user has looked at what its maker did."""
        found = self._made.get(key)
        if found is None:
            with tracing() as looked:
                made = make()
            found = self._made[key] = made, looked
            if self._most is not None and len(self._made) > self._most:
                self._made.pop(next(iter(self._made)))
        seen = _seen.get()
        if seen is not None:
            seen |= found[1]
        return found[0]

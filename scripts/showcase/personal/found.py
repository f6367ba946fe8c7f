"""What is found in a text: its sort and its place, never its value."""

from __future__ import annotations

from enum import Enum, auto

from msgspec import Struct


class Sort(Enum):
    """The sorts of private data that are told apart."""

    IDENTITY = auto()
    MOBILE = auto()
    CARD = auto()
    PASSPORT = auto()
    PLATE = auto()
    HOME = auto()
    MAILBOX = auto()


class Found(Struct, frozen=True):
    """Private data between two character offsets (``end`` exclusive).

    The value itself is left out on purpose: what is not carried along cannot be printed.
    """

    start: int
    end: int
    sort: Sort

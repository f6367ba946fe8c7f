"""JSON for what is kept."""

from __future__ import annotations

import pytest
from msgspec import Struct
from msgspec.json import Decoder

from showcase.compact import as_json


class Kept(Struct, array_like=True):
    title: str
    number: int
    digest: bytes = b""


@pytest.mark.parametrize("number", [0, 2**64 - 1, 2**100, -1])
def test_what_is_kept_is_read_as_it_was(number: int) -> None:
    kept = Kept("向阳花开 𠀀", number, b"\x00\xff")
    assert Decoder(Kept).decode(as_json(kept)) == kept


def test_half_of_a_pair_of_characters_is_refused_when_it_is_read() -> None:
    with pytest.raises(ValueError, match="utf-8"):
        Decoder(Kept).decode(as_json(Kept("半个\ud83c", 1)))

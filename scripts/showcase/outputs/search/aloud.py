"""How names are read aloud, as far as the build before knew.

To ask for what is not known, pypinyin must be loaded: that takes longer than all else that a change
of one record costs the index. So how names are read is left to the next build.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property, lru_cache

from showcase.outputs.search.terms import sound_terms
from showcase.pinyin import Readings, syllables

#: What parts the readings of one character: 单 is `dan/shan`.
_OR = "/"


class Aloud:
    """Reads names aloud."""

    def __init__(self, left: Callable[[], bytes | None] = lambda: None) -> None:
        """`left` gives what the build before left, as `packed` gave it: it is asked but once."""
        self._left = left
        self._new: dict[str, str] = {}
        #: The pinyin terms of a name; held for some, as many records name the same brand.
        self.terms = lru_cache(maxsize=4096)(self._terms)

    def packed(self) -> bytes | None:
        """What to leave to the next build; None if that has it already."""
        if not self._new:
            return None
        text = json.dumps({**self._known, **self._new}, ensure_ascii=False)
        # Half of a pair of characters may stand in a name that was typed as an escape.
        return text.encode("utf-8", "surrogatepass")

    @cached_property
    def _known(self) -> dict[str, str]:
        left = self._left()
        try:
            return dict(json.loads(left)) if left else {}
        except (ValueError, TypeError):
            return {}

    def _terms(self, name: str) -> frozenset[str]:
        said = self._known.get(name, self._new.get(name))
        if said is None:
            units = syllables(name)
            self._new[name] = " ".join(map(_OR.join, units))
        else:
            units = _units(said)
        return sound_terms(units)


def _units(said: str) -> tuple[Readings, ...]:
    return tuple(tuple(unit.split(_OR)) for unit in said.split())

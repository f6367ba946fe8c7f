"""Regular expressions that are compiled when they are first used.

The program has more than two hundred; a build after an edit uses a third of them, and to compile
one of Chinese characters takes as long as to look through a hundred records with it.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what does all that ``re.compile`` would give does, but as an argument of ``re``'s."""
    return cast("re.Pattern[AnyStr]", Later(source, flags))


class Later:
    """A pattern that was not used yet; then it has the methods and values of a compiled one."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._given = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        compiled: re.Pattern[Any] = re.compile(*self._given)
        for each in dir(compiled):
            if not each.startswith("_"):
                setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)

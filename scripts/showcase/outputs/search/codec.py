"""How numbers, posting lists and word lists are written so that a script file can carry them.

The index must load from `file://` and from any static host, so its files are scripts and their
payload is JavaScript strings of printable ASCII (terms apart), which gzip packs close to what
their numbers hold. `reader/codec.js` reads what is written here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from operator import sub

#: Signs for numbers: `(` to `~` but for the backslash, which a string would have to escape.
DIGITS = "".join(chr(code) for code in range(0x28, 0x7F) if chr(code) != "\\")
#: So many of them end a number, the others carry on. Most gaps in a posting list are small.
ENDING = 62
#: What begins the list of each class but the first; see `index.CLASSES`.
MARKS = "!#$%&'"

_CONTINUING = len(DIGITS) - ENDING
#: Lengths of a shared beginning, in front coding; longer ones count as the last.
_LENGTHS = "0123456789abcdefghijklmnopqrstuvwxyz"
_UNSAFE = re.compile("[\ud800-\udfff\u2028\u2029]")


def number(value: int) -> str:
    """`value` (0 or more) as one sign or several: dense coding, the ending sign last."""
    value, ending = divmod(value, ENDING)
    signs = DIGITS[ending]
    while value > 0:
        value, carrying = divmod(value - 1, _CONTINUING)
        signs = DIGITS[ENDING + carrying] + signs
    return signs


class Numbers:
    """Encodes increasing lists of numbers below a limit; each gap is spelt once and kept."""

    def __init__(self, limit: int) -> None:
        """Prepare for lists of ids below `limit`."""
        self._spelt = [number(gap) for gap in range(limit)]

    def gaps(self, ids: Sequence[int]) -> str:
        """`ids`, ascending and without repeats: the first, then the gaps, each less one."""
        spelt = self._spelt
        if len(ids) < 2:
            return spelt[ids[0]] if ids else ""
        return spelt[ids[0]] + "".join([spelt[gap - 1] for gap in map(sub, ids[1:], ids)])

    def each(self, values: Iterable[int]) -> str:
        """`values` in any order, one after the other."""
        return "".join([self._spelt[value] for value in values])


def front_coded(terms: Iterable[str]) -> Iterator[str]:
    """Sorted `terms`, each as the length of what it shares with the last one, and the rest."""
    previous = ""
    for term in terms:
        shared = 0
        for one, other in zip(previous, term[: len(_LENGTHS) - 1], strict=False):
            if one != other:
                break
            shared += 1
        yield _LENGTHS[shared] + term[shared:]
        previous = term


def script(call: str, *arguments: object) -> bytes:
    """A script file of one call: `showcaseSearch.<call>(<arguments as JSON>);`.

    JSON is JavaScript but for two line separators and for halves of characters, which are escaped.
    """
    payload = json.dumps(arguments, ensure_ascii=False, separators=(",", ":"))[1:-1]
    return f"showcaseSearch.{call}({_UNSAFE.sub(_escaped, payload)});\n".encode()


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"

"""What the index says of single characters: the table of folding, and the sounds.

It depends on which characters occur on the site, and on nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from showcase.fold import fold_char_map
from showcase.outputs.search.codec import script
from showcase.outputs.search.sounds import sounds, spoken

SOUNDS = "search/sounds.js"
_SURROGATES = ("\ud800", "\udfff")


def forms_written() -> str:
    """How characters are written in traditional Chinese: each before its forms, with spaces."""
    from showcase.folding import traditional_forms  # noqa: PLC0415 - kept from build to build

    return " ".join(char + forms for char, forms in traditional_forms().items())


def folding(characters: Iterable[str], forms: str) -> tuple[str, str]:
    """What the manifest says of folding; `forms` as `forms_written` gives them."""
    by_char = {written[0]: written[1:] for written in forms.split(" ")}
    table = _folding(_whole(characters), by_char)
    return "".join(table), "".join(table.values())


def sounds_file(characters: Iterable[str]) -> bytes:
    """The file of sounds."""
    return script("sounds", "", sounds(spoken(_whole(characters))))


def same_sounds(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether the file of sounds is the same for both: nearly all characters are in any case."""
    return spoken(_whole(some)) == spoken(_whole(others))


def _whole(characters: Iterable[str]) -> set[str]:
    return {char for char in characters if not _SURROGATES[0] <= char <= _SURROGATES[1]}


def _folding(characters: set[str], forms: Mapping[str, str]) -> dict[str, str]:
    """The part of the folding table that the reader needs, ordered so that gzip packs it well.

    What is folded to a character that the site has, if it occurs on the site or a reader may type
    it. Capitals and full-width forms are left out: the reader computes them.
    """
    table = {chr(code): char for code, char in fold_char_map().items()}
    reachable = {table.get(char, char) for char in characters}
    typed = characters.union(*(forms.get(char, "") for char in reachable))
    needed = {
        char: plain
        for char, plain in table.items()
        if plain in reachable and (char in typed or _common(char)) and not _computed(char)
    }
    return dict(sorted(needed.items(), key=lambda pair: (pair[1], pair[0])))


def _computed(char: str) -> bool:
    return "A" <= char <= "Z" or "\uff01" <= char <= "\uff5e"


def _common(char: str) -> bool:
    """Whether people type `char`: the first level of Big5, or a vowel with a tone mark."""
    try:
        return b"\xa4" <= char.encode("big5")[:1] <= b"\xc6"
    except UnicodeEncodeError:
        return "\u00e0" <= char <= "\u01dc"

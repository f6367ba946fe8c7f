"""Which of some words was meant by one that is none of them: for what messages offer.

Most runs offer nothing, so the library that measures is loaded by those that do.
"""

from __future__ import annotations

from collections.abc import Collection


def nearest(word: str, known: Collection[str], least: float) -> str | None:
    """Return the word that is most like another; ``None`` if none is alike to ``least`` (0–100).

    How alike two words are is what they have in common of both their lengths (Indel distance).
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - see above

    match = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=least)
    return match[0] if match is not None else None


def alike(text: str, known: Collection[str], least: float, most: int) -> list[str]:
    """Return at most ``most`` texts that are like another, or have a part that is; best first."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - see above

    matches = process.extract(text, known, scorer=fuzz.WRatio, limit=most, score_cutoff=least)
    return [name for name, _, _ in matches]

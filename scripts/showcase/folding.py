"""The table by which text is folded (:mod:`showcase.fold`), made of OpenCC's and Unicode's.

OpenCC takes as long to load as ten records to check, so the table is kept in the repository.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from opencc import OpenCC

#: Blocks of Han characters that OpenCC converts: Extension A and the unified ideographs.
#: The astral planes are left alone: two code units in the browser, and nobody types them.
_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))

#: Blocks whose compatibility forms are one plain character: Latin with marks, spaces and dashes,
#: super- and subscripts, letterlike forms, circled numbers, radicals, the ideographic space,
#: compatibility ideographs, small and full-width forms.
_COMPATIBLE = (
    (0x00A0, 0x024F),
    (0x1E00, 0x1EFF),
    (0x2000, 0x214F),
    (0x2460, 0x24FF),
    (0x2E80, 0x2FDF),
    (0x3000, 0x3000),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE6F),
    (0xFF00, 0xFFEF),
)

#: Characters that OpenCC's character table leaves apart but its phrase and regional tables exchange
#: (顯著／显着, 計畫／计划, 瞭解／了解, 回覆／回复 …). In each group all become the first.
_VARIANTS = (
    "着著", "了瞭", "复覆", "借藉", "划画", "象像", "沉沈", "具俱", "苏甦", "只祇衹",
    "宁甯", "里哩", "仿彷", "它牠祂", "你妳", "背揹", "夫伕", "果菓", "豆荳", "熏薰",
    "藤籐", "枪鎗", "焰燄", "堤隄", "昵暱", "琅瑯", "浚濬", "澄澂", "钟锺", "径迳",
    "余馀", "巨钜", "咨谘", "托讬", "叙敍", "台枱", "妆粧", "粽糭", "卫衞", "么幺",
    "痹痺", "檐簷", "腭颚", "妍姸", "柏栢", "坐座", "弥㳽", "旋镟", "吃喫", "坏壊",
    "真眞", "值値", "说説", "税稅", "悦悅", "脱脫", "锐鋭", "阅閲", "线綫缐",
)  # fmt: skip

#: Signs that only look different: dashes within numbers, and the dots that part names.
_SIGNS = {"‐‑‒–−﹣": "-", "•‧∙・･●": "·", "～∼〜": "~"}


def classes() -> dict[str, str]:
    """Return the characters that are folded to each character, in the order of their codes."""
    table = dict(_compatible())
    table.update(_simplified())
    for signs, sign in _SIGNS.items():
        table.update({ord(variant): sign for variant in signs})
    for group in _VARIANTS:
        table.update({ord(variant): table.get(ord(group[0]), group[0]) for variant in group[1:]})
    found: dict[str, str] = defaultdict(str)
    for code in sorted(table):
        # A step may lead to a character that another folds (full-width Ａ → A → a; 畫 → 画 → 划).
        folded = _settled(chr(code), table)
        if folded != chr(code):
            found[folded] += chr(code)
    return dict(sorted(found.items()))


def _codes(blocks: tuple[tuple[int, int], ...]) -> Iterator[int]:
    for first, last in blocks:
        yield from range(first, last + 1)


def _compatible() -> Iterator[tuple[int, str]]:
    """ASCII capitals and the compatibility forms that are exactly one plain character."""
    for code in range(ord("A"), ord("Z") + 1):
        yield code, chr(code + 32)
    for code in _codes(_COMPATIBLE):
        char = chr(code)
        # ü is v to every Chinese keyboard (lü → lv), with a tone mark or without.
        decomposed = unicodedata.normalize("NFKD", char.lower())
        plain = "v" if decomposed.startswith("u\u0308") else _base(decomposed)
        if plain != char and len(plain) == 1 and ord(plain) <= 0xFFFF:
            yield code, plain


def _base(decomposed: str) -> str:
    """`decomposed` without its combining marks (é → e); as it is when nothing else remains."""
    return "".join(c for c in decomposed if not unicodedata.combining(c)) or decomposed


def _simplified() -> Iterator[tuple[int, str]]:
    """Traditional characters and variants with their simplified form, from OpenCC's tables.

    The characters are converted one a line, so that no phrase table comes into play. A result
    outside the basic plane would be two code units in the browser; that character is kept.
    """
    codes = list(_codes(_HAN))
    converted = OpenCC("t2s").convert("\n".join(map(chr, codes))).split("\n")
    for code, char in zip(codes, converted, strict=True):
        if len(char) == 1 and ord(char) not in (code, 0x0A) and ord(char) <= 0xFFFF:
            yield code, char


@cache
def traditional_forms() -> Mapping[str, str]:
    """How characters are written in traditional Chinese by the standards in use.

    Each with its forms, of those that any of them writes otherwise. Loads three converters, which
    takes a tenth of a second.
    """
    chars = list(map(chr, _codes(_HAN)))
    forms: dict[str, str] = {}
    # All at once: they share the dictionaries, which are loaded as long as one of them is there.
    converters = [OpenCC(standard) for standard in ("s2t", "s2tw", "s2hk")]
    for converter in converters:
        converted = converter.convert("\n".join(chars)).split("\n")
        for char, form in zip(chars, converted, strict=True):
            if form != char and form not in forms.get(char, ""):
                forms[char] = forms.get(char, "") + form
    return forms


def _settled(char: str, table: Mapping[int, str]) -> str:
    """Where the chain of folds that starts with `char` ends; no chain has more than four steps."""
    for _ in range(4):
        char = table.get(ord(char), char)
    return char

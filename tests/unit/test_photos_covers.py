"""Covers: square, small, the same everywhere, in the cloth that the page has."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from showcase.model import KINDS
from showcase.photos import Cover, cover_of, draw
from showcase.photos.covers import PATTERNS
from showcase.photos.renditions import SIDE
from tests.projects import HOUSE

CSS = HOUSE / "docs" / "assets" / "stylesheets" / "cover.css"


def opened(cover: Cover) -> Image.Image:
    return Image.open(io.BytesIO(draw(cover)))


def cloth_on_the_page(kind: str) -> tuple[int, ...]:
    """The colour that a kind's cover has in the style sheet."""
    found: dict[str, str] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", CSS.read_text("utf-8")):
        colour = re.search(r"--cloth: #(\w{6})", body)
        if colour:
            names = re.findall(r"\.sc-cover[\w-]*", selectors)
            found |= dict.fromkeys(names, str(colour[1]))
    return tuple(bytes.fromhex(found.get(f".sc-cover--{kind}", found[".sc-cover"])))


@pytest.mark.parametrize("kind", KINDS)
def test_a_cover_has_the_cloth_of_the_page(kind: str) -> None:
    image = opened(cover_of(kind, "测试品牌甲")).convert("RGB")
    assert image.size == (SIDE, SIDE)
    assert image.getpixel((0, 0)) == cloth_on_the_page(kind)


def test_a_name_has_one_cover_for_good() -> None:
    assert cover_of("brand", "测试品牌甲").path == "covers/red-070.png"
    assert cover_of("brand", "测试品牌甲") == cover_of("brand", "测试品牌甲")
    assert cover_of("brand", "测试品牌甲") != cover_of("figure", "测试品牌甲")
    names = [f"测试品牌{number}" for number in range(1000)]
    assert {cover_of("brand", name).number for name in names} == set(range(PATTERNS))


def test_every_pattern_is_its_own_light_and_the_same_all_round() -> None:
    drawn = set()
    for number in range(PATTERNS):
        data = draw(Cover("green", number))
        assert data == draw(Cover("green", number))
        assert len(data) < 10_000
        drawn.add(data)
        image = Image.open(io.BytesIO(data)).convert("RGB")
        for turn in (Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM):
            assert image.transpose(turn).tobytes() == image.tobytes(), number
    assert len(drawn) == PATTERNS

"""The published copies: upright, in sRGB, of the sizes that were promised, and only pixels."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from showcase.photos import Rendition, largest, renditions, square
from showcase.photos.inspection import inspect_bytes
from showcase.photos.render import Changed, render, render_square
from tests import photography as made

Copies = list[tuple[Rendition, bytes]]
Colour = tuple[int, ...]


def copies(folder: Path, data: bytes) -> Copies:
    path = folder / "照片"
    path.write_bytes(data)
    return render(path, inspect_bytes(data))


def corners(data: bytes, mode: str = "RGB") -> list[Colour]:
    """The colours of the four quarters."""
    image = Image.open(io.BytesIO(data)).convert(mode)
    x, y = image.width // 4, image.height // 4
    places = ((x, y), (3 * x, y), (x, 3 * y), (3 * x, 3 * y))
    return [colour for colour in map(image.getpixel, places) if isinstance(colour, tuple)]


def alike(one: Colour, other: Colour, by: int = 8) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


UPRIGHT = [made.RED, made.GREEN, made.BLUE, made.WHITE]
TURNED = {
    1: (0, 1, 2, 3), 2: (1, 0, 3, 2), 3: (3, 2, 1, 0), 4: (2, 3, 0, 1),
    5: (0, 2, 1, 3), 6: (2, 0, 3, 1), 7: (3, 1, 2, 0), 8: (1, 3, 0, 2),
}  # fmt: skip
"""Where each quarter lands, by the orientation that EXIF says (CIPA DC-008)."""


@pytest.mark.parametrize("orientation", TURNED)
@pytest.mark.parametrize(
    "maker", [made.revealing_jpeg, made.revealing_heic, made.tiff, made.revealing_webp]
)
def test_every_copy_is_the_right_way_up(
    tmp_path: Path, maker: Callable[[int], bytes], orientation: int
) -> None:
    expected = [UPRIGHT[place] for place in TURNED[orientation]]
    for _, data in copies(tmp_path, maker(orientation)):
        found = corners(data)
        assert all(map(alike, found, expected)), (found, expected)


@pytest.mark.parametrize(
    "maker",
    [made.revealing_jpeg, made.revealing_png, made.revealing_webp, made.revealing_heic],
)
def test_nothing_of_the_notes_is_left(tmp_path: Path, maker: Callable[[], bytes]) -> None:
    original = maker()
    assert any(secret.encode() in original for secret in made.SECRETS)
    for copy, data in copies(tmp_path, original):
        assert not [secret for secret in made.SECRETS if secret.encode() in data], copy
        for word in (b"Exif", b"ICC", b"iCCP", b"xmp", b"XMP", b"Photoshop", b"tEXt", b"EXIF"):
            assert word not in data, (copy, word)
        image = Image.open(io.BytesIO(data))
        image.load()
        assert not image.getexif()
        assert "icc_profile" not in image.info


def test_the_revealing_jpeg_reveals() -> None:
    data = made.revealing_jpeg()
    for secret in (made.PLACE, made.CAMERA, made.XMP, made.IPTC, made.COMMENT, made.TRAILER):
        assert secret.encode() in data, secret
    assert made.thumbnail() in data


@pytest.mark.parametrize(
    ("maker", "expected"),
    [
        (made.cmyk_jpeg, UPRIGHT),
        (lambda: made.encoded(made.quarters().convert("1"), "PNG"), None),
        (lambda: made.encoded(made.quarters().convert("LA"), "PNG"), None),
        (lambda: made.encoded(made.quarters(), "TIFF"), UPRIGHT),
        (made.animated_gif, [made.RED] * 4),
    ],
)
def test_other_modes_become_plain_colours(
    tmp_path: Path, maker: Callable[[], bytes], expected: list[Colour] | None
) -> None:
    for copy, data in copies(tmp_path, maker()):
        image = Image.open(io.BytesIO(data))
        assert image.mode == "RGB"
        assert image.size == (copy.width, copy.height)
        assert expected is None or all(map(alike, corners(data), expected))


def test_sixteen_bits_keep_their_light(tmp_path: Path) -> None:
    for _, data in copies(tmp_path, made.png_16_bit()):
        dark, light, *_ = corners(data)
        assert alike(dark, (32, 32, 32))
        assert alike(light, (223, 223, 223))


@pytest.mark.parametrize("maker", [made.clear_png, made.palette_png])
def test_what_is_clear_stays_clear_and_is_white_in_a_jpeg(
    tmp_path: Path, maker: Callable[[], bytes]
) -> None:
    for copy, data in copies(tmp_path, maker()):
        if copy.format == "WEBP":
            first, second, *_ = corners(data, "RGBA")
            assert (first[3], second[3]) == (0, 255)
        else:
            assert alike(corners(data)[0], (255, 255, 255))


def test_colours_are_converted_by_the_profile(tmp_path: Path) -> None:
    # The profile swaps red and green, as no browser without it would know.
    for _, data in copies(tmp_path, made.wide_gamut_jpeg()):
        red, green, *_ = corners(data)
        assert red[1] > 150 > red[0]
        assert green[0] > 120 > green[1]


def test_the_sizes_are_those_that_were_promised(tmp_path: Path) -> None:
    data = made.noise(2400, 1600)
    facts = inspect_bytes(data)
    assert [(copy.format, copy.width, copy.height) for copy in renditions(facts)] == [
        ("WEBP", 480, 320),
        ("WEBP", 960, 640),
        ("WEBP", 1600, 1067),
        ("JPEG", 960, 640),
        ("JPEG", 1600, 1067),
    ]
    for copy, written in copies(tmp_path, data):
        image = Image.open(io.BytesIO(written))
        assert (image.format, image.size) == (copy.format, (copy.width, copy.height))
    assert largest(facts).name.endswith("-1600.jpg")


@pytest.mark.parametrize("size", [(1, 1), (30, 20), (480, 1), (1, 3000), (1200, 30), (481, 900)])
def test_nothing_is_made_larger(tmp_path: Path, size: tuple[int, int]) -> None:
    for copy, data in copies(tmp_path, made.encoded(Image.new("RGB", size), "PNG")):
        assert copy.width <= size[0]
        assert copy.height <= size[1]
        assert Image.open(io.BytesIO(data)).size == (copy.width, copy.height)


def test_a_long_screenshot_fits_into_what_webp_can_hold(tmp_path: Path) -> None:
    data = made.encoded(Image.new("RGB", (900, 20_000), "white"), "PNG")
    assert max(copy.height for copy, _ in copies(tmp_path, data)) <= 16_383


def test_names_are_safe_and_stable_and_follow_the_content() -> None:
    one, other = inspect_bytes(made.jpeg(100, 60)), inspect_bytes(made.jpeg(100, 61))
    names = [copy.name for copy in renditions(one)]
    assert names == [copy.name for copy in renditions(inspect_bytes(made.jpeg(100, 60)))]
    assert not set(names) & {copy.name for copy in renditions(other)}
    for name in names:
        assert name.isascii()
        assert not set(name) & set(' /\\%?#&"<>')


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    data = made.noise(700, 500)
    assert copies(tmp_path, data) == copies(tmp_path, data)


def test_a_file_that_was_exchanged_is_not_published(tmp_path: Path) -> None:
    path = tmp_path / "照片.jpg"
    path.write_bytes(made.jpeg(60, 40))
    with pytest.raises(Changed):
        render(path, inspect_bytes(made.jpeg(61, 40)))


def cut(folder: Path, data: bytes) -> Image.Image:
    """The square cut from a picture."""
    path = folder / "照片"
    path.write_bytes(data)
    facts = inspect_bytes(data)
    wanted = square(facts)
    assert wanted is not None
    made_of = render_square(path, facts, wanted)
    assert not [secret for secret in made.SECRETS if secret.encode() in made_of]
    image = Image.open(io.BytesIO(made_of))
    assert (image.format, image.size) == ("JPEG", (wanted.width, wanted.height))
    assert wanted.width == wanted.height
    return image


@pytest.mark.parametrize("size", [(1200, 800), (310, 300), (5000, 700)])
def test_the_square_of_a_wide_picture_is_its_middle(tmp_path: Path, size: tuple[int, int]) -> None:
    image = cut(tmp_path, made.jpeg(*size))
    side = image.width
    for at, colour in zip(
        ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)), UPRIGHT, strict=True
    ):
        found = image.getpixel((int(at[0] * side), int(at[1] * side)))
        assert isinstance(found, tuple)
        assert alike(found, colour, 12)


def test_the_square_of_a_tall_picture_is_its_upper_part(tmp_path: Path) -> None:
    # The quarters of a picture of 600 × 1800 meet at its middle: below the middle of the square.
    image = cut(tmp_path, made.jpeg(600, 1800))
    found = image.getpixel((image.width // 4, image.height * 3 // 5))
    assert isinstance(found, tuple)
    assert alike(found, made.RED, 12)


def test_the_square_is_the_right_way_up_and_bare(tmp_path: Path) -> None:
    image = cut(tmp_path, made.revealing_jpeg(6, 800, 400))
    corner = image.getpixel((10, image.height // 2))
    assert isinstance(corner, tuple)
    assert any(alike(corner, colour, 12) for colour in UPRIGHT)
    assert not image.getexif()


def test_what_is_too_small_or_drawn_has_no_square() -> None:
    assert square(inspect_bytes(made.jpeg(2000, 299))) is None
    assert square(inspect_bytes(made.jpeg(300, 2000))) is not None
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800"/>'
    assert square(inspect_bytes(drawing)) is None

"""What a picture is and what is wrong with it: by its bytes, before anything large is decoded."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from showcase.photos import Fault, fits
from showcase.photos.inspection import inspect, inspect_bytes
from tests import photography as made

FORMS: dict[str, Callable[[], bytes]] = {
    "JPEG": made.jpeg,
    "PNG": made.revealing_png,
    "WEBP": made.revealing_webp,
    "GIF": made.animated_gif,
    "HEIF": made.revealing_heic,
    "AVIF": lambda: made.encoded(made.quarters(), "AVIF"),
    "TIFF": lambda: made.encoded(made.quarters(), "TIFF"),
    "BMP": lambda: made.encoded(made.quarters(), "BMP"),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_content_tells_the_format(form: str) -> None:
    facts = inspect_bytes(FORMS[form]())
    assert (facts.format, facts.fault) == (form, None)
    assert {facts.width, facts.height} in ({1200, 800}, {300, 200})


@pytest.mark.parametrize("form", [form for form in FORMS if form != "GIF"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_part_of_a_picture_is_broken(form: str, share: float) -> None:
    data = FORMS[form]()
    facts = inspect_bytes(data[: max(20, int(len(data) * share))])
    assert facts.fault is Fault.BROKEN


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_size_is_that_of_the_picture_the_right_way_up(orientation: int) -> None:
    facts = inspect_bytes(made.revealing_jpeg(orientation))
    expected = (800, 1200) if orientation >= 5 else (1200, 800)
    assert (facts.width, facts.height) == expected


@pytest.mark.parametrize(
    "bomb", [made.bomb, made.webp_bomb, made.gif_bomb, lambda: made.bomb(100_001, 1_000)]
)
def test_a_bomb_is_judged_without_being_decoded(bomb: Callable[[], bytes]) -> None:
    data = bomb()
    tracemalloc.start()
    facts = inspect_bytes(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert facts.fault is Fault.BOMB
    assert peak < 20_000_000


def test_a_hundred_megapixels_are_allowed_and_more_are_not() -> None:
    assert inspect_bytes(made.bomb(10_000, 10_000)).fault is Fault.BROKEN
    assert inspect_bytes(made.bomb(10_000, 10_001)).fault is Fault.BOMB
    assert inspect_bytes(made.panorama()).fault is Fault.TOO_LARGE


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"\0" * 100, Fault.FOREIGN),
        ("通知".encode(), Fault.FOREIGN),
        (b"<!DOCTYPE html><html></html>", Fault.FOREIGN),
        (b"PK\x03\x04" + b"x" * 50, Fault.FOREIGN),
        (b"\0\0\0\x18ftypisom" + b"x" * 50, Fault.FOREIGN),
        (b"BM and not much else, as texts may begin", Fault.FOREIGN),
        (b"\xff\xd8\xff", Fault.BROKEN),
        (b"\x89PNG\r\n\x1a\n", Fault.BROKEN),
        (b"GIF89a", Fault.BROKEN),
        (b"RIFF\x04\0\0\0WEBP", Fault.BROKEN),
        (b"\0\0\0\x18ftypheic" + b"\0" * 20, Fault.BROKEN),
    ],
)
def test_what_is_no_picture(data: bytes, fault: Fault) -> None:
    assert inspect_bytes(data).fault is fault


def test_a_damaged_checksum_is_found() -> None:
    data = bytearray(made.encoded(made.quarters(300, 200), "PNG"))
    at = data.index(b"IDAT") + 4
    length = int.from_bytes(data[at - 8 : at - 4], "big")
    data[at + length] ^= 0xFF
    assert inspect_bytes(bytes(data)).fault is Fault.BROKEN


def test_a_name_fits_its_content() -> None:
    facts = inspect_bytes(made.jpeg(40, 30))
    assert all(fits(facts, name) for name in ("a.jpg", "a.JPEG", "图.Jpg", "a.jfif"))
    assert not any(fits(facts, name) for name in ("a.png", "a", "jpg", "a.jpg.heic"))


def test_a_file_that_is_gone_is_a_fault(tmp_path: Path) -> None:
    assert inspect(tmp_path / "没有.jpg").fault is Fault.UNREADABLE
    (tmp_path / "夹").mkdir()
    assert inspect(tmp_path / "夹").fault is Fault.UNREADABLE

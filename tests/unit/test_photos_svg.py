"""A drawing is written anew from what draws; what does anything else is refused."""

from __future__ import annotations

import pytest

from showcase.photos import Fault
from showcase.photos.inspection import inspect_bytes
from showcase.photos.svg import Broken, Unsafe, sanitise

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' viewBox="0 0 40 20">'
)


def svg(inner: str) -> bytes:
    return f"{HEAD}{inner}</svg>".encode()


UNSAFE = [
    "<script>alert(1)</script>",
    '<script href="https://example.com/a.js"/>',
    '<path d="M0 0" onload="alert(1)"/>',
    '<path d="M0 0" ONCLICK="alert(1)"/>',
    '<image href="https://example.com/a.png"/>',
    '<image xlink:href="data:image/png;base64,AAAA"/>',
    '<use href="https://example.com/a.svg#b"/>',
    '<use xlink:href="data:image/svg+xml,x"/>',
    '<use href="//example.com/#a"/>',
    '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
    '<p xmlns="http://www.w3.org/1999/xhtml">x</p>',
    '<rect fill="url(https://example.com/a)"/>',
    "<rect style=\"fill:url( 'https://example.com/a' )\"/>",
    '<rect style="fill:u\\72l(https://example.com/a)"/>',
    '<rect filter="url(data:x)"/>',
    "<style>@import 'https://example.com/a.css';</style>",
    "<style>@font-face { src: url(https://example.com/a) }</style>",
    "<style>rect { fill: url(https://example.com/a) }</style>",
    "<style>rect { fill: url(/**/https://example.com/a) }</style>",
    '<rect><animate attributeName="x" to="1"/></rect>',
    '<rect><set attributeName="href" to="javascript:alert(1)"/></rect>',
    '<a href="#"><set attributeName="href" to="javascript:alert(1)"/></a>',
    "<feImage href='https://example.com/a'/>",
    "<iframe/>",
    '<g id="a"><use href="#a"/></g>',
    "<g>" * 100 + "</g>" * 100,
    "<defs><g id='a0'><path d='M0 0'/></g>"
    + "".join(f"<g id='a{n}'>" + f"<use href='#a{n - 1}'/>" * 10 + "</g>" for n in range(1, 10))
    + "</defs><use href='#a9'/>",
]


@pytest.mark.parametrize("inner", UNSAFE, ids=range(len(UNSAFE)))
def test_what_does_more_than_draw_is_refused(inner: str) -> None:
    with pytest.raises(Unsafe):
        sanitise(svg(inner))


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE svg [<!ENTITY a "aaaa">]>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ENTITY % a SYSTEM "https://example.com/a"> %a;]>',
        '<?xml-stylesheet href="https://example.com/a.css"?>',
    ],
)
def test_entities_and_sheets_from_elsewhere_are_refused(head: str) -> None:
    with pytest.raises(Unsafe):
        sanitise(head.encode() + svg("<text>x</text>"))


@pytest.mark.parametrize("data", [b"<svg", b"<html/>", svg("<g>"), svg("&nothing;"), b"\xff\xfe<"])
def test_what_is_no_drawing_is_broken(data: bytes) -> None:
    with pytest.raises(Broken):
        sanitise(data)


def test_notes_of_programs_are_dropped_and_drawing_is_kept() -> None:
    drawing = sanitise(
        b'<?xml version="1.0"?><!-- MARKER --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"'
        b' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        + svg(
            "<metadata>MARKER</metadata><title>MARKER</title>"
            '<x:grid xmlns:x="http://example.com/" x:a="MARKER"><x:b/></x:grid>'
            '<linearGradient id="g"><stop offset="1" stop-color="#c00"/></linearGradient>'
            '<a xlink:href="https://example.com/MARKER"><path d="M0 0h9" data-a="MARKER"/></a>'
            '<rect width="4" height="4" style="fill:url(#g);-x-a:MARKER;stroke:#000"/>'
        )
    )
    text = drawing.data.decode()
    assert "MARKER" not in text
    assert "example.com" not in text
    assert '<path d="M0 0h9" />' in text
    assert 'fill="url(#g)" stroke="#000"' in text
    assert "style=" not in text
    again = sanitise(drawing.data)
    assert sanitise(again.data) == again


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="120" height="60"', (120, 60)),
        ('viewBox="0 0 300 100"', (300, 100)),
        ('width="2in" viewBox="0 0 40 20"', (192, 96)),
        ('height="50%" viewBox="0 0 40 20"', (40, 20)),
        ("", (300, 150)),
        ('width="-1" height="0"', (300, 150)),
        ('width="1e99" height="5"', (10, 5)),
    ],
)
def test_the_size_is_known(attributes: str, size: tuple[int, int]) -> None:
    drawing = sanitise(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode())
    assert (drawing.width, drawing.height) == size


def test_a_drawing_is_a_picture_by_its_content() -> None:
    assert inspect_bytes(svg("<path d='M0 0h9'/>")).fault is None
    assert inspect_bytes(b"\xef\xbb\xbf\n<!-- x -->" + svg("")).format == "SVG"
    assert inspect_bytes(svg("<path d='M0 0h9'/>").decode().encode("utf-16")).fault is None
    assert inspect_bytes(svg("<script/>")).fault is Fault.UNSAFE
    assert inspect_bytes(svg("<g>")).fault is Fault.BROKEN
    assert inspect_bytes(b"<?xml version='1.0'?><rss/>").fault is Fault.FOREIGN

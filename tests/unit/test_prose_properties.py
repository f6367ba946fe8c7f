"""What must hold for prose whatever is typed: safe, complete, with places that are right."""

from __future__ import annotations

import html as entities
import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from showcase.prose import FINDINGS, Image, WikiLink, cut, excerpt, render, scan
from showcase.prose.clean import ATTRIBUTES, CLASSES, SCHEMES, TAGS, VALUES, clean
from showcase.prose.reading import read
from tests.bodies import bodies


class Page(HTMLParser):
    """The tags, ids and text of a piece of HTML, as a browser's reader finds them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.text += dict(attrs).get("alt") or ""
        if tag not in {"br", "hr", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def address(link: WikiLink) -> tuple[str, str] | None:
    return ("../x/", '题" onclick="x<b>&lt;') if link.start % 3 else None


@settings(max_examples=300, deadline=None)
@given(bodies)
def test_html_holds_nothing_but_what_prose_may_have(body: str) -> None:
    prose = render(body, address)
    page = Page(prose.html)
    assert page.open == []
    for tag, attributes in page.tags:
        assert tag in TAGS
        for name, value in attributes.items():
            allowed = ATTRIBUTES.get(tag, set()) | set(VALUES.get(tag, {})) | {"class"}
            assert name in allowed
            assert name != "class" or value in CLASSES[tag]
            if name in {"href", "src"}:
                scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", value or "")
                assert scheme is None or scheme[1].lower() in SCHEMES
                assert not re.sub(r"[\s\\]", "/", value or "").startswith("//")
    assert "<script" not in prose.html
    assert clean(prose.html) == (prose.html, "")
    assert prose.findings == ()
    assert re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufdd0-\ufdef\U0010ff00-\U0010ff7f]",
                     prose.html + prose.text) is None  # fmt: skip
    assert prose == render(body, address)


@settings(max_examples=300, deadline=None)
@given(bodies)
def test_ids_are_prefixed_and_unique(body: str) -> None:
    prose = render(body, address, prefix="p-")
    ids = [value for _, attributes in Page(prose.html).tags for name, value in attributes.items()
           if name == "id"]  # fmt: skip
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"p-[\w-]+", value or "") for value in ids)
    assert all(section.id in ids for section in prose.sections)


@settings(max_examples=500, deadline=None)
@given(bodies)
def test_what_is_scanned_is_what_is_shown(body: str) -> None:
    wiki: list[WikiLink] = []
    images: list[Image] = []

    def see_wiki(link: WikiLink) -> tuple[str, str]:
        wiki.append(link)
        return "../x/", link.text

    def see_image(image: Image) -> str:
        images.append(image)
        return "a.jpg"

    page = Page(render(body, see_wiki, see_image).html)
    result = scan(body)
    refused = {(item.start, item.end) for item in result.findings
               if item.code_name in {"unsafe-image", "unsafe-link", "empty-link", "private-link",
                                     "full-width-link"}}  # fmt: skip
    assert sorted(wiki, key=lambda link: link.start) == list(result.wiki_links)
    assert sorted(images, key=lambda image: image.start) == [
        image for image in result.images if (image.start, image.end) not in refused
    ]
    links = [attributes for tag, attributes in page.tags
             if tag == "a" and "footnote" not in (attributes.get("class") or "")]  # fmt: skip
    assert len(links) == len(wiki) + sum(
        (link.start, link.end) not in refused for link in result.links
    )


@settings(max_examples=500, deadline=None)
@given(bodies)
def test_places_point_at_what_they_claim(body: str) -> None:
    result = scan(body)
    for finding in result.findings:
        assert 0 <= finding.start < finding.end <= len(body)
        assert finding.code_name in FINDINGS
        part = body[finding.start : finding.end]
        if finding.code_name == "raw-html":
            assert part[0] == "<"
        if finding.code_name in {"h1-in-prose", "heading-order"}:
            assert part.strip()
    for wiki in result.wiki_links:
        part = body[wiki.start : wiki.end]
        assert part.startswith("[[")
        assert part.endswith("]]")
        assert wiki.target in entities.unescape(part.replace("\\", ""))
    for image in result.images:
        assert body[image.start : image.start + 2] == "!["
    for link in result.links:
        assert link.text in body[link.start : link.end]
        assert body[link.start] in "[<hH"
    starts = [item.start for item in result.findings]
    assert starts == sorted(starts)


@settings(max_examples=500, deadline=None)
@given(bodies)
def test_no_word_is_lost(body: str) -> None:
    reading = read(body)
    prose = render(body, lambda _: None)
    page = Page(prose.html)
    shown = page.text + "".join(attributes.get("href") or "" for _, attributes in page.tags)
    unseen = "".join(
        body[item.start : item.end] for item in reading.scan.findings
        if item.code_name in {"unused-reference", "unsafe-link", "unsafe-image", "empty-link",
                              "private-link", "full-width-link"}
    )  # fmt: skip
    for word in ("汉", "字。"):
        wiki = sum(body[link.start : link.end].count(word) for link in reading.scan.wiki_links)
        titles = len(re.findall(r"""["'][^"']*["']\s*\)""", body)) * body.count(word)
        assert shown.count(word) + unseen.count(word) + wiki + titles >= body.count(word)


@settings(max_examples=200, deadline=None)
@given(bodies, st.integers(0, 120), st.integers(0, 120))
def test_a_longer_excerpt_is_cut_to_the_shorter_one(body: str, one: int, other: int) -> None:
    short, long = sorted((one, other))
    assert cut(excerpt(body, long), short) == excerpt(body, short)
    assert len(excerpt(body, short)) <= max(1, short)


@given(st.text(max_size=400))
def test_any_text_at_all_is_read_and_shown(body: str) -> None:
    scan(body)
    assert clean(render(body, lambda _: None).html)[1] == ""

"""Prose that is remembered is the prose that would be made."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from showcase.prose import Image, Link, Prose, Shown, WikiLink, render
from showcase.rendered import Rendered
from showcase.store import KEPT_RUNS, Store
from tests.bodies import bodies, layouts

answers = st.sampled_from([None, "甲", "乙"])


def shown(show: object, body: str, said: tuple[str | None, str | None, str | None]) -> Prose:
    """Show a body with the same answer to all questions of a sort."""
    title, picture, target = said

    def wiki(_: WikiLink) -> tuple[str, str] | None:
        return (f"../{title}/", title) if title else None

    def image(_: Image) -> Shown | None:
        return Shown(f"{picture}.jpg", 4, 3, f"{picture}.webp 4w") if picture else None

    def link(_: Link) -> str | None:
        return f"{target}.jpg" if target else None

    assert callable(show)
    made = show(body, wiki, image, link=link)
    assert isinstance(made, Prose)
    return made


@given(st.lists(st.tuples(bodies | layouts, st.tuples(answers, answers, answers)), max_size=6))
def test_what_is_remembered_is_what_would_be_made(
    tmp_path_factory: object, asked: list[tuple[str, tuple[str | None, str | None, str | None]]]
) -> None:
    folder = Path(tmp_path_factory.mktemp("prose"))  # type: ignore[attr-defined]
    for _ in range(2):  # a run that makes, a run that remembers
        with Store.open(folder) as store:
            remembering = Rendered(store)
            for body, said in asked:
                assert shown(remembering, body, said) == shown(render, body, said)
            remembering.finish(whole=True)


def test_it_is_remembered_and_not_made(tmp_path: Path) -> None:
    said = ("甲", "乙", None)
    body = "## 一节\n\n参见[[某条]]，![图](a.jpg)。\n"
    with Store.open(tmp_path) as store:
        remembering = Rendered(store)
        made = shown(remembering, body, said)
        remembering.finish(whole=True)
        # What is kept is changed, so that it is known when it is taken.
        [(key, kept)] = store.get("prose", [_key(body)]).items()
        store.put("prose", {key: kept.replace("一节".encode(), b"abcd")})
        again = shown(Rendered(store), body, said)
    assert "一节" in made.html
    assert again.html == made.html.replace("一节", "abcd")


def test_what_a_build_did_not_ask_for_is_needed_still_where_it_did_not_ask_for_all(
    tmp_path: Path,
) -> None:
    body, said = "一段正文。", (None, None, None)
    for number in range(2 * KEPT_RUNS):
        with Store.open(tmp_path) as store:
            remembering = Rendered(store)
            shown(remembering, body if number == 0 else f"第 {number} 段。", said)
            remembering.finish(whole=False)
    with Store.open(tmp_path) as store:
        assert store.get("prose", [_key(body)])


def _key(body: str) -> bytes:
    from showcase.seal import digest  # noqa: PLC0415 - for this alone

    return digest(body.encode())

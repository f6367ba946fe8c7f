"""The indicators: numbers that are stated, each with its date and source."""

from __future__ import annotations

from collections.abc import Iterator

from showcase.model import KINDS
from showcase.pages.shelf import Catalogue
from showcase.pages.views import NumbersView, PageView


def pages(catalogue: Catalogue) -> Iterator[PageView]:
    """Yield the page of indicators."""
    kind = KINDS["indicator"]
    shelf = catalogue.at("indicators/")
    entries = catalogue.of("indicator")
    view = NumbersView(
        kind="indicator",
        kind_label=kind.label,
        about=kind.about,
        crumbs=shelf.crumbs(title=kind.label),
        numbers=tuple(shelf.number(entry) for entry in entries),
        count=len(entries),
    )
    yield PageView("indicators/", "pages/indicators.html", kind.label, kind.about, view)

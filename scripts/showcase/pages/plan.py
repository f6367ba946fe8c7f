"""What pages there are, told apart from making them: a preview makes only the one looked at."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from showcase.pages.views import PageView


class Planned(Struct, frozen=True):
    """A page that there is: where it lies, and what makes its view when that is wanted."""

    address: str
    make: Callable[[], PageView]
    given: str | None = None
    """What was found out for the page before it is made, and ``make`` uses: ``""`` for nothing.

    Then all else that the page depends on is looked at while it is made. ``None``: nobody told."""

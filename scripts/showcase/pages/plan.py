"""What pages there are, told apart from making them: a preview makes only the one looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from showcase.pages.views import PageView


@dataclass(frozen=True, slots=True)
class Planned:
    """A page that there is: where it lies, and what makes its view when that is wanted."""

    address: str
    make: Callable[[], PageView]
    alone: bool = False
    """Whether all that the page depends on is looked at while it is made: nothing was before."""

"""Photos: what they hold is found out once, and only small, clean copies of them are published.

``Survey`` looks at every picture of a project (:class:`Facts`: what it is, its size, its faults);
``renditions`` says from that which copies a picture has, by name and size, before any is made;
``Store`` makes those that are wanted, or takes them from its cache. Pillow decodes and writes;
nothing of the original but its pixels reaches a copy. ``covers`` draws what stands for records
without a photo where their pages are shared.
"""

from __future__ import annotations

from showcase.photos.covers import Cover, cover_of, draw
from showcase.photos.facts import MAX_MEGAPIXELS, Facts, Fault, fits, right_ending
from showcase.photos.renditions import Rendition, largest, renditions, square
from showcase.photos.store import NotMade, Store, Wanted
from showcase.photos.survey import Survey

__all__ = [
    "MAX_MEGAPIXELS",
    "Cover",
    "Facts",
    "Fault",
    "NotMade",
    "Rendition",
    "Store",
    "Survey",
    "Wanted",
    "cover_of",
    "draw",
    "fits",
    "largest",
    "renditions",
    "right_ending",
    "square",
]

"""The generators that are compared, each in a module of its own: this project first."""

from __future__ import annotations

from showcase.bench.peers.generator import Generator
from showcase.bench.peers.hugo import HUGO
from showcase.bench.peers.material import MKDOCS, ZENSICAL
from showcase.bench.peers.ours import OURS

GENERATORS: tuple[Generator, ...] = (OURS, HUGO, ZENSICAL, MKDOCS)
REFERENCE = HUGO
"""The one that the others are set against."""

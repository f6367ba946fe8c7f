"""How much a reader may be made to load: one table."""

from __future__ import annotations

KIB = 1024

PAGE = 60 * KIB
"""The first visit to any page: HTML, styles and scripts, compressed; pictures aside."""
PICTURES = 600 * KIB
"""All pictures that a page shows at once (those that wait for the reader aside)."""
PICTURE = 500 * KIB
"""One picture."""
FILE = 8 * KIB * KIB
"""Any other file, and the most of one that is read as text."""

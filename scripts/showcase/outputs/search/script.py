"""The reader: the scripts of `reader/`, published as one file.

They are plain browser scripts and stay apart in the source for whoever works on them. A reader
on a phone should not pay for that: as one file they cost one request, and without the lines that
are comments less than half the bytes.
"""

from __future__ import annotations

from importlib.resources import files

#: The scripts in the order in which they are read. Each uses only what stands before it.
PARTS = (
    "text.js",
    "codec.js",
    "store.js",
    "query.js",
    "names.js",
    "snippet.js",
    "facets.js",
    "search.js",
    "hits.js",
    "explore.js",
    "header.js",
)


def reader_script() -> bytes:
    """All parts in one function of their own, so that only `showcaseSearch` is global."""
    folder = files(__package__) / "reader"
    parts = ((folder / name).read_text("utf-8") for name in PARTS)
    lines = (line for part in parts for line in without_comments(part))
    return "\n".join(("(function () {", '"use strict";', *lines, "})();\n")).encode()


def without_comments(source: str) -> list[str]:
    """The lines of `source` that are code, without indentation.

    Knows comments that have their lines to themselves; the scripts keep to that, and have no
    strings over several lines (a test sees to both).
    """
    kept: list[str] = []
    inside = False
    for line in map(str.strip, source.splitlines()):
        inside = inside or line.startswith("/*")
        if line and not inside and not line.startswith("//"):
            kept.append(line)
        inside = inside and not line.endswith("*/")
    return kept

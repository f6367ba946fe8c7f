"""Text → :class:`Document`: data as typed text, the body, the place of every node."""

from showcase.source.document import Document, read_record, read_yaml, reread
from showcase.source.encoding import plain_text
from showcase.source.files import (
    Found,
    Refused,
    is_litter,
    open_regular,
    read_bytes,
    unreadable,
    walk,
)
from showcase.source.scalars import Aligned
from showcase.source.typed import Path, Value

__all__ = [
    "Aligned",
    "Document",
    "Found",
    "Path",
    "Refused",
    "Value",
    "is_litter",
    "open_regular",
    "plain_text",
    "read_bytes",
    "read_record",
    "read_yaml",
    "reread",
    "unreadable",
    "walk",
]

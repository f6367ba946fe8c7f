"""Text → :class:`Document`: data as typed text, the body, the place of every node."""

from showcase.source.document import Document, read_record, read_yaml
from showcase.source.files import Found, Refused, is_litter, read_bytes, walk
from showcase.source.typed import Path, Value

__all__ = [
    "Document",
    "Found",
    "Path",
    "Refused",
    "Value",
    "is_litter",
    "read_bytes",
    "read_record",
    "read_yaml",
    "walk",
]

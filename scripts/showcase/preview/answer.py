"""What a browser is answered."""

from __future__ import annotations

import mimetypes
from http import HTTPStatus

from msgspec import Struct

INDEX = "index.html"


class Answer(Struct, frozen=True):
    """What is sent to a browser: a status (RFC 9110), a media type, the bytes."""

    status: HTTPStatus
    type: str
    data: bytes


def file_at(path: str) -> str:
    """Return the file that a path means, from the site's root."""
    return f"{path}{INDEX}" if not path or path.endswith("/") else path


def type_of(path: str) -> str:
    """Return the media type of a file, by its name."""
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
    return f"{kind}; charset=utf-8" if text else kind

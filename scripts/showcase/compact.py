"""JSON for what is kept: in few bytes, written and read quickly.

It is read by ``msgspec.json.Decoder``, each kind of thing by one that knows its shape: whatever
has another shape is refused as what is no JSON is, with a ``ValueError``.
"""

from __future__ import annotations

import json

import msgspec

_encode = msgspec.json.Encoder().encode


def as_json(value: object) -> bytes:
    """Return a value as JSON.

    No decoder takes it where a text holds half of a pair of characters, which may be typed as an
    escape: what is kept so is made again.
    """
    try:
        return _encode(value)
    except (UnicodeEncodeError, OverflowError):  # the number of a file may have 128 bits on Windows
        text = json.dumps(msgspec.to_builtins(value), ensure_ascii=False)
        return text.encode("utf-8", "surrogatepass")

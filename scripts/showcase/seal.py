"""Bytes that know whether they are still what was written, for everything kept in a cache.

A seal finds what a full disk, a killed program or a failing drive leaves behind. It guards against
accidents, not against intent: so nothing that comes out of a cache is ever executed or unpickled.
"""

from __future__ import annotations

import zlib
from hashlib import sha256

_LENGTH = 9


def digest(*parts: bytes | str) -> bytes:
    """Return 16 bytes that stand for some parts: other parts, or parted elsewhere, give others.

    A text is as good as its bytes in UTF-8, be it with half of a pair of characters (surrogate).
    """
    hashed = sha256()
    for one in parts:
        part = one.encode("utf-8", "surrogatepass") if isinstance(one, str) else one
        hashed.update(b"%d:" % len(part))
        hashed.update(part)
    return hashed.digest()[:16]


def sealed(data: bytes, place: bytes = b"") -> bytes:
    """Return data behind its checksum; ``place`` is what it belongs to, and is checked as well."""
    return b"%08x\n%b" % (zlib.crc32(data, zlib.crc32(place)), data)


def unsealed(found: bytes, place: bytes = b"") -> bytes | None:
    """Return the data that :func:`sealed` was given, ``None`` if something of it has changed."""
    data = found[_LENGTH:]
    return data if found[:_LENGTH] == b"%08x\n" % zlib.crc32(data, zlib.crc32(place)) else None

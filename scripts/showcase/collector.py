"""Python's search for circles among objects, put off while many objects are made that form none."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


def settle() -> None:
    """Take what there is for what will stay: it is not searched again.

    Searching the objects of thousands of records takes a fifth of a second, in the midst of
    whatever allocates.
    """
    gc.collect()
    gc.freeze()


@contextlib.contextmanager
def put_off() -> Iterator[None]:
    """Do not look for circles within: it takes a tenth of the time of reading a large project."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()

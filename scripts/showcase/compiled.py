"""Templates as Python compiled them, kept beside what it keeps of the modules of this program.

To compile those of a site takes four tenths of a second, at each start. They are not kept with a
project: what is kept there may come from someone else, and is never executed.
"""

from __future__ import annotations

import contextlib
import sys
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from showcase import atomic
from showcase.seal import sealed, unsealed
from showcase.store import version

_FOLDER = Path(cache_from_source(__file__)).parent
_TAG = sys.implementation.cache_tag


class Compiled(jinja2.BytecodeCache):
    """Keeps templates by their names: where two projects differ, the latest one's is kept.

    Jinja compares the source, so that a template of another text is compiled anew; so it is by
    another version of the program, which may read templates otherwise.
    """

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002
        """Return what a template is kept under, wherever its file lies."""
        return super().get_cache_key(name)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is kept, if anything is and its seal is whole."""
        try:
            found = unsealed(_file(bucket).read_bytes(), version().encode())
        except OSError:
            return
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in a bucket, where Python may keep such things."""
        if sys.dont_write_bytecode:
            return
        with contextlib.suppress(OSError):  # as Python does without its own
            atomic.write(_file(bucket), sealed(bucket.bytecode_to_string(), version().encode()))


def _file(bucket: Bucket) -> Path:
    return _FOLDER / f"template-{bucket.key}.{_TAG}"

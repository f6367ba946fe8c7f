"""Puts one folder in the place of another, in one step where the system has such a step.

Linux has it (``renameat2`` with ``RENAME_EXCHANGE``, Linux 3.15, glibc 2.28) and so has macOS
(``renamex_np`` with ``RENAME_SWAP``, on APFS): at no moment is there no folder. Windows has none,
nor have some network file systems: there the former folder is moved away and the new one in, and
a process that is killed between the two leaves the place empty. What was moved away is whole then,
and the next build puts it back (:mod:`showcase.publish`).
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2
_UNKNOWN_HERE = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})


def replace(old: Path, new: Path, aside: Path) -> None:
    """Put the folder ``new`` in the place of ``old``, whose files are then at ``new`` or ``aside``.

    All three lie on one file system; ``aside`` does not exist yet. Raises ``OSError``, and then
    both folders are where they were.
    """
    if not os.path.lexists(old):
        new.rename(old)
    elif not exchange(old, new):
        old.rename(aside)
        try:
            new.rename(old)
        except BaseException:
            aside.rename(old)
            raise


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; false where the system or the file system has none.

    Raises ``OSError`` when it has, and refused.
    """
    if sys.platform == "linux":
        arguments = (_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
        name = "renameat2"
    elif sys.platform == "darwin":
        arguments = (os.fsencode(one), os.fsencode(other), _RENAME_SWAP)
        name = "renamex_np"
    else:
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    if call is None:
        return False
    if call(*arguments) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNKNOWN_HERE:
        return False
    raise OSError(number, os.strerror(number), str(one))

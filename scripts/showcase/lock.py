"""Lets one build of a site in at a time, and tells the others who is building.

The system's own lock on a small file: it is free again the moment its holder ends, however it
ends, so none is ever stale. What stands in the file is for people. ``lockf`` rather than ``flock``:
a child that outlives a killed build does not go on holding it.

``scripts/launcher`` has a lock of the same sort, for the environment; it runs before this package
can be imported.
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import json
import os
import socket
import stat
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOCKED_BYTE = 1 << 20
"""Far behind the text: Windows lets nobody read a byte that is locked."""

_LONGEST = 4096
_PAUSE = 0.2
_TAKEN = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})
_OURS = b'{"showcase": "build"'


class Holder(Struct, frozen=True):
    """Who builds, or was building when it ended without a word."""

    pid: int
    user: str
    host: str
    started: str

    def __str__(self) -> str:
        """For the one who waits: 「电脑 甲 上的用户 乙，11 月 22 日 10:15 开始，进程号 123」."""
        who = f"用户 {self.user}，" if self.user else ""
        where = f"电脑 {self.host} 上的" if self.host else ""
        return f"{where}{who}{_moment(self.started)}开始，进程号 {self.pid}"


class Busy(Exception):
    """Another build held the lock for as long as this one would wait."""

    def __init__(self, holder: Holder | None) -> None:
        who = f"（{holder}）" if holder else ""
        super().__init__(f"另一个窗口正在生成这个网站{who}，请等它完成以后再运行")
        self.holder = holder


class NotALock(OSError):
    """Something that is no lock of ours stands where the lock should; it is left alone."""

    def __init__(self, path: Path) -> None:
        help = f"「{path.name}」不是生成网站时用的锁文件，没有动它；请查看以后移走或删除"
        super().__init__(errno.EEXIST, help, str(path))


@contextlib.contextmanager
def only_one(
    path: Path, *, wait: float, waiting: Callable[[Holder | None], None]
) -> Iterator[Holder | None]:
    """Hold the lock ``path``; yields who left it behind without having finished, if anyone did.

    While another has it, ``waiting`` is told once who that is; after ``wait`` seconds raises
    :class:`Busy`. Raises :class:`NotALock` and other ``OSError`` when there can be no lock.
    """
    until, told = time.monotonic() + wait, False
    while (handle := _take(path)) is None:
        # Without a file it was given back just now: then one more try.
        if time.monotonic() >= until and os.path.lexists(path):
            raise Busy(holder(path))
        if not told:
            waiting(holder(path))
            told = True
        time.sleep(_PAUSE)
    try:
        former = _holder(_read(handle))
        _write(handle, _me())
        yield former
    finally:
        _give_back(handle, path)


def holder(path: Path) -> Holder | None:
    """Return who holds a lock, as far as its file says."""
    try:
        return _holder(path.read_bytes()[:_LONGEST])
    except OSError:
        return None  # it was given back meanwhile


def _take(path: Path) -> int | None:
    """Return the descriptor of the lock, or ``None`` while another has it."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    if path.is_symlink() or path.is_dir():
        raise NotALock(path)
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0), 0o666)
    taken = False
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
            raise NotALock(path)
        if not _locked(handle) or not _same(path, status):
            return None
        text = _read(handle)
        if not (text.startswith(_OURS) or _OURS.startswith(text)):
            raise NotALock(path)
        taken = True
        return handle
    finally:
        if not taken:
            os.close(handle)


def _locked(handle: int) -> bool:
    """Try to lock; true also on a file system that knows no locks, where waiting has no end."""
    try:
        if sys.platform == "win32":
            os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _TAKEN
    return True


def _same(path: Path, status: os.stat_result) -> bool:
    """Whether a path still leads to the file that was opened: its holder removes it when done."""
    try:
        return os.path.samestat(path.lstat(), status)
    except FileNotFoundError:
        return False


def _read(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, _LONGEST)


def _write(handle: int, me: Holder) -> None:
    os.lseek(handle, 0, os.SEEK_SET)
    text = json.dumps({"showcase": "build", **asdict(me)}).encode("ascii")
    # As long as any that may stand there: shortening a file of which a part is locked is not
    # something that every system allows.
    os.write(handle, text.ljust(_LONGEST))


def _give_back(handle: int, path: Path) -> None:
    ours = _same(path, os.fstat(handle))
    if sys.platform == "win32":
        os.close(handle)
        # The next one may have it open by now; then it is theirs to remove.
        with contextlib.suppress(OSError):
            path.unlink()
        return
    # While it is still held: whoever has opened it meanwhile sees that it is gone.
    if ours:
        path.unlink(missing_ok=True)
    os.close(handle)


def _me() -> Holder:
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # a number that no account has
        user = ""
    # Not part of any output: for the person who waits and looks at a clock.
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    return Holder(os.getpid(), user, socket.gethostname(), now)


def _holder(text: bytes) -> Holder | None:
    try:
        said = json.loads(text)
        return Holder(int(said["pid"]), str(said["user"]), str(said["host"]), str(said["started"]))
    except (ValueError, TypeError, KeyError):
        return None


def _moment(started: str) -> str:
    try:
        at = datetime.fromisoformat(started).astimezone()
    except ValueError:
        return ""
    return f"{at.month} 月 {at.day} 日 {at:%H:%M} "

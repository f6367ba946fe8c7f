"""Whole commands measured from outside: wall time, processor time, peak memory.

All of a command counts: what it starts, and what that starts. Processor time is what the system
adds up for a process and the children it waited for; memory is looked at while it runs, because
the system keeps a peak for single processes only (and one that a process inherits from whoever
started it: `ru_maxrss` survives `exec`).
"""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from showcase.pattern import pattern

_EVERY = 0.05
"""Seconds between two looks at the memory, at least."""
_SHARE = 0.05
"""The part of a processor that looking may take: a look at gigabytes is not for nothing."""
_KIBIBYTE = 1024
_SIZE = pattern(r"^(\w+): +(\d+) kB$", re.MULTILINE)
_TOLD = 4_000
"""Characters of a failed command's output that are worth showing: the last."""


class Cost(Struct, frozen=True):
    """What a command cost: seconds on the clock and of the processors, peak memory in MiB.

    ``cpu`` and ``memory`` are ``None`` where the system does not tell (Windows; memory: macOS).
    """

    wall: float
    cpu: float | None
    memory: float | None


def measure(
    command: Sequence[str], environment: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Cost:
    """Run a command to its end and return what it cost.

    Raises ``RuntimeError`` with the command's own output when it fails.
    """
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - the project's own commands
        command,
        env={**os.environ, **(environment or {})},
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    with Watch(process.pid) as watch:
        output = process.stdout.read() if process.stdout else b""
        cpu = _end(process)
    wall = time.perf_counter() - started
    if process.stdout:
        process.stdout.close()
    if process.returncode != 0:
        raise RuntimeError(output.decode("utf-8", "replace")[-_TOLD:].strip())
    return Cost(wall, cpu, watch.peak)


def total(costs: Iterable[Cost]) -> Cost:
    """Return what commands cost one after the other: times added up, the higher of the peaks."""
    parts = tuple(costs)
    cpu = [part.cpu for part in parts if part.cpu is not None]
    memory = [part.memory for part in parts if part.memory is not None]
    return Cost(
        sum(part.wall for part in parts),
        sum(cpu) if len(cpu) == len(parts) else None,
        max(memory) if memory else None,
    )


def _end(process: subprocess.Popen[bytes]) -> float | None:
    """Wait for a process; return its seconds of the processors, its children's included."""
    if not hasattr(os, "wait4"):
        process.wait()
        return None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


class Watch:
    """Looks at the memory of a process and of all it started, from entry to exit."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._over = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)
        self.peak: float | None = None
        """The most that was seen so far, in MiB."""

    def __enter__(self) -> Watch:
        self._looking.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._over.set()
        self._looking.join()

    def _look(self) -> None:
        while not self._over.is_set():
            begun = time.thread_time()
            now = memory(self._pid)
            if now is not None:
                self.peak = max(now, self.peak or 0)
            spent = time.thread_time() - begun
            self._over.wait(max(_EVERY, spent / _SHARE))


def memory(pid: int) -> float | None:
    """Return the MiB that a process and those it started hold, shared pages counted once.

    What they hold for themselves is added up in proportional shares. Files that they map (programs,
    libraries) count as in the process that maps most: their shares would be smaller the more of the
    same runs elsewhere on the machine.

    ``None`` where the system does not tell (Linux does), or when the process is gone.
    """
    held = tuple(_tree(pid))
    if not held:
        return None
    return (sum(own for own, _ in held) + max(mapped for _, mapped in held)) / _KIBIBYTE


def _tree(pid: int) -> Iterator[tuple[int, int]]:
    """Yield the KiB of its own and of files of a process, then of each it started."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
        tasks = Path(f"/proc/{pid}/task").glob("*/children")
        children = [child for task in tasks for child in task.read_text("ascii").split()]
    except OSError:
        return
    sizes = {name: int(size) for name, size in _SIZE.findall(rollup)}
    if "Pss_Anon" in sizes:
        yield sizes["Pss_Anon"] + sizes["Pss_Shmem"], sizes["Rss"] - sizes["Anonymous"]
    for child in children:
        yield from _tree(int(child))

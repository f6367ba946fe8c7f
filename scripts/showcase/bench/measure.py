"""Whole commands timed from outside: wall time, processor time, peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

_KIBIBYTE = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost: seconds on the clock and of the processors, peak memory in MiB.

    ``cpu`` and ``memory`` are ``None`` where the system does not tell (Windows).
    """

    wall: float
    cpu: float | None
    memory: float | None


def measure(command: Sequence[str], environment: dict[str, str] | None = None) -> Cost:
    """Run a command to its end and return what it cost.

    Raises ``RuntimeError`` with the command's own output when it fails.
    """
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - the project's own commands
        command,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    output = process.stdout.read() if process.stdout else b""
    cpu: float | None = None
    memory: float | None = None
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu = usage.ru_utime + usage.ru_stime
        # Linux counts in KiB, macOS in bytes.
        scale = _KIBIBYTE if sys.platform != "darwin" else 1
        memory = usage.ru_maxrss * scale / _KIBIBYTE**2
    else:
        process.wait()
    wall = time.perf_counter() - started
    if process.stdout:
        process.stdout.close()
    if process.returncode != 0:
        raise RuntimeError(output.decode("utf-8", "replace")[-4000:])
    return Cost(wall, cpu, memory)

"""Builds a project twice under other circumstances, and compares the bytes.

Both builds begin with nothing: what one build leaves to the next would hide a difference.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from showcase.audit.codes import found
from showcase.audit.files import SiteFile, walk
from showcase.clock import today
from showcase.diagnostics import Diagnostic, Span
from showcase.store import ELSEWHERE

_WAYS = (
    {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"},
    {"TZ": "Pacific/Apia", "PYTHONHASHSEED": "4242", "LC_ALL": "C"},
)
"""Circumstances that must not show in the output: another day's zone, other orders of sets."""
_MOST = 20


class NotBuilt(Exception):
    """The project could not be built; the text is what the build said."""


def compare(project: Path) -> Iterator[Diagnostic]:
    """Yield the files in which two builds of a project differ, with the first place.

    Raises :class:`NotBuilt` when one of them fails.
    """
    with tempfile.TemporaryDirectory(prefix="showcase-twice-") as folder:
        sites = [Path(folder) / str(number) / "site" for number in range(len(_WAYS))]
        day = today().isoformat()
        for site, way in zip(sites, _WAYS, strict=True):
            site.parent.mkdir()
            _build(project, site, way)
        if today().isoformat() != day:
            raise NotBuilt("生成到一半过了零点，请再试一次")
        for count, one in enumerate(_differences(*sites)):
            if count == _MOST:
                return
            yield one


def _build(project: Path, site: Path, way: dict[str, str]) -> None:
    command = [sys.executable, "-m", "showcase.cli", "build", "--project", str(project)]
    done = subprocess.run(  # noqa: S603 - the project's own command
        [*command, "--site-dir", str(site)],
        env={**os.environ, "PYTHONUTF8": "1", ELSEWHERE: str(site.parent / "cache"), **way},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise NotBuilt((done.stderr or done.stdout).strip().split("\n")[-1])


def _differences(one: Path, other: Path) -> Iterator[Diagnostic]:
    files = [_files(site) for site in (one, other)]
    for name in sorted(files[0].keys() | files[1].keys()):
        paths = [listed.get(name) for listed in files]
        if paths[0] is None or paths[1] is None:
            yield found("AUD024", name, "这个文件只有一次生成了")
            continue
        first, second = paths[0].read_bytes(), paths[1].read_bytes()
        if first != second:
            span = _place(first, second)
            yield found("AUD024", name, "两次生成的内容不一样，从这里开始", span)


def _files(site: Path) -> dict[str, Path]:
    return {file.name: file.path for file in walk(site) if isinstance(file, SiteFile)}


def _place(first: bytes, second: bytes) -> Span:
    """Return the line and column (in bytes, for these may be no text) of the first difference."""
    least = min(len(first), len(second))
    at = next((index for index in range(least) if first[index] != second[index]), least)
    line = first.count(b"\n", 0, at) + 1
    column = at - first.rfind(b"\n", 0, at)
    return Span(line, column, line, column)

"""What is measured: a generator, as the comparison sees each of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

from showcase.bench.corpus import Synthetic
from showcase.pattern import pattern

_VERSION = pattern(r"\d+\.\d+(?:\.\d+)*")


class Tool(Struct, frozen=True):
    """A program that a generator needs: where it may be found, and how to get it."""

    name: str
    program: str
    """As it is called on the PATH."""
    module: str
    """As ``python -m`` starts it."""
    package: str
    """What to install, for the message."""


class Found(Struct, frozen=True):
    """A program that is here: the words that start it, and its version."""

    start: tuple[str, ...]
    version: str


class Generator(Struct, frozen=True):
    """A generator, its project for a corpus, and its commands."""

    name: str
    key: str
    """What it is called on the command line."""
    tools: tuple[Tool, ...]
    lay: Callable[[Path], None]
    """Writes settings, templates, styles and hand-written pages into a new folder."""
    files: Callable[[Sequence[Synthetic]], Iterator[tuple[str, str]]]
    """The path and text of each file of a corpus; two corpora differ in few of them."""
    template: str
    """The template of every page's foot; text that is added at its end shows."""
    build: Callable[[Path], Sequence[Sequence[str]]]
    """The commands that build a project; the second makes the search index."""
    serve: Callable[[Path, int], Sequence[str]]
    """The command that previews a project on a port."""
    address: Callable[[str], str]
    """Name of a record → the address of its page."""
    made: tuple[str, ...]
    """What it makes in the project: the site first, then its caches."""
    most: int = sys.maxsize
    """Records above which it takes too long to be measured."""
    news: Callable[[str], str] = lambda _: ""
    """A page as previewed → the path that answers when it is no longer the latest; ``""`` where
    that is told in another way than by an answer, and the page is asked for again and again."""


@cache
def found(tool: Tool) -> Found | None:
    """Return how a program is started here, or ``None`` where it is not installed.

    It is looked for on the PATH, then as a module of this Python and of those on the PATH.
    """
    for start in _starts(tool):
        try:
            told = subprocess.run(  # noqa: S603 - the peers' own commands
                [*start, "version" if tool.name == "Hugo" else "--version"],
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=60,
                check=False,
            )
        except OSError:
            continue
        if told.returncode == 0 and (version := _VERSION.search(told.stdout)):
            return Found(start, version[0])
    return None


def _starts(tool: Tool) -> Iterator[tuple[str, ...]]:
    beside = str(Path(sys.executable).parent)
    if program := shutil.which(tool.program) or shutil.which(tool.program, path=beside):
        yield (program,)
    name = "python" if os.name == "nt" else "python3"
    pythons = (shutil.which(name, path=folder) for folder in os.get_exec_path())
    for python in dict.fromkeys((sys.executable, *filter(None, pythons))):
        yield (python, "-m", tool.module)


def starting(tool: Tool) -> tuple[str, ...]:
    """Return the words that start a program that is known to be here.

    Raises ``RuntimeError`` when it is not.
    """
    here = found(tool)
    if here is None:
        raise RuntimeError(f"{tool.name} is not installed")
    return here.start


def missing(generator: Generator) -> tuple[Tool, ...]:
    """Return the programs that a generator needs and that are not here."""
    return tuple(tool for tool in generator.tools if found(tool) is None)


def versions(generators: Iterable[Generator]) -> tuple[str, ...]:
    """Return the programs of generators that are here, each with its version."""
    tools = [tool for generator in generators for tool in generator.tools]
    here = ((tool, found(tool)) for tool in dict.fromkeys(tools))
    return tuple(f"{tool.name} {told.version}" for tool, told in here if told)


def put(project: Path, path: str, text: str) -> None:
    """Write a file of a project."""
    target = project / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")

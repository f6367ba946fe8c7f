"""Reads the files of rules: cases in prose, each a small project and the whole report about it.

A case is a second-level heading, then fenced blocks. The information string of a block is its
language, the file it becomes, and options:

    ```markdown content/brands/测试品牌甲.md
    ```yaml content/site.yml encoding=gbk newline=crlf

- a blank in the name of a file is written ``%20``;
- ``encoding=NAME`` writes the file in another encoding; ``newline=crlf`` with other line ends;
- ``escapes`` turns ``\\u{200B}`` into that character, for what nobody could see in a file, and
  ``\\repeat{9}{text}`` into the text nine times, for what nobody would read;
- the language ``hex`` is bytes in hexadecimal, ``symlink`` a link that leads to the text of the
  block, ``fifo`` a pipe (such cases are skipped where the system has none);
- the language ``picture`` is what a function of :mod:`tests.photography` makes: its name, then
  numbers it is given, then perhaps ``:N`` for its first N bytes alone (``:-N``: all but the last).

The last block of a case is ``report``: what ``showcase check`` prints, without colours.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from tests import photography

_HEADING = re.compile(r"^(?P<level>#{1,2}) (?P<title>.+)$")
_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^`]*)$")
_ESCAPE = re.compile(r"\\u\{([0-9A-Fa-f]{1,6})\}")
_REPEAT = re.compile(r"\\repeat\{(?P<times>\d+)\}\{(?P<text>[^}]*)\}")
REPORT = "report"


@dataclass(frozen=True)
class Block:
    """A fenced block; ``first`` and ``last`` are the lines of its text in the file (from 0)."""

    language: str
    path: str
    options: dict[str, str]
    text: str
    first: int
    last: int

    def write(self, project: Path) -> None:
        """Make the file that the block describes."""
        path = project / self.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if self.language == "symlink":
            path.symlink_to(self.text.strip())
        elif self.language == "fifo":
            os.mkfifo(path)
        else:
            path.write_bytes(self._bytes())

    def _bytes(self) -> bytes:
        if self.language == "hex":
            return bytes.fromhex(self.text)
        if self.language == "picture":
            return _picture(self.text)
        text = self.text
        if "escapes" in self.options:
            text = _REPEAT.sub(lambda match: match["text"] * int(match["times"]), text)
            text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        if self.options.get("newline") == "crlf":
            text = text.replace("\n", "\r\n")
        return text.encode(self.options.get("encoding", "utf-8"), "surrogatepass")

    @property
    def possible(self) -> bool:
        """Whether this system has such files."""
        if self.language == "symlink":
            return sys.platform != "win32"
        return self.language != "fifo" or hasattr(os, "mkfifo")


def _picture(text: str) -> bytes:
    words, _, length = text.strip().partition(":")
    name, *numbers = words.split()
    data: bytes = getattr(photography, name)(*map(int, numbers))
    return data[: int(length)] if length else data


@dataclass(frozen=True)
class Case:
    """A project and the report that is expected about it."""

    code: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def files(self) -> tuple[Block, ...]:
        """The blocks that become files."""
        return tuple(block for block in self.blocks if block.language != REPORT)

    @property
    def report(self) -> Block:
        """The block that holds the report."""
        found = [block for block in self.blocks if block.language == REPORT]
        assert len(found) == 1, f"{self.code} “{self.title}” needs one report, has {len(found)}"
        return found[0]


@dataclass(frozen=True)
class RuleFile:
    """One ``CODE.md``: its title and its cases."""

    path: Path
    title: str
    cases: tuple[Case, ...]

    @property
    def code(self) -> str:
        """The rule that it is about."""
        return self.path.stem


def read(path: Path) -> RuleFile:
    """Read a rule's file."""
    lines = path.read_text(encoding="utf-8").split("\n")
    titles: list[str] = []
    cases: list[tuple[str, list[Block]]] = []
    for item in _items(lines):
        if isinstance(item, Block):
            assert cases, f"{path.name}: the block before line {item.first + 1} is in no case"
            cases[-1][1].append(item)
        elif item["level"] == "#":
            titles.append(item["title"])
        else:
            cases.append((item["title"], []))
    assert len(titles) == 1, f"{path.name} needs one title"
    return RuleFile(
        path, titles[0], tuple(Case(path.stem, title, tuple(blocks)) for title, blocks in cases)
    )


def _items(lines: list[str]) -> Iterator[re.Match[str] | Block]:
    at = 0
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        heading = _HEADING.match(lines[at])
        if fence is not None:
            last = lines.index(fence["fence"], at + 1)
            yield _block(fence["info"].split(), lines, at + 1, last)
            at = last
        elif heading is not None:
            yield heading
        at += 1


def _block(info: list[str], lines: list[str], first: int, last: int) -> Block:
    language, *words = info
    path = unquote(words[0]) if words else ""
    options = {name: value for name, _, value in (word.partition("=") for word in words[1:])}
    text = "".join(line + "\n" for line in lines[first:last])
    return Block(language, path, options, text, first, last)


def rewrite(case: Case, path: Path, report: str) -> None:
    """Put another report into a rule's file."""
    lines = path.read_text(encoding="utf-8").split("\n")
    block = case.report
    lines[block.first : block.last] = report.rstrip("\n").split("\n")
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")

"""YAML → data as typed text, with the place of every node.

One pass over the parse events of PyYAML's C parser (libyaml, YAML 1.1). Scalars stay the text
that was typed: nothing turns ``no`` into false or ``2019-03`` into a number. Anchors, aliases,
tags and merge keys are refused as they come by, and depth and size are bounded, so an alias or
merge-key bomb is never built.
"""

from __future__ import annotations

from typing import TypeAlias

import yaml
from msgspec import Struct, field

from showcase.diagnostics import short
from showcase.source.fault import Fault, Range

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Path: TypeAlias = tuple[str | int, ...]

MAX_DEPTH = 12
MAX_NODES = 5_000
"""Per record: a list file may hold many records of that size."""
MAX_RECORDS = 10_000
"""Per list file."""

_Container: TypeAlias = "list[Value] | dict[str, Value]"
_HELP_PLAIN = "请把要写的内容直接写在这里；如果文字本身以这个符号开头，请用引号括起来"


class Typed(Struct):
    """What a YAML text says: data, the place of every key and value, and its faults.

    ``keys`` and ``values`` map a path (``("成效", 0, "数值")``) to character offsets in the
    text; ``scalars`` lists every text, ``plain`` the unquoted ones among them, in which confused
    punctuation is looked for.
    """

    data: Value = None
    keys: dict[Path, Range] = field(default_factory=dict)
    values: dict[Path, Range] = field(default_factory=dict)
    scalars: list[Range] = field(default_factory=list)
    plain: list[Range] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    syntax_error: yaml.MarkedYAMLError | None = None
    ended: bool = False
    """Whether it was read to its end."""
    whole: bool = True
    """Whether nothing that was typed was left out."""


class _Frame(Struct):
    """A container being filled; ``key`` is the mapping key whose value comes next."""

    container: _Container
    path: Path
    kept: bool
    key: str | None = None
    key_kept: bool = True


class _TooMuch(Exception):
    """Stops the pass when the bounds on depth or size are passed."""


def parse(text: str) -> Typed:
    """Read one YAML document as typed text; never raises, whatever the text."""
    typed = Typed()
    builder = _Builder(typed)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
        typed.ended = True
    except yaml.MarkedYAMLError as error:
        typed.syntax_error = error
    except _TooMuch:
        pass  # The fault that says so was added where it was found.
    return typed


class _Builder:
    """Builds data from parse events with an explicit stack, so depth costs no recursion."""

    def __init__(self, typed: Typed) -> None:
        self._out = typed
        self._stack: list[_Frame] = []
        self._nodes = 0
        self._records = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event of the parser."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open(event, {})
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open(event, [])
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            frame = self._stack.pop()
            if frame.kept:
                start, _ = self._out.values[frame.path]
                self._out.values[frame.path] = (start, _range(event)[1])
        elif isinstance(event, yaml.AliasEvent):
            self._fault("SRC010", event, "不能用「*」引用别处的内容（YAML 别名）", _HELP_PLAIN)
            self._count(event)
            self._out.whole = False
            self._place(event, None)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:
                self._fault(
                    "SRC011", event, "一个文件里只能有一份内容，这里又出现「---」", "请删除这一行"
                )
                raise _TooMuch

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_extras(event)
        self._count(event)
        where = _range(event)
        self._out.scalars.append(where)
        if not event.style:
            self._out.plain.append(where)
        self._place(event, event.value)

    def _open(self, event: yaml.CollectionStartEvent, container: _Container) -> None:
        self._refuse_extras(event)
        if len(self._stack) >= MAX_DEPTH:
            self._fault(
                "SRC011", event, f"内容嵌套超过 {MAX_DEPTH} 层", "请检查缩进；记录用不到这么多层"
            )
            raise _TooMuch
        if len(self._stack) <= 1 and self._stack and isinstance(self._stack[0].container, list):
            self._next_record(event)
        self._count(event)
        path, kept = self._place(event, container)
        self._stack.append(_Frame(container, path, kept))

    def _next_record(self, event: yaml.NodeEvent) -> None:
        self._nodes = 0
        self._records += 1
        if self._records > MAX_RECORDS:
            self._fault(
                "SRC011", event, f"这个列表的记录超过 {MAX_RECORDS} 条", "请把它们分成单独的文件"
            )
            raise _TooMuch

    def _count(self, event: yaml.NodeEvent) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._fault(
                "SRC011", event, f"一条记录里的项目超过 {MAX_NODES} 个", "请把它拆成几条记录"
            )
            raise _TooMuch

    def _place(self, event: yaml.NodeEvent, value: Value) -> tuple[Path, bool]:
        """Put a node where it belongs; return its path and whether it is kept."""
        if not self._stack:
            self._out.data = value
            return self._record((), event), True
        frame = self._stack[-1]
        container = frame.container
        if isinstance(container, list):
            path = (*frame.path, len(container))
            container.append(value)
        elif frame.key is None:
            return self._take_key(frame, event, value), False
        else:
            path = (*frame.path, frame.key)
            key, frame.key = frame.key, None
            if not frame.key_kept:
                return path, False
            container[key] = value
        if not frame.kept:
            return path, False
        return self._record(path, event), True

    def _record(self, path: Path, event: yaml.NodeEvent) -> Path:
        self._out.values[path] = _range(event)
        return path

    def _take_key(self, frame: _Frame, event: yaml.NodeEvent, value: Value) -> Path:
        frame.key_kept = frame.kept
        if not isinstance(value, str):
            if value is not None:
                help = "请检查冒号和括号的位置；文字本身有括号的，请用引号把整段文字括起来"
                self._fault("SRC011", event, "字段名必须是一个词，这里是一组内容", help)
                self._out.whole = False
            frame.key, frame.key_kept = "", False
            return frame.path
        frame.key = value
        path = (*frame.path, value)
        if value == "<<":
            self._fault("SRC010", event, "不能用「<<」合并别处的字段（YAML 合并键）", _HELP_PLAIN)
            self._out.whole = False
            frame.key_kept = False
        elif path in self._out.keys:
            self._duplicate(path, event)
            frame.key_kept = False
        elif frame.kept:
            self._out.keys[path] = _range(event)
        return path

    def _duplicate(self, path: Path, event: yaml.NodeEvent) -> None:
        first = self._out.keys.get(path)
        self._out.faults.append(
            Fault(
                "SRC012",
                *_range(event),
                f"字段「{short(str(path[-1]))}」写了两次",
                "{first}已经写过一次；请只留一个，把另一个删除",
                field=short(str(path[-1])),
                related=first,
            )
        )

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._fault("SRC010", event, "不能用「&」给内容起代号（YAML 锚点）", _HELP_PLAIN)
        if event.tag is not None:
            self._fault("SRC010", event, "不能用「!」指定类型（YAML 标签）", _HELP_PLAIN)

    def _fault(self, code: str, event: yaml.Event, message: str, help: str) -> None:
        self._out.faults.append(Fault(code, *_range(event), message, help))


def _range(event: yaml.Event) -> Range:
    """Return where an event stands; the parser marks every event it makes."""
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        raise ValueError("an event of the parser without its marks")
    return start.index, max(start.index, end.index)

"""The comparison as a table: for a terminal, or in Markdown for the README."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.cells import cell_len

from showcase.bench.compare import Measured, Times, compare
from showcase.bench.corpus import PROSE
from showcase.bench.measure import Cost
from showcase.bench.peers import GENERATORS, REFERENCE
from showcase.bench.peers.generator import Generator, missing, versions
from showcase.bench.preview import Seen
from showcase.clock import today

NONE = "–"
"""What was not measured, or cannot be on this system."""
_COSTS = (
    "scenario",
    "generator",
    "wall s",
    "CPU s",
    "×",
    "search CPU s",
    "memory MiB",
    "×",
    "pages",
)
_SEEN = ("preview", "generator", "first page s", "text ms", "relation ms")
_NAMES = 2
"""The columns of words at the left; all others are of figures."""
_NAME, _FIGURE, _SPREAD = 18, 6, 19
"""Least widths of columns: of words, of a figure, of a median with its range."""

Row = Sequence[str]


def table(
    counts: Sequence[int], times: Times, names: Sequence[str], *, markdown: bool
) -> Iterator[str]:
    """Yield the lines of the whole comparison, as they are measured.

    ``names`` are keys of generators, none for all of them.
    """
    lines = _markdown if markdown else _plain
    asked = [item for item in GENERATORS if not names or item.key in names]
    yield from _machine(asked, times.rounds)
    for count in counts:
        yield ""
        yield f"{count:,} records of about {PROSE:,} characters"
        yield ""
        yield from lines(_rows(asked, count, times))
        yield from _notes(asked)


def _rows(asked: Sequence[Generator], count: int, times: Times) -> Iterator[Row]:
    """Yield the rows of both tables; each begins with its headings."""
    able = [item for item in asked if not missing(item) and count <= item.most]
    yield _COSTS
    yield from _left_out(asked, able)
    previews: list[Seen] = []
    for found in compare(able, count, times):
        if not isinstance(found, Seen):
            yield from costs(found)
            continue
        if not previews:
            yield _SEEN
        previews.append(found)
        yield _seen(found)


def _left_out(asked: Sequence[Generator], able: Sequence[Generator]) -> Iterator[Row]:
    for item in asked:
        if item not in able:
            why = "not installed" if missing(item) else "takes too long"
            yield (why, item.name, *[NONE] * (len(_COSTS) - _NAMES))


def costs(found: Sequence[Measured]) -> Iterator[Row]:
    """Yield a row for what each generator cost in a scenario, set against the reference."""
    against = next((item for item in found if item.generator is REFERENCE), None)
    for item in found:
        if item.failed:
            yield (item.scenario, item.generator.name, f"failed: {item.failed}")
            continue
        yield (
            item.scenario,
            item.generator.name,
            _spread(item.whole, _wall),
            _spread(item.whole, _cpu),
            _ratio(item, against, _cpu),
            _spread(item.index, _cpu),
            _spread(item.whole, _memory),
            _ratio(item, against, _memory),
            str(item.pages or NONE),
        )


def _wall(cost: Cost) -> float | None:
    return cost.wall


def _cpu(cost: Cost) -> float | None:
    return cost.cpu


def _memory(cost: Cost) -> float | None:
    return cost.memory


def _values(found: Iterable[Cost], of: Callable[[Cost], float | None]) -> list[float]:
    return [value for cost in found if (value := of(cost)) is not None]


def _spread(found: Iterable[Cost], of: Callable[[Cost], float | None]) -> str:
    return spread(_values(found, of))


def spread(values: Sequence[float]) -> str:
    """Return the median, and the least and the most where they differ."""
    if not values:
        return NONE
    middle, least, most = (
        _figure(value) for value in (statistics.median(values), min(values), max(values))
    )
    return middle if least == most else f"{middle} ({least}–{most})"


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _ratio(item: Measured, against: Measured | None, of: Callable[[Cost], float | None]) -> str:
    mine = _values(item.whole, of)
    theirs = _values(against.whole, of) if against else []
    if not mine or not theirs or not statistics.median(theirs):
        return NONE
    return f"{statistics.median(mine) / statistics.median(theirs):.2f}"


def _seen(found: Seen) -> Row:
    if found.failed:
        return ("", found.generator.name, f"failed: {found.failed}")
    first = spread([found.first]) if found.first is not None else NONE
    edits = (spread([second * 1000 for second in times]) for times in (found.text, found.relation))
    return ("edit → served", found.generator.name, first, *edits)


def _machine(asked: Sequence[Generator], rounds: int) -> Iterator[str]:
    system = f"{platform.system()} {platform.machine()}"
    python = f"Python {platform.python_version()}"
    programs = ", ".join([python, *versions(asked)])
    times = "1 round" if rounds == 1 else f"{rounds} rounds: median (least–most)"
    yield f"{today():%Y-%m-%d}; {os.cpu_count()} cores, {system}; {programs}; {times}"


def _notes(asked: Sequence[Generator]) -> Iterator[str]:
    lacking = [tool for item in asked for tool in missing(item)]
    if lacking:
        names = " and ".join(tool.name for tool in lacking)
        packages = " ".join(f"'{tool.package}'" for tool in lacking)
        yield ""
        yield f"{names} not found on the PATH or as a Python module: pip install {packages}"


def _markdown(rows: Iterable[Row]) -> Iterator[str]:
    started = False
    for row in rows:
        heading = row in (_COSTS, _SEEN)
        if heading and started:
            yield ""
        yield f"| {' | '.join(row)} |"
        if heading:
            marks = ["---" if at < _NAMES else "---:" for at in range(len(row))]
            yield f"| {' | '.join(marks)} |"
        started = True


def _plain(rows: Iterable[Row]) -> Iterator[str]:
    widths: list[int] = []
    for row in rows:
        if row in (_COSTS, _SEEN):
            if widths:
                yield ""
            widths = [_width(at, name) for at, name in enumerate(row)]
        yield " ".join(_aligned(row, widths)).rstrip()


def _width(at: int, heading: str) -> int:
    least = _NAME if at < _NAMES else _SPREAD if heading.endswith("ms") else _FIGURE
    return max(cell_len(heading), least)


def _aligned(row: Row, widths: Sequence[int]) -> Iterator[str]:
    for at, (text, width) in enumerate(zip(row, widths, strict=False)):
        gap = " " * max(0, width - cell_len(text))
        yield text + gap if at < _NAMES else gap + text

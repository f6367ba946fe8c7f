"""This project beside the generators that are installed here: equal pages, in alternation.

Each scenario is measured for one generator after the other, as many rounds as were asked for, so
that whatever else the machine does meets them all. Everything happens in a temporary folder.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import count as counting
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from showcase.bench import preview
from showcase.bench.corpus import LABELS, Synthetic, edited, mark, records
from showcase.bench.measure import Cost, measure, total
from showcase.bench.peers.generator import Generator, put
from showcase.bench.peers.ours import OURS, check

_ACTIVITY = f"{LABELS['activity']}00000"
"""The record that is edited."""


class Times(Struct, frozen=True):
    """How often everything is measured: builds, and edits of each sort in the preview."""

    rounds: int = 1
    edits: int = 5


class Measured(Struct, frozen=True):
    """What a generator cost in a scenario: a cost for each round, the search index included."""

    scenario: str
    generator: Generator
    whole: tuple[Cost, ...] = ()
    index: tuple[Cost, ...] = ()
    """What of it was the search index, where that is a command of its own."""
    pages: int = 0
    failed: str = ""
    """The last line that the generator said, when it failed."""


class Site(Struct):
    """A generator's project in the temporary folder, and the edits that it went through."""

    generator: Generator
    folder: Path
    corpus: tuple[Synthetic, ...]
    edits: Iterator[int] = field(default_factory=lambda: counting(1))
    failed: str = ""

    @property
    def record(self) -> Synthetic:
        """The record that is edited, as it was at first."""
        return next(record for record in self.corpus if record.name == _ACTIVITY)

    @property
    def brands(self) -> tuple[str, ...]:
        """The brands that the record's edits take turns through: none that it names at first."""
        names = (record.name for record in self.corpus if record.kind == "brand")
        return tuple(name for name in names if name != self.record.fields["品牌"])[:2]

    def lay(self) -> None:
        """Write the whole project."""
        self.folder.mkdir()
        self.generator.lay(self.folder)
        for path, text in self.generator.files(self.corpus):
            put(self.folder, path, text)

    def wipe(self) -> None:
        """Remove what builds made, caches included."""
        for name in self.generator.made:
            with suppress(FileNotFoundError):
                shutil.rmtree(self.folder / name)

    def edit(self) -> preview.Edit:
        """Return the next edit of the record: what it writes, and what then shows where."""
        number = next(self.edits)
        brands = self.brands or (str(self.record.fields["品牌"]),)
        changed = edited(self.record, number, brands)
        corpus = [changed if record.name == _ACTIVITY else record for record in self.corpus]
        return preview.Edit(
            files=tuple(self._differing(corpus)),
            page=self.generator.address(_ACTIVITY),
            related=self.generator.address(str(changed.fields["品牌"])),
            words=mark(number),
        )

    def _differing(self, corpus: Sequence[Synthetic]) -> Iterator[tuple[str, str]]:
        for path, text in self.generator.files(corpus):
            target = self.folder / path
            if not target.is_file() or target.read_text(encoding="utf-8") != text:
                yield path, text

    def save(self, edit: preview.Edit) -> None:
        """Write the files of an edit."""
        for path, text in edit.files:
            put(self.folder, path, text)

    def restyle(self) -> str:
        """Change the template that every page has at its foot; return the words that then show."""
        words = mark(next(self.edits))
        text = (self.folder / self.generator.template).read_text(encoding="utf-8")
        put(self.folder, self.generator.template, f"{text}{words}\n")
        return words

    def prove(self, shown: Mapping[str, str]) -> None:
        """Make sure that what was edited shows: address → words of its page.

        Raises ``RuntimeError`` when it does not: then nothing was measured.
        """
        for address, words in shown.items():
            page = self.folder / self.generator.made[0] / address / "index.html"
            if words not in page.read_text(encoding="utf-8"):
                raise RuntimeError(f"an edit does not show on the page /{address}")

    def pages(self) -> int:
        """Count the pages that were made."""
        return sum(1 for _ in (self.folder / self.generator.made[0]).rglob("*.html"))

    def build(self) -> tuple[Cost, ...]:
        """Build the site; return what each command cost."""
        commands = self.generator.build(self.folder)
        return tuple(measure(command, cwd=self.folder) for command in commands)


def _cold(site: Site) -> Mapping[str, str]:
    site.wipe()
    return {}


def _unchanged(site: Site) -> Mapping[str, str]:  # noqa: ARG001 - it stays as the last build left it
    return {}


def _edited(site: Site) -> Mapping[str, str]:
    edit = site.edit()
    site.save(edit)
    return {edit.page: edit.words, edit.related: edit.words}


def _restyled(site: Site) -> Mapping[str, str]:
    return {"": site.restyle()}


SCENARIOS: tuple[tuple[str, Callable[[Site], Mapping[str, str]]], ...] = (
    ("cold", _cold),
    ("nothing changed", _unchanged),
    ("one record edited", _edited),
    ("template edited", _restyled),
)
"""Their names, and what is done before the build that is measured: it returns the words that must
then be on a page. Each follows the one before."""
CHECK = "check alone"


def compare(
    generators: Sequence[Generator], count: int, times: Times
) -> Iterator[tuple[Measured, ...] | preview.Seen]:
    """Yield what they cost, scenario by scenario, then what each preview took, as measured.

    A generator that fails is left out of what follows.
    """
    corpus = tuple(records(count))
    with tempfile.TemporaryDirectory(prefix="showcase-bench-") as name:
        sites = [Site(item, Path(name) / item.key, corpus) for item in generators]
        for site in sites:
            site.lay()
        if OURS in generators:
            yield (_checked(Path(name) / OURS.key, times.rounds),)
        for scenario, prepare in SCENARIOS:
            yield tuple(_measured(scenario, prepare, sites, times.rounds))
        for site in sites:
            if times.edits and not site.failed:
                yield _seen(site, times.edits)


def _checked(project: Path, rounds: int) -> Measured:
    costs = tuple(measure(check(project)) for _ in range(rounds))
    return Measured(CHECK, OURS, costs)


def _measured(
    scenario: str,
    prepare: Callable[[Site], Mapping[str, str]],
    sites: Sequence[Site],
    rounds: int,
) -> Iterator[Measured]:
    done = {site.generator.key: Measured(scenario, site.generator) for site in sites}
    for _ in range(rounds):
        for site in sites:
            if site.failed:
                continue
            shown = prepare(site)
            before = done[site.generator.key]
            try:
                done[site.generator.key] = _and(before, site.build(), site.pages())
                site.prove(shown)
            except RuntimeError as error:
                site.failed = last_line(error)
    for site in sites:
        yield replace(done[site.generator.key], failed=site.failed)


def _and(before: Measured, costs: Sequence[Cost], pages: int) -> Measured:
    whole = (*before.whole, total(costs))
    index = (*before.index, *costs[1:])
    return replace(before, whole=whole, index=index, pages=pages)


def _seen(site: Site, edits: int) -> preview.Seen:
    try:
        return preview.watch(site, edits)
    except (RuntimeError, TimeoutError) as error:
        return preview.Seen(site.generator, failed=last_line(error))


def last_line(error: Exception) -> str:
    """Return the end of what a failed command said."""
    lines = str(error).split("\n")
    return lines[-1].strip() or type(error).__name__

"""The index of the build before, as records are numbered now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from showcase.outputs.search.changes import renumbered
from showcase.outputs.search.codec import Numbers, front_decoded
from showcase.outputs.search.document import SearchDocument
from showcase.outputs.search.facets import PATH as FACETS_PATH
from showcase.outputs.search.facets import Titles, read_facets
from showcase.outputs.search.index import (
    RECORD_END,
    Plan,
    pairs_path,
    record_head,
    record_path,
    words_path,
)
from showcase.outputs.search.shards import read_pairs, read_words
from showcase.outputs.search.state import Previous, State, stands_for


class Lost(Exception):
    """The index of the build before cannot be mended."""


class Former:
    """The index of the build before.

    Its records and columns go by the numbers of then, its lists by those of now.
    """

    def __init__(self, previous: Previous) -> None:
        """Raise `ValueError` if there is no such state."""
        self.state = State.unpacked(previous.state)
        self.plan = Plan.of(self.state.keys, sum(self.state.postings))
        self._file: Callable[[str], bytes] = previous.file
        self._numbers: Sequence[int | None] | None = None

    def renumber(self, numbers: Sequence[int | None], coding: Numbers) -> None:
        """Give the record of each number of then the one that it has now, in the same order.

        One that has none (None) is taken out of all lists.
        """
        self._numbers, self._coding = numbers, coding

    @property
    def is_renumbered(self) -> bool:
        """Whether lists are others than those that were written."""
        return self._numbers is not None

    def file(self, path: str) -> bytes:
        """A file as it was written; raises `Lost` if it is not there any more."""
        data = self._read(path)
        if stands_for(data) != self.state.files.get(path):
            raise Lost(path)
        return data

    def record(self, number: int) -> bytes:
        """What the file of a record said; raises `Lost` if it is not there any more."""
        data = self._read(record_path(number))
        head = record_head(self.plan.blocks, number)
        record = data[len(head) : -len(RECORD_END)]
        if stands_for(record) != self.state.records[number]:
            raise Lost(number)
        return record

    def document(self, number: int) -> SearchDocument:
        """What a record's terms were made of."""
        return SearchDocument.of_record(self.record(number), self.state.names[number])

    def pairs(self, number: int) -> dict[str, str]:
        """The terms of a file of pairs with their written lists."""
        return self._now(read_pairs(self.file(pairs_path(number))))

    @cached_property
    def beginnings(self) -> list[str]:
        """Where the files of words begin, but for the first."""
        return [*front_decoded(self.state.words[1])]

    def words(self, number: int) -> dict[str, str]:
        """The terms of a file of words with their written lists."""
        return self._now(read_words(self.file(words_path(number))))

    @property
    def facets(self) -> list[Titles]:
        """The facets of the records."""
        try:
            return read_facets(self.file(FACETS_PATH), len(self.state.keys))
        except (LookupError, TypeError, ValueError) as error:
            raise Lost(FACETS_PATH) from error

    def _now(self, lists: dict[str, str]) -> dict[str, str]:
        return lists if self._numbers is None else renumbered(lists, self._numbers, self._coding)

    def _read(self, path: str) -> bytes:
        try:
            return self._file(path)
        except KeyError as error:
            raise Lost(path) from error


def word_paths(said: tuple[str, str]) -> list[str]:
    """The files of words of which the manifest says this."""
    return [words_path(number) for number in range(len(said[1].split()) + 1)]

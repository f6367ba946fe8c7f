"""The index after a change of some documents: that of the build before, mended.

A change of a text touches the lists of the terms that it gained or lost, some dozens among hundreds
of thousands. They are read from the files of the build before, changed and written again; all other
files stay as they are, and are not even read. What a document said before its change stands in the
file of its record, so that nothing has to be kept but the state, and how names are read (`aloud`).
That works while records keep their numbers, but for new ones at the end, and terms their files;
else the index is made anew.
`tests/property` compares the two ways.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TypeVar

from showcase.outputs.artifact import Artifact
from showcase.outputs.search.aloud import Aloud
from showcase.outputs.search.changes import Changes, by_file, changed_terms, mended
from showcase.outputs.search.characters import SOUNDS, folding, same_sounds, sounds_file
from showcase.outputs.search.codec import Numbers
from showcase.outputs.search.document import Findable, Looked, SearchDocument
from showcase.outputs.search.extract import Extract, extract
from showcase.outputs.search.facets import PATH as FACETS_PATH
from showcase.outputs.search.facets import Titles, read_facets, titles_of, write_facets
from showcase.outputs.search.index import (
    RECORD_END,
    Plan,
    Words,
    anew,
    in_order,
    last_files,
    pairs_path,
    record_file,
    record_head,
    record_path,
    words_path,
)
from showcase.outputs.search.shards import read_pairs, read_words, write_pairs
from showcase.outputs.search.state import Previous, State, stands_for
from showcase.outputs.search.terms import END, LAST_WORD_UNIT

#: If more than one record in so many changed, all is made anew, which is faster then.
_MANY = 8

T = TypeVar("T")


def assemble(
    found: Iterable[Findable],
    previous: Previous | None,
    aloud: Aloud,
    keep: Callable[[bytes], object],
) -> Iterator[Artifact]:
    """The files of the search for these pages; `keep` is given what the next build may be given.

    With the `previous` build, of which nothing is believed unchecked, only those files are made
    that it does not have; the result is the same.
    """
    ordered = in_order(found)
    renewed = _renewed(ordered, previous, aloud) if previous is not None else None
    if renewed is None:
        yield from anew(ordered, aloud, lambda state: keep(state.packed()))
    else:
        keep(renewed.state.packed())
        yield from renewed.files()


class _Lost(Exception):
    """The index of the build before cannot be mended."""


class _Former:
    """The index of the build before."""

    def __init__(self, previous: Previous) -> None:
        """Raise `ValueError` if there is no such state."""
        self.state = State.unpacked(previous.state)
        self.plan = Plan.of(self.state.keys, sum(self.state.postings))
        self._file = previous.file

    def file(self, path: str) -> bytes:
        """A file as it was written; raises `_Lost` if it is not there any more."""
        data = self._read(path)
        if stands_for(data) != self.state.files.get(path):
            raise _Lost(path)
        return data

    def record(self, number: int) -> bytes:
        """What the file of a record said; raises `_Lost` if it is not there any more."""
        data = self._read(record_path(number))
        head = record_head(self.plan.blocks, number)
        record = data[len(head) : -len(RECORD_END)]
        if stands_for(record) != self.state.records[number]:
            raise _Lost(number)
        return record

    def document(self, number: int) -> SearchDocument:
        """What a record's terms were made of."""
        return SearchDocument.of_record(self.record(number), self.state.names[number])

    def _read(self, path: str) -> bytes:
        try:
            return self._file(path)
        except KeyError as error:
            raise _Lost(path) from error


@dataclass(frozen=True)
class _Renewed:
    """An index of which some files are made now, and others only if they cannot be taken."""

    ordered: Sequence[Findable]
    former: _Former
    aloud: Aloud
    plan: Plan
    state: State
    #: Number → what the record's file says, of the records that changed.
    records: Mapping[int, bytes]
    #: Path → bytes, of other files that changed.
    made: Mapping[str, bytes]

    def files(self) -> Iterator[Artifact]:
        """All files."""
        for number, check in enumerate(self.state.records):
            given = self.records.get(number) or partial(self._record, number)
            yield record_file(self.plan.blocks, number, given, check)
        for path, check in self.state.files.items():
            yield Artifact(path, self.made.get(path) or partial(self._kept, path), key=check)
        yield from last_files(self.state, self.plan)

    def _record(self, number: int) -> bytes:
        try:
            return self.former.record(number)
        except _Lost:
            return self.ordered[number].look().document().record

    def _kept(self, path: str) -> bytes:
        try:
            return _kept(self.former, self.plan, path)
        except _Lost:
            return self._anew[path]

    @cached_property
    def _anew(self) -> Mapping[str, bytes]:
        """The files of terms, all made anew because one is not there that should be."""
        made = anew(self.ordered, self.aloud, lambda _: None)
        return {one.path: one.data for one in made if one.path in self.state.files}


def _renewed(ordered: Sequence[Findable], previous: Previous, aloud: Aloud) -> _Renewed | None:
    """The index made of that of the build before; None if that cannot be."""
    try:
        former = _Former(previous)
    except ValueError:
        return None
    keys = [one.key for one in ordered]
    shared = min(len(keys), len(former.state.keys))
    if keys[:shared] != former.state.keys[:shared]:
        return None
    changed = _changed(ordered, former.state)
    gone = range(shared, len(former.state.keys))
    if (len(changed) + len(gone)) * _MANY > len(keys) + _MANY:
        return None
    try:
        return _mended(ordered, former, aloud, changed, gone)
    except _Lost:
        return None


def _changed(ordered: Sequence[Findable], state: State) -> dict[int, Looked]:
    """The pages whose documents are others, by number; more than one in `_MANY` need not be all."""
    changed: dict[int, Looked] = {}
    for number, one in enumerate(ordered):
        looked = one.look()
        if number >= len(state.keys) or looked.digest != state.documents[number]:
            changed[number] = looked
            if len(changed) * _MANY > len(ordered) + _MANY:
                break
    return changed


def _mended(
    ordered: Sequence[Findable],
    former: _Former,
    aloud: Aloud,
    changed: Mapping[int, Looked],
    gone: range,
) -> _Renewed | None:
    """The index with the documents that `changed`, and without the last ones if they are `gone`.

    None if terms stand in other files now; raises `_Lost`.
    """
    documents = {number: looked.document() for number, looked in changed.items()}
    was = len(former.state.keys)
    earlier = {number: former.document(number) for number in (*changed, *gone) if number < was}
    # Nothing is read aloud for a change of texts: how many names are read would have to be loaded.
    named = any(not _same_names(documents.get(n), earlier.get(n)) for n in (*changed, *gone))
    heard = aloud if named else None
    now = {number: extract(document, heard) for number, document in documents.items()}
    before = {number: extract(document, heard) for number, document in earlier.items()}
    state = _records(former.state, ordered, changed, documents, now)
    plan = Plan.of(state.keys, sum(state.postings))
    if plan.grid != former.plan.grid:
        return None
    coding = Numbers(len(ordered) + 1)
    cells, words = by_file(changed_terms(before, now), plan.grid)
    made: dict[str, bytes] = {}
    state = replace(
        state,
        characters=_cells(former, plan, cells, coding, made),
        variants=_variants(state.variants, before.values(), now.values()),
        words=_words(former, plan, words, coding, made),
    )
    old = former.state
    was_there, there = ({*one.characters, *one.variants} for one in (old, state))
    if there != was_there:
        state = replace(state, fold=folding(there, state.forms))
        if not same_sounds(there, was_there):
            made[SOUNDS] = sounds_file(there)
    if changed or gone:
        titles = {number: titles_of(document.facets) for number, document in documents.items()}
        facets = _with(_facets(former), len(ordered), titles)
        made[FACETS_PATH] = write_facets(plan.check, facets)
        state = replace(state, faceted=any(map(any, facets)))
    state = replace(state, files=_files(former, plan, state, made))
    records = {number: found.record for number, found in now.items()}
    return _Renewed(ordered, former, aloud, plan, state, records, made)


def _same_names(one: SearchDocument | None, other: SearchDocument | None) -> bool:
    if one is None or other is None:
        return False
    return (one.title, one.names, one.related) == (other.title, other.names, other.related)


def _records(
    old: State,
    ordered: Sequence[Findable],
    changed: Mapping[int, Looked],
    documents: Mapping[int, SearchDocument],
    now: Mapping[int, Extract],
) -> State:
    """The state in what goes by records."""
    size = len(ordered)
    postings = {number: sum(map(len, found.pairs)) for number, found in now.items()}
    names = {number: len(document.names) for number, document in documents.items()}
    records = {number: stands_for(found.record) for number, found in now.items()}
    digests = {number: looked.digest for number, looked in changed.items()}
    return replace(
        old,
        keys=[one.key for one in ordered],
        documents=_with(old.documents, size, digests),
        records=_with(old.records, size, records),
        postings=_with(old.postings, size, postings),
        names=_with(old.names, size, names),
    )


def _with(column: Sequence[T], size: int, new: Mapping[int, T]) -> list[T]:
    """A column of so many records, in which some have other values or are new."""
    shared = min(size, len(column))
    return [
        *(new.get(number, column[number]) for number in range(shared)),
        *(new[number] for number in range(shared, size)),
    ]


def _cells(
    former: _Former,
    plan: Plan,
    cells: Mapping[int, Changes],
    coding: Numbers,
    made: dict[str, bytes],
) -> str:
    """Make the files of pairs that change; return the Han characters that occur."""
    characters = set(former.state.characters)
    for number, changes in cells.items():
        path = pairs_path(number)
        postings = mended(read_pairs(former.file(path)), changes, coding)
        made[path] = write_pairs(plan.check, number, postings)
        for term in changes:
            if term[1:] == END and term > LAST_WORD_UNIT:
                (characters.add if term in postings else characters.discard)(term[0])
    return "".join(sorted(characters))


def _variants(
    old: Mapping[str, int], before: Iterable[Extract], now: Iterable[Extract]
) -> dict[str, int]:
    counts = Counter(old)
    for found in before:
        counts.subtract(found.characters)
    for found in now:
        counts.update(found.characters)
    return {char: count for char, count in counts.items() if count}


def _words(
    former: _Former, plan: Plan, changes: Changes, coding: Numbers, made: dict[str, bytes]
) -> tuple[str, str]:
    """Make the files of words that change; return what the manifest says of them all."""
    said = former.state.words
    if not changes and plan.check == former.plan.check:
        return said
    files = [read_words(former.file(path)) for path in _word_paths(said)]
    before = {term: lists for file in files for term, lists in file.items()}
    after = mended(before, changes, coding)
    terms = sorted(after)
    lists = [after[term] for term in terms]
    words = Words.of(terms, list(map(len, lists)), plan)
    for number, part in enumerate(words.parts):
        same = (
            words.said[0] == said[0]
            and list(files[number]) == terms[part.start : part.stop]
            and changes.keys().isdisjoint(files[number])
        )
        if not same:
            made[words_path(number)] = words.file(number, lists)
    return words.said


def _word_paths(said: tuple[str, str]) -> list[str]:
    return [words_path(number) for number in range(len(said[1].split()) + 1)]


def _facets(former: _Former) -> list[Titles]:
    try:
        return read_facets(former.file(FACETS_PATH), len(former.state.keys))
    except (LookupError, TypeError, ValueError) as error:
        raise _Lost(FACETS_PATH) from error


def _files(
    former: _Former, plan: Plan, state: State, made: Mapping[str, bytes]
) -> dict[str, bytes]:
    """What stands for each file, in the order in which they are made anew."""
    paths = [*map(pairs_path, plan.cells), *_word_paths(state.words), SOUNDS, FACETS_PATH]
    files: dict[str, bytes] = {}
    for path in paths:
        if path in made:
            files[path] = stands_for(made[path])
        elif plan.check == former.plan.check or path == SOUNDS:
            files[path] = former.state.files[path]
        else:
            files[path] = stands_for(_kept(former, plan, path))
    return files


def _kept(former: _Former, plan: Plan, path: str) -> bytes:
    """A file of the build before, of which all but the check of the numbering is as it was."""
    data = former.file(path)
    return data.replace(former.plan.check.encode(), plan.check.encode(), 1)

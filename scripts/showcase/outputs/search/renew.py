"""The index after a change of some documents: that of the build before, mended.

A change of a text touches the lists of the terms that it gained or lost, some dozens among hundreds
of thousands. They are read from the files of the build before, changed and written again; all other
files stay as they are, and are not even read. What a document said before its change stands in the
file of its record, so that nothing has to be kept but the state, and how names are read (`aloud`).

A new record is nearly always the newest, and the others keep their numbers. Where one comes, goes
or moves in the middle, all lists are read and written again with the numbers of now, which is still
much less than to make them of documents. Where terms stand in other files, or much changed, the
index is made anew. `tests/property` compares the ways.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from showcase.outputs.artifact import Artifact
from showcase.outputs.search.aloud import Aloud
from showcase.outputs.search.changes import Changes, by_file, changed_terms, mended
from showcase.outputs.search.characters import SOUNDS, folding, same_sounds, sounds_file
from showcase.outputs.search.codec import Numbers
from showcase.outputs.search.document import Findable, Looked, SearchDocument
from showcase.outputs.search.extract import Extract, extract
from showcase.outputs.search.facets import PATH as FACETS_PATH
from showcase.outputs.search.facets import titles_of, write_facets
from showcase.outputs.search.former import Former, Lost, word_paths
from showcase.outputs.search.index import (
    Plan,
    Words,
    anew,
    in_order,
    last_files,
    pairs_path,
    record_file,
    words_path,
)
from showcase.outputs.search.shards import write_pairs
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


class _Renewed(Struct, frozen=True, dict=True):
    """An index of which some files are made now, and others only if they cannot be taken."""

    ordered: Sequence[Findable]
    former: Former
    aloud: Aloud
    plan: Plan
    state: State
    #: For each record the number that it had, if it had one.
    origin: Sequence[int | None]
    #: Number → what the record's file says, of the records that changed.
    records: Mapping[int, bytes]
    #: Path → bytes, of other files that changed.
    made: Mapping[str, bytes]

    def files(self) -> Iterator[Artifact]:
        """All files."""
        for number, (check, was) in enumerate(zip(self.state.records, self.origin, strict=True)):
            given = self.records.get(number) or partial(self._record, number, was)
            yield record_file(self.plan.blocks, number, given, check)
        for path, check in self.state.files.items():
            yield Artifact(path, self.made.get(path) or partial(self._kept, path), key=check)
        yield from last_files(self.state, self.plan)

    def _record(self, number: int, was: int | None) -> bytes:
        if was is not None:
            with suppress(Lost):
                return self.former.record(was)
        return self.ordered[number].look().document().record

    def _kept(self, path: str) -> bytes:
        try:
            return _kept(self.former, self.plan, path)
        except Lost:
            return self._anew[path]

    @cached_property
    def _anew(self) -> Mapping[str, bytes]:
        """The files of terms, all made anew because one is not there that should be."""
        made = anew(self.ordered, self.aloud, lambda _: None)
        return {one.path: one.data for one in made if one.path in self.state.files}


class _Fate(Struct, frozen=True):
    """What became of the records of the build before."""

    #: Number → the page, of those whose documents are others or new.
    changed: Mapping[int, Looked]
    #: For each record the number that it had; None for a new one.
    origin: Sequence[int | None]
    #: The former numbers of those that are there no more.
    gone: Sequence[int]
    #: For each former number the one of now; None if all that stay have theirs.
    numbers: Sequence[int | None] | None = None

    @classmethod
    def of(cls, keys: Sequence[str], former: Sequence[str], changed: Mapping[int, Looked]) -> _Fate:
        """Told by their keys, now and at the build before.

        Where others have another number now, one that changed is as good as new, and the former
        one gone: it may stand elsewhere.
        """
        shared = min(len(keys), len(former))
        if keys[:shared] == former[:shared]:
            stay = [number if number < shared else None for number in range(len(keys))]
            return cls(changed, stay, range(shared, len(former)))
        place = {key: number for number, key in enumerate(former)}
        origin = [None if number in changed else place[key] for number, key in enumerate(keys)]
        numbers: list[int | None] = [None] * len(former)
        for number, was in enumerate(origin):
            if was is not None:
                numbers[was] = number
        gone = [was for was, number in enumerate(numbers) if number is None]
        return cls(changed, origin, gone, numbers)


def _renewed(ordered: Sequence[Findable], previous: Previous, aloud: Aloud) -> _Renewed | None:
    """The index made of that of the build before; None if that cannot be."""
    try:
        former = Former(previous)
    except ValueError:
        return None
    changed = _changed(ordered, former.state)
    if _are_many(changed, ordered):
        return None
    fate = _Fate.of([one.key for one in ordered], former.state.keys, changed)
    if _are_many((*changed, *fate.gone), ordered):
        return None
    try:
        return _mended(ordered, former, aloud, fate)
    except Lost:
        return None


def _are_many(some: Collection[int], every: Collection[object]) -> bool:
    return len(some) * _MANY > len(every) + _MANY


def _changed(ordered: Sequence[Findable], state: State) -> dict[int, Looked]:
    """The pages whose documents are others, by number; more than one in `_MANY` need not be all."""
    known = dict(zip(state.keys, state.documents, strict=True))
    changed: dict[int, Looked] = {}
    for number, one in enumerate(ordered):
        looked = one.look()
        if looked.digest != known.get(one.key):
            changed[number] = looked
            if _are_many(changed, ordered):
                break
    return changed


def _mended(
    ordered: Sequence[Findable], former: Former, aloud: Aloud, fate: _Fate
) -> _Renewed | None:
    """The index with the documents that changed, and without those that are gone.

    None if terms stand in other files now; raises `Lost`.
    """
    old, coding = former.state, Numbers(len(ordered) + 1)
    documents = {number: looked.document() for number, looked in fate.changed.items()}
    if fate.numbers is None:
        came = (number for number in documents if fate.origin[number] is not None)
        earlier = {number: former.document(number) for number in (*came, *fate.gone)}
    else:
        former.renumber(fate.numbers, coding)
        earlier = {number: former.document(number) for number in fate.gone}
    # Nothing is read aloud for a change of texts: how names are read would have to be loaded.
    named = fate.numbers is not None or any(
        not _same_names(documents.get(n), earlier.get(n)) for n in (*documents, *earlier)
    )
    heard = aloud if named else None
    now = {number: extract(document, heard) for number, document in documents.items()}
    before = {number: extract(document, heard) for number, document in earlier.items()}
    state = _records(old, ordered, fate, documents, now)
    plan = Plan.of(state.keys, sum(state.postings))
    if plan.grid != former.plan.grid:
        return None
    # Who was taken out of all lists has nothing more to lose.
    losing = before if fate.numbers is None else {}
    cells, words = by_file(changed_terms(losing, now), plan.grid)
    made: dict[str, bytes] = {}
    vocabulary = _words(former, plan, words, coding, made)
    state = replace(
        state,
        characters=_cells(former, plan, cells, coding, made),
        variants=_variants(state.variants, before.values(), now.values()),
        words=vocabulary.said,
        terms=vocabulary.terms,
        sizes=vocabulary.sizes,
    )
    was_there, there = ({*one.characters, *one.variants} for one in (old, state))
    if there != was_there:
        state = replace(state, fold=folding(there, state.forms))
        if not same_sounds(there, was_there):
            made[SOUNDS] = sounds_file(there)
    if fate.changed or fate.gone:
        titles = {number: titles_of(document.facets) for number, document in documents.items()}
        facets = _with(former.facets, fate.origin, titles)
        made[FACETS_PATH] = write_facets(plan.check, facets)
        state = replace(state, faceted=any(map(any, facets)))
    state = replace(state, files=_files(former, plan, state, made))
    records = {number: found.record for number, found in now.items()}
    return _Renewed(ordered, former, aloud, plan, state, fate.origin, records, made)


def _same_names(one: SearchDocument | None, other: SearchDocument | None) -> bool:
    if one is None or other is None:
        return False
    return (one.title, one.names, one.related) == (other.title, other.names, other.related)


def _records(
    old: State,
    ordered: Sequence[Findable],
    fate: _Fate,
    documents: Mapping[int, SearchDocument],
    now: Mapping[int, Extract],
) -> State:
    """The state in what goes by records."""
    origin = fate.origin
    postings = {number: sum(map(len, found.pairs)) for number, found in now.items()}
    names = {number: len(document.names) for number, document in documents.items()}
    records = {number: stands_for(found.record) for number, found in now.items()}
    digests = {number: looked.digest for number, looked in fate.changed.items()}
    return replace(
        old,
        keys=[one.key for one in ordered],
        documents=_with(old.documents, origin, digests),
        records=_with(old.records, origin, records),
        postings=_with(old.postings, origin, postings),
        names=_with(old.names, origin, names),
    )


def _with(column: Sequence[T], origin: Sequence[int | None], new: Mapping[int, T]) -> list[T]:
    """A column of records that came from these places, some with other values or new."""
    return [
        new[number] if was is None or number in new else column[was]
        for number, was in enumerate(origin)
    ]


def _cells(
    former: Former,
    plan: Plan,
    cells: Mapping[int, Changes],
    coding: Numbers,
    made: dict[str, bytes],
) -> str:
    """Make the files of pairs that change; return the Han characters that occur."""
    all_change = former.is_renumbered
    characters = set() if all_change else set(former.state.characters)
    for number in plan.cells if all_change else cells:
        written = former.pairs(number)
        postings = mended(written, cells.get(number, {}), coding)
        made[pairs_path(number)] = write_pairs(plan.check, number, postings)
        characters -= _singles(written)
        characters |= _singles(postings)
    return "".join(sorted(characters))


def _singles(terms: Iterable[str]) -> set[str]:
    return {term[0] for term in terms if term[1:] == END and term > LAST_WORD_UNIT}


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
    former: Former, plan: Plan, changes: Changes, coding: Numbers, made: dict[str, bytes]
) -> Words:
    """Make the files of words that change; return all words."""
    state = former.state
    count = len(former.beginnings) + 1
    touched: defaultdict[int, Changes] = defaultdict(dict)
    for term, records in changes.items():
        touched[bisect_right(former.beginnings, term)][term] = records
    # In other numbers all lists are others, and some terms may have none.
    some = range(count) if former.is_renumbered else touched
    before = {number: former.words(number) for number in some}
    after = {number: mended(before[number], touched.get(number, {}), coding) for number in some}
    stay = () if former.is_renumbered else zip(state.terms, state.sizes, strict=True)
    sizes = dict(stay)
    for number, lists in after.items():
        for term in before[number].keys() - lists.keys():
            del sizes[term]
        sizes.update((term, len(written)) for term, written in lists.items())
    terms = sorted(sizes)
    words = Words.of(terms, [sizes[term] for term in terms], plan)
    if words.said != state.words:
        # The files begin elsewhere.
        after |= {number: former.words(number) for number in range(count) if number not in after}
        every = {term: written for lists in after.values() for term, written in lists.items()}
        made.update(words.files(every))
    else:
        made.update((words_path(number), words.file(number, after[number])) for number in after)
    return words


def _files(former: Former, plan: Plan, state: State, made: Mapping[str, bytes]) -> dict[str, bytes]:
    """What stands for each file, in the order in which they are made anew."""
    paths = [*map(pairs_path, plan.cells), *word_paths(state.words), SOUNDS, FACETS_PATH]
    files: dict[str, bytes] = {}
    for path in paths:
        if path in made:
            files[path] = stands_for(made[path])
        elif plan.check == former.plan.check or path == SOUNDS:
            files[path] = former.state.files[path]
        else:
            files[path] = stands_for(_kept(former, plan, path))
    return files


def _kept(former: Former, plan: Plan, path: str) -> bytes:
    """A file of the build before, of which all but the check of the numbering is as it was."""
    data = former.file(path)
    return data.replace(former.plan.check.encode(), plan.check.encode(), 1)

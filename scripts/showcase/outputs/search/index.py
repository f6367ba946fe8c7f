"""The search index: documents → script files under `search/`.

Format (the reader is `reader/`, everything here has its counterpart there)
---------------------------------------------------------------------------

All files are classic scripts that call a function of the global `showcaseSearch`, so that they load
from `file://`.

Records are numbered from 0, undated ones first, then from the oldest to the newest. The number is
the record's id in every list, so that sorting by number is sorting by date, and a new record, which
nearly always is the newest, leaves the others their numbers.

A reader may hold a manifest that is older than a file it gets. What it must notice is only that
numbers mean other records, or file numbers other terms: who mixes two states of one record's text
is shown the one or the other. So every call begins with a *check* of that, and a file whose terms
and records did not change is the same to the byte in the next build:

`search/index.js` — `manifest(version, {...})`, loaded for the first query:
    `version` a checksum of everything, for the addresses of the other files: what a browser kept
              of an older build is passed over
    `count`   how many records there are
    `check`   of the numbering (all keys in order) and of the grid
    `blocks`  checks of the numbering of each 128 records, six signs each
    `grid`    rows and columns of the files of pairs
    `words`   [check of the numbering and the borders, the beginnings of all files of words but the
              first, front-coded, joined by spaces]
    `fold`    two strings of equal length: characters, and what each is folded to; only for what
              occurs on the site or is common in writing
    `facets`  whether any record has facets

`search/t/<n>.js` — `pairs(check, n, pairs, gaps, names, postings)`: the terms of which the first
and the last character choose file n of the grid (`shards.Grid`)
    `pairs`   terms of two characters, 向阳, and `阳$` for one character anywhere; sorted; the first
              character once and then all second ones, groups joined by spaces
    `gaps`    `阳*开`, written like pairs, without the `*`
    `names`   `向阳=4`, joined by spaces
    `postings`  for each term of the three, joined by spaces: the ids of the records that have it,
              in lists by class (see `CLASSES`). The list of class 0 stands first; the others begin
              with their mark. A record is listed once, in its best class. A list is its first id
              and then the gaps, less one; or, if shorter, a map (`codec.py`).

`search/w/<n>.js` — `terms(check, n, terms, postings)`: a file of words and pinyin
    `terms`   sorted, front-coded, joined by spaces; `postings` as above

`search/r/<id>.js` — `record(check, id, [key, url, title, kind, when, summary, names, text])`
    `check`   that of its block; `names` the related names too

`search/facets.js` — `facets(check, [{name, label, values, sets, of}])`, for the first filter:
    `values`  titles; `sets`: lists of indexes into it, each occurring combination once;
    `of`: for each record the number of its set, as numbers one after the other

`search/sounds.js` — `sounds("", text)`: `a阿啊ai爱…`, which character has which reading; loaded
    when characters find nothing, for the homophone that was meant

`search/search.js` — the reader itself (`script.py`)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain, groupby

from msgspec import Struct

from showcase.outputs.artifact import Artifact
from showcase.outputs.search.aloud import Aloud
from showcase.outputs.search.characters import SOUNDS, folding, forms_written, sounds_file
from showcase.outputs.search.codec import Numbers, front_coded, script
from showcase.outputs.search.document import Findable, SearchDocument
from showcase.outputs.search.extract import extract
from showcase.outputs.search.facets import PATH as FACETS_PATH
from showcase.outputs.search.facets import Titles, titles_of, write_facets
from showcase.outputs.search.gather import Gathered
from showcase.outputs.search.script import reader_script
from showcase.outputs.search.shards import Grid, grid, word_files, write_pairs, write_words
from showcase.outputs.search.state import State, stands_for
from showcase.outputs.search.terms import END, LAST_WORD_UNIT, character

#: So many records share a check of their numbering.
BLOCK = 128
MANIFEST = "search/index.js"
READER = "search/search.js"
#: So many terms wait as text before they are packed.
_WAITING = 10_000


def build(documents: Iterable[SearchDocument]) -> Iterator[tuple[str, bytes]]:
    """The files of the search for `documents`: paths relative to the site's root, and contents.

    Equal documents give equal bytes, in whatever order they come.
    """
    for artifact in anew(in_order(map(Findable.of, documents)), Aloud(), lambda _: None):
        yield artifact.path, artifact.data


def in_order(found: Iterable[Findable]) -> list[Findable]:
    """Pages as they are numbered: undated first, then the oldest; equal ones by key.

    Listed from the end, as hits are, equal ones stand in the order of their keys.
    """
    by_key = sorted(found, key=lambda one: one.key, reverse=True)
    return sorted(by_key, key=lambda one: one.date)


class Plan(Struct, frozen=True):
    """What follows from which records there are: their numbers, and where terms stand."""

    grid: Grid
    check: str
    blocks: tuple[str, ...]

    @classmethod
    def of(cls, keys: Sequence[str], postings: int) -> Plan:
        """The plan for records in their order, with so many entries in the lists of pairs."""
        chosen = grid(postings)
        return cls(chosen, checksum(f"{chosen.rows} {chosen.columns}", *keys), blocks(keys))

    @property
    def cells(self) -> range:
        """The numbers of the files of pairs."""
        return range(self.grid.rows * self.grid.columns)


def blocks(keys: Sequence[str]) -> tuple[str, ...]:
    """The checks that the files of records carry, one for each `BLOCK` of them."""
    return tuple(checksum(*keys[start : start + BLOCK])[:6] for start in range(0, len(keys), BLOCK))


def checksum(*parts: str) -> str:
    """A checksum of eight signs."""
    return blake2b("\n".join(parts).encode(), digest_size=4).hexdigest()


def anew(
    ordered: Sequence[Findable], aloud: Aloud, keep: Callable[[State], object]
) -> Iterator[Artifact]:
    """The files of the search, made of all documents; no more than one of these is held.

    `keep` is given the state once nearly all are made.
    """
    keys = [one.key for one in ordered]
    checks = blocks(keys)
    documents, records, postings, names = [], [], [], []
    facets: list[Titles] = []
    known: dict[Titles, Titles] = {}
    with Gathered() as gathered:
        for number, one in enumerate(ordered):
            looked = one.look()
            document = looked.document()
            found = extract(document, aloud)
            gathered.add(found)
            documents.append(looked.digest)
            records.append(stands_for(found.record))
            postings.append(sum(map(len, found.pairs)))
            names.append(len(document.names))
            titles = titles_of(document.facets)
            facets.append(known.setdefault(titles, titles))
            yield record_file(checks, number, found.record, records[-1])
        plan = Plan.of(keys, sum(postings))
        filed = _filed(gathered, plan, Numbers(len(keys) + 1))
    files: dict[str, bytes] = {}
    forms = forms_written()
    characters = filed.characters | gathered.characters.keys()
    words = Words.of(filed.words, [*map(len, filed.lists)], plan)
    rest = {SOUNDS: sounds_file(characters), FACETS_PATH: write_facets(plan.check, facets)}
    for path, data in chain(
        filed.cells(plan.check),
        words.files(dict(zip(filed.words, filed.lists, strict=True))),
        rest.items(),
    ):
        files[path] = stands_for(data)
        yield Artifact(path, data, key=files[path])
    state = State(
        keys=keys,
        documents=documents,
        records=records,
        postings=postings,
        names=names,
        files=files,
        words=words.said,
        terms=words.terms,
        sizes=words.sizes,
        fold=folding(characters, forms),
        faceted=any(map(any, facets)),
        characters="".join(sorted(filed.characters)),
        variants=gathered.characters,
        forms=forms,
    )
    keep(state)
    yield from last_files(state, plan)


def last_files(state: State, plan: Plan) -> Iterator[Artifact]:
    """The reader and the manifest."""
    manifest = {
        "count": len(state.keys),
        "check": plan.check,
        "blocks": "".join(plan.blocks),
        "grid": [plan.grid.rows, plan.grid.columns],
        "words": state.words,
        "fold": state.fold,
        "facets": state.faceted,
    }
    files = {READER: reader_script(), MANIFEST: script("manifest", _version(state), manifest)}
    for path, data in files.items():
        yield Artifact(path, data, key=stands_for(data))


def _version(state: State) -> str:
    """A checksum of everything."""
    said = repr((state.words, state.fold)).encode()
    whole = b"".join((said, *state.records, *state.files.values()))
    return stands_for(whole).hex()


# -- files of records ------------------------------------------------------------------------------


def record_file(
    checks: Sequence[str], number: int, record: bytes | Callable[[], bytes], check: bytes
) -> Artifact:
    """The file of a record; `check` stands for what it says."""
    head = record_head(checks, number)

    def whole() -> bytes:
        said = record if isinstance(record, bytes) else record()
        return b"".join((head, said, RECORD_END))

    return Artifact(record_path(number), whole, key=head + check)


def record_head(checks: Sequence[str], number: int) -> bytes:
    """How the file of a record begins, as `script` would write it."""
    return f'showcaseSearch.record("{checks[number // BLOCK]}",{number},'.encode()


#: How it ends.
RECORD_END = b");\n"


def record_path(number: int) -> str:
    """The file of a record."""
    return f"search/r/{number}.js"


# -- files of terms --------------------------------------------------------------------------------


class _Filed(Struct, frozen=True):
    """All terms with their written lists, by file."""

    #: For each file of pairs its lines, a term and its lists; packed, for they are many.
    lines: Sequence[list[bytes]]
    #: The words, sorted, and place for place their lists.
    words: Sequence[str]
    lists: Sequence[str]
    #: The Han characters that occur.
    characters: set[str]

    def cells(self, check: str) -> Iterator[tuple[str, bytes]]:
        """The files of pairs, each let go of once it is made."""
        for number, packed in enumerate(self.lines):
            text = b"\n".join(packed).decode("utf-8", "surrogatepass")
            packed.clear()
            terms = dict(line.split("\t") for line in text.split("\n")) if text else {}
            yield pairs_path(number), write_pairs(check, number, terms)


def _filed(gathered: Gathered, plan: Plan, coding: Numbers) -> _Filed:
    lines: list[list[bytes]] = [[] for _ in plan.cells]
    waiting: defaultdict[int, list[str]] = defaultdict(list)
    characters: set[str] = set()
    filled = 0
    for first, group in groupby(gathered.pairs(coding), _first_of):
        start = character(first)
        row, columns = plan.grid.row(ord(start)), plan.grid.columns_by_unit
        if start > LAST_WORD_UNIT:
            characters.add(start)
        for code, written in group:
            second = character(code)
            number = row + columns[ord(start if second == END else second)]
            waiting[number].append(f"{start}{second}\t{written}")
            filled += 1
        if filled > _WAITING:
            _pack(waiting, lines)
            filled = 0
    words: list[str] = []
    lists: list[str] = []
    for term, written in gathered.words(coding):
        home = plan.grid.home(term)
        if home is None:
            words.append(term)
            lists.append(written)
        else:
            waiting[home].append(f"{term}\t{written}")
    _pack(waiting, lines)
    return _Filed(lines, words, lists, characters)


def _first_of(merged: tuple[int, str]) -> int:
    return merged[0] >> 16


def _pack(waiting: dict[int, list[str]], lines: Sequence[list[bytes]]) -> None:
    for number, some in waiting.items():
        lines[number].append("\n".join(some).encode("utf-8", "surrogatepass"))
    waiting.clear()


class Words(Struct, frozen=True):
    """How words are parted into files."""

    terms: Sequence[str]
    #: How long the written lists of each are.
    sizes: Sequence[int]
    #: The places of the words of each file.
    parts: Sequence[range]
    #: What the manifest says of them: a check, and where the files begin.
    said: tuple[str, str]

    @classmethod
    def of(cls, terms: Sequence[str], sizes: Sequence[int], plan: Plan) -> Words:
        """The files of sorted words with lists of these lengths."""
        parts = word_files(terms, sizes)
        beginnings = [_beginning(terms[part.start - 1], terms[part.start]) for part in parts[1:]]
        check = checksum(plan.check, *beginnings)
        return cls(terms, sizes, parts, (check, " ".join(front_coded(beginnings))))

    def within(self, number: int) -> Sequence[str]:
        """The words of one of the files."""
        part = self.parts[number]
        return self.terms[part.start : part.stop]

    def file(self, number: int, lists: Mapping[str, str]) -> bytes:
        """One of the files; `lists` has those of its words."""
        words = self.within(number)
        return write_words(self.said[0], number, words, [lists[word] for word in words])

    def files(self, lists: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
        """All of them."""
        for number in range(len(self.parts)):
            yield words_path(number), self.file(number, lists)


def pairs_path(number: int) -> str:
    """The file of one cell of the grid."""
    return f"search/t/{number}.js"


def words_path(number: int) -> str:
    """One file of words."""
    return f"search/w/{number}.js"


def _beginning(last: str, first: str) -> str:
    """The shortest beginning of `first` that still sorts after `last`."""
    return next(first[:end] for end in range(1, len(first) + 1) if first[:end] > last)

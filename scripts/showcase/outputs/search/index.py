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

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, pairwise

from showcase.fold import fold_char_map, traditional_forms
from showcase.outputs.search.codec import Numbers, arguments_of, front_coded, script
from showcase.outputs.search.document import FACETS, SearchDocument
from showcase.outputs.search.extract import VERSION, Extract, extract
from showcase.outputs.search.merge import merged_pairs, merged_words
from showcase.outputs.search.renew import (
    all_words,
    by_file,
    changed_terms,
    mended,
    mended_pairs,
    same_characters,
)
from showcase.outputs.search.script import reader_script
from showcase.outputs.search.shards import Grid, grid, word_files, write_pairs, write_words
from showcase.outputs.search.sounds import sounds
from showcase.outputs.search.terms import END

#: So many records share a check of their numbering.
BLOCK = 128
MANIFEST = "search/index.js"
_SOUNDS = "search/sounds.js"
_WORDS = "search/w/"
_END = ord(END)


#: What the index reads of an earlier build, by path. `KeyError` if there is no such file.
Earlier = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Previous:
    """The build before: the extracts it was made of, in any order, and its files."""

    extracts: Sequence[Extract]
    file: Earlier


def build(documents: Iterable[SearchDocument]) -> Iterator[tuple[str, bytes]]:
    """The files of the search for `documents`: paths relative to the site's root, and contents.

    Equal documents give equal bytes, in whatever order they come.
    """
    return assemble([extract(document) for document in documents])


def assemble(
    extracts: Iterable[Extract], previous: Previous | None = None
) -> Iterator[tuple[str, bytes]]:
    """The files for documents that were extracted now or at another time.

    With the `previous` build, of which nothing is believed unchecked, only the lists are made anew
    that it does not have; the result is the same.
    """
    ordered = in_order(extracts)
    plan = Plan.of(ordered)
    terms = _renewed(previous, ordered, plan) or _fresh(ordered, plan)
    yield from terms.files.items()
    for number, found in enumerate(ordered):
        check = plan.block(number)
        # As `script` would write it; the record is written already.
        call = f'showcaseSearch.record("{check}",{number},'.encode()
        yield f"search/r/{number}.js", call + found.record + b");\n"
    yield "search/facets.js", script("facets", plan.check, list(_facets(ordered)))
    yield "search/search.js", reader_script()
    yield MANIFEST, script("manifest", version(ordered, terms), _manifest(ordered, plan, terms))


def in_order(extracts: Iterable[Extract]) -> list[Extract]:
    """The extracts as they are numbered: undated first, then the oldest; equal ones by key.

    Listed from the end, as hits are, equal ones stand in the order of their keys.
    """
    by_key = sorted(extracts, key=lambda found: found.key, reverse=True)
    return sorted(by_key, key=lambda found: found.date)


@dataclass(frozen=True, slots=True)
class Plan:
    """What follows from which records there are: their numbers, and where terms stand."""

    #: How lists of so many records are written.
    coding: Numbers = field(compare=False)
    grid: Grid
    check: str
    blocks: tuple[str, ...]

    @classmethod
    def of(cls, ordered: Sequence[Extract]) -> Plan:
        """The plan for records in their order."""
        keys = [found.key for found in ordered]
        chosen = grid(sum(map(len, chain.from_iterable(found.pairs for found in ordered))) // 4)
        return cls(
            coding=Numbers(len(ordered) + 1),
            grid=chosen,
            check=checksum(f"{chosen.rows} {chosen.columns}", *keys),
            blocks=tuple(
                checksum(*keys[start : start + BLOCK])[:6] for start in range(0, len(keys), BLOCK)
            ),
        )

    def block(self, number: int) -> str:
        """The check that the file of a record carries."""
        return self.blocks[number // BLOCK]


def checksum(*parts: str) -> str:
    """A checksum of eight signs."""
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True)
class Terms:
    """What is made of the terms and characters of all documents, and of nothing else of them."""

    #: By path: the files of pairs, of words, and of sounds.
    files: Mapping[str, bytes]
    #: What the manifest says of the files of words.
    words: tuple[str, str]
    #: What the manifest says of folding.
    fold: tuple[str, str]


def version(ordered: Sequence[Extract], terms: Terms) -> str:
    """A checksum of the extracts and of what was made of them."""
    whole = hashlib.blake2b(repr((VERSION, terms.words, terms.fold)).encode(), digest_size=8)
    for found in ordered:
        whole.update(found.digest)
    for path in sorted(terms.files):
        whole.update(terms.files[path])
    return whole.hexdigest()


def _fresh(ordered: Sequence[Extract], plan: Plan) -> Terms:
    """The files of terms, made of all extracts."""
    cells: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for first, group in groupby(merged_pairs(ordered, plan.coding), _first_of):
        row, columns = plan.grid.row(first), plan.grid.columns_by_unit
        start = chr(first)
        for code, postings in group:
            second = code & 0xFFFF
            number = row + columns[first if second == _END else second]
            cells[number][start + chr(second)] = postings
    words: dict[str, str] = {}
    for term, postings in merged_words(ordered, plan.coding).items():
        home = plan.grid.home(term)
        (words if home is None else cells[home])[term] = postings
    pairs_written = {
        pairs_path(number): write_pairs(plan.check, number, cells[number])
        for number in range(plan.grid.rows * plan.grid.columns)
    }
    beginnings, words_written = written_words(words, plan)
    sounds_written, fold = _of_characters(ordered)
    return Terms(pairs_written | words_written | sounds_written, beginnings, fold)


def _of_characters(ordered: Sequence[Extract]) -> tuple[dict[str, bytes], tuple[str, str]]:
    """The file of sounds, and what the manifest says of folding: what depends on the characters."""
    characters = set().union(*(found.characters for found in ordered))
    folded = _folded(characters)
    written = {_SOUNDS: script("sounds", "", sounds(characters))}
    return written, ("".join(folded), "".join(folded.values()))


def _first_of(merged: tuple[int, str]) -> int:
    return merged[0] >> 16


def _renewed(previous: Previous | None, ordered: Sequence[Extract], plan: Plan) -> Terms | None:
    """The files of terms, made of those of the build before; None if that cannot be."""
    if previous is None:
        return None
    before = in_order(previous.extracts)
    if Plan.of(before) != plan:
        return None
    try:
        manifest = arguments_of(previous.file(MANIFEST))
        terms = _earlier(previous, plan, manifest[1])
    except (LookupError, ValueError, TypeError, OSError):
        # Whatever is wrong with what was kept, it can be made anew.
        return None
    if version(before, terms) != manifest[0]:
        return None
    cells, words = by_file(changed_terms(before, ordered), plan.grid)
    files = dict(terms.files)
    written = mended_pairs(
        lambda number: terms.files[pairs_path(number)], cells, plan.check, plan.coding
    )
    files.update((pairs_path(number), data) for number, data in written)
    fold = terms.fold
    if not same_characters(before, ordered):
        sounds_written, fold = _of_characters(ordered)
        files.update(sounds_written)
    if not words:
        return Terms(files, terms.words, fold)
    old = {path: data for path, data in files.items() if path.startswith(_WORDS)}
    beginnings, new = written_words(mended(all_words(old.values()), words, plan.coding), plan)
    kept = {path: data for path, data in files.items() if path not in old}
    return Terms(kept | new, beginnings, fold)


def _earlier(previous: Previous, plan: Plan, manifest: object) -> Terms:
    """The files of terms of the build before; errors of all kinds if they are not there."""
    if not isinstance(manifest, dict):
        raise TypeError(manifest)
    check, beginnings = map(str, manifest["words"])
    one, other = map(str, manifest["fold"])
    paths = [pairs_path(number) for number in range(plan.grid.rows * plan.grid.columns)]
    paths += [words_path(number) for number in range(len(beginnings.split()) + 1)]
    files = {path: previous.file(path) for path in (*paths, _SOUNDS)}
    return Terms(files, (check, beginnings), (one, other))


def written_words(
    postings: Mapping[str, str], plan: Plan
) -> tuple[tuple[str, str], dict[str, bytes]]:
    """What the manifest says of the files of words, and these files."""
    parts = word_files(postings)
    beginnings = [_beginning(before[-1], after[0]) for before, after in pairwise(parts)]
    check = checksum(plan.check, *beginnings)
    files = {
        words_path(number): write_words(check, number, terms, postings)
        for number, terms in enumerate(parts)
    }
    return (check, " ".join(front_coded(beginnings))), files


def pairs_path(number: int) -> str:
    """The file of one cell of the grid."""
    return f"search/t/{number}.js"


def words_path(number: int) -> str:
    """One file of words."""
    return f"{_WORDS}{number}.js"


def _manifest(ordered: Sequence[Extract], plan: Plan, terms: Terms) -> dict[str, object]:
    return {
        "count": len(ordered),
        "check": plan.check,
        "blocks": "".join(plan.blocks),
        "grid": [plan.grid.rows, plan.grid.columns],
        "words": terms.words,
        "fold": terms.fold,
        "facets": any(found.facets for found in ordered),
    }


def _beginning(last: str, first: str) -> str:
    """The shortest beginning of `first` that still sorts after `last`."""
    return next(first[:end] for end in range(1, len(first) + 1) if first[:end] > last)


def _folded(characters: set[str]) -> dict[str, str]:
    """The part of the folding table that the reader needs, ordered so that gzip packs it well.

    What is folded to a character that the site has, if it occurs on the site or a reader may type
    it. Capitals and full-width forms are left out: the reader computes them.
    """
    table = {chr(code): char for code, char in fold_char_map().items()}
    reachable = {table.get(char, char) for char in characters}
    typed = characters | traditional_forms(reachable)
    needed = {
        char: plain
        for char, plain in table.items()
        if plain in reachable and (char in typed or _common(char)) and not _computed(char)
    }
    return dict(sorted(needed.items(), key=lambda pair: (pair[1], pair[0])))


def _computed(char: str) -> bool:
    return "A" <= char <= "Z" or "\uff01" <= char <= "\uff5e"


def _common(char: str) -> bool:
    """Whether people type `char`: the first level of Big5, or a vowel with a tone mark."""
    try:
        return b"\xa4" <= char.encode("big5")[:1] <= b"\xc6"
    except UnicodeEncodeError:
        return "\u00e0" <= char <= "\u01dc"


def _facets(ordered: Sequence[Extract]) -> Iterator[dict[str, object]]:
    """Each facet that any record has: its values and, record by record, which of them."""
    for name, label in FACETS.items():
        of = [found.facets.get(name, ()) for found in ordered]
        if not any(of):
            continue
        sets = {values: position for position, values in enumerate(sorted(set(of)))}
        values = {value: place for place, value in enumerate(_values(name, of))}
        yield {
            "name": name,
            "label": label,
            "values": list(values),
            "sets": [[values[value] for value in combination] for combination in sets],
            "of": Numbers(len(sets)).each(sets[combination] for combination in of),
        }


def _values(name: str, of: Sequence[tuple[str, ...]]) -> list[str]:
    """The values of a facet as its list shows them.

    Places as a tree (each after its ancestors), years from the last, others from the commonest.
    """
    if name == "place":
        return list(dict.fromkeys(chain.from_iterable(sorted(set(of)))))
    counts = Counter(chain.from_iterable(of))
    if name == "year":
        return sorted(counts, reverse=True)
    return sorted(counts, key=lambda value: (-counts[value], value))

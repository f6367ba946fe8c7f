"""The search index: documents → script files under `search/`.

Format (the reader is `reader/`, everything here has its counterpart there)
---------------------------------------------------------------------------

All files are classic scripts that call a function of the global `showcaseSearch`, so that they load
from `file://`. Every call begins with the *build*, a checksum: a reader that holds an older
manifest than the file it gets notices, instead of showing the wrong pages.

Records are numbered from 0 in the order newest first, undated last. The number is the record's id
in every list, so that sorting by number is sorting by date, and equal hits are newest first.

`search/index.js` — `manifest(build, {...})`, loaded for the first query:
    `count`   how many records there are
    `shards`  the beginnings of all term shards but the first, front-coded, joined by spaces
    `fold`    two strings of equal length: characters, and what each is folded to; only for what
              occurs on the site or is common in writing
    `facets`  whether any record has facets

`search/t/<n>.js` — `terms(build, n, terms, postings)`: one shard of the sorted terms
    `terms`     front-coded, joined by spaces
    `postings`  for each term, joined by spaces: the ids of the records that have it, in lists by
                class (see `CLASSES`). The list of class 0 stands first; the others begin with
                their mark. A record is listed once, in its best class. A list is its first id
                and then the gaps, less one (`codec.py`).
    A term of Han characters stays in one shard with all that begin with the same two.

`search/r/<id>.js` — `record(build, id, [key, url, title, kind, when, summary, names, text])`
    `names`     the related names too

`search/facets.js` — `facets(build, [{name, label, values, sets, of}])`, for the first filter:
    `values`  titles; `sets`: lists of indexes into it, each occurring combination once;
    `of`: for each record the number of its set, as numbers one after the other

`search/sounds.js` — `sounds(build, text)`: `a阿啊ai爱…`, which character has which reading; loaded
    when characters find nothing, for the homophone that was meant

`search/search.js` — the reader itself (`script.py`)
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, pairwise

from showcase.fold import fold_char_map, traditional_forms
from showcase.outputs.search.codec import MARKS, Numbers, front_coded, script
from showcase.outputs.search.document import FACETS, SearchDocument
from showcase.outputs.search.script import reader_script
from showcase.outputs.search.sounds import sounds
from showcase.outputs.search.terms import (
    compact,
    name_terms,
    normal,
    prose_terms,
    sound_terms,
    whole_name_term,
)

#: Where a term stands, from worst to best. Short titles before long ones: a name is most of a
#: short title, so among the titles that hold what was typed the shorter is nearer.
CLASSES = ("text", "summary", "related", "names", "title>13", "title>8", "title")
_TEXT, _SUMMARY, _RELATED, _NAMES, _LONG, _MIDDLE, _SHORT = range(len(CLASSES))

#: Bytes of a shard before compression. Smaller shards cost fewer bytes a query but more files
#: and a longer manifest; this is where the sum was least at 5,000 records.
SHARD_BYTES = 12_000


def build(documents: Iterable[SearchDocument]) -> Iterator[tuple[str, bytes]]:
    """The files of the search for `documents`: paths relative to the site's root, and contents.

    Equal documents give equal bytes, in whatever order they come. Holds the index in memory, not
    the files.
    """
    ordered = in_order(documents)
    numbers = Numbers(len(ordered) + 1)
    inverted = _Inverted()
    for number, document in enumerate(ordered):
        inverted.add(number, document)
    shards = list(_shards(inverted.sorted_postings(numbers)))
    facets = list(_facets(ordered))
    version = _version(ordered, shards)
    yield "search/search.js", reader_script()
    yield "search/index.js", script("manifest", version, _manifest(ordered, shards, inverted))
    for number, (terms, postings) in enumerate(shards):
        yield (
            f"search/t/{number}.js",
            script("terms", version, number, " ".join(front_coded(terms)), " ".join(postings)),
        )
    for number, document in enumerate(ordered):
        yield f"search/r/{number}.js", script("record", version, number, _record(document))
    yield "search/facets.js", script("facets", version, facets)
    yield "search/sounds.js", script("sounds", version, sounds(inverted.characters))


def in_order(documents: Iterable[SearchDocument]) -> list[SearchDocument]:
    """The documents as they are numbered: newest first, undated last, then by key."""
    by_key = sorted(documents, key=lambda document: document.key)
    return sorted(by_key, key=lambda document: document.date, reverse=True)


class _Inverted:
    """Term → ids: one table for prose, which is nearly all, and one for each better class."""

    def __init__(self) -> None:
        # Arrays, not lists: half the memory, and nothing for the garbage collector to walk through.
        self._tables: list[defaultdict[str, array[int]]] = [
            defaultdict(partial(array, "i")) for _ in CLASSES
        ]
        #: Every character that occurs, as written.
        self.characters: set[str] = set()

    def add(self, number: int, document: SearchDocument) -> None:
        """File `document` under its terms, each in the best class only."""
        seen: set[str] = set()
        for place, terms in _fields(document):
            new = terms - seen
            seen |= new
            for ids in map(self._tables[place].__getitem__, new):
                ids.append(number)
        self.characters.update(
            document.title, document.summary, document.text, *document.names, *document.related
        )

    def sorted_postings(self, numbers: Numbers) -> Iterator[tuple[str, str]]:
        """Each term with its encoded lists, in the order of terms."""
        prose, *better = self._tables
        marked: dict[str, str] = {}
        for mark, table in zip(MARKS, better, strict=True):
            for term, ids in table.items():
                marked[term] = marked.get(term, "") + mark + numbers.gaps(ids)
        for term in sorted(prose.keys() | marked.keys()):
            yield term, numbers.gaps(prose.get(term, ())) + marked.get(term, "")


def _fields(document: SearchDocument) -> Iterator[tuple[int, set[str]]]:
    """The terms of each field with its class, the best class first."""
    title = normal(document.title)
    own = [normal(name) for name in document.names]
    length = len(compact(title))
    place = _SHORT if length <= 8 else _MIDDLE if length <= 13 else _LONG
    yield (
        place,
        prose_terms(title) | name_terms(title) | sound_terms(document.title) | _whole(title),
    )
    for name, plain in zip(document.names, own, strict=True):
        yield _NAMES, prose_terms(plain) | name_terms(plain) | sound_terms(name) | _whole(plain)
    for name in document.related:
        yield _RELATED, prose_terms(normal(name)) | sound_terms(name)
    yield _SUMMARY, prose_terms(normal(document.summary))
    yield _TEXT, prose_terms(normal(document.text))


def _whole(plain: str) -> set[str]:
    term = whole_name_term(plain)
    return {term} if term else set()


def _shards(postings: Iterable[tuple[str, str]]) -> Iterator[tuple[list[str], list[str]]]:
    """Terms and postings in portions of about `SHARD_BYTES`, cut between beginnings."""
    terms: list[str] = []
    lists: list[str] = []
    size = 0
    for term, posting in postings:
        if size > SHARD_BYTES and (term[:2] != terms[-1][:2] or term < "\u3000"):
            yield terms, lists
            terms, lists, size = [], [], 0
        terms.append(term)
        lists.append(posting)
        size += len(posting) + 6
    yield terms, lists


def _manifest(
    ordered: Sequence[SearchDocument],
    shards: Sequence[tuple[list[str], list[str]]],
    inverted: _Inverted,
) -> dict[str, object]:
    beginnings = [_beginning(before[-1], after[0]) for (before, _), (after, _) in pairwise(shards)]
    folded = _folded(inverted.characters)
    return {
        "count": len(ordered),
        "shards": " ".join(front_coded(beginnings)),
        "fold": ["".join(folded), "".join(folded.values())],
        "facets": any(document.facets for document in ordered),
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


def _record(document: SearchDocument) -> list[object]:
    return [
        document.key,
        document.url,
        document.title,
        document.kind_label,
        document.when,
        document.summary,
        [*document.names, *document.related],
        document.text,
    ]


def _facets(ordered: Sequence[SearchDocument]) -> Iterator[dict[str, object]]:
    """Each facet that any record has: its values and, record by record, which of them."""
    for name, label in FACETS.items():
        of = [document.facets.get(name, ()) for document in ordered]
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


def _version(
    ordered: Sequence[SearchDocument], shards: Sequence[tuple[list[str], list[str]]]
) -> str:
    """A checksum of the index: the same for the same site, another when ids may differ."""
    checksum = hashlib.blake2b(digest_size=4)
    for document in ordered:
        checksum.update(f"{document.key}\n{document.url}\n".encode())
    for terms, postings in shards:
        checksum.update(" ".join(chain(terms, postings)).encode("utf-8", "surrogatepass"))
    return checksum.hexdigest()

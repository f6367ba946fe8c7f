"""What a build leaves to the next one: of what its index was made, and which files it has.

With it, the next build knows without looking at any file what it has to make. Nothing in it is
believed unchecked: files of the former site are taken if they have the digest that stands here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b

from msgspec import Struct

_DIGEST, _CHECK = 16, 8


class Previous(Struct, frozen=True):
    """The build before: its state, as `State.packed` gave it, and its files.

    `file` returns a file by its path and raises `KeyError` if there is no such file.
    """

    state: bytes
    file: Callable[[str], bytes]


class State(Struct, frozen=True):
    """An index, in the order of its numbers where it goes by records."""

    keys: Sequence[str]
    #: What stands for each document; see `Looked`.
    documents: Sequence[bytes]
    #: What stands for what the file of each record says.
    records: Sequence[bytes]
    #: How many entries each record has in the posting lists of pairs.
    postings: Sequence[int]
    #: How many names of its own each has.
    names: Sequence[int]
    #: Path → what stands for the bytes, of all files but those of records, the manifest, and the
    #: reader.
    files: Mapping[str, bytes]
    #: What the manifest says of the files of words, of folding, and whether there are facets.
    words: tuple[str, str]
    fold: tuple[str, str]
    faceted: bool
    #: The words, sorted, and how long the written lists of each are: so much decides where the
    #: files of words begin.
    terms: Sequence[str]
    sizes: Sequence[int]
    #: The Han characters that occur in normal text.
    characters: str
    #: Others that occur (see `Extract`), each with the number of its documents.
    variants: Mapping[str, int]
    #: See `characters.forms_written`: they take long to find out.
    forms: str

    def packed(self) -> bytes:
        """The state as bytes."""
        return json.dumps(
            [
                list(self.keys),
                b"".join(self.documents).hex(),
                b"".join(self.records).hex(),
                list(self.postings),
                list(self.names),
                {path: check.hex() for path, check in self.files.items()},
                self.words,
                self.fold,
                self.faceted,
                list(self.characters),  # one by one: two halves of one would be read as a whole
                dict(sorted(self.variants.items())),
                self.forms,
                " ".join(self.terms),
                list(self.sizes),
            ]
        ).encode()

    @classmethod
    def unpacked(cls, data: bytes) -> State:
        """What `packed` gave; `ValueError` if that is not what `data` is."""
        try:
            keys, documents, records, postings, names, files, *rest = json.loads(data)
            words, fold, faceted, characters, variants, forms, terms, sizes = rest
            state = cls(
                keys=keys,
                documents=_cut(bytes.fromhex(documents), _DIGEST),
                records=_cut(bytes.fromhex(records), _CHECK),
                postings=postings,
                names=names,
                files={path: bytes.fromhex(check) for path, check in files.items()},
                words=(words[0], words[1]),
                fold=(fold[0], fold[1]),
                faceted=faceted,
                characters="".join(characters),
                variants=variants,
                forms=forms,
                terms=terms.split(" ") if terms else [],
                sizes=sizes,
            )
        except (AttributeError, LookupError, TypeError) as error:
            raise ValueError(*error.args) from error
        columns = (state.documents, state.records, state.postings, state.names)
        even = all(len(column) == len(keys) for column in columns) and len(sizes) == len(
            state.terms
        )
        if not even or not {int}.issuperset(map(type, (*postings, *names, *sizes))):
            raise ValueError(len(keys))
        return state


def stands_for(data: bytes) -> bytes:
    """Eight bytes that stand for those of a file."""
    return blake2b(data, digest_size=_CHECK).digest()


def _cut(whole: bytes, length: int) -> list[bytes]:
    return [whole[start : start + length] for start in range(0, len(whole), length)]

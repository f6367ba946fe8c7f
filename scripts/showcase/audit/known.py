"""What only the project can tell about its site: what must not be found in it.

Withheld are the names, the addresses and the sentences of every record that is not public, and
whatever stands in private fields. What public records say themselves is let go: a draft about
志愿者 does not make the word a secret.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from showcase.audit.survey import Known
from showcase.audit.traces import Traces, sentences
from showcase.graph import Graph
from showcase.load import Entry
from showcase.model import KINDS, Fields, fields_of
from showcase.pattern import pattern
from showcase.personal import find
from showcase.pinyin import slug
from showcase.pipeline import HOUSE, Checked
from showcase.publication import is_public

_SETTING = pattern(r"(?m)^site_url:\s*[\"']?([^\s\"'#]+)")
_SENTENCE = 10
"""Characters of a sentence that nobody else writes by chance."""
_SECRET = 4
"""Characters of a private field's text that are worth looking for."""
_MOST_SENTENCES = 60
_ADDRESSES = frozenset(("address", "contact", "phone", "email"))
_GIVEN = frozenset(
    ("title", "aliases", "summary", "slug", "status", "publish_on", "expire_on", "tombstone")
)


def known(checked: Checked, day: date) -> Known:
    """Return what a project knows about its site on a day."""
    graph = checked.graph
    shown = [entry for entry in graph.entries if entry.sound and is_public(entry.record, day)]
    public = set(shown)
    spoken = [*_spoken(graph, shown), *_house(checked.project)]
    return Known(
        withheld=_withheld(entry for entry in graph.entries if entry not in public).without(spoken),
        private=_private(graph.entries).without(spoken),
        newest=newest(shown, day),
        registered=bool(graph.site.record.code),
        contacts=frozenset(_contacts(graph, shown)),
        assets=frozenset(_assets(checked.project)),
        site_url=stated[1]
        if (stated := _SETTING.search(_read(checked.project / "mkdocs.yml")))
        else "",
    )


def _withheld(entries: Iterable[Entry]) -> Traces:
    traces = Traces()
    for entry in entries:
        whose = f"没有公开的记录「{entry.file}」"
        for name in dict.fromkeys((entry.record.title, *entry.record.aliases)):
            traces.add(name, f"{whose}的名称")
            if not entry.record.tombstone:
                traces.add_pinyin(name, f"{whose}的名称的拼音")
        traces.add(entry.id, f"{whose}的编号")
        if not entry.record.tombstone:
            # A tombstone keeps the address, and so the pinyin in it.
            traces.add(entry.spelling, f"{whose}的网址名")
        text = "\n".join(
            (
                *_texts(entry.record, private=False, skip=_GIVEN),
                entry.record.summary or "",
                entry.body,
            )
        )
        for index, sentence in enumerate(sentences(text, _SENTENCE)):
            if index < _MOST_SENTENCES:
                traces.add(sentence, f"{whose}的文字")
    return traces


def _private(entries: Iterable[Entry]) -> Traces:
    traces = Traces()
    for entry in entries:
        for name, text in _private_texts(entry.record):
            for sentence in sentences(text, _SECRET):
                traces.add(sentence, f"记录「{entry.file}」不公开的「{name}」")
    return traces


def _private_texts(record: Fields) -> Iterator[tuple[str, str]]:
    for declared in fields_of(type(record)):
        value = getattr(record, declared.name)
        if declared.label.private:
            for text in _in_value(value):
                if declared.nested is None or len(text) > len("TXT004"):
                    yield declared.label.name, text


def _in_value(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _in_value(item)
    elif isinstance(value, Fields):
        for declared in fields_of(type(value)):
            yield from _in_value(getattr(value, declared.name))


def _texts(record: Fields, *, private: bool, skip: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the texts of a record's fields, references aside: what they name is another's name."""
    for declared in fields_of(type(record)):
        if declared.name in skip or declared.ref is not None:
            continue
        if declared.label.private and not private:
            continue
        value = getattr(record, declared.name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            nested = [item for item in value if isinstance(item, Fields)]
            yield from (item for item in value if isinstance(item, str))
            yield from chain.from_iterable(_texts(item, private=private) for item in nested)
        elif isinstance(value, Fields):
            yield from _texts(value, private=private)


def _spoken(graph: Graph, shown: Iterable[Entry]) -> Iterator[str]:
    """Yield everything that public records and the settings say themselves."""
    yield "\n".join(_texts(graph.site.record, private=True))
    for entry in shown:
        record = entry.record
        yield from _texts(record, private=False)
        yield entry.body
        yield entry.id
        for name in (record.title, *record.aliases, record.stated("slogan") or ""):
            yield slug(name)
        yield entry.spelling


def _house(project: Path) -> Iterator[str]:
    """Yield what the hand-written pages, the templates and the settings of a project say."""
    for kind in KINDS.values():
        yield f"{kind.label}\n{kind.about}\n{kind.plural}"
    yield _read(project / "mkdocs.yml")
    for folder, ending in (("docs", "*.md"), ("overrides", "*.html")):
        for place in dict.fromkeys((project / folder, HOUSE / folder)):
            if place.is_dir():
                yield from (_read(path) for path in sorted(place.rglob(ending)) if path.is_file())


def _assets(project: Path) -> Iterator[str]:
    docs = project / "docs"
    for path in docs.rglob("*") if docs.is_dir() else ():
        if path.suffix != ".md":
            yield path.relative_to(docs).as_posix()


def _read(path: Path) -> str:
    return path.read_text("utf-8", errors="replace") if path.is_file() else ""


def newest(shown: Iterable[Entry], day: date) -> date | None:
    """Return the latest day, not after ``day``, that any of the public records speaks of."""
    stated = chain.from_iterable((entry.date, entry.record.publish_on) for entry in shown)
    return max(
        (min(one.last, day) for one in stated if one is not None and one.first <= day),
        default=None,
    )


def _contacts(graph: Graph, shown: Iterable[Entry]) -> Iterator[str]:
    site = graph.site.record
    for text in _in_value(site.contact):
        yield from _found(text)
    for entry in shown:
        for declared in fields_of(type(entry.record)):
            if declared.name in _ADDRESSES:
                for text in _in_value(getattr(entry.record, declared.name)):
                    yield from _found(text)
        if any(one.rule.upper().startswith("PII") for one in entry.record.exemptions):
            yield from _found(entry.document.lines.text)


def _found(text: str) -> Iterator[str]:
    for one in find(text):
        yield "".join(text[one.start : one.end].split())

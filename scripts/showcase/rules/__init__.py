"""The rules: what each code finds, why it matters, how to write it right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType

from msgspec.structs import replace

from showcase.diagnostics import Diagnostic, in_order
from showcase.graph import Graph
from showcase.personal import masked
from showcase.rules import (
    addresses,
    brackets,
    characters,
    dates,
    exemptions,
    leftovers,
    links,
    meaning,
    photos,
    pictures,
    private,
    prose,
    published,
    reading,
    references,
    settings,
    shape,
    terms,
)

Rule = Callable[[Graph], Iterator[Diagnostic]]

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "SRC001": reading.not_opened,
        "SRC002": reading.not_utf8,
        "SRC003": reading.control_characters,
        "SRC004": reading.no_front_matter,
        "SRC005": reading.unclosed_front_matter,
        "SRC006": reading.syntax,
        "SRC007": reading.full_width_colon,
        "SRC008": reading.no_space,
        "SRC009": reading.odd_indentation,
        "SRC010": reading.yaml_extras,
        "SRC011": reading.too_much,
        "SRC012": reading.duplicate_key,
        "SRC013": reading.conflict_markers,
        "SRC014": reading.wrong_container,
        "SRC015": reading.misplaced,
        "SRC016": reading.stray,
        "SRC017": reading.hidden_text,
        "SHP001": shape.missing,
        "SHP002": shape.unknown,
        "SHP003": shape.wrong_type,
        "SHP004": shape.twice,
        "SHP005": shape.not_a_choice,
        "SHP006": shape.too_long,
        "SHP007": shape.no_id,
        "SHP011": shape.run_together,
        "SHP012": shape.markdown_in_field,
        "REF001": references.dangling,
        "REF002": references.ambiguous,
        "REF003": references.circular,
        "REF004": references.not_public,
        "DAT001": dates.unknown_spelling,
        "DAT002": dates.impossible,
        "DAT003": dates.end_before_start,
        "DAT004": dates.expires_before_published,
        "DAT005": dates.unknown_status,
        "URL001": addresses.collision,
        "URL002": addresses.bad_slug,
        "URL003": addresses.duplicate_id,
        "URL004": addresses.unusable_id,
        "URL005": addresses.contested,
        "URL006": published.vanished,
        "URL007": published.unreadable,
        **prose.RULES,
        **characters.RULES,
        **leftovers.RULES,
        **brackets.RULES,
        **links.RULES,
        **meaning.RULES,
        **terms.RULES,
        **private.RULES,
        **dict(sorted({**photos.RULES, **pictures.RULES}.items())),
        **settings.RULES,
        **exemptions.RULES,
    }
)
"""Every rule by its permanent code; a code is never reused for another fault."""


WORDED = frozenset({"TXT019"})
"""Rules that look at each file by itself, and at the staff's wording."""

ALONE = frozenset(
    {"SRC018", "SRC019", "SRC020", "SRC021", "SRC022", "SRC023", "SHP008", "SHP009", "SHP010"}
    | {"SHP011", "SHP012", "DAT003", "DAT004", "URL002", "URL004", "IMG014", "IMG015", "TXT001"}
    | {"TXT002", "TXT003", "TXT004", "TXT005", "TXT006", "TXT007", "TXT008", "TXT009", "TXT010"}
    | {"TXT011", "TXT012", "TXT013", "TXT018", "TXT020"}
    | set(private.RULES)
)
"""Rules that look at each file by itself, and at nothing else: what they find in a site is what
they find in :meth:`Graph.part` of each of its files, and of its pictures without a file."""


def check(graph: Graph) -> list[Diagnostic]:
    """Return what all rules find and no record excuses, in the order of the files."""
    return judged(graph, run(graph, [*ALONE, *WORDED]))


def run(graph: Graph, codes: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield what some rules find."""
    return (one for code in codes for one in RULES[code](graph))


def judged(graph: Graph, about_files: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return what all rules find, given what those find that look at each file by itself."""
    others = [code for code in RULES if code not in ALONE and code not in WORDED]
    found = in_order(chain(about_files, run(graph, others)))
    return [_discreet(one) for one in exemptions.unexcused(graph, found)]


def _discreet(found: Diagnostic) -> Diagnostic:
    """Return a diagnostic that quotes nobody's private data, whichever rule it is of."""
    field, message, help = masked(found.field), masked(found.message), masked(found.help)
    return replace(found, field=field, message=message, help=help)


def explanation(code: str) -> str:
    """Return the page of a rule, for people; raises ``KeyError`` for an unknown code."""
    return _unindented(RULES[code].__doc__ or "")


def _unindented(doc: str) -> str:
    first, _, rest = doc.partition("\n")
    lines = (line.removeprefix("    ") for line in rest.rstrip().split("\n"))
    return "\n".join([first, *lines]).strip()

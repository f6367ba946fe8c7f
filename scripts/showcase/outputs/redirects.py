"""The pages' former addresses: a small page at each that leads on, and a file for hosts.

``_redirects`` is read by Netlify, Cloudflare Pages and others, which then answer with status 301
before a reader loads anything; the pages work on every host.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from msgspec import Struct

from showcase.addresses import address, redirects, relative
from showcase.outputs.artifact import Artifact, Outline
from showcase.pages import Catalogue

RULES = "_redirects"


class RedirectView(Struct, frozen=True):
    """A former address; ``canonical`` is the whole address of the page, where that is known."""

    title: str
    url: str
    canonical: str


def artifacts(catalogue: Catalogue) -> Iterator[Artifact | Outline]:
    """Yield a page for each former address, and the rules for hosts if there is any."""
    moved = redirects(catalogue.graph.entries)
    for former, entry in moved.items():
        url = relative(address(entry), former)
        canonical = f"{catalogue.site_url}{address(entry)}" if catalogue.site_url else url
        view = partial(RedirectView, entry.title, url, canonical)
        yield Outline(f"{former}index.html", "feeds/redirect.html", view)
    if moved:
        # These rules count from the host's root, wherever the site lies below it.
        root = urlsplit(catalogue.site_url).path or "/"
        lines = (f"{root}{old} {root}{address(entry)} 301\n" for old, entry in moved.items())
        yield Artifact(RULES, "".join(lines).encode())

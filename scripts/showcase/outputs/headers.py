"""``_headers``: the security headers, for hosts that read them from a file of the site.

Netlify, Cloudflare Pages and others share its form: a pattern of paths, then indented headers
(docs.netlify.com/routing/headers, developers.cloudflare.com/pages/configuration/headers). Other
hosts serve it as a file like any other; nothing in it is secret.
"""

from __future__ import annotations

from collections.abc import Iterator

from showcase.outputs.artifact import Artifact
from showcase.pages import Catalogue
from showcase.policy import headers

_EVERYWHERE = "/*"


def artifacts(_: Catalogue) -> Iterator[Artifact]:
    """Yield the one file."""
    lines = [_EVERYWHERE, *(f"  {name}: {value}" for name, value in headers().items())]
    yield Artifact("_headers", ("\n".join(lines) + "\n").encode())

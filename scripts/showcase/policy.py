"""What a page of the site may load and do: one policy, for the pages and for the hosts.

Content Security Policy Level 3 (W3C). Many hosts set no headers, so every page carries the policy
itself, in a meta element; ``frame-ancestors`` counts in a header only. Nothing inline is allowed,
neither script nor style: whatever slips into a page stays text.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

REFERRER = "same-origin"
"""Sites that a link leads to do not learn where their reader came from."""

_PAGE: Mapping[str, str] = MappingProxyType(
    {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }
)
_FRAMES = "frame-ancestors 'self'"
_UNUSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")


def page_policy(*, preview: bool = False) -> str:
    """Return the policy of every page.

    A preview lets inline scripts run, for the engine puts one into each page that reloads it; the
    number in it changes with every build, so it has no hash to name.
    """
    script = f"{_PAGE['script-src']} 'unsafe-inline'" if preview else _PAGE["script-src"]
    return "; ".join(f"{name} {value}" for name, value in {**_PAGE, "script-src": script}.items())


def headers() -> Mapping[str, str]:
    """Return the headers for hosts that can be told to send them."""
    return {
        "Content-Security-Policy": f"{page_policy()}; {_FRAMES}",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED),
        "Referrer-Policy": REFERRER,
        "X-Content-Type-Options": "nosniff",
    }

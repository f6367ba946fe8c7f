"""How hard the property tests try; ``EXAMPLES=3000`` in the environment makes them try harder."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# No deadline: how long an example takes is the machine's affair, not the property's.
settings.register_profile(
    "showcase",
    max_examples=int(os.environ.get("EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("showcase")

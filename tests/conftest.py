"""What all tests share: the word at the end of a run about tests that could not be run."""

from __future__ import annotations

import signal
from typing import Any

ABSENT = (
    "no Chromium, Chrome or Edge found: install one (Debian: apt install chromium fonts-noto-cjk), "
    "or name its program in the environment variable SHOWCASE_CHROMIUM"
)


def pytest_configure() -> None:
    """Let Ctrl+C be heard by what tests start; a job in the background of a shell ignores it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say at the end, where it is read, that the browser tests did not run."""
    # Of tests run in several processes only the reports come here.
    skipped = terminalreporter.stats.get("skipped", ())
    if any(ABSENT in str(report.longrepr) for report in skipped):
        terminalreporter.write_sep("!", "BROWSER TESTS DID NOT RUN", red=True, bold=True)
        terminalreporter.write_line(ABSENT)

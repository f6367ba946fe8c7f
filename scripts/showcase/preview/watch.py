"""Hears of changes to a project's files, from the system where it tells."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from showcase import collector

if TYPE_CHECKING:
    from showcase.preview.follow import Preview

FOLDERS = ("content", "docs", "overrides")
_FILES = frozenset({"mkdocs.yml", "published.json"})
_QUIET = 0.02
"""Seconds without a further change: editors save in several steps."""
_PAUSE = 0.8
"""Seconds after a change before the rules look at it: first the page that shows it is asked for,
and who saves again at once need not wait for them."""
_POLLING = 0.5
"""Seconds between two looks where the system does not tell."""
_GRACE = 2.0
"""Seconds to wait in the end for what is under way: who has seen enough need not wait for a large
project to be read."""
_READS = frozenset({"opened", "closed_no_write"})

Changes = queue.SimpleQueue[str | None]


@contextlib.contextmanager
def heard(project: Path) -> Iterator[Changes]:
    """Yield the files that change while the context lasts, relative to the project."""
    changes: Changes = queue.SimpleQueue()
    observer = _observer(project, changes)
    try:
        yield changes
    finally:
        observer.stop()
        observer.join()


@contextlib.contextmanager
def following(
    begun: Callable[[], Preview | None], changes: Changes, tell: Callable[[str], None]
) -> Iterator[None]:
    """Begin a preview, and keep it up to date for as long as the context lasts.

    That is all over if ``begun`` returns none.
    """
    worker = threading.Thread(target=_follow, args=(begun, changes, tell), daemon=True)
    worker.start()
    try:
        yield
    finally:
        changes.put(None)
        worker.join(_GRACE)


def _follow(
    begun: Callable[[], Preview | None], changes: Changes, tell: Callable[[str], None]
) -> None:
    preview = begun()
    if preview is None:
        return
    from showcase.frame import EngineFailed  # noqa: PLC0415 - loaded with the preview

    preview.judge()
    preview.keep()
    collector.settle()
    while (first := changes.get()) is not None:
        changed = {first, *_rest(changes)}
        try:
            preview.update(changed)
        except EngineFailed as why:
            tell(f"预览没有更新：{why}")
            continue
        if not _goes_on(changes):
            preview.judge()


def _goes_on(changes: Changes) -> bool:
    """Tell whether something else changes soon; meanwhile browsers have the processor."""
    until = time.monotonic() + _PAUSE
    while changes.empty() and time.monotonic() < until:
        time.sleep(_QUIET)
    return not changes.empty()


def _rest(changes: Changes) -> Iterator[str]:
    """Yield the changes that belong to the one before: those that follow at once."""
    with contextlib.suppress(queue.Empty):
        while (more := changes.get(timeout=_QUIET)) is not None:
            yield more
        changes.put(None)


class _Handler(FileSystemEventHandler):
    def __init__(self, project: Path, changes: Changes) -> None:
        self._project = project
        self._changes = changes

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note which file was changed."""
        if event.event_type in _READS:
            return
        for path in filter(None, (event.src_path, event.dest_path)):
            file = Path(str(path)).relative_to(self._project)
            if file.parts and (file.parts[0] in FOLDERS or str(file) in _FILES):
                self._changes.put(file.as_posix())


def _observer(project: Path, changes: Changes) -> BaseObserver:
    """Return an observer that has begun."""
    try:
        return _begun(Observer(), project, changes)
    except OSError:
        # Too many watched folders for the system, or a drive that does not tell: look again and
        # again, as slow as that is.
        return _begun(PollingObserver(timeout=_POLLING), project, changes)


def _begun(observer: BaseObserver, project: Path, changes: Changes) -> BaseObserver:
    handler = _Handler(project, changes)
    observer.schedule(handler, str(project))
    for name in FOLDERS:
        if (project / name).is_dir():
            observer.schedule(handler, str(project / name), recursive=True)
    observer.start()
    return observer

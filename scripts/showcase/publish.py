"""Puts a finished site in place: whole, or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path


def publish(target: Path, build: Callable[[Path], None]) -> None:
    """Let ``build`` fill a new folder beside ``target``, then put it in its place.

    If anything fails, ``target`` is as it was and the new folder is gone. Raises what ``build``
    raises, and ``OSError`` when a folder cannot be written.
    """
    # A link stays one: what it leads to is replaced.
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}.new-", dir=target.parent))
    try:
        build(fresh)
        # mkdtemp makes folders that only their owner can read; a web server is someone else.
        fresh.chmod(0o755)
        _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _swap(fresh: Path, target: Path) -> None:
    if not os.path.lexists(target):
        fresh.rename(target)
        return
    former = Path(tempfile.mkdtemp(prefix=f".{target.name}.old-", dir=target.parent))
    try:
        target.rename(former / "site")
    except OSError:
        former.rmdir()
        raise
    try:
        fresh.rename(target)
    except OSError:
        # Should this fail too, the former site still stands in ``former``: nothing is deleted.
        (former / "site").rename(target)
        former.rmdir()
        raise
    shutil.rmtree(former, ignore_errors=True)


def refusal(target: Path, project: Path) -> str:
    """Return why a folder must not be replaced by a site, or ``""``.

    Publishing replaces the folder whole, so it must not be the project, a folder around it, or a
    folder that holds something other than a site. Only the project's own ``site`` is known to be
    made by this command, whatever stands in it. Raises ``OSError`` when the folder is unreadable.
    """
    target, project = Path(os.path.realpath(target)), Path(os.path.realpath(project))
    kept = [project / name for name in ("content", "docs", "overrides", "scripts", "tests", ".git")]
    if any(place == target or target in place.parents for place in (project, *kept)) or any(
        place in target.parents for place in kept
    ):
        return f"「{target.name}」里有项目自己的文件，不能用来放网站"
    if target.exists() and not target.is_dir():
        return f"「{target.name}」是一个文件，不是文件夹"
    foreign = target.is_dir() and any(target.iterdir()) and not (target / "index.html").is_file()
    if foreign and target != project / "site":
        return f"「{target.name}」里有别的文件，不像是生成的网站；为免误删，没有动它"
    return ""

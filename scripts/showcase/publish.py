"""Puts a finished site in place: whole, or not at all; one build at a time.

A build works in a folder of its own beside the target, ``.NAME.new-…``, which nobody else can
read or guess the name of. What a killed build leaves there is removed by the next one, and if it
was killed while the former site was moved away, that is put back first.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from showcase.lock import Holder, NotALock, only_one
from showcase.swap import replace

PATIENCE = 60.0
"""Seconds to wait for another build of the same site."""

GENERATOR = b'<meta name="generator" content="civic-showcase">'
"""By this in its first page a folder is known as a site that was generated (``main.html``)."""

_HEAD = 4096
_MARK = "civic-showcase.txt"
_MARK_TEXT = "生成网站时用的临时文件夹，可以删除。\n".encode()

Tell = Callable[[str], None]


class Ground:
    """Where a site is built: in an empty folder, and the one that it replaces is deleted.

    Others may give a folder with files in it, of which the build leaves none that do not belong.
    """

    def lay(self, fresh: Path) -> None:
        """Make the folder."""
        fresh.mkdir()

    def take_back(self, fresh: Path) -> None:
        """Take the folder of which no site came, or leave it to be deleted."""

    def take(self, former: Path, site: Path) -> None:
        """Take the site that was replaced, if there was one, or leave it to be deleted.

        ``site`` is the one that has its place now.
        """


_EMPTY = Ground()


def publish(
    target: Path,
    build: Callable[[Path], None],
    *,
    is_current: Callable[[], bool] = lambda: False,
    ground: Ground = _EMPTY,
    tell: Tell = lambda _: None,
    patience: float = PATIENCE,
) -> bool:
    """Let ``build`` fill a new folder beside ``target``, then put it in its place.

    ``ground`` gives the folder. Nothing is built if ``is_current`` says that the site there is what
    would be; returns whether it was.

    If anything fails, ``target`` is as it was and the new folder is gone. ``tell`` is given what
    the user should know meanwhile. Raises what ``build`` raises, :class:`showcase.lock.Busy` when
    another build goes on for longer than ``patience`` seconds, and ``OSError`` when a folder
    cannot be written.
    """
    # A link stays one: what it leads to is replaced.
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = target.with_name(f".{target.name}.lock")

    def waiting(holder: Holder | None) -> None:
        who = f"（{holder}）" if holder else ""
        tell(f"另一个窗口正在生成这个网站{who}，等它完成……（不想等就按 Ctrl+C）")

    with only_one(lock, wait=patience, waiting=waiting) as crashed:
        if crashed is not None:
            tell(f"上一次生成没有做完就中断了（{crashed}），这次从头生成。")
        _tidy(target, tell)
        if is_current():
            return False
        workshop = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
        try:
            (workshop / _MARK).write_bytes(_MARK_TEXT)
            fresh = workshop / "site"
            ground.lay(fresh)
            try:
                build(fresh)
            except BaseException:
                ground.take_back(fresh)
                raise
            replace(target, fresh, _former(workshop))
            ground.take(fresh if fresh.exists() else _former(workshop), target)
        finally:
            # Where the former site could not be put back it is all there is: the next build will.
            if os.path.lexists(target) or not _former(workshop).exists():
                _remove(workshop)
    return True


def _prefix(target: Path) -> str:
    return f".{target.name}.new-"


def _former(workshop: Path) -> Path:
    return workshop / "former"


def _tidy(target: Path, tell: Tell) -> None:
    """Put back a site that a killed build had moved away; remove what such builds left."""
    for workshop in list(_workshops(target)):
        if _former(workshop).is_dir() and not os.path.lexists(target):
            _former(workshop).rename(target)
            tell("上一次生成中断时，原来的网站被移开了；已经放回原处。")
        _remove(workshop)


def _workshops(target: Path) -> Iterator[Path]:
    """Yield the folders of former builds of a target: ours beyond doubt, or empty.

    The name alone proves nothing, and a link of that name may lead anywhere.
    """
    for path in sorted(target.parent.iterdir()):
        if path.name.startswith(_prefix(target)):
            status = path.lstat()
            # On Windows there is no owner to compare; both are 0.
            owner = getattr(os, "getuid", lambda: 0)()
            if stat.S_ISDIR(status.st_mode) and status.st_uid == owner and _is_ours(path):
                yield path


def _is_ours(folder: Path) -> bool:
    mark = folder / _MARK
    if mark.is_symlink() or not mark.is_file():
        return not any(folder.iterdir())
    return _MARK_TEXT.startswith(mark.read_bytes()[:_HEAD])


def _remove(workshop: Path) -> None:
    """Remove a build's folder, its mark last; what cannot be removed is left to the next build."""
    for path in (workshop / "site", _former(workshop)):
        shutil.rmtree(path, ignore_errors=True)
    if not any(os.path.lexists(path) for path in (workshop / "site", _former(workshop))):
        shutil.rmtree(workshop, ignore_errors=True)


def refusal(target: Path, project: Path) -> str:
    """Return why a folder must not be replaced by a site, or ``""``.

    Publishing replaces the folder whole, so it must not be the project, a folder around it, or a
    folder that holds something other than a site. A site is known by the mark in its first page;
    only the project's own ``site`` is known without. Raises ``OSError`` when the folder is
    unreadable.
    """
    target, project = Path(os.path.realpath(target)), Path(os.path.realpath(project))
    kept = [project / name for name in ("content", "docs", "overrides", "scripts", "tests", ".git")]
    if any(place == target or target in place.parents for place in (project, *kept)) or any(
        place in target.parents for place in kept
    ):
        return f"「{target.name}」里有项目自己的文件，不能用来放网站"
    if target.exists() and not target.is_dir():
        return f"「{target.name}」是一个文件，不是文件夹"
    filled = target.is_dir() and any(target.iterdir())
    if filled and target != project / "site" and not is_generated(target / "index.html"):
        return (
            f"「{target.name}」里有别的文件，不像是生成的网站；为免误删，没有动它。"
            "请换一个文件夹，或者先把里面的文件移走"
        )
    return ""


def is_generated(page: Path) -> bool:
    """Tell whether a page is the first of a site that was generated."""
    if not page.is_file():
        return False
    with page.open("rb") as stream:
        return GENERATOR in stream.read(_HEAD)


_REASONS = {
    **dict.fromkeys(
        (errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "磁盘空间不够，请腾出空间以后再运行一次"
    ),
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM, errno.EROFS),
        "没有权限，或者文件正被别的程序使用；请关闭打开着网站文件夹的窗口，确认它旁边可以新建文件夹，"
        "或者用 --site-dir 换一个位置",
    ),
    errno.EBUSY: "网站文件夹正在使用，移动不了；请用 --site-dir 指明它里面的一个文件夹",
    errno.ENAMETOOLONG: "路径太长，请换一个路径较短的位置",
}


def reason(error: OSError) -> str:
    """Return in the user's words what a refusal of the system means."""
    if isinstance(error, NotALock):
        return str(error.strerror)
    what = _REASONS.get(error.errno or 0, error.strerror or str(error))
    name = Path(os.fsdecode(error.filename)).name if error.filename else ""
    return f"{what}（{name}）" if name else what

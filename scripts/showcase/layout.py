"""Which file of ``content/`` is which: records, lists, settings, pictures, strays."""

from __future__ import annotations

from enum import Enum, auto
from functools import lru_cache
from pathlib import PurePosixPath

from msgspec import Struct

from showcase.diagnostics import START, Diagnostic, Severity
from showcase.model import KINDS, Kind, kind_named
from showcase.near import nearest

SETTINGS = "content/site.yml"
TERMS = "content/terms.yml"

_PICTURES = frozenset(
    {".jpg", ".jpeg", ".jfif", ".jpe", ".png", ".webp", ".gif", ".heic", ".heif", ".avif", ".svg"}
    | {".bmp", ".tif", ".tiff"}
)
_TEXTS = frozenset({".markdown", ".mdown", ".txt", ".doc", ".docx", ".rtf", ".wps", ".pdf"})
_FOLDERS = {kind.plural: kind for kind in KINDS.values()}
_NEAR = 70.0
"""How alike (0–100) a word must be to be offered as the kind that was meant."""
_KNOWN_FILES = frozenset({"content/README.md"})


class Role(Enum):
    """What a file of ``content/`` is for."""

    RECORD = auto()
    LIST = auto()
    SETTINGS = auto()
    TERMS = auto()
    PICTURE = auto()
    OTHER = auto()


class Placed(Struct, frozen=True):
    """A file with its role; ``id`` is the record's where the file holds one."""

    file: str
    role: Role
    kind: Kind | None = None
    id: str = ""
    problem: Diagnostic | None = None

    @property
    def is_text(self) -> bool:
        """Whether it is read: for records, for settings or for the staff's wording."""
        return self.problem is None and self.role not in (Role.PICTURE, Role.OTHER)


@lru_cache(maxsize=1 << 18)
def place(file: str) -> Placed:
    """Tell what a file is from where it lies; a stray one carries a diagnostic."""
    parts = file.split("/")[1:]
    name = parts[-1]
    stem, dot, ending = name.rpartition(".")
    # A dot that a name begins or ends with parts nothing.
    stem, ending = (stem, dot + ending.lower()) if stem and ending else (name, "")
    if file == SETTINGS:
        return Placed(file, Role.SETTINGS)
    if file == TERMS:
        return Placed(file, Role.TERMS)
    if file in _KNOWN_FILES:
        return Placed(file, Role.OTHER)
    if len(parts) == 1:
        return _top_level(file, stem, ending)
    kind = _folder_kind(parts[0])
    if kind is None:
        return Placed(file, Role.OTHER, problem=_unknown_folder(parts[0]))
    if ending in _PICTURES:
        return Placed(file, Role.PICTURE, kind)
    if ending != ".md":
        return Placed(file, Role.OTHER, problem=_stray(file, ending))
    if len(parts) == 2:
        return Placed(file, Role.RECORD, kind, stem)
    if len(parts) == 3 and name.lower() == "index.md":
        return Placed(file, Role.RECORD, kind, parts[1])
    return Placed(file, Role.OTHER, problem=_too_deep(file, parts))


def _folder_kind(name: str) -> Kind | None:
    return _FOLDERS.get(name)


def _top_level(file: str, stem: str, ending: str) -> Placed:
    if ending in (".yml", ".yaml"):
        kind = _folder_kind(stem)
        if kind is not None:
            return Placed(file, Role.LIST, kind)
        for what, right in (("网站设置", SETTINGS), ("用词表", TERMS)):
            if stem.lower() == PurePosixPath(right).stem:
                return Placed(file, Role.OTHER, problem=_misnamed(file, what, right))
        return Placed(file, Role.OTHER, problem=_unknown_folder(stem, file))
    return Placed(file, Role.OTHER, problem=_stray(file, ending))


def _unknown_folder(name: str, file: str = "") -> Diagnostic:
    meant = kind_named(name)
    if meant is None:
        plurals = [kind.plural for kind in KINDS.values()]
        meant = kind_named(nearest(name.lower(), plurals, _NEAR) or "")
    what = f"列表文件「{name}」" if file else f"文件夹「{name}」"
    if meant is not None:
        new = f"content/{meant.plural}{PurePosixPath(file).suffix}"
        help = f"{meant.label}的记录请放在 {new}，把名字改过来即可"
    else:
        known = "、".join(f"{kind.plural}（{kind.label}）" for kind in KINDS.values())
        help = f"content 里可以有：{known}"
    message = f"不认识的{what}，里面的内容没有读取"
    return _problem("SRC015", file or f"content/{name}", Severity.ERROR, message, help)


def _misnamed(file: str, what: str, right: str) -> Diagnostic:
    message = f"{what}的文件名不对，里面的内容没有读取"
    return _problem("SRC015", file, Severity.ERROR, message, f"请把文件名改成 {right}")


def _stray(file: str, ending: str) -> Diagnostic:
    if ending in _TEXTS:
        help = "请把文字写成「.md」文件；Word 里可以复制后粘贴"
    elif ending in (".yml", ".yaml"):
        help = "列表文件请放在 content 下面，例如 content/venues.yml"
    else:
        help = "不需要的话请移走；需要公开的资料请写进记录"
    message = "这个文件不是记录，不会出现在网站上"
    return _problem("SRC016", file, Severity.WARNING, message, help)


def _too_deep(file: str, parts: list[str]) -> Diagnostic:
    folder = parts[0]
    return _problem(
        "SRC015",
        file,
        Severity.ERROR,
        "这个文件的位置不对，里面的内容没有读取",
        f"记录请放在 content/{folder}/编号.md，或 content/{folder}/编号/index.md",
    )


def _problem(code: str, file: str, severity: Severity, message: str, help: str) -> Diagnostic:
    return Diagnostic(code, severity, file, START, "", message, help)

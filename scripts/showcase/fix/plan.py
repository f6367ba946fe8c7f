"""Which files of a project can be repaired, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from showcase.fix.repair import Repair, repair
from showcase.pipeline import Checked
from showcase.source import Refused, read_bytes, walk
from showcase.source.encoding import BOM


def plan(
    checked: Checked, wanted: Callable[[str], bool], *, pinyin: bool = False
) -> Iterator[Repair]:
    """Yield the repairs of the files that are wanted; nothing is written.

    Only what :func:`showcase.source.walk` finds is looked at: regular files below ``content/``,
    reached without a link.
    """
    faulty = {found.file for found in checked.diagnostics}
    for found in walk(checked.project):
        if isinstance(found, Refused) or found.file not in checked.graph.documents:
            continue
        data = read_bytes(found) if wanted(found.file) else b""
        if isinstance(data, Refused):
            continue
        # Line ends and a mark at the beginning are no fault: the file reads the same.
        if found.file in faulty or b"\r" in data or data.startswith(BOM.encode()):
            made = repair(found.file, data, pinyin=pinyin)
            if made is not None:
                yield made

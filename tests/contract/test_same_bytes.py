"""The same content gives the same bytes, whoever builds it, where, when and on what system."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import showcase
from tests.projects import HOUSE, site, tree

ODD = "奇怪 的#路径%20'引号'&（甲）"
EPOCH = "1767225600"
USER = "qx7-the-builder"

BACKWARDS = """
import os

_listdir, _scandir = os.listdir, os.scandir


class Backwards:
    def __init__(self, entries):
        self.entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.entries)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def close(self):
        pass


def listdir(*arguments):
    return sorted(_listdir(*arguments), reverse=True)


def scandir(*arguments):
    with _scandir(*arguments) as entries:
        return Backwards(list(entries))


os.listdir, os.scandir = listdir, scandir
"""
"""A ``sitecustomize`` in which folders list their files the other way round."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = site(tmp_path_factory.mktemp("same") / ODD, "every-kind")
    settings = made / "mkdocs.yml"
    text = settings.read_text("utf-8").replace(
        "\nedit_uri:", "\nsite_url: https://a.test/b/\nedit_uri:"
    )
    settings.write_text(text, "utf-8")
    return made


def built(project: Path, out: Path, **environment: str) -> dict[str, bytes]:
    """Build from the beginning: what another build kept would hide a difference."""
    environment["SHOWCASE_CACHE"] = f"{out}.cache"
    words = ("build", "--project", str(project), "--site-dir", str(out))
    done = showcase(*words, cwd=None, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return tree(out)


@pytest.fixture(scope="module")
def bytes_of(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("out") / "site"
    return built(project, out, TZ="UTC", PYTHONHASHSEED="1", LOGNAME=USER, SOURCE_DATE_EPOCH=EPOCH)


def test_another_zone_locale_hash_path_file_order_and_times_of_files(
    bytes_of: dict[str, bytes], project: Path, tmp_path: Path
) -> None:
    patch = tmp_path / "patch"
    patch.mkdir()
    (patch / "sitecustomize.py").write_text(BACKWARDS, "utf-8")
    other = tmp_path / "other"
    shutil.copytree(project, other)
    for number, path in enumerate(sorted(other.rglob("*"), reverse=True)):
        # Long ago for some, years ahead for others: of a clock that was set wrong.
        os.utime(path, (number * 10_000_000, number * 10_000_000))
    again = built(
        other,
        tmp_path / "输出 #%" / "site",
        TZ="Pacific/Apia",
        LC_ALL="C",
        LANG="C",
        PYTHONUTF8="",  # as if it were not set
        PYTHONHASHSEED="4242",
        PYTHONPATH=str(patch),
        SOURCE_DATE_EPOCH=EPOCH,
    )
    assert again == bytes_of


def test_another_hour_of_the_same_day(
    bytes_of: dict[str, bytes], project: Path, tmp_path: Path
) -> None:
    # Nothing in the fixture begins or ends on these days, so no date may show at all.
    later = str(int(EPOCH) + 86_400 + 12_345)
    assert built(project, tmp_path / "later", SOURCE_DATE_EPOCH=later) == bytes_of


@pytest.mark.parametrize("epoch", ["0", "1", "-1", "253402214400"])
def test_a_clock_set_wrong_gives_a_site_or_a_sentence(
    project: Path, tmp_path: Path, epoch: str
) -> None:
    out = str(tmp_path / "out")
    done = showcase("build", "--project", str(project), "--site-dir", out, SOURCE_DATE_EPOCH=epoch)
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr


def test_no_name_of_this_machine_is_in_any_byte(bytes_of: dict[str, bytes], project: Path) -> None:
    private = {str(HOUSE), str(project), ODD, str(Path.home()) + os.sep, sys.prefix, USER}
    if socket.gethostname() != "localhost":  # which texts may speak of
        private.add(socket.gethostname())
    for name, data in bytes_of.items():
        # Packed pixels hold any two letters by chance.
        said = b"" if name.endswith(".png") else data
        for secret in private:
            assert secret.encode() not in said, f"{secret} in {name}"
            assert secret not in name


def test_no_file_holds_a_time_of_building_or_an_unfilled_template(
    bytes_of: dict[str, bytes],
) -> None:
    assert not [name for name in bytes_of if name.endswith(".gz")]
    # The handbook shows such marks as examples, and packed pixels hold them by chance.
    texts = {
        name: data
        for name, data in bytes_of.items()
        if not name.startswith("handbook/") and not name.endswith(".png")
    }
    assert not [name for name, data in texts.items() if b"{%" in data]


@pytest.mark.skipif(sys.platform == "win32", reason="root and modes are POSIX's")
def test_a_checkout_that_may_not_be_written_stays_as_it_is(
    bytes_of: dict[str, bytes], project: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "checkout"
    shutil.copytree(project, copy)
    before = sorted(copy.rglob("*"))
    subprocess.run(["chmod", "-R", "a-w", str(copy)], check=True)
    try:
        assert built(copy, tmp_path / "out", SOURCE_DATE_EPOCH=EPOCH) == bytes_of
        # Root may write all the same (`tests/faults` mounts it read-only); nothing was.
        assert sorted(copy.rglob("*")) == before
    finally:
        subprocess.run(["chmod", "-R", "u+w", str(copy)], check=True)

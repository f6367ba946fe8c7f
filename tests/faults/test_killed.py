"""A build that is killed, at whatever moment, leaves a whole site; the next one tidies up."""

from __future__ import annotations

import random
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.commands import showcase, started
from tests.faults.building import PAUSE, built, edit, hook, left_over, served, unhook, wait_until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")

KILLS = 6


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("killed") / "项目 一")


def build(project: Path) -> str:
    """Build to the end; return what was said."""
    done = showcase("build", "--project", str(project))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_killed_at_random_moments(project: Path) -> None:
    before = time.monotonic()
    build(project)
    whole = time.monotonic() - before
    former = served(project)
    edit(project)
    moments = random.Random(7)  # the same moments every time; how far a build is by then varies
    seen = []
    for _ in range(KILLS):
        with started("build", "--project", str(project)) as process:
            time.sleep(moments.uniform(0.2, 1.1) * whole)
            process.kill()
            process.communicate()
        seen.append(served(project))
    build(project)
    new = served(project)
    assert new != former
    # Once a build got through, the site is the new one; before that, the former.
    assert all(files in (former, new) for files in seen)
    assert left_over(project) == []


def test_killed_while_it_writes(project: Path) -> None:
    former = served(project)
    hook(
        project,
        """
        import os, signal

        def on_post_page(output, page, config):
            if page.file.src_uri == "brands/index.md":
                os.kill(os.getpid(), signal.SIGKILL)
            return output
        """,
    )
    done = showcase("build", "--project", str(project))
    assert done.returncode == -signal.SIGKILL
    assert served(project) == former
    assert len(left_over(project)) == 2
    unhook(project)
    said = build(project)
    assert "上一次生成没有做完就中断了" in said
    assert left_over(project) == []
    assert "上一次" not in build(project)


SWAP_IN_TWO_STEPS = """
    import os, signal
    from pathlib import Path
    from showcase import swap

    def on_post_build(config):
        swap.exchange = lambda one, other: False
        rename = Path.rename

        def until_moved_away(path, to):
            moved = rename(path, to)
            if path.name == "site" and to.name == "former":
                os.kill(os.getpid(), signal.SIGKILL)
            return moved

        Path.rename = until_moved_away
"""


@pytest.mark.parametrize("faulty", [False, True], ids=["sound content", "faulty content"])
def test_killed_between_the_two_steps_of_a_system_without_exchange(
    project: Path, faulty: bool
) -> None:
    build(project)
    former = served(project)
    hook(project, SWAP_IN_TWO_STEPS)
    assert showcase("build", "--project", str(project)).returncode == -signal.SIGKILL
    assert not (project / "site").exists()
    unhook(project)
    bad = project / "content/brands/坏.md"
    if faulty:
        bad.write_text("---\n名称：坏\n---\n", "utf-8")
    done = showcase("build", "--project", str(project))
    bad.unlink(missing_ok=True)
    assert "已经放回原处" in done.stderr
    assert done.returncode == (1 if faulty else 0)
    assert served(project) == former
    assert left_over(project) == []


def test_interrupted_by_the_user(project: Path) -> None:
    former = served(project)
    edit(project, "又一个")
    hook(project, PAUSE)
    with started("build", "--project", str(project)) as process:
        wait_until((project / "reached").exists)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    unhook(project)
    assert process.returncode == 130
    assert "已停止，网站没有更新。" in said
    assert "Traceback" not in said
    assert served(project) == former
    assert left_over(project) == []


def test_terminated_by_the_system(project: Path) -> None:
    former = served(project)
    (project / "reached").unlink(missing_ok=True)
    hook(project, PAUSE)
    with started("build", "--project", str(project)) as process:
        wait_until((project / "reached").exists)
        process.terminate()
        process.communicate()
    unhook(project)
    assert served(project) == former
    build(project)
    assert left_over(project) == []

"""What photos cost: looking at them, making their copies, and finding both done already.

Run as a module it does the work of one build, on a project's pictures alone, and says what each
part took; :func:`table` runs it in a process of its own, without a cache and then with one.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from PIL import Image

from showcase.bench.measure import Watch
from showcase.photos import Store, Survey, Wanted
from showcase.pipeline import HOUSE

_WIDTH, _HEIGHT = 4000, 3000
"""Twelve megapixels, as phones take them."""
_DIFFERENT = 6
"""Pictures that are drawn; the others differ in their last bytes, which is as good to a cache."""


def table(count: int) -> Iterator[str]:
    """Yield a line for the cold run and one for the warm run, as they are measured."""
    yield (
        f"{'photos':>8} {'run':<6} {'look s':>8} {'make s':>8} {'copy s':>8} "
        f"{'photos/s':>9} {'ms each':>8} {'peak MiB':>9}"
    )
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        total = write(project / "content" / "activities" / "合成活动", count)
        for run in ("cold", "warm"):
            yield _line(run, count, *_measured(project))
        yield f"originals {total / 2**20:.0f} MiB, copies {_size(project / 'out') / 2**20:.0f} MiB"


def write(folder: Path, count: int) -> int:
    """Write synthetic photos into a folder; return how many bytes they have."""
    folder.mkdir(parents=True)
    drawn = [_photo(number) for number in range(min(count, _DIFFERENT))]
    for number in range(count):
        data = drawn[number % len(drawn)] + f"{number:08d}".encode()
        (folder / f"IMG_{number:05d}.JPG").write_bytes(data)
    return _size(folder)


def _photo(number: int) -> bytes:
    """Return a JPEG with the detail and the grain that a phone's photo has."""
    size = (_WIDTH, _HEIGHT)
    random = Random(number)
    layers = []
    for _ in range(3):
        # Pillow's noise has no seed of its own, so shapes of few points are drawn large.
        points = bytes(random.randrange(256) for _ in range(80 * 60))
        shapes = Image.frombytes("L", (80, 60), points).resize(size, Image.Resampling.BICUBIC)
        grain = Image.effect_noise(size, 14)
        layers.append(Image.blend(shapes, grain, 0.3))
    stream = io.BytesIO()
    Image.merge("RGB", layers).save(stream, "JPEG", quality=92)
    return stream.getvalue()


def _measured(project: Path) -> tuple[dict[str, float], float | None]:
    """Run the work in a process; return its seconds and the peak memory of all it started."""
    command = [sys.executable, "-m", "showcase.bench.photos", str(project)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=HOUSE)  # noqa: S603
    with Watch(process.pid) as watch:
        output = process.stdout.read() if process.stdout else b""
        process.wait()
    if process.stdout:
        process.stdout.close()
    if process.returncode != 0:
        raise RuntimeError(f"the run failed ({process.returncode})")
    seconds: dict[str, float] = json.loads(output)
    return seconds, watch.peak


def _line(run: str, count: int, seconds: dict[str, float], peak: float | None) -> str:
    whole = sum(seconds.values())
    memory = f"{peak:9.0f}" if peak else "        –"
    look, make, copy = (seconds[name] for name in ("look", "make", "copy"))
    return (
        f"{count:8} {run:<6} {look:8.2f} {make:8.2f} {copy:8.2f} "
        f"{count / whole:9.1f} {whole / count * 1000:8.2f} {memory}"
    )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def main(project: Path) -> None:
    """Do what a build does for the pictures of a project, and print the seconds it took."""
    content = project / "content"
    pictures = {path.relative_to(project).as_posix(): path for path in content.rglob("*.JPG")}
    started = time.perf_counter()
    facts = Survey(project, pictures).facts
    looked = time.perf_counter()
    made = Store(project).make([Wanted(pictures[file], facts[file]) for file in pictures])
    ready = time.perf_counter()
    out = project / "out"
    out.mkdir(exist_ok=True)
    for copy, path in made.items():
        shutil.copyfile(path, out / copy.name)
    copied = time.perf_counter()
    seconds = {"look": looked - started, "make": ready - looked, "copy": copied - ready}
    sys.stdout.write(json.dumps(seconds))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Photos taken in through the real code, beside Pillow making the same three sizes of the same photos and nothing else.

    python benchmarks/photo_intake.py [PHOTOS]

The floor decodes with `draft()`, resizes to 1600, 1000 and 320 px and saves them as JPEG, one photo after the other. Ours also looks
at what the file is, takes hidden data out, hashes, encrypts, writes durably, reads back, and commits a row for each photo. Serial
against serial holds the ratio; on two cores ours must be quicker than its own serial run.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

from measure import interleaved, median, peak_megabytes, say
from PIL import Image, ImageChops

from qma_app.domain.engagement import Engagement
from qma_app.services.dealerships import add_dealership
from qma_app.services.evidence_intake import add_evidence_files
from qma_app.services.workspace import Workspace, create_workspace

SERIAL, PARALLEL, MEMORY = 1.6, 0.8, 250
WIDTH, HEIGHT = 4000, 3000
SIZES = (((1600, 1200), 85), ((1000, 750), 80), ((320, 240), 75))


def a_photo(seed: int) -> bytes:
    """12 million pixels with the soft shapes and the noise of a phone's camera, some 4 MB."""
    chance = random.Random(seed)
    shapes = Image.frombytes("RGB", (64, 48), chance.randbytes(64 * 48 * 3))
    grain = Image.effect_noise((WIDTH, HEIGHT), 12).convert("RGB")
    picture = ImageChops.add(shapes.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), grain, 2)
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=92)
    return stream.getvalue()


def bare(photos: list[Path]) -> None:
    """What Pillow alone needs for the three sizes."""
    for path in photos:
        with Image.open(path) as image:
            image.draft("RGB", SIZES[0][0])
            for size, quality in SIZES:
                image.resize(size, Image.Resampling.LANCZOS).save(BytesIO(), "JPEG", quality=quality)


def taking_in(
    workspace: Workspace, engagement: Engagement, photos: list[Path], workers: int
) -> Callable[[], None]:
    """The real intake; each time as photos never seen before, by a byte behind their end."""

    def run() -> None:
        for path in photos:
            with path.open("ab") as file:
                file.write(b"x")
        result = add_evidence_files(workspace, engagement_id=engagement.id, files=photos, workers=workers)
        assert len(result.taken) == len(photos)

    return run


def main(photos: int, rounds: int = 5) -> bool:
    cores = min(2, os.cpu_count() or 1)
    with tempfile.TemporaryDirectory() as base, closing(create_workspace(Path(base, "w"))) as workspace:
        # In a process of its own, so that the memory told is that of the intake.
        subprocess.run([sys.executable, __file__, "--make", base, str(photos)], check=True)
        paths = sorted(Path(base).glob("*.jpg"))
        engagement = add_dealership(workspace, name="Autohaus Beispiel", country="DE").made(Engagement)
        serial = taking_in(workspace, engagement, paths, 1)
        parallel = taking_in(workspace, engagement, paths, cores)
        serial()
        mine, floor = interleaved(serial, lambda: bare(paths), rounds=rounds)
        note = f"{median(mine) / photos * 1000:.0f} ms a photo"
        held = [
            say("intake, serial / Pillow draft + resize", median(mine) / median(floor), SERIAL, note=note)
        ]
        both, alone = interleaved(parallel, serial, rounds=rounds)
        note = f"{median(both) / photos * 1000:.0f} ms a photo, {cores} cores"
        held.append(say("intake, parallel / serial", median(both) / median(alone), PARALLEL, note=note))
        held.append(say("peak memory", peak_megabytes(), MEMORY, unit="MB"))
    return all(held)


def make(folder: Path, photos: int) -> None:
    for seed in range(photos):
        (folder / f"{seed}.jpg").write_bytes(a_photo(seed))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--make"]:
        make(Path(sys.argv[2]), int(sys.argv[3]))
        sys.exit(0)
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 8) else 1)

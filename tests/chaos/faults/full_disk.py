"""The disk of the data folder is full, to the last byte."""

import asyncio
import errno
from pathlib import Path

from tests.chaos.faults.mounts import small_disk
from tests.chaos.trial import Trial, Watched

PIECE = bytes(1024 * 1024)


def fill(ballast: Path) -> None:
    """Write until nothing more fits."""
    with ballast.open("wb", buffering=0) as file:
        for size in (len(PIECE), 4096, 1):
            try:
                while True:
                    file.write(PIECE[:size])
            except OSError as failure:
                if failure.errno != errno.ENOSPC:
                    raise


async def strike(watched: Watched, seconds: float) -> None:
    ballast = watched.scene.folder / "ballast"
    fill(ballast)
    try:
        await watched.degraded("disk")
        await watched.checked("disk", "error")
        await asyncio.sleep(seconds / 2)
        watched.scene.kill_postgres()
        await watched.unready()
        await asyncio.sleep(seconds / 2)
    finally:
        ballast.unlink()


TRIAL = Trial("full disk", strike, place=small_disk)

"""The disk of the data folder can only be read, and PostgreSQL falls, as it does on such a disk."""

import asyncio

from tests.chaos.faults.mounts import only_read
from tests.chaos.trial import Trial, Watched


async def strike(watched: Watched, seconds: float) -> None:
    with only_read(watched.scene.folder):
        await watched.degraded("disk")
        await watched.checked("disk", "error")
        await watched.checked("storage", "error")
        watched.scene.kill_postgres()
        await watched.unready()
        await asyncio.sleep(seconds)


TRIAL = Trial("read-only disk", strike)

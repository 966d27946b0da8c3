"""PostgreSQL is killed or stopped in order, again and again; its keepers bring it back."""

import asyncio
import contextlib
import os
import signal
import time

from tests.chaos.trial import Trial, Watched

PAUSES = (1.0, 8.0)


async def strike(watched: Watched, seconds: float) -> None:
    scene, until = watched.scene, time.monotonic() + seconds
    count = 0
    while time.monotonic() < until:
        if watched.dice.chance(0.5):
            scene.kill_postgres()
        elif scene.server.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(scene.server.pid, signal.SIGINT)
                scene.restarts += 1
                if not count:
                    await watched.unready()
                count += 1
        await asyncio.sleep(watched.dice.uniform(*PAUSES))
    watched.told.append(f"PostgreSQL was killed or stopped {scene.restarts} times")


TRIAL = Trial("restarts of PostgreSQL", strike, seconds=600)

"""The clock of the servers jumps, forward and back, by seconds and by hours."""

import asyncio
import time

from tests.chaos.trial import Trial, Watched

JUMPS_S = (5.0, 60.0, 3_600.0, 7_200.0)
PAUSES = (0.5, 3.0)


async def strike(watched: Watched, seconds: float) -> None:
    switches, until = watched.scene.fleet.switches, time.monotonic() + seconds
    jumps = 0
    switches.clock_s = JUMPS_S[-1]
    await watched.checked("clock", "warn")
    while time.monotonic() < until:
        switches.clock_s = watched.dice.choice((1, -1)) * watched.dice.choice(JUMPS_S)
        jumps += 1
        await asyncio.sleep(watched.dice.uniform(*PAUSES))
    switches.clock_s = 0.0
    watched.told.append(f"the clock jumped {jumps} times")


TRIAL = Trial("clock jumps", strike)

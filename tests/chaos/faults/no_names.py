"""Names do not resolve: the partner has not moved, but nobody finds it."""

import asyncio

from tests.chaos.nursery import NAMED
from tests.chaos.trial import Trial, Watched

# Longer than an answer of the resolver is kept.
LEAST_S = 12.0


async def strike(watched: Watched, seconds: float) -> None:
    switches = watched.scene.fleet.switches
    await asyncio.sleep(1)
    switches.partner = 0
    try:
        await asyncio.sleep(max(seconds, LEAST_S))
        await watched.checked("endpoints", "warn", "error")
    finally:
        switches.partner = 1


TRIAL = Trial("no names", strike, partner_host=NAMED, words=("hello",))

"""A storm: clients write while servers and PostgreSQL are killed, wires cut, the partner fails.

Then the wind dies down, everything must come to rest, and the books must be right.
"""

import asyncio
from dataclasses import dataclass

from tests.chaos.dice import Dice
from tests.chaos.stage import Scene, settled, stage, writing

CUT = 0.01
MOOD = 0.05


@dataclass(frozen=True)
class Weather:
    """How long, how many servers and chats, and the pauses between blows (seconds)."""

    seconds: float
    servers: int = 2
    chats: int = 8
    kills: tuple[float, float] = (1.0, 3.0)
    restarts: tuple[float, float] = (4.0, 7.0)


@dataclass(frozen=True)
class Outcome:
    """What a storm did; the books were right after it."""

    seed: int
    messages: int
    repeats: int
    requests: int
    kills: int
    restarts: int
    cuts: int

    def __str__(self) -> str:
        return (
            f"seed {self.seed}: {self.messages} messages taken, {self.repeats} had to be repeated; "
            f"{self.requests} requests at the partner; {self.kills} servers and {self.restarts} "
            f"times PostgreSQL killed, {self.cuts} wires cut"
        )


async def run(weather: Weather, seed: int) -> Outcome:
    """One storm. What is wrong raises, with the seed."""
    dice = Dice(seed)
    async with stage(weather.servers, dice) as scene:
        async with writing(scene, weather.chats, dice) as log:
            await blow(scene, weather, dice)
        if found := await settled(scene, log):
            raise AssertionError(f"seed {seed}: " + "\n".join(found))
        return Outcome(
            seed=seed,
            messages=log.messages,
            repeats=log.repeats,
            requests=len(scene.partner.requests),
            kills=scene.fleet.kills,
            restarts=scene.restarts,
            cuts=scene.wire.cuts,
        )


async def blow(scene: Scene, weather: Weather, dice: Dice) -> None:
    """Everything at once, for so long."""
    scene.wire.chance, scene.partner.mood = CUT, MOOD
    blows = [
        asyncio.create_task(scene.fleet.keep_killing(dice.of("killer"), every=weather.kills)),
        asyncio.create_task(scene.keep_restarting(dice.of("restarts"), every=weather.restarts)),
    ]
    try:
        await asyncio.wait(blows, timeout=weather.seconds, return_when="FIRST_EXCEPTION")
    finally:
        scene.wire.chance = scene.partner.mood = 0.0
        for task in blows:
            task.cancel()
        for outcome in await asyncio.gather(*blows, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome

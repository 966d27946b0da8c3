"""A trial: one fault while clients write, what is told of it meanwhile, and the books after it."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.chaos import clients
from tests.chaos.dice import Dice
from tests.chaos.stage import Place, Scene, anywhere, settled, stage, writing

SERVERS, CHATS = 2, 8
TOLD_S = 40.0
BACK_S = 60.0


class CannotTry(Exception):
    """This machine does not let the fault be made; the text says what is missing."""


@dataclass(frozen=True)
class Trial:
    """A fault by its name, for so many seconds; `strike` makes it, looks, and mends it."""

    name: str
    strike: Callable[["Watched", float], Awaitable[None]]
    seconds: float = 60.0
    place: Place = anywhere
    partner_host: str = ""
    words: Sequence[str] = clients.WORDS


@dataclass
class Tried:
    """How a trial went; the books were right after it."""

    name: str
    seed: int
    messages: int = 0
    repeats: int = 0
    told: list[str] = field(default_factory=list)
    skipped: str = ""

    def __str__(self) -> str:
        if self.skipped:
            return f"{self.name}: not tried: {self.skipped}"
        told = "".join(f"\n    told: {line}" for line in self.told)
        return (
            f"{self.name} (seed {self.seed}): {self.messages} messages taken, "
            f"{self.repeats} had to be repeated{told}"
        )


@dataclass
class Watched:
    """The scene under a fault, its dice, and what was told so far."""

    scene: Scene
    dice: Dice
    log: clients.Log
    told: list[str] = field(default_factory=list)

    async def ready(self) -> tuple[int, dict[str, Any]]:
        """What `/readyz` of the first server says; nothing while it does not answer."""
        url = f"{self.scene.fleet.urls[0]}/readyz"
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with aiohttp.ClientSession() as session, session.get(url) as answer:
                return answer.status, await answer.json()
        return 0, {}

    async def unready(self) -> None:
        """Wait until `/readyz` says that there is no database."""
        await self._until(self._without_database, TOLD_S, "/readyz says that all is well")

    async def degraded(self, what: str) -> None:
        """Wait until `/readyz` names what is missing."""

        async def named() -> str:
            status, said = await self.ready()
            return f"/readyz {status} {said}" if what in said.get("degraded", ()) else ""

        await self._until(named, TOLD_S, f"/readyz does not name {what}")

    async def checked(self, name: str, *states: str) -> None:
        """Wait until System Status shows a check in one of the states."""

        async def shown() -> str:
            with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                answer = await self.scene.shop.admin.get("/api/v1/system/status")
                for check in answer.json.get("checks", ()):
                    if check["name"] == name and check["state"] in states:
                        return f"{check['label']}, {check['state']}: {check['detail']}"
            return ""

        await self._until(shown, TOLD_S, f"System Status says nothing of {name}")

    async def recovered(self) -> None:
        """Wait until every server is ready, and takes what clients write, without help."""

        async def well() -> str:
            status, said = await self.ready()
            return "ready again" if status == 200 and not said["degraded"] else ""

        await self._until(well, BACK_S, "not ready again")
        await self.scene.fleet.ready()
        before = self.log.messages

        async def taken() -> str:
            more = self.log.messages - before
            return "messages are taken again" if more >= CHATS else ""

        await self._until(taken, BACK_S, "no messages are taken")

    async def _without_database(self) -> str:
        status, said = await self.ready()
        return f"/readyz {status} {said}" if status == 503 else ""

    async def _until(self, look: Callable[[], Awaitable[str]], within: float, wrong: str) -> None:
        try:
            async with asyncio.timeout(within):
                while not (found := await look()):  # noqa: ASYNC110 - nothing tells
                    await asyncio.sleep(0.1)
        except TimeoutError:
            last = await self.ready()
            raise AssertionError(f"after {within:.0f} s {wrong}; /readyz: {last}") from None
        self.told.append(found)


async def run(trial: Trial, seed: int, *, seconds: float) -> Tried:
    """One trial, its fault lasting so long. What is wrong raises, with the seed."""
    tried = Tried(trial.name, seed)
    dice = Dice(seed)
    try:
        async with stage(
            SERVERS, dice, place=trial.place, partner_host=trial.partner_host
        ) as scene:
            async with writing(scene, CHATS, dice, words=trial.words) as log:
                watched = Watched(scene, dice.of(trial.name), log)
                await trial.strike(watched, seconds)
                await watched.recovered()
            if found := await settled(scene, log):
                raise AssertionError(f"{trial.name}, seed {seed}: " + "\n".join(found))
            tried.messages, tried.repeats, tried.told = log.messages, log.repeats, watched.told
    except CannotTry as missing:
        tried.skipped = str(missing)
    return tried

"""Clients who write, and repeat the same update until it is taken."""

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import aiohttp

from tests.chaos.dice import Dice

WORDS = ("hello", "hello", "hello", "ask", "pay")
PATIENCE = aiohttp.ClientTimeout(total=4)


@dataclass
class Log:
    """What was taken: the texts by chat, in order; and how often it had to be said again."""

    taken: dict[str, list[str]] = field(default_factory=dict)
    repeats: int = 0

    @property
    def messages(self) -> int:
        """How many were taken."""
        return sum(map(len, self.taken.values()))


async def write(
    log: Log,
    chat: str,
    *,
    urls: list[str],
    hook: str,
    dice: Dice,
    ids: "itertools.count[int]",
    words: Sequence[str] = WORDS,
) -> None:
    """Until cancelled: one message after the other, each at any server until one takes it.

    A message that was begun is brought to its end even then.
    """
    log.taken[chat] = []
    async with aiohttp.ClientSession(timeout=PATIENCE) as session:
        for number in itertools.count(1):
            text = f"{dice.choice(words)} {chat}-{number}"
            update = {
                "update_id": next(ids),
                "message": {"from": {"id": chat}, "chat": {"id": chat}, "text": text},
            }
            sending = asyncio.create_task(
                _until_taken(log, session, update, urls=urls, hook=hook, dice=dice)
            )
            try:
                await asyncio.shield(sending)
            finally:
                if not sending.done():
                    await sending
                log.taken[chat].append(text)
            await asyncio.sleep(dice.uniform(0, 0.1))


async def _until_taken(
    log: Log,
    session: aiohttp.ClientSession,
    update: dict[str, object],
    *,
    urls: list[str],
    hook: str,
    dice: Dice,
) -> None:
    while True:
        try:
            async with session.post(dice.choice(urls) + hook, json=update) as answer:
                if answer.status == 200:
                    return
                assert answer.status == 503, await answer.text()
        except (aiohttp.ClientError, TimeoutError):
            pass
        log.repeats += 1
        await asyncio.sleep(dice.uniform(0.02, 0.2))

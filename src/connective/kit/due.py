"""Finds out what has come due for all loops of a process: one statement instead of one for each."""

import asyncio
import functools
from collections.abc import Sequence
from typing import Final

from connective.kit import clock
from connective.kit.db.driver import reading
from connective.kit.loops import Due, Loop, pause
from connective.kit.wake import wake

EVERY_S: Final = 0.5
_QUESTION = "SELECT $1::timestamptz AS moment, {answers}"


def loop(loops: Sequence[Loop]) -> Loop:
    """The loop that wakes these others when their time has come."""
    asked = [each.due for each in loops if each.due is not None]
    return Loop("what is due", "worker", functools.partial(_ask, asked))


async def _ask(asked: Sequence[Due], stop: asyncio.Event) -> None:
    question, watch = question_of(asked), clock.Watch()
    while not stop.is_set():
        async with reading() as driver:
            _, *answers = await driver.fetchrow(question, clock.now())
        # what was planned by a clock that went wrong is for the loops themselves to find
        set_back = watch.set_back()
        for one, is_due in zip(asked, answers, strict=True):
            if is_due or set_back:
                wake(one.topic, others=False)
        await pause(stop, EVERY_S)


def question_of(asked: Sequence[Due]) -> str:
    """One row: the moment, and for each topic whether there is something due."""
    answers = (
        f'{" OR ".join(f"({ask}) IS TRUE" for ask in one.asks)} AS "{one.topic}"' for one in asked
    )
    return _QUESTION.format(answers=", ".join(answers))

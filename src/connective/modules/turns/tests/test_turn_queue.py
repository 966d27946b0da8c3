"""What is taken apart from its group: counted as waiting, and in the order of its chat."""

import asyncio
from typing import Any

import pytest

from connective.contracts.channel import TypingSeen
from connective.kit import errors
from connective.modules.turns import queue as turns
from connective.modules.turns.queue import Queue
from connective.modules.turns.work import Arrived, Work


def piece(chat: str, number: int = 1) -> Work:
    event = TypingSeen(external_id=str(number), chat_id=chat, at=0, on=True)
    return Work(key=(1, chat), what=Arrived(event))


async def all_apart(group: list[Work]) -> list[Work]:
    return group


async def outcomes(*futures: Any) -> list[str]:
    found = await asyncio.gather(*futures, return_exceptions=True)
    return [type(each).__name__ for each in found]


async def test_what_waits_apart_counts_as_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def alone(_: Work) -> None:
        begun.set()
        await go.wait()

    monkeypatch.setattr(turns, "LIMIT", 1)
    queue = Queue(all_apart, alone)
    first = queue.submit(piece("a"))
    await begun.wait()
    assert queue.depth == 1
    with pytest.raises(errors.Unavailable):
        queue.submit(piece("b"))
    go.set()
    await first
    await queue.stop()
    assert queue.depth == 0


async def test_after_an_outage_nothing_of_that_chat_overtakes_the_repeat() -> None:
    taken: list[Work] = []

    async def alone(work: Work) -> None:
        taken.append(work)
        if work.external_id == "1":
            raise ConnectionRefusedError

    queue = Queue(all_apart, alone)
    group = [piece("a", 1), piece("a", 2), piece("b", 3)]
    lines = [queue.submit(work) for work in group]
    assert await outcomes(*lines) == ["ConnectionRefusedError", "ConnectionRefusedError", "Taken"]
    assert [work.external_id for work in taken] == ["1", "3"]
    await queue.stop()


async def test_one_that_fails_spoils_no_other_of_its_chat() -> None:
    async def alone(work: Work) -> None:
        if work.external_id == "1":
            raise ValueError

    queue = Queue(all_apart, alone)
    lines = [queue.submit(piece("a", number)) for number in (1, 2)]
    assert await outcomes(*lines) == ["ValueError", "Taken"]
    await queue.stop()

"""Groups of turns: what overlaps, and what is taken apart, in the order of its chat."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from connective.contracts.inbound import TypingSeen
from connective.kit import errors
from connective.modules.turns import queue as turns
from connective.modules.turns.queue import Queue
from connective.modules.turns.work import Arrived, Work

Computed = Callable[[], None]


def piece(chat: str, number: int = 1) -> Work:
    event = TypingSeen(external_id=str(number), chat_id=chat, at=0, on=True)
    return Work(key=(1, chat), what=Arrived(event))


async def all_apart(group: list[Work], _: Computed) -> list[Work]:
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


class Groups:
    """Groups of a queue, each computed and written when a test says so."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.computed: list[Computed] = []
        self.written: list[asyncio.Event] = []

    async def process(self, group: list[Work], computed: Computed) -> list[Work]:
        self.sizes.append(len(group))
        self.computed.append(computed)
        self.written.append(asyncio.Event())
        await self.written[-1].wait()
        return []

    async def begun(self, count: int) -> None:
        """A group begins in a turn of the loop after it was picked."""
        for _ in range(100):
            await asyncio.sleep(0)
        assert len(self.sizes) == count


@pytest.fixture
async def groups(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Queue, Groups]]:
    monkeypatch.setattr(turns, "PATIENCE_S", 3600)
    monkeypatch.setattr(turns, "STALLED_S", 3600)
    groups = Groups()
    queue = Queue(groups.process, unused)
    yield queue, groups
    for written in groups.written:
        written.set()
    await queue.stop()


async def unused(_: Work) -> None:
    raise AssertionError("nothing is taken by itself")


def submit(queue: Queue, name: str, count: int) -> None:
    for number in range(count):
        queue.submit(piece(f"{name}{number}"))


async def test_the_next_group_is_computed_while_one_is_written(
    groups: tuple[Queue, Groups],
) -> None:
    queue, seen = groups
    submit(queue, "a", 1 + turns.ENOUGH)
    await seen.begun(1)
    seen.computed[0]()
    await seen.begun(2)
    submit(queue, "b", turns.ENOUGH)
    seen.written[0].set()
    await seen.begun(2)
    seen.computed[1]()
    await seen.begun(3)
    assert seen.sizes == [1, turns.ENOUGH, turns.ENOUGH]


async def test_few_wait_for_more_while_a_group_is_written(groups: tuple[Queue, Groups]) -> None:
    queue, seen = groups
    submit(queue, "a", 3)
    await seen.begun(1)
    seen.computed[0]()
    await seen.begun(1)
    seen.written[0].set()
    await seen.begun(2)
    assert seen.sizes == [1, 2]


async def test_a_group_that_waits_for_a_lock_keeps_the_next_only_for_a_while(
    groups: tuple[Queue, Groups], monkeypatch: pytest.MonkeyPatch
) -> None:
    queue, seen = groups
    monkeypatch.setattr(turns, "STALLED_S", 0)
    submit(queue, "a", 1 + turns.ENOUGH)
    await seen.begun(2)

"""The loop that distributes looks again soon where somebody held what it wanted to write."""

import asyncio
from typing import Any

import pytest

from connective.app.asgi import fill_points
from connective.kit import loops
from connective.kit.context import unit_of_work
from connective.kit.testing.crowd import Crowd
from connective.kit.testing.databases import Database
from connective.kit.testing.polling import polled
from connective.modules.requests import distributing


async def tried(crowd: Crowd) -> list[int]:
    kept = "SELECT request_id FROM distribution_attempts WHERE result = 'skipped' ORDER BY id"
    return [row["request_id"] for row in await crowd.db.fetch(kept)]


@pytest.mark.proves("OP-25", part="reasons")
async def test_a_request_that_was_held_when_its_reason_was_found_is_told_it_soon(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_points()
    crowd = await Crowd.gather(db)
    stop, looked = asyncio.Event(), asyncio.Event()

    async def idle(*waits: Any) -> None:
        looked.set()
        await loops.idle(*waits)

    monkeypatch.setattr(distributing, "SWEEP_S", 600)
    monkeypatch.setattr(distributing, "idle", idle)
    (request_id,) = await crowd.requests(1)
    async with unit_of_work() as ctx:
        await (await ctx.driver()).execute("SELECT id FROM requests FOR UPDATE")
        running = asyncio.create_task(distributing.run(stop))
        await looked.wait()
        assert await tried(crowd) == []

    async def is_told() -> bool:
        return bool(await tried(crowd))

    await polled(is_told)
    stop.set()
    await running
    assert await tried(crowd) == [request_id]

"""Several processes that start at once on an empty database prepare it one after the other."""

import asyncio

import pytest

from connective.app.first_start import turn
from connective.kit.testing.databases import Database
from connective.kit.testing.polling import polled


@pytest.mark.proves("P-02", part="twice at once")
async def test_one_process_at_a_time_prepares_a_database(db: Database) -> None:
    began, order = asyncio.Event(), list[str]()

    async def other() -> None:
        began.set()
        async with turn(db.dsn):
            order.append("other")

    async def held_up() -> bool:
        return bool(await db.value("SELECT count(*) FROM pg_locks WHERE NOT granted"))

    async with turn(db.dsn):
        waiting = asyncio.create_task(other())
        await began.wait()
        async with asyncio.timeout(10):
            await polled(held_up)
        order.append("first")
    await waiting
    assert order == ["first", "other"]

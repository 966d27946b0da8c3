"""Tests share a loop and connections, and find nothing of each other in them."""

import asyncio

import asyncpg
import pytest
from sqlalchemy import text

from connective.kit.db.engine import close_engine, engine, open_engine
from connective.kit.testing.databases import Database

_LOCKS = """
SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
WHERE locktype = 'advisory' AND objid = 7 AND classid = 0 AND datname = current_database()
"""
_BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
left: list[asyncio.Task[bool]] = []


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_what_a_test_sets_on_its_connection_is_gone_for_the_next(
    db: Database, turn: str
) -> None:
    assert not await db.fetch(_LOCKS)
    async with engine().connect() as connection:
        shown = await connection.execute(text("SHOW lock_timeout"))
        assert (shown.scalar_one(), turn) == ("0", turn)
        await connection.execute(text("SET lock_timeout = '7s'"))
        await connection.execute(text("SELECT pg_advisory_lock(7)"))
        await connection.commit()


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_what_a_test_leaves_running_ends_with_it(turn: str) -> None:
    assert all(task.cancelled() for task in left), turn
    left.append(asyncio.create_task(asyncio.Event().wait()))


async def test_a_connection_that_the_server_ended_is_not_kept(db: Database) -> None:
    async with engine().connect() as connection:
        pid = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    await db.execute("SELECT pg_terminate_backend($1, 2000)", pid)
    await close_engine()
    open_engine(db.dsn, pool_size=5)
    async with engine().connect() as connection:
        new = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    assert new != pid


async def test_a_connection_that_was_closed_or_terminated_serves_again_without_its_locks(
    db: Database,
) -> None:
    backends = set()
    for _ in range(2):
        taken = await asyncpg.connect(db.dsn)
        backends.add(taken.get_server_pid())
        assert await taken.fetchval("SELECT pg_try_advisory_lock(7)")
        taken.terminate()
        closed = await asyncpg.connect(db.dsn, timeout=5)
        backends.add(closed.get_server_pid())
        assert not await db.fetch(_LOCKS)
        await closed.close()
    assert len(backends) == 1


async def test_connections_outlive_the_pool_that_held_them(db: Database) -> None:
    async with engine().connect() as connection:
        await connection.execute(text("SELECT 1"))
    before = {row["pid"] for row in await db.fetch(_BACKENDS)}
    await close_engine()
    open_engine(db.dsn, pool_size=5)
    async with engine().connect() as connection:
        pid = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    assert pid in before

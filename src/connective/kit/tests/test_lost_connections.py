"""A connection that the server has ended is met once at the most, then it is out of the pool."""

import contextlib

from connective.kit.db.driver import driver_of
from connective.kit.db.engine import engine
from connective.kit.testing.databases import Database

MORE_THAN_THE_POOL = 25
ENDED = "SELECT pg_terminate_backend($1, 5000)"


async def served_by() -> int:
    async with engine().connect() as connection, connection.begin():
        driver = await driver_of(connection)
        found: int = await driver.fetchval("SELECT pg_backend_pid()")
        return found


async def test_a_lost_connection_is_not_met_again(db: Database) -> None:
    lost = await served_by()
    await db.fetch(ENDED, lost)
    for _ in range(MORE_THAN_THE_POOL):
        with contextlib.suppress(Exception):
            await served_by()
    assert lost not in [await served_by() for _ in range(MORE_THAN_THE_POOL)]

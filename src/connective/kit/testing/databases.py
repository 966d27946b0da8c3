"""One server a run, one database a worker, cleaned after each test."""

import asyncio
import warnings
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

import asyncpg

from connective.kit.embedded_postgres import Server
from connective.kit.embedded_postgres.locks import locked
from connective.kit.testing.connections import Connections
from connective.kit.testing.template import Migrate, build_template

TEMPLATE = "template_connective"
LOCK_WAIT = "3s"
VACUUM_EVERY = 100


class WorkerDatabase:
    """The database of one test process, copied from the template."""

    def __init__(self, server: Server, run_folder: Path, *, name: str, migrate: Migrate) -> None:
        self.name = name
        self.dsn = server.dsn_of(name)
        self.connections = Connections(self.dsn)
        self.cleanings = 0
        _apart(_prepare(server, run_folder, name, migrate))


class Database:
    """What the fixture `db` gives: a clean database and a connection for looking into it."""

    def __init__(self, worker: WorkerDatabase, connection: Any) -> None:
        self.dsn = worker.dsn
        self._worker = worker
        self._connection = connection

    @classmethod
    async def open(cls, worker: WorkerDatabase) -> Self:
        return cls(worker, await worker.connections.look())

    async def fetch(self, query: str, *values: object) -> list[dict[str, Any]]:
        """All rows as dicts, committed data only."""
        return [dict(row) for row in await self._connection.fetch(query, *values)]

    async def value(self, query: str, *values: object) -> Any:
        """The first column of the first row."""
        return await self._connection.fetchval(query, *values)

    async def execute(self, query: str, *values: object) -> str:
        """Run one statement, committed at once."""
        return str(await self._connection.execute(query, *values))

    async def clean_and_close(self) -> None:
        """Empty every table; a transaction that the test left open is ended with a warning."""
        # the test may have closed or broken the connection it looked through
        await self._connection.close()
        await self._worker.connections.wipe()
        self._connection = await self._worker.connections.look()
        await self._clean()
        await self._connection.close()

    async def _clean(self) -> None:
        await self._connection.execute(f"SET lock_timeout = '{LOCK_WAIT}'")
        try:
            await self._connection.execute("CALL test_support.clean()")
        except asyncpg.LockNotAvailableError:
            left = await self._connection.fetch(
                "SELECT pid, left(query, 200) AS query, pg_terminate_backend(pid, 2000)"
                " FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid()"
            )
            warnings.warn(
                f"the test left transactions open: {[row['query'] for row in left]}", stacklevel=2
            )
            await self._worker.connections.end()
            await self._connection.execute("CALL test_support.clean()")
        self._worker.cleanings += 1
        if self._worker.cleanings % VACUUM_EVERY == 0:
            await self._connection.execute("VACUUM")


def _apart(work: Coroutine[Any, Any, None]) -> None:
    """Run in a thread: the plugin for async tests has a loop of its own in this one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(asyncio.run, work).result()


async def _prepare(server: Server, run_folder: Path, name: str, migrate: Migrate) -> None:
    maintenance = await asyncpg.connect(server.dsn_of("postgres"))
    try:
        # copying refuses a template in use, and the first worker has to build it
        with locked(run_folder / "template.lock"):
            built = run_folder / "template.built"
            if not built.exists():
                await maintenance.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
                await maintenance.execute(f"CREATE DATABASE {TEMPLATE}")
                await build_template(server.dsn_of(TEMPLATE), migrate)
                built.touch()
            await maintenance.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            await maintenance.execute(
                f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY wal_log"
            )
    finally:
        await maintenance.close()

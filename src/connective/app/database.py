"""The instance's database as commands use it: the embedded server, or one that was given."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator

import asyncpg

from connective.app.failures import CommandFailed
from connective.kit.embedded_postgres import Server, check_server
from connective.kit.settings import Settings


@contextlib.contextmanager
def opened(settings: Settings, *, progress: Callable[[str], None]) -> Iterator[str]:
    """The database's address; the embedded server runs at least as long as the block."""
    if settings.database_url:
        asyncio.run(_check(settings.database_url))
        yield settings.database_url
        return
    # started from the main thread: the server is told when the thread that made it ends
    with Server(settings.data_dir, progress=progress) as server:
        yield server.dsn


async def _check(dsn: str) -> None:
    try:
        connection = await asyncpg.connect(dsn, timeout=10)
    except (OSError, asyncpg.PostgresError, TimeoutError) as failure:
        reason = str(failure).splitlines()[0] if str(failure) else type(failure).__name__
        raise CommandFailed(f"CONNECTIVE_DATABASE_URL: cannot connect: {reason}") from None
    try:
        check_server(connection)
    finally:
        await connection.close()

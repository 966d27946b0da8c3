"""The instance's database as commands use it: the embedded server, or one that was given."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Iterator

import asyncpg

from connective.app.failures import CommandFailed
from connective.kit.embedded_postgres import Server, ServerFailed, check_server
from connective.kit.settings import Settings

LOOK_S = 1.0
AGAIN_S = 5.0
log = logging.getLogger(__name__)


@contextlib.contextmanager
def opened(settings: Settings, *, progress: Callable[[str], None]) -> Iterator[str]:
    """The database's address; the embedded server runs at least as long as the block."""
    if settings.database_url:
        asyncio.run(_check(settings.database_url))
        yield settings.database_url
        return
    with Server(settings.data_dir, progress=progress) as server, kept(server):
        yield server.dsn


@contextlib.contextmanager
def kept(server: Server) -> Iterator[None]:
    """Bring the embedded server back whenever it is gone while the block runs.

    Its keeper does so after a kill; this does when the keeper was killed, too, or gave up because
    the server could not start: on a full disk, or one that can only be read.
    """
    ended = threading.Event()
    looking = threading.Thread(target=_look_after, args=(server, ended), daemon=True)
    looking.start()
    try:
        yield
    finally:
        ended.set()
        looking.join()


def _look_after(server: Server, ended: threading.Event) -> None:
    pause = LOOK_S
    while not ended.wait(pause):
        pause = LOOK_S
        try:
            if not server.alive():
                log.error("the embedded database is gone, starting it again")
                server.start()
                log.info("the embedded database is back")
        except (ServerFailed, OSError) as failure:
            log.error("the embedded database does not start: %s", failure)
            pause = AGAIN_S


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

"""The name under which this process claims work; when the process dies, others take it over."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from connective.kit.db.engine import engine
from connective.kit.senders.owner import registered


@contextlib.asynccontextmanager
async def claimant() -> AsyncIterator[int]:
    """A number in the table of senders, kept alive while the block runs."""
    dsn = engine().url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with registered(dsn) as owner, asyncio.TaskGroup() as beside:
        beating = beside.create_task(owner.keep())
        yield owner.id
        beating.cancel()

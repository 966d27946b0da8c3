"""What a process opens before it works and closes after: settings, vault, database, wake-ups."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from connective.app import modules
from connective.kit import crypto, instance, wake
from connective.kit.db import engine as database
from connective.kit.settings import Settings


@contextlib.asynccontextmanager
async def opened(settings: Settings, dsn: str) -> AsyncIterator[None]:
    """Configure the process and keep its connections open while the block runs."""
    instance.configure(settings, crypto.load_vault(settings.secret_key, settings.data_dir))
    database.open_engine(dsn)
    listening = asyncio.create_task(wake.run(dsn), name="wake-ups")
    try:
        async with contextlib.AsyncExitStack() as stack:
            for _, resource in modules.offered("service", "resources"):
                await stack.enter_async_context(resource(settings))
            yield
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await database.close_engine()

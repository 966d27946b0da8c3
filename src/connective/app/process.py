"""What a process opens before it works and closes after: settings, vault, database, wake-ups."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from connective.app import modules, schema
from connective.kit import crypto, egress, instance, wake
from connective.kit.db import engine as database
from connective.kit.processes import beat
from connective.kit.settings import Settings


@contextlib.asynccontextmanager
async def opened(settings: Settings, dsn: str) -> AsyncIterator[None]:
    """Configure the process and keep its connections open while the block runs."""
    instance.configure(settings, crypto.load_vault(settings.secret_key, settings.data_dir))
    database.open_engine(dsn)
    beat.knows(schema.line()[-1].revision)
    outbound = egress.Egress(_policy(settings))
    await outbound.open()
    egress.configure(outbound)
    listening = asyncio.create_task(wake.run(dsn), name="wake-ups")
    try:
        async with contextlib.AsyncExitStack() as stack:
            for _, resource in modules.offered("service", "resources"):
                await stack.enter_async_context(resource(settings))
            yield
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        egress.configure(None)
        await outbound.close()
        await database.close_engine()


def _policy(settings: Settings) -> egress.Policy:
    own = urlsplit(settings.base_url)
    port = own.port or (443 if own.scheme == "https" else 80)
    return egress.Policy.build(
        allow_private=settings.outbound_allow_private,
        allowed_hosts=settings.outbound_allowed_hosts,
        own_origins=[f"{own.hostname}:{port}"],
    )

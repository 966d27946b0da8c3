"""A stand-in for a provider, served on a loopback port in the loop of the test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp

from connective.kit.testing.server import listen


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[str]:
    """The address at which it answers while the block runs."""
    with listen() as listener:
        config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False)
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup(sockets=[listener])
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            for connection in list(server.server_state.connections):
                connection.shutdown()
            for each in server.servers:
                each.close()
            await asyncio.sleep(0)  # closed transports report themselves in the loop's next round

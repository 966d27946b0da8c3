"""Serves a small ASGI app (a stand-in of a partner) on loopback, in the test's own loop."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import uvicorn

from connective.kit.testing.server import listen


@contextlib.asynccontextmanager
async def serving(app: Any) -> AsyncIterator[str]:
    """The address of the app while the block runs; a long poll is broken off at its end."""
    listener = listen()
    config = uvicorn.Config(
        app, lifespan="off", log_config=None, access_log=False, server_header=False
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listener])
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        for task in list(server.server_state.tasks):
            task.cancel()
        await asyncio.gather(*server.server_state.tasks, return_exceptions=True)
        for connection in list(server.server_state.connections):
            connection.shutdown()
        await asyncio.sleep(0)  # closed transports report themselves in the loop's next round
        for one in server.servers:
            one.close()
        listener.close()

"""Puts the partner together: three handlers, one store, one loop that posts updates."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
from aiohttp import web

from examples.partner.envelopes import Envelopes
from examples.partner.settings import Settings
from examples.partner.store import Store
from examples.partner.updates import Updates
from examples.partner.users import Users

TIMEOUT = aiohttp.ClientTimeout(total=60)


@contextlib.asynccontextmanager
async def running(
    settings: Settings, *, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[tuple[str, Updates]]:
    """Serves while the block is open; gives its address, and what posts the updates."""
    listener = socket.create_server((host, port))
    url = f"http://{host}:{listener.getsockname()[1]}"
    settings = replace(settings, public_url=settings.public_url or url)
    store = Store(settings.database)
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        updates = Updates(settings, store, session)
        envelopes = Envelopes(settings, store, session)
        runner = web.AppRunner(
            _app(envelopes, Users(settings, store, updates)), access_log=None, shutdown_timeout=1
        )
        await runner.setup()
        await web.SockSite(runner, listener).start()
        working = [asyncio.create_task(updates.run()), asyncio.create_task(envelopes.work())]
        try:
            yield url, updates
        finally:
            for task in working:
                task.cancel()
            await asyncio.gather(*working, return_exceptions=True)
            await runner.cleanup()
            await envelopes.close()
            store.close()


def _app(envelopes: Envelopes, users: Users) -> web.Application:
    app = web.Application(client_max_size=5 * 1024 * 1024)
    app.add_routes(
        [
            web.post("/channel", envelopes.post),
            web.get("/probe", users.see),
            web.post("/probe", users.act),
            web.get("/files/{name}", users.file),
            web.get("/", users.page),
        ]
    )
    return app

"""The whole application in this process on an ephemeral loopback port, served as in production."""

import asyncio
import socket
from typing import Any, Self

import uvicorn

from connective.kit import wake


def listen() -> socket.socket:
    """A bound loopback socket, so that the port is known before the app is made."""
    return socket.create_server(("127.0.0.1", 0), backlog=1024)


class RunningApp:
    """Starts the app's lifespan and serves it until the block ends."""

    def __init__(self, app: Any, listener: socket.socket, **options: Any) -> None:
        self.asgi = app
        self.port: int = listener.getsockname()[1]
        self._listener = listener
        config = uvicorn.Config(
            app,
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            http=app.state.connection,
            ws=app.state.realtime.protocol,
            **options,
        )
        config.load()
        self._server = uvicorn.Server(config)
        self._server.lifespan = config.lifespan_class(config)
        self._ticking: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def connections(self) -> int:
        """How many are open."""
        return len(self._server.server_state.connections)

    async def __aenter__(self) -> Self:
        try:
            await self._server.startup(sockets=[self._listener])
        except SystemExit:
            raise RuntimeError("the app did not start: the log says why") from None
        self._ticking = asyncio.create_task(self._server.main_loop())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._ticking is not None:
            self._ticking.cancel()
            await asyncio.gather(self._ticking, return_exceptions=True)
        for connection in list(self._server.server_state.connections):
            connection.shutdown()
        await asyncio.sleep(0)  # closed transports report themselves in the loop's next round
        if self._server.server_state.connections or self._server.server_state.tasks:
            wake.close()  # as a signal does: a page's long poll would hold the stop for its time
            await self._server.shutdown(sockets=[self._listener])
            return
        # the same without its pause of 0.1 s, which every test would pay
        for server in self._server.servers:
            server.close()
        await self._server.lifespan.shutdown()

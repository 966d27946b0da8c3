"""One server process: uvicorn on a socket that is open already, stopped gracefully by a signal."""

import asyncio
import contextlib
import gc
import os
import signal
import socket
from collections.abc import Callable, Generator, Iterator
from typing import Literal

import uvicorn
import uvloop
from fastapi import FastAPI

from connective.app import asgi, supervisor
from connective.app.failures import CommandFailed
from connective.kit import wake
from connective.kit.http import places
from connective.kit.settings import Settings

Role = Literal["all", "web", "worker"]
REQUESTS_S = 4  # what running requests get at a stop; the loops get asgi.DRAIN_S after it
BACKLOG = 2048
# Longer than proxies and partners keep an idle connection (mostly 60 s at the longest): a call that
# meets its end is lost to whoever does not repeat it.
KEEP_ALIVE_S = 75
GC_AFTER = 20_000  # new objects; a request in flight holds some hundred
SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def listen(settings: Settings) -> Iterator[socket.socket]:
    """The listening socket; a taken port is a one-line failure."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    address = (settings.host, settings.port)
    try:
        listener = socket.create_server(address, family=family, backlog=BACKLOG)
    except OSError as failure:
        raise CommandFailed(
            f"cannot listen on {settings.host}:{settings.port}: {os.strerror(failure.errno or 0)}; "
            "set CONNECTIVE_HOST or CONNECTIVE_PORT"
        ) from None
    with listener:
        yield listener


class GracefulServer(uvicorn.Server):
    """Stops by SIGTERM or Ctrl-C, then ends normally; a second signal stops at once."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        with told_to_stop(self.stop):
            yield

    def stop(self) -> None:
        if self.should_exit:
            self.force_exit = True
        self.should_exit = True
        wake.close()


@contextlib.contextmanager
def told_to_stop(stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop` at each signal, and when the supervisor has ended: its pipe to us closes."""
    loop = asyncio.get_running_loop()

    def orphaned() -> None:
        loop.remove_reader(0)
        stop()

    for number in SIGNALS:
        loop.add_signal_handler(number, stop)
    if supervisor.is_child():
        loop.add_reader(0, orphaned)
    try:
        yield
    finally:
        for number in SIGNALS:
            loop.remove_signal_handler(number)


async def _work(app: FastAPI) -> None:
    """The loops of a process that serves nothing."""
    stopping = asyncio.Event()
    with told_to_stop(stopping.set):
        async with app.router.lifespan_context(app):
            await stopping.wait()


def serve(
    settings: Settings, *, role: Role, listener: socket.socket | None, dsn: str | None = None
) -> int:
    """Serve until stopped, or without a socket only work; gives the exit code."""
    places.make_room()
    app = asgi.create_app(settings, dsn=dsn, role=role)
    _spare_the_collector()
    if listener is None:
        uvloop.run(_work(app))
        return 0
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http=app.state.connection,
        ws=app.state.realtime.protocol,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # kit.http.address believes only the trusted proxies
        timeout_graceful_shutdown=REQUESTS_S,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_S,
    )
    server = GracefulServer(config)
    try:
        server.run(sockets=[listener])
    except SystemExit:
        raise CommandFailed("the server did not start, the log above says why") from None
    return 0


def _spare_the_collector() -> None:
    """What was loaded by now stays for good: collections need not walk through it each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GC_AFTER, 10, 10)

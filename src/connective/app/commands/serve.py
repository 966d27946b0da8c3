"""`connective serve` and `connective migrate`."""

import argparse
import asyncio
import contextlib
import os
from typing import Any

from connective.app import database, first_start, serving, supervisor
from connective.app.terminal import note, say
from connective.kit import logs
from connective.kit import settings as environment
from connective.kit.settings import Settings


def add(commands: Any) -> None:
    serve = commands.add_parser("serve", help="serve the web app, the API and the work behind them")
    serve.add_argument("--role", choices=["all", "web", "worker"], default="all")
    serve.add_argument("--workers", type=_count, help="server processes (CONNECTIVE_WORKERS)")
    serve.set_defaults(run=_serve)
    migrate = commands.add_parser("migrate", help="bring the database to this release")
    migrate.set_defaults(run=_migrate)


def _count(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 64:
        raise argparse.ArgumentTypeError("takes 1 to 64")
    return value


def _serve(chosen: argparse.Namespace) -> int:
    settings = environment.load()
    logs.set_up(settings.log)
    workers = chosen.workers or settings.workers
    if supervisor.is_child():
        # a worker of the supervisor below: the database is ready, the socket is given
        return serving.serve(settings, role=chosen.role, listener=supervisor.given_socket())
    with contextlib.ExitStack() as held:
        listener = None
        if chosen.role != "worker":
            listener = held.enter_context(serving.listen(settings))
            settings = settings.model_copy(update={"port": listener.getsockname()[1]})
        dsn = held.enter_context(database.opened(settings, progress=note))
        told = asyncio.run(first_start.prepare(settings, dsn))
        _tell(settings, chosen.role)
        if chosen.role != "worker":
            for line in told:
                say(line)
        if workers == 1:
            return serving.serve(settings, role=chosen.role, listener=listener, dsn=dsn)
        return supervisor.run(workers, role=chosen.role, listener=listener, dsn=dsn)


def _tell(settings: Settings, role: str) -> None:
    does = "works in the background" if role == "worker" else f"serves {settings.base_url}"
    say(f"Connective {does} (process {os.getpid()}). Ctrl-C stops it.")


def _migrate(_: argparse.Namespace) -> None:
    settings = environment.load()
    with database.opened(settings, progress=note) as dsn:
        asyncio.run(first_start.migrate(dsn))
    say("The database is up to date.")

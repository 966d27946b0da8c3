"""Brings a database to what this release needs: tables, then the rows of the seeds."""

import asyncio
import importlib
import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

import connective
from connective.app import schema
from connective.app.failures import CommandFailed
from connective.kit import clock
from connective.kit.db.engine import engine as the_engine
from connective.kit.db.seeds import sow
from connective.kit.events.partitions import ensure_partitions
from connective.kit.loops import Loop, pause
from connective.kit.processes import beat

_LOCK = text("SELECT pg_advisory_xact_lock(7306091)")
_BRIEFLY = text("SET LOCAL lock_timeout = '3s'")
_LOCKED = "55P03"
AGAIN_S = 1.0
_WITH_TABLES = ("kit", "modules", "adapters")
FINISH_S = 10.0
log = logging.getLogger(__name__)


def import_models() -> None:
    """Import every `models`: that fills the metadata and the seeds."""
    package = Path(connective.__file__).parent
    for part in _WITH_TABLES:
        for file in sorted((package / part).rglob("models.py")):
            name = ".".join(file.relative_to(package).with_suffix("").parts)
            importlib.import_module(f"connective.{name}")


async def migrate(engine: AsyncEngine) -> schema.State:
    """As far as the processes that live can bear, under a lock: several that start do it once."""
    import_models()
    while True:
        try:
            return await _at_once(engine)
        except DBAPIError as failure:
            if getattr(failure.orig, "sqlstate", "") != _LOCKED:
                raise
        log.warning("tables are in use, the migration tries again")
        await asyncio.sleep(AGAIN_S)


async def _at_once(engine: AsyncEngine) -> schema.State:
    """All of it or nothing; who waits long for a table would keep all others waiting behind."""
    async with engine.begin() as db:
        await db.execute(_LOCK)
        await db.execute(_BRIEFLY)
        present = await db.run_sync(revision)
        alone = present is None or not await _older_live(db)
        await db.run_sync(_bring_up, present, alone)
        await sow(db)
        await ensure_partitions(db, clock.now())
        standing = schema.state(await db.run_sync(revision), schema.line())
    if standing == "waits":
        log.warning("the last migrations wait until no process of an older release is left")
    return standing


async def _older_live(db: AsyncConnection) -> bool:
    """Whether a process of an earlier release beats; before processes told it, all are such."""
    told = await db.run_sync(lambda on: _has_column(on, "processes", "schema"))
    older = [step.revision for step in schema.line()[:-1]]
    since = clock.now() - beat.ALIVE
    if not told:
        return bool(await beat.living(db, since=since))
    return bool(await beat.of_older_releases(db, older, since=since))


def _has_column(connection: Connection, table: str, column: str) -> bool:
    return column in {each["name"] for each in inspect(connection).get_columns(table)}


def _bring_up(connection: Connection, present: str | None, alone: bool) -> None:
    steps = schema.line()
    if schema.state(present, steps) == "newer":
        raise CommandFailed(
            f"the database was brought to {present} by a newer release: start that one, "
            "or restore the backup made before the upgrade"
        )
    if upto := schema.target(present, steps, alone=alone):
        command.upgrade(_config(connection), upto)


def revision(connection: Connection) -> str | None:
    """The migration that the database is at."""
    return MigrationContext.configure(connection).get_current_revision()


async def finish(stop: asyncio.Event) -> None:
    """Make the migrations that wait for older processes, once these are gone."""
    async with the_engine().connect() as db:
        standing = schema.state(await db.run_sync(revision), schema.line())
    while standing == "waits" and not stop.is_set():
        await pause(stop, FINISH_S)
        standing = await migrate(the_engine())
    await stop.wait()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(schema.folder()))
    config.attributes["connection"] = connection
    return config


LOOP = Loop("migrations", "worker", finish)

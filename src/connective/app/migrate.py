"""Brings a database to what this release needs: tables, then the rows of the seeds."""

import importlib
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

import connective
from connective.app.failures import CommandFailed
from connective.kit import clock
from connective.kit.db.metadata import extra_ddl, metadata
from connective.kit.db.seeds import sow
from connective.kit.events.partitions import ensure_partitions

_LOCK = text("SELECT pg_advisory_xact_lock(7306091)")
_WITH_TABLES = ("kit", "modules", "adapters")


def folder() -> Path:
    """Where the migrations are: in the installed package, or in the working copy."""
    package = Path(connective.__file__).parent
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parents[1] / "migrations"


def import_models() -> None:
    """Import every `models`: that fills the metadata and the seeds."""
    package = Path(connective.__file__).parent
    for part in _WITH_TABLES:
        for file in sorted((package / part).rglob("models.py")):
            name = ".".join(file.relative_to(package).with_suffix("").parts)
            importlib.import_module(f"connective.{name}")


async def migrate(engine: AsyncEngine) -> None:
    """Under a lock, so that several starting processes do it once."""
    import_models()
    async with engine.begin() as db:
        await db.execute(_LOCK)
        await db.run_sync(_bring_up)
        await sow(db)
        await ensure_partitions(db, clock.now())


def _bring_up(connection: Connection) -> None:
    if has_migrations():
        _need_known(connection)
        command.upgrade(_config(connection), "head")
    elif not inspect(connection).has_table("event_cursors"):
        metadata.create_all(connection)
        for statement in extra_ddl:
            connection.exec_driver_sql(statement)


def _need_known(connection: Connection) -> None:
    """An older release would not know what it meets."""
    present = MigrationContext.configure(connection).get_current_revision()
    script = ScriptDirectory.from_config(_config(connection))
    if present not in {None, *(one.revision for one in script.walk_revisions())}:
        raise CommandFailed(
            f"the database was brought to {present} by a newer release: start that one, "
            "or restore the backup made before the upgrade"
        )


def has_migrations() -> bool:
    return any((folder() / "versions").glob("[0-9]*.py"))


def heads(connection: Connection) -> tuple[str | None, str | None]:
    """The revision that the database is at, and the newest one of this release."""
    if not has_migrations():
        return None, None
    script = ScriptDirectory.from_config(_config(connection))
    return MigrationContext.configure(connection).get_current_revision(), script.get_current_head()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder()))
    config.attributes["connection"] = connection
    return config

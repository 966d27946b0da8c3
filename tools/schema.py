"""The database as the migrations make it and as the models ask for it, side by side."""

import asyncio
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from connective.app.migrate import import_models
from connective.kit.db.metadata import extra_ddl, metadata
from connective.kit.embedded_postgres import Server, program
from tools.bootstrap.places import ROOT

MIGRATIONS = ROOT / "migrations"
OWN_TABLE = "alembic_version"
Result = TypeVar("Result")


@contextmanager
def database() -> Iterator[str]:
    """The address of an empty database on a server of its own, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder), durable=False) as server:
        yield server.dsn


def work(dsn: str, act: Callable[[Connection], Result]) -> Result:
    """Runs `act` in one transaction of that database."""

    async def connected() -> Result:
        engine = create_async_engine(make_url(dsn).set(drivername="postgresql+asyncpg"))
        try:
            async with engine.begin() as connection:
                return await connection.run_sync(act)
        finally:
            await engine.dispose()

    return asyncio.run(connected())


def create_from_models(connection: Connection) -> None:
    """All tables at once, as the models have them now."""
    import_models()
    metadata.create_all(connection)
    for statement in extra_ddl:
        connection.execute(text(statement))


def migrate(connection: Connection, migrations: Path) -> None:
    """All migrations from the first to the last."""
    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def dump(dsn: str) -> list[str]:
    """The schema, a statement a line, with columns in order of name: it says what, not how."""
    command_line = [str(program("pg_dump")), "--schema-only", "--no-owner", "--no-privileges"]
    command_line += [f"--exclude-table={OWN_TABLE}", f"--dbname={dsn}"]
    done = subprocess.run(command_line, check=True, capture_output=True, text=True)
    lines = [row for row in done.stdout.splitlines() if not row.startswith(("--", "\\", "SET "))]
    statements = [each.strip() for each in "\n".join(lines).split(";\n") if each.strip()]
    return sorted(_calm(statement) for statement in statements)


def _calm(statement: str) -> str:
    """Columns added later stand at the end of a table; that is no difference."""
    found = re.fullmatch(r"(CREATE TABLE [^(]*\()\n(.*)\n(\).*)", statement, re.DOTALL)
    if not found:
        return " ".join(statement.split())
    columns = sorted(row.strip().rstrip(",") for row in found[2].splitlines())
    return f"{found[1]} {', '.join(columns)} {' '.join(found[3].split())}"

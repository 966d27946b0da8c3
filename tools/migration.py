"""`make migration name=...`: writes the SQL that leads from the migrations to the models."""

import io
import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

from alembic.autogenerate import produce_migrations
from alembic.operations import Operations
from alembic.operations.ops import CreateTableOp, MigrateOperation, OpContainer
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Constraint, inspect, text
from sqlalchemy.schema import CreateSequence, SchemaItem

from connective.app.migrate import import_models
from connective.kit.db.metadata import extra_ddl, metadata
from connective.kit.queue.models import TABLES as QUEUE_TABLES
from tools import schema
from tools.bootstrap.places import ROOT

NAME = re.compile(r"(?:(pre|post)_)?([a-z][a-z0-9_]*)")
UP_TO_DATE = "The migrations make what the models ask for."
PARTITIONS = text("SELECT relname FROM pg_class WHERE relispartition")
FILE = '''"""{title}."""

from alembic import op

revision = "{number}"
down_revision = {before}

STATEMENTS = (
{statements})


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
'''


def statements(connection: Connection, *, first: bool) -> list[str]:
    """The SQL between the database of this connection and the models.

    What SQLAlchemy has no object for (`extra_ddl`) goes into the first migration; later it is
    written by hand, and the drift check asks for it.
    """
    import_models()
    foreign = {schema.OWN_TABLE, *QUEUE_TABLES, *connection.execute(PARTITIONS).scalars()}
    ours = {"include_name": lambda name, kind, _: kind != "table" or name not in foreign}
    context = MigrationContext.configure(connection, opts=ours)
    asked = produce_migrations(context, metadata)
    written = io.StringIO()
    offline = MigrationContext.configure(
        dialect_name="postgresql",
        opts={"as_sql": True, "output_buffer": written, "literal_binds": True},
    )
    there = inspect(connection).get_sequence_names()
    sequences = [s for name, s in sorted(metadata._sequences.items()) if name not in there]  # noqa: SLF001
    for sequence in sequences:
        offline.impl._exec(CreateSequence(sequence))  # noqa: SLF001
    for operation in _leaves(asked.upgrade_ops):
        Operations(offline).invoke(operation)
    tidy = re.sub(r" +\n", "\n", written.getvalue())
    rows = [row.strip() for row in tidy.split(";\n\n")]
    return [*filter(None, rows), *(extra_ddl if first else [])]


def _leaves(container: OpContainer | None) -> Iterator[MigrateOperation]:
    for operation in container.ops if container else []:
        if isinstance(operation, OpContainer):
            yield from _leaves(operation)
        else:
            if isinstance(operation, CreateTableOp):
                operation.columns = sorted(operation.columns, key=_place)
            yield operation


def _place(part: SchemaItem) -> str:
    """Columns stay in their order; constraints come as a set, so their names give them one."""
    return str(part.name) if isinstance(part, Constraint) else ""


def write(phase: str, what: str, migrations: Path) -> Path | None:
    """The next file of the line, or None when the models ask for nothing new."""
    versions = migrations / "versions"
    earlier = sorted(file.name[:4] for file in versions.glob("[0-9]*.py"))
    with schema.database() as dsn, warnings.catch_warnings(action="ignore"):
        if earlier:
            schema.work(dsn, lambda connection: schema.migrate(connection, migrations))
        sql = schema.work(dsn, lambda connection: statements(connection, first=not earlier))
    if not sql:
        return None
    number = f"{len(earlier) + 1:04d}"
    before = f'"{earlier[-1]}"' if earlier else "None"
    title = what.replace("_", " ").capitalize()
    rows = "".join(f'    """\n{row}\n""",\n' for row in sql)
    versions.mkdir(exist_ok=True)
    file = versions / f"{number}_{phase}_{what}.py"
    file.write_text(FILE.format(title=title, number=number, before=before, statements=rows))
    return file


def main(arguments: list[str]) -> int:
    """Exit codes: 0 written or nothing to do, 2 wrong usage."""
    named = NAME.fullmatch(" ".join(arguments))
    if not named:
        sys.stderr.write("usage: make migration name=[pre_|post_]what_it_does\n")
        return 2
    file = write(named[1] or "pre", named[2], schema.MIGRATIONS)
    said = f"{file.relative_to(ROOT)}: read it before you commit it." if file else UP_TO_DATE
    sys.stdout.write(said + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

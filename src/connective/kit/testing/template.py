"""The template database: every table, made once a run; workers copy it."""

import importlib
import pkgutil
from pathlib import Path
from types import ModuleType

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

import connective
from connective.kit.db.metadata import extra_ddl, metadata
from connective.kit.db.seeds import sow

MIGRATIONS = Path("migrations")
_WITH_TABLES = ("kit", "modules", "adapters")

# Empties what tests wrote and puts back the rows that the template was made with. Replica mode
# leaves out foreign keys and triggers, so the order does not matter. Tables of zero bytes were
# never written: they cost nothing.
_SUPPORT = """
CREATE SCHEMA test_support;
CREATE TABLE test_support.seeded (name text PRIMARY KEY, columns text NOT NULL);
CREATE PROCEDURE test_support.keep_rows() LANGUAGE plpgsql AS $body$
DECLARE t record; filled boolean;
BEGIN
  FOR t IN SELECT c.oid, c.relname,
             (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
               WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '')
             AS columns
           FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
             AND c.relkind = 'r' AND pg_relation_size(c.oid) > 0
  LOOP
    EXECUTE format('CREATE TABLE test_support.%I AS SELECT %s FROM public.%I',
                   'seed_' || t.relname, t.columns, t.relname);
    INSERT INTO test_support.seeded VALUES (t.relname, t.columns);
  END LOOP;
END $body$;
CREATE PROCEDURE test_support.clean() LANGUAGE plpgsql AS $body$
DECLARE t record;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR t IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
             AND relkind = 'r' AND pg_relation_size(oid) > 0
  LOOP
    EXECUTE format('DELETE FROM public.%I', t.relname);
  END LOOP;
  FOR t IN SELECT name, columns FROM test_support.seeded LOOP
    EXECUTE format('INSERT INTO public.%I (%s) SELECT * FROM test_support.%I',
                   t.name, t.columns, 'seed_' || t.name);
  END LOOP;
END $body$;
"""


async def build_template(dsn: str) -> None:
    """Make all tables in an empty database: by the migrations once there are any."""
    import_models()
    url = make_url(dsn).set(drivername="postgresql+asyncpg")
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            if any((MIGRATIONS / "versions").glob("*.py")):
                await connection.run_sync(_migrate, dsn)
            else:
                await connection.run_sync(metadata.create_all)
                for statement in extra_ddl:
                    await connection.execute(text(statement))
            await sow(connection)
    finally:
        await engine.dispose()
    connection_of_support = await asyncpg.connect(dsn)
    try:
        await connection_of_support.execute(_SUPPORT)
        await connection_of_support.execute("CALL test_support.keep_rows()")
    finally:
        await connection_of_support.close()


def import_models() -> list[ModuleType]:
    """Import every `models` of the kit, the modules and the adapters: that fills the metadata."""
    names = [
        entry.name
        for part in _WITH_TABLES
        for entry in pkgutil.walk_packages(
            [f"{place}/{part}" for place in connective.__path__], f"connective.{part}."
        )
        if entry.name.endswith(".models")
    ]
    return [importlib.import_module(name) for name in names]


def _migrate(connection: Connection, dsn: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes.update(connection=connection, dsn=dsn)
    command.upgrade(config, "head")

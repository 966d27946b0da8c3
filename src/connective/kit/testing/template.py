"""The template database: every table, made once a run; workers copy it."""

from collections.abc import Awaitable, Callable

import asyncpg
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

Migrate = Callable[[AsyncEngine], Awaitable[object]]

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


async def build_template(dsn: str, migrate: Migrate) -> None:
    """Fill an empty database as the product itself does, and add what cleaning needs."""
    engine = create_async_engine(make_url(dsn).set(drivername="postgresql+asyncpg"))
    try:
        await migrate(engine)
    finally:
        await engine.dispose()
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(_SUPPORT)
        await connection.execute("CALL test_support.keep_rows()")
    finally:
        await connection.close()

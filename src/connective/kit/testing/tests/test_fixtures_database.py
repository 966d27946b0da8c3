"""The database fixtures: clean for every test, rolled back, the template's rows kept."""

import asyncpg
import pytest
from sqlalchemy import text

from connective.kit.auth_policy import SYSTEM
from connective.kit.context import Ctx, unit_of_work
from connective.kit.embedded_postgres import Server
from connective.kit.testing import databases
from connective.kit.testing.databases import Database, WorkerDatabase
from connective.kit.testing.template import Migrate, build_template

_COUNT = "SELECT count(*) FROM events"


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_rows_committed_by_a_test_are_gone_for_the_next(db: Database, turn: str) -> None:
    assert await db.value(_COUNT) == 0
    async with unit_of_work(SYSTEM) as ctx:
        ctx.emit("test.happened", {"turn": turn})
    assert await db.value("SELECT data->>'turn' FROM events") == turn


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_the_unit_of_work_of_a_test_is_rolled_back(ctx: Ctx, db: Database, turn: str) -> None:
    ctx.emit("test.happened", {"turn": turn})
    await ctx.flush()
    assert (await ctx.db.execute(text(_COUNT))).scalar_one() == 1
    assert await db.value(_COUNT) == 0


async def test_nothing_of_a_failed_unit_of_work_is_kept(db: Database) -> None:
    async def fail_late() -> None:
        async with unit_of_work(SYSTEM) as ctx:
            ctx.emit("test.happened", {})
            await ctx.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_late()
    assert await db.value(_COUNT) == 0


async def test_cleaning_keeps_the_rows_of_the_template_and_ignores_foreign_keys(
    postgres: Server, worker_database: WorkerDatabase, migrate: Migrate
) -> None:
    name = worker_database.name + "_seeded"
    maintenance = await asyncpg.connect(postgres.dsn_of("postgres"))
    await maintenance.execute(f"CREATE DATABASE {name}")
    await build_template(postgres.dsn_of(name), migrate)
    connection = await asyncpg.connect(postgres.dsn_of(name))
    await connection.execute(
        "CREATE TABLE land (code text PRIMARY KEY, size int GENERATED ALWAYS AS (2) STORED);"
        "CREATE TABLE town (id int PRIMARY KEY, land text REFERENCES land);"
        "INSERT INTO land VALUES ('ua'), ('ie');"
        "DELETE FROM test_support.seeded;"
    )
    drops = await connection.fetchval(
        "SELECT string_agg('DROP TABLE test_support.' || quote_ident(tablename), ';')"
        " FROM pg_tables WHERE schemaname = 'test_support' AND tablename LIKE 'seed\\_%'"
    )
    await connection.execute(drops or "")
    await connection.execute("CALL test_support.keep_rows()")
    await connection.execute("INSERT INTO town VALUES (1, 'ua'); DELETE FROM land WHERE code='ie'")
    await connection.execute("CALL test_support.clean()")
    assert [row["code"] for row in await connection.fetch("TABLE land ORDER BY code")] == [
        "ie",
        "ua",
    ]
    assert await connection.fetchval("SELECT count(*) FROM town") == 0
    await connection.close()
    await maintenance.execute(f"DROP DATABASE {name}")
    await maintenance.close()


async def test_a_transaction_left_open_is_ended_and_said(
    worker_database: WorkerDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "LOCK_WAIT", "20ms")
    database = await Database.open(worker_database)
    left = await asyncpg.connect(worker_database.dsn)
    await left.execute("BEGIN")
    await left.execute("LOCK TABLE events")
    with pytest.warns(UserWarning, match="left transactions open: .*LOCK TABLE events"):
        await database.clean_and_close()
    left.terminate()

"""The database fixtures: clean for every test, rolled back, the template's rows kept."""

import pytest
from sqlalchemy import text

from connective.kit.auth_policy import SYSTEM
from connective.kit.context import Ctx, unit_of_work
from connective.kit.testing.databases import Database

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

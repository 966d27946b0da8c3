"""Partitions of the event log: made ahead, complete, and never in the way of an event."""

from datetime import UTC, datetime, timedelta

import pytest

from connective.kit.context import Ctx
from connective.kit.events import partitions

NOW = datetime(2040, 11, 30, 23, 59, tzinfo=UTC)
_WRITE = "INSERT INTO events (at, kind, data) VALUES ($1, 'test.a', '{}')"
_WHERE = "SELECT tableoid::regclass::text FROM events WHERE at = $1"


async def test_this_month_and_three_more_get_a_partition(ctx: Ctx) -> None:
    made = await partitions.ensure_partitions(ctx.db, NOW)
    assert made == ["events_2040_11", "events_2040_12", "events_2041_01", "events_2041_02"]
    assert await partitions.ensure_partitions(ctx.db, NOW) == []
    assert await partitions.check(ctx.db, NOW) == ([], 0)


async def test_the_next_month_brings_one_more(ctx: Ctx) -> None:
    await partitions.ensure_partitions(ctx.db, NOW)
    made = await partitions.ensure_partitions(ctx.db, NOW + timedelta(minutes=2))
    assert made == ["events_2041_03"]


@pytest.mark.parametrize(
    ("moment", "name"),
    [
        (datetime(2040, 11, 1, tzinfo=UTC), "events_2040_11"),
        (datetime(2040, 12, 31, 23, 59, 59, tzinfo=UTC), "events_2040_12"),
        (datetime(2060, 1, 1, tzinfo=UTC), "events_rest"),
    ],
)
async def test_an_event_lands_in_the_partition_of_its_month(
    ctx: Ctx, moment: datetime, name: str
) -> None:
    await partitions.ensure_partitions(ctx.db, NOW)
    driver = await ctx.driver()
    await driver.execute(_WRITE, moment)
    assert await driver.fetchval(_WHERE, moment) == name


async def test_events_that_came_too_early_move_into_their_partition(ctx: Ctx) -> None:
    driver = await ctx.driver()
    await driver.execute(_WRITE, NOW)
    assert await driver.fetchval(_WHERE, NOW) == "events_rest"
    missing, in_rest = await partitions.check(ctx.db, NOW)
    assert (len(missing), in_rest) == (4, 1)
    await partitions.ensure_partitions(ctx.db, NOW)
    assert await driver.fetchval(_WHERE, NOW) == "events_2040_11"
    assert await partitions.check(ctx.db, NOW) == ([], 0)


async def test_partitions_older_than_events_are_kept_go(ctx: Ctx) -> None:
    await partitions.ensure_partitions(ctx.db, NOW)
    driver = await ctx.driver()
    await driver.execute(_WRITE, NOW)
    dropped = await partitions.drop_old(ctx.db, NOW + timedelta(days=120))
    assert dropped[-1] == "events_2040_11"
    assert await driver.fetchval("SELECT count(*) FROM events WHERE at = $1", NOW) == 0
    assert "events_2041_01" not in dropped

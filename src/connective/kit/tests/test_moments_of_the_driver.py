"""Moments go to the database and come back as they were, in whatever zone they were told."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from asyncpg import DataError

from connective.kit.context import Ctx

KYIV = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 5, 4, 10, 11, 12, 345678, UTC),
        datetime(2026, 5, 4, 12, 11, 12, 345678, KYIV),
        datetime(1969, 12, 31, 23, 59, 59, 1, UTC),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, UTC),
    ],
)
async def test_a_moment_is_kept_to_the_microsecond(ctx: Ctx, moment: datetime) -> None:
    driver = await ctx.driver()
    text = "to_char($1::timestamptz, 'YYYY-MM-DD HH24:MI:SS.US')"
    back, shown = await driver.fetchrow(f"SELECT $1::timestamptz, {text}", moment)
    assert back == moment
    assert back.tzinfo is UTC
    assert shown == f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}".rjust(26, "0")


async def test_the_ends_of_time_can_be_read(ctx: Ctx) -> None:
    row = await (await ctx.driver()).fetchrow(
        "SELECT 'infinity'::timestamptz, '-infinity'::timestamptz, NULL::timestamptz"
    )
    assert row[0] == datetime.max.replace(tzinfo=UTC)
    assert row[1] == datetime.min.replace(tzinfo=UTC)
    assert row[2] is None


async def test_a_time_without_a_zone_is_refused(ctx: Ctx) -> None:
    naive = datetime(2026, 5, 4, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(DataError):
        await (await ctx.driver()).fetchval("SELECT $1::timestamptz", naive)

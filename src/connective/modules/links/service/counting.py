"""Counts clicks and starts of links: altogether, and by the day where the link's bot is."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.kit.errors import FieldError
from connective.modules.links import codes, queries
from connective.modules.links.schemas import LinkDay

USUAL: Final = 30
MOST: Final = 366
_CLICKED = "UPDATE links SET clicks = clicks + 1 WHERE code = $1"
_STARTED = "UPDATE links SET starts = starts + $2, last_start_at = $3 WHERE code = $1"
_ENTERED = """
INSERT INTO links (code, entry, bot_id, channel, node_id, starts, last_start_at, created_at)
VALUES ($1, true, $2, $3, $4, $5, $6, $6)
ON CONFLICT (bot_id, channel, node_id) WHERE entry
DO UPDATE SET starts = links.starts + excluded.starts, last_start_at = excluded.last_start_at
RETURNING code
"""
# After the link's own row, whose lock its days stand under.
_BY_DAY = """
INSERT INTO link_days (code, day, clicks, starts)
SELECT l.code, ($2 AT TIME ZONE b.timezone)::date, $3, $4
FROM links l JOIN bots b ON b.id = l.bot_id WHERE l.code = $1
ON CONFLICT (code, day) DO UPDATE SET clicks = link_days.clicks + excluded.clicks,
                                      starts = link_days.starts + excluded.starts
"""


class Start(Struct, frozen=True, order=True):
    """What is counted: a Link by its code, or the address of an entry point."""

    bot_id: int
    channel: str
    code: str = ""
    node_id: int = 0


async def count_click(ctx: Ctx, code: str) -> None:
    """Count one visit of a Link's page."""
    driver = await ctx.driver()
    await driver.execute(_CLICKED, code)
    await driver.execute(_BY_DAY, code, ctx.now, 1, 0)


async def count_starts(ctx: Ctx, starts: Iterable[Start]) -> None:
    """Count starts, in the order of the rows: two transactions never wait in a ring."""
    counted: dict[Start, int] = {}
    for start in starts:
        counted[start] = counted.get(start, 0) + 1
    for start, times in sorted(counted.items()):
        driver = await ctx.driver()
        code = start.code
        if code:
            await driver.execute(_STARTED, code, times, ctx.now)
        else:
            place = (start.bot_id, start.channel, start.node_id)
            code = await driver.fetchval(_ENTERED, codes.new(), *place, times, ctx.now)
        await driver.execute(_BY_DAY, code, ctx.now, 0, times)


async def days(ctx: Ctx, code: str, *, since: date | None, until: date | None) -> list[LinkDay]:
    """Every day from one to another, the last thirty where nothing is asked for."""
    row = auth_policy.find(ctx.actor, "links.view", await queries.by_code(ctx.db, code))
    zone = ZoneInfo(await queries.zone(ctx.db, row.bot_id))
    last = until or ctx.now.astimezone(zone).date()
    first = since or last - timedelta(days=USUAL - 1)
    if not 0 <= (last - first).days < MOST:
        raise errors.invalid(FieldError("from", "bad_period", {"most": MOST}))
    counted = {one.day: one for one in await queries.days(ctx.db, code, first, last)}
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [
        LinkDay(day, counted[day].clicks, counted[day].starts) if day in counted else LinkDay(day)
        for day in every
    ]

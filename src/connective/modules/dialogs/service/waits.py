"""Keeps waits from lasting longer than they were meant to when the clock is set back."""

from connective.kit import clock
from connective.kit.context import Ctx

# `since` and `deadline` are milliseconds; a wait for a moment of the calendar has no `since`.
_SINCE = "(state->'waiting'->>'since')::bigint"
_ENDS = f"$1 + ((state->'waiting'->>'deadline')::bigint - {_SINCE}) * interval '1 millisecond'"
_BEGIN_ANEW = f"""
UPDATE dialogs SET deadline_at = {_ENDS}
WHERE deadline_at > $1 AND {_SINCE} > $2 AND deadline_at > {_ENDS}
"""  # noqa: S608


async def begin_anew(ctx: Ctx) -> None:
    """A wait that began in what is now the future begins now; nobody knows how much has passed."""
    driver = await ctx.driver()
    await driver.execute(_BEGIN_ANEW, ctx.now, clock.epoch_ms(ctx.now))

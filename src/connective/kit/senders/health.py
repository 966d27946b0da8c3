"""How endpoints do: a warning while one fails, its end after five days or when it says 410."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec

from connective.kit.context import Ctx
from connective.kit.senders import queries
from connective.kit.senders.kinds import KINDS
from connective.kit.senders.settle import Change

DISABLE_AFTER = timedelta(days=5)
WARN_AFTER = timedelta(days=3)
WARN_AT_TRY = 4
# Longer than the longest pause of the schedule: a failure after it has no part in the old streak.
STREAK_GAP_S = 2 * 86_400


class _Tally(msgspec.Struct):
    """One endpoint's outcomes of a batch: has it succeeded, and does it fail at the end."""

    well: bool = False
    failing: bool = False
    gone: bool = False
    error: str = ""
    tries: int = 0


async def note(ctx: Ctx, driver: Any, changes: Sequence[Change]) -> None:
    """Move the streaks of the batch's endpoints, warn and disable where it is time."""
    tallies = _tallies(changes)
    well = sorted(number for number, tally in tallies.items() if not tally.failing)
    if well:
        await driver.execute(queries.ENDPOINTS_WELL, well, ctx.now)
    failing = sorted(number for number, tally in tallies.items() if tally.failing)
    if failing:
        await _failing(ctx, driver, {number: tallies[number] for number in failing})


def _tallies(changes: Sequence[Change]) -> dict[int, _Tally]:
    tallies: dict[int, _Tally] = {}
    for change in changes:
        outcome, delivery = change.settled.outcome, change.settled.delivery
        if outcome.verdict in ("later", "withheld") or not KINDS[delivery.kind].watched:
            continue
        tally = tallies.setdefault(delivery.endpoint_id, _Tally())
        if outcome.verdict == "delivered":
            tally.well, tally.failing, tally.tries = True, False, 0
        else:
            tally.failing, tally.error = True, outcome.error or ""
            tally.tries = max(tally.tries, change.step)
            tally.gone = tally.gone or outcome.verdict == "gone"
    return tallies


async def _failing(ctx: Ctx, driver: Any, tallies: dict[int, _Tally]) -> None:
    rows = await driver.fetch(
        queries.ENDPOINTS_FAILING,
        list(tallies),
        [tally.well for tally in tallies.values()],
        [tally.error for tally in tallies.values()],
        [tally.tries for tally in tallies.values()],
        ctx.now,
        STREAK_GAP_S,
    )
    for row in rows:
        if row["status"] != "active":
            continue
        failing_for = ctx.now - row["failing_since"]
        if tallies[row["id"]].gone:
            await _disable(ctx, driver, row, "gone")
        elif failing_for >= DISABLE_AFTER:
            await _disable(ctx, driver, row, "failures")
        elif row["warned_at"] is None and (
            row["tries"] >= WARN_AT_TRY or failing_for >= WARN_AFTER
        ):
            await driver.execute(queries.WARN, row["id"], ctx.now)
            _say(ctx, row, "warned", "failures")


async def _disable(ctx: Ctx, driver: Any, row: Any, reason: str) -> None:
    if await driver.fetchval(queries.DISABLE, row["id"], reason) is not None:
        _say(ctx, row, "disabled", reason)


def _say(ctx: Ctx, row: Any, verb: str, reason: str) -> None:
    ctx.emit(
        f"{KINDS[row['kind']].noun}.{verb}",
        {
            "endpoint_id": row["id"],
            "name": row["name"],
            "reason": reason,
            "failing_since": row["failing_since"],
        },
        bot_id=row["bot_id"],
    )

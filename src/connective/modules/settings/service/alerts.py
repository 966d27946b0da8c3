"""Tells when a check has been red for a while, and when it is not any more.

Looked at once a minute by one process; what is red is kept in the database, so that it is told
once, whichever process looks next.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, update

from connective.kit import health
from connective.kit.context import Ctx
from connective.kit.health import Checked
from connective.modules.settings import queries
from connective.modules.settings.events import StatusChanged
from connective.modules.settings.models import alerts

PATIENCE = timedelta(minutes=2)


async def watch(ctx: Ctx) -> None:
    """Look at everything, and say what has changed for longer than a moment."""
    red = {c.name: c for c in await health.run_all() if c.finding.state == "error"}
    known = {row.name: row for row in await queries.alerts(ctx.db)}
    for name, checked in red.items():
        if name not in known:
            row = {"name": name, "code": checked.finding.code, "since": ctx.now}
            await ctx.db.execute(insert(alerts).values(row))
        elif known[name].told_at is None and known[name].since <= ctx.now - PATIENCE:
            await _tell(ctx, checked, known[name])
    for name, row in known.items():
        if name not in red:
            await _clear(ctx, row)


async def _tell(ctx: Ctx, checked: Checked, row: Any) -> None:
    mine = alerts.c.name == checked.name
    await ctx.db.execute(update(alerts).where(mine).values(told_at=ctx.now))
    code = checked.finding.code
    ctx.emit("status.alerted", StatusChanged(checked.name, code, checked.finding.facts, row.since))


async def _clear(ctx: Ctx, row: Any) -> None:
    """What was red for a moment only is not spoken of."""
    await ctx.db.execute(delete(alerts).where(alerts.c.name == row.name))
    if row.told_at is not None:
        ctx.emit("status.recovered", StatusChanged(row.name, row.code, {}, row.since))

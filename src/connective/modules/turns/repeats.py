"""The memory of repeats: how long it reaches, and what is too old to be held against it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import delete

from connective.contracts.channel import Parsed, Refused
from connective.kit.context import Ctx
from connective.kit.errors import FieldError
from connective.modules.turns.models import inbound_backlog, inbound_seen

KEPT: Final = timedelta(days=7)
# What nobody could take is shown for as long as deliveries are.
DEAD_KEPT: Final = timedelta(days=30)


def fresh(items: Sequence[Parsed | Refused], *, now: int) -> list[Parsed | Refused]:
    """Events with those refused that a replay could bring once more: nobody remembers them.

    No provider holds an event back for so long.
    """
    oldest = now - KEPT // timedelta(milliseconds=1)
    return [_stale(item) if _is_before(item, oldest) else item for item in items]


def _is_before(item: Parsed | Refused, oldest: int) -> bool:
    return isinstance(item, Parsed) and item.event.at < oldest


def _stale(item: Parsed | Refused) -> Refused:
    return Refused([FieldError("date", "event_stale", {"days": KEPT.days})], item.echo)


async def forget_old(ctx: Ctx) -> None:
    """Names of events that no longer come again, and events that nobody wants to see any more."""
    await ctx.db.execute(delete(inbound_seen).where(inbound_seen.c.at < ctx.now - KEPT))
    dead = delete(inbound_backlog).where(inbound_backlog.c.status == "dead")
    await ctx.db.execute(dead.where(inbound_backlog.c.at < ctx.now - DEAD_KEPT))

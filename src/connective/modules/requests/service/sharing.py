"""Shows the chats that operators began to others too, or to them alone again."""

from sqlalchemy import update

from connective.kit.context import Ctx
from connective.modules.requests.events import RequestChanged, sight
from connective.modules.requests.models import requests
from connective.modules.requests.outbound import queries


async def show_to(ctx: Ctx, whom: str) -> None:
    """All of them, also those that are over: `own` | `group` | `all`."""
    rows = await queries.begun(ctx.db, except_shown_to=whom)
    begun = requests.c.direction == "outbound"
    changed = update(requests).where(begun, requests.c.shown_to != whom)
    await ctx.db.execute(changed.values(shown_to=whom, rev=requests.c.rev + 1))
    for row in rows:
        ctx.emit(
            "request.updated",
            RequestChanged(row.id, row.rev + 1, ["shown_to"], sight(row)),
            bot_id=row.bot_id,
            dialog_id=row.dialog_id,
            client_id=row.client_id,
            request_id=row.id,
        )

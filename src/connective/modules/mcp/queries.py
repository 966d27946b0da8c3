"""What the bot said in a run, for the agent that started it."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.modules.dialogs.models import messages
from connective.modules.turns.models import runs

MOST = 50


async def said_in(db: AsyncConnection, run_id: int) -> list[str]:
    """The last texts that a run sent to its client, the oldest of them first."""
    query = (
        select(messages.c.text)
        .join(runs, runs.c.dialog_id == messages.c.dialog_id)
        .where(runs.c.id == run_id, messages.c.run_id == run_id)
        .where(messages.c.direction == "out", messages.c.text != "")
        .order_by(messages.c.seq.desc())
        .limit(MOST)
    )
    return list((await db.execute(query)).scalars())[::-1]

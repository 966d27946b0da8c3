"""A message by template that one channel could not deliver goes on to the next."""

from collections.abc import Sequence

from connective.contracts.event import Listener, LoggedEvent
from connective.kit.context import Ctx
from connective.modules.broadcasts import queries
from connective.modules.broadcasts.service import falling_back


async def fall_back(ctx: Ctx, events: Sequence[LoggedEvent]) -> None:
    failed = [event.data["message_id"] for event in events if event.data.get("status") == "failed"]
    for row in await queries.of_messages(ctx.db, failed) if failed else ():
        await falling_back.to_the_next(ctx, row)


LISTENERS = [
    Listener(
        "broadcast fallback", fall_back, frozenset({"message.status_changed"}), from_start=False
    ),
]

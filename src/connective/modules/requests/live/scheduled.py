"""What events of messages that wait show."""

from collections.abc import Sequence

from connective.kit.context import Ctx
from connective.kit.events.reader import LoggedEvent
from connective.kit.realtime import Item
from connective.modules.requests.reading import queries as reading
from connective.modules.requests.scheduled import queries
from connective.modules.requests.scheduled.reading import shown_all

GONE = "scheduled_message.removed"


async def changes(ctx: Ctx, events: Sequence[LoggedEvent]) -> dict[int, Sequence[Item]]:
    """The message as it is now, or that it waits no more."""
    ids = sorted({int(event.data["scheduled_id"]) for event in events})
    found = await queries.by_ids(ctx.db, ids)
    open_rows = [row for row in found.values() if row.state in ("waiting", "refused")]
    shown = {one.id: one for one in await shown_all(ctx, open_rows)}
    numbers = sorted({row.request_id for row in found.values()})
    requests = await reading.by_ids(ctx.db, numbers) if numbers else {}
    items: dict[int, Sequence[Item]] = {}
    for event in events:
        number = int(event.data["scheduled_id"])
        request = requests.get(event.request_id or 0)
        if request is None or (event.kind != GONE and number not in shown):
            continue
        topics = frozenset({"requests", f"request:{request.id}"})
        told = {"scheduled_id": number} if event.kind == GONE else {"scheduled": shown[number]}
        items[event.id] = [Item(request, {"request_id": request.id} | told, topics)]
    return items

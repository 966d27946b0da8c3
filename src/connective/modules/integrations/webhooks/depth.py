"""How many calls of our own, one out of the other, led to an event."""

from collections.abc import Sequence

from connective.kit.context import Ctx
from connective.modules.integrations.webhooks import queries
from connective.modules.integrations.webhooks.said import Said

# What people and keys do begins anew.
PEOPLE = ("user", "key")


async def measure(ctx: Ctx, said: Sequence[Said]) -> None:
    """Set the depth of each by the run that its message came from, or that its chat is in."""
    by_message, by_run = await queries.depths(
        ctx.db,
        message_ids={s.message_id for s in said if s.message_id},
        run_ids={s.data["run_id"] for s in said if s.data.get("run_id")},
    )
    by_dialog = await queries.depths_of_dialogs(
        ctx.db, {s.event.dialog_id for s in said if s.event.dialog_id and _of_scenario(s)}
    )
    for each in said:
        found = [by_message.get(each.message_id or 0, 0), by_run.get(each.data.get("run_id", 0), 0)]
        if _of_scenario(each):
            found.append(by_dialog.get(each.event.dialog_id or 0, 0))
        each.depth = max(each.depth, *found)


def _of_scenario(said: Said) -> bool:
    """Whether the event is of a chat and no person brought it about."""
    return said.projection.about == "chat" and said.event.actor["kind"] not in PEOPLE

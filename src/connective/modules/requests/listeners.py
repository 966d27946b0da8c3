"""What requests hear of: other skill groups for a topic, operators who leave their chats."""

from collections.abc import Sequence

from connective.kit.context import Ctx
from connective.kit.events.reader import LoggedEvent
from connective.kit.listeners import Listener
from connective.modules.operators import service as operators
from connective.modules.requests.service import matching

SKILLS = frozenset({"skill_group.changed", "bot_operators.changed"})
WAKES = frozenset({"user.updated", "user.deactivated"})


async def _skills(ctx: Ctx, events: Sequence[LoggedEvent]) -> None:
    """Requests follow the skill groups of their topics and of their bots."""
    topics, bots = set[int](), set[int]()
    for event in events:
        if event.kind == "bot_operators.changed":
            bots.add(event.data["id"])
        else:
            topics.update(event.data["topic_ids"])
            bots.update(await operators.bots_of_group(ctx, event.data["id"]))
    await matching.rematch(ctx, topics, bot_ids=bots)


async def _leaving(ctx: Ctx, events: Sequence[LoggedEvent]) -> None:
    """The chats of whoever leaves them behind go to others, in a transaction of their own."""
    for event in events:
        if event.data["open_chats"] == "redistribute":
            ctx.enqueue("requests.redistribute", user_id=event.data["user_id"])


async def _people(ctx: Ctx, events: Sequence[LoggedEvent]) -> None:
    """Other bots or topics of somebody, or one person less: who may have what has changed."""
    for event in events:
        if event.kind == "user.deactivated":
            to = event.data.get("open_chats_to")
            ctx.enqueue("requests.redistribute", user_id=event.data["id"], to=to)
    ctx.wakes("distribution")


LISTENERS = [
    Listener("requests.skills", _skills, SKILLS),
    Listener("requests.leaving", _leaving, frozenset({"operator.status_changed"})),
    Listener("requests.people", _people, WAKES, from_start=False),
]

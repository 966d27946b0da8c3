"""What requests hear of: other skill groups for a topic, operators who leave their chats."""

from collections.abc import Sequence

from connective.kit.context import Ctx
from connective.kit.events.reader import LoggedEvent
from connective.kit.listeners import Listener
from connective.modules.requests.service import matching

WAKES = frozenset({"user.updated", "user.deactivated"})


async def _skills(ctx: Ctx, events: Sequence[LoggedEvent]) -> None:
    """Requests follow the skill groups of their topics."""
    topics = {topic_id for event in events for topic_id in event.data["topic_ids"]}
    await matching.rematch(ctx, topics)


async def _leaving(ctx: Ctx, events: Sequence[LoggedEvent]) -> None:
    """The chats of whoever leaves them behind go to others, in a transaction of their own."""
    for event in events:
        if event.data["open_chats"] == "redistribute":
            ctx.enqueue("requests.redistribute", user_id=event.data["user_id"])


async def _people(ctx: Ctx, _: Sequence[LoggedEvent]) -> None:
    """Other bots or topics of somebody, or one person less: who may have what has changed."""
    ctx.wakes("distribution")


LISTENERS = [
    Listener("requests.skills", _skills, frozenset({"skill_group.changed"})),
    Listener("requests.leaving", _leaving, frozenset({"operator.status_changed"})),
    Listener("requests.people", _people, WAKES, from_start=False),
]

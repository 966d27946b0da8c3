"""Requests over sockets: `requests` is the list with its counters, `request:ID` one of them."""

from connective.kit.context import Ctx
from connective.kit.events.reader import LoggedEvent
from connective.kit.realtime import Cut, Projection, Tally, Topic
from connective.modules.dialogs import service as dialogs
from connective.modules.requests import service
from connective.modules.requests.counting import VIEW, Counting
from connective.modules.requests.distribution import rules
from connective.modules.requests.events import KINDS, SCHEDULED
from connective.modules.requests.live import queries, scheduled, views
from connective.modules.requests.reading import queries as reading

OF_MESSAGES = (
    *("message.edited", "message.deleted", "message.media_changed", "message.status_changed"),
)
OF_REQUESTS = tuple(kind for kind in KINDS if kind not in SCHEDULED)
OF_TOPICS = ("topic.updated", "topic.deleted")
OF_CLIENTS = ("client.updated", "subscription.changed")
OF_DIALOGS = ("dialog.changed", "dialog.ended_by_client")


def _rooms(event: LoggedEvent) -> tuple[str, ...]:
    return ("requests", f"request:{event.request_id}") if event.request_id is not None else ()


def _rooms_of_message(event: LoggedEvent) -> tuple[str, ...]:
    """An older message may be of another request than the one that its dialog is in now."""
    return ("requests", "request:*") if event.request_id is not None else ()


def _beside(event: LoggedEvent) -> tuple[str, ...]:
    """Requests of the same dialog that are over show it too."""
    return (f"conversation:{event.dialog_id}",)


def _rooms_of_client(_: LoggedEvent) -> tuple[str, ...]:
    return ("requests", "request:*")


def _rooms_of_names(_: LoggedEvent) -> tuple[str, ...]:
    return ("requests",)


async def _counted(ctx: Ctx) -> Cut:
    held = await rules.current(ctx)
    piles, with_bot = await queries.piles(ctx.db), await dialogs.with_bot(ctx)
    return Counting(piles, with_bot, distributes=held.auto_connect).cut


TOPICS = {
    "requests": Topic(VIEW),
    "request": Topic(
        VIEW,
        row=lambda ctx, number: reading.one(ctx.db, number),
        beside=lambda row: (f"conversation:{row.dialog_id}",),
        meets=True,
        typed=service.operator_types,
    ),
}
LIVE = {
    "message.created": Projection(VIEW, views.messages, _rooms),
    **{kind: Projection(VIEW, views.messages, _rooms_of_message) for kind in OF_MESSAGES},
    **{kind: Projection(VIEW, views.changes, _rooms) for kind in OF_REQUESTS},
    **{kind: Projection(VIEW, scheduled.changes, _rooms) for kind in SCHEDULED},
    **{kind: Projection("topics.view", views.topics, _rooms_of_names) for kind in OF_TOPICS},
    "tag.updated": Projection("tags.view", views.tags, _rooms_of_names),
    **{
        kind: Projection(VIEW, views.clients, _rooms_of_client, many="requests")
        for kind in OF_CLIENTS
    },
}
# Beside those above: one who looks at a request that is over hears what its client goes on with.
LIVE_BESIDE = {
    kind: Projection(VIEW, views.afterwards, _beside) for kind in ("message.created", *OF_MESSAGES)
}
TALLIES = [
    Tally(
        "requests",
        "folder.counters",
        frozenset({"message.created", "settings.changed", *OF_REQUESTS, *OF_DIALOGS}),
        _counted,
    )
]

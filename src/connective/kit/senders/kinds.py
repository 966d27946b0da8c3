"""What the ledger knows of each kind of endpoint: how it is called, who is told of outcomes."""

from collections.abc import Awaitable, Callable, Sequence

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.context import Ctx
from connective.kit.egress import Egress
from connective.kit.senders import schedule, transport
from connective.kit.senders.delivery import Delivery, Endpoint, Outcome, Settled

Send = Callable[[Endpoint, Delivery, Egress], Awaitable[Outcome]]
# Told inside the unit of work that writes the outcomes; may write rows and emit events.
OnOutcomes = Callable[[Ctx, Sequence[Settled]], Awaitable[None]]
# Gives the ids that may no longer go out; asked for deliveries that carry an ownership epoch.
Withheld = Callable[[AsyncConnection, Sequence[Delivery]], Awaitable[set[str]]]


class Owner(msgspec.Struct):
    """Who is told of outcomes, and asked before what is outdated goes out."""

    on_outcomes: OnOutcomes | None = None
    withheld: Withheld | None = None


class Kind(msgspec.Struct):
    """`noun` names the kind in its health events: `webhook.disabled`, `channel.disabled`.

    `delays_s`: the pauses between tries, where they are not the usual ones. `watched`: its
    endpoint's health is judged by how deliveries go; else somebody else looks after it.
    """

    send: Send
    noun: str
    owner: Owner = msgspec.field(default_factory=Owner)
    delays_s: Sequence[int] = schedule.DELAYS_S
    watched: bool = True


KINDS: dict[str, Kind] = {
    "webhook": Kind(transport.send, noun="webhook"),
    "event_url": Kind(transport.send, noun="webhook"),
    "custom_channel": Kind(transport.send_to_channel, noun="channel"),
}


def attach(
    kind: str,
    *,
    on_outcomes: OnOutcomes | None = None,
    withheld: Withheld | None = None,
    send: Send | None = None,
) -> None:
    """The module that owns a kind asks to be told, to be asked before sending, or to send."""
    owner = KINDS[kind].owner
    owner.on_outcomes, owner.withheld = on_outcomes, withheld
    KINDS[kind].send = send or KINDS[kind].send


def add(kind: str, *, like: str, send: Send, delays_s: Sequence[int]) -> None:
    """A kind that comes with a plug-in: owned as another one is, sent in its own way."""
    known = KINDS[like]
    KINDS[kind] = Kind(send, noun=known.noun, owner=known.owner, delays_s=delays_s, watched=False)

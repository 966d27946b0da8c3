"""What the ledger knows of each kind of endpoint: how it is called, who is told of outcomes."""

from collections.abc import Awaitable, Callable, Sequence

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.context import Ctx
from connective.kit.egress import Egress
from connective.kit.senders import transport
from connective.kit.senders.delivery import Delivery, Endpoint, Outcome, Settled

Send = Callable[[Endpoint, Delivery, Egress], Awaitable[Outcome]]
# Told inside the unit of work that writes the outcomes; may write rows and emit events.
OnOutcomes = Callable[[Ctx, Sequence[Settled]], Awaitable[None]]
# Gives the ids that may no longer go out; asked for deliveries that carry an ownership epoch.
Withheld = Callable[[AsyncConnection, Sequence[Delivery]], Awaitable[set[str]]]


class Kind(msgspec.Struct):
    """`noun` names the kind in its health events: `webhook.disabled`, `channel.disabled`."""

    send: Send
    noun: str
    on_outcomes: OnOutcomes | None = None
    withheld: Withheld | None = None


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
    KINDS[kind].on_outcomes = on_outcomes
    KINDS[kind].withheld = withheld
    KINDS[kind].send = send or KINDS[kind].send

"""Carries deliveries out to providers: at their pace, through their adapter, told in our words."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from msgspec import Struct

from connective.contracts.provider import Connection, FileContent, Provider, Rate, SentPart
from connective.kit import instance
from connective.kit.context import unit_of_work
from connective.kit.egress import Egress
from connective.kit.masking import Masker
from connective.kit.plugins import Point
from connective.kit.senders import kinds
from connective.kit.senders.delivery import Delivery, Endpoint, Outcome
from connective.kit.senders.pace import Bucket, Pace
from connective.modules.channels import connections, directory
from connective.modules.channels.accounts import queries

# A call waits for its moment in the air up to here; for longer it goes back into the ledger.
MOST_WAIT_S = 0.5
STORED = 2048
NOT_CONNECTED = Outcome("later", error="channel_not_connected", retry_after_s=60)
# Set by an account whose provider lets it write faster than others.
RATE_SETTING = "messages_per_second"
_pace = Pace()

OpenFile = Callable[[str], Awaitable[FileContent | None]]
# Opens the file behind one of our own links; offered by whoever knows files.
own_files: Point[OpenFile] = Point()


class Carrier(Struct):
    """The tools of one call, see contracts.provider.Tools."""

    egress: Egress
    endpoint_id: int
    lane: str

    async def provider_ids(self, message: str) -> Sequence[str]:
        if _own_number(message) is None:
            return [message]
        return [name for part in await self.parts(message) for name in part.ids]

    async def parts(self, message: str) -> Sequence[SentPart]:
        number = _own_number(message)
        if number is None:
            return []
        async with unit_of_work() as ctx:
            driver = await ctx.driver()
            return await queries.parts(driver, self.endpoint_id, self.lane, number)

    async def file(self, url: str) -> FileContent | None:
        for opened in own_files:
            found = await opened(url)
            if found is not None:
                return found
        return None


def _own_number(message: str) -> int | None:
    """The number in our own name of a message."""
    own = message.removeprefix("m_")
    return int(own) if message.startswith("m_") and own.isdecimal() and len(own) < 19 else None


def attach(known: Provider) -> None:
    """Have the ledger send this channel's deliveries through its adapter."""

    async def send(endpoint: Endpoint, delivery: Delivery, egress: Egress) -> Outcome:
        return await _send(known, endpoint, delivery, egress)

    kinds.add(known.key, like="custom_channel", send=send, delays_s=known.declaration.retries_s)


async def _send(known: Provider, endpoint: Endpoint, delivery: Delivery, egress: Egress) -> Outcome:
    account = await directory.find(endpoint.bot_id or 0, known.key)
    if account is None or account.connection is None:
        return NOT_CONNECTED
    # what has no place in the order (typing, the answer to a tap) is neither counted nor late
    if delivery.sequence is not None:
        late = await _wait(known, account.connection, delivery)
        if late is not None:
            return late
    carrier = Carrier(egress, endpoint.id, delivery.lane)
    outcome = await known.send(account.connection, delivery, carrier)
    return masked(outcome, account.connection)


async def _wait(known: Provider, connection: Connection, delivery: Delivery) -> Outcome | None:
    """Wait for the call's moment, or say how long that would be."""
    number = connection.account_id
    given = connection.settings.get(RATE_SETTING)
    own = Rate(int(given)) if given else known.declaration.rate
    account = {f"{number}": _bucket(own)}
    rate = known.chat_rate(delivery.lane)
    chat = {f"{number}:{delivery.lane}": _bucket(rate)} if rate is not None else {}
    wait = _pace.wait_s(account | chat, most_s=MOST_WAIT_S)
    if wait > MOST_WAIT_S:
        return Outcome("later", error="rate", retry_after_s=wait, lane_only=True)
    if wait:
        await asyncio.sleep(wait)
    return None


def _bucket(rate: Rate) -> Bucket:
    """This process's share: every worker sends."""
    share = rate.count / max(1, instance.settings().workers)
    return Bucket(share, rate.seconds, max(1, int(rate.burst or share)))


def masked(outcome: Outcome, connection: Connection) -> Outcome:
    """Without our secrets, and short enough for the ledger."""
    masker = Masker([*connection.credentials.values(), connection.secret])
    if outcome.response:
        outcome.response = masker.text(outcome.response)[:STORED]
    if outcome.error:
        outcome.error = masker.text(outcome.error)[:STORED]
    return outcome


def forget() -> None:
    """Tests: no call was made yet."""
    _pace.forget()


def attach_all() -> None:
    """For every channel that speaks to a provider."""
    for known in connections.providers().values():
        attach(known)

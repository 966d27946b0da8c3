"""The test message of an account: sent at once beside the ledger, told with what came back."""

from connective.contracts.outbound import Author, OutMessage
from connective.kit import clock, egress, errors, i18n
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.outbox.append import delivery_id
from connective.kit.senders.delivery import Delivery, Outcome
from connective.modules.channels import connections
from connective.modules.channels.accounts import journal, queries, sending, service
from connective.modules.channels.accounts.schemas import TestMessage, TestSent


async def send(ctx: Ctx, number: int, asked: TestMessage) -> TestSent:
    """Write to a chat, the last one that wrote to us when none is given."""
    row = await service.own(ctx, number, "channels.edit")
    connection = connections.connection_of(row)
    known = connections.provider_of(row.channel)
    if connection is None or row.status == "not_configured":
        raise errors.Conflict("channel_not_connected", channel=known.title)
    chat_id = asked.chat_id or await _last_chat(ctx, row.id)
    if not chat_id:
        raise errors.Conflict("no_chat_yet")
    text = asked.text or i18n.text(ctx.actor.language, "channels.test_text")
    message = OutMessage(
        id=0,
        bot_id=row.bot_id,
        chat_id=chat_id,
        user_id=chat_id,
        at=clock.epoch_ms(ctx.now),
        kind="text",
        author=Author(kind="system", name=row.bot_name),
        text=text,
    )
    began, outcome = clock.monotonic(), Outcome("failed", error="nothing_to_send")
    carrier = sending.Carrier(egress.default(), row.endpoint_id, chat_id)
    for call in known.render(message):
        name = delivery_id(ctx.now)
        delivery = _delivery(ctx, row, chat_id, name, call.body(None, name))
        outcome = sending.masked(await known.send(connection, delivery, carrier), connection)
    return TestSent(
        ok=outcome.verdict == "delivered",
        chat_id=chat_id,
        ms=round((clock.monotonic() - began) * 1000),
        http_status=outcome.http_status,
        provider_id=outcome.provider_id,
        error=outcome.error,
    )


async def _last_chat(ctx: Ctx, account_id: int) -> str:
    """The chat that wrote last, a moment ago too."""
    await journal.write_all()
    return await queries.last_chat(ctx.db, account_id)


def _delivery(ctx: Ctx, row: AnyRow, chat_id: str, name: str, body: bytes) -> Delivery:
    return Delivery(
        id=name,
        endpoint_id=row.endpoint_id,
        lane=chat_id,
        sequence=None,
        kind=row.channel,
        event_name="test",
        webhook_id=name,
        bot_id=row.bot_id,
        chat_id=chat_id,
        message_id=None,
        epoch=None,
        body=body,
        parked=False,
        manual=True,
        attempts=0,
        step=0,
        created_at=ctx.now,
        not_before=None,
        next_at=None,
        held_since=None,
        delivered_at=None,
    )

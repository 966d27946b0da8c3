"""The test message of a custom channel: sent at once, shown with what came back."""

from connective.contracts.channel import CHANNELS
from connective.contracts.outbound import OutEvent
from connective.kit import clock, egress, i18n, instance
from connective.kit.context import Ctx
from connective.kit.outbox.append import delivery_id
from connective.kit.senders import signing, transport
from connective.kit.senders.delivery import Delivery, Endpoint
from connective.kit.senders.endpoints import Endpoints
from connective.modules.channels import service
from connective.modules.channels.schemas import TestCall

CHAT = "connective-test"


async def send_test(ctx: Ctx, bot_id: int) -> TestCall:
    """One signed `test` event to the address of the channel, outside the ledger."""
    number = await service.endpoint_of(ctx, bot_id)
    known = Endpoints(instance.vault())
    await known.refresh(await ctx.driver(), {number: 0})
    endpoint = known.get(number)
    if endpoint is None:
        return _unsent("the secrets of this channel cannot be opened with this instance's key")
    delivery = _delivery(ctx, endpoint, bot_id)
    outcome = await transport.send_to_channel(endpoint, delivery, egress.default())
    return TestCall(
        url=endpoint.url,
        headers=_headers(endpoint, delivery),
        body=delivery.body.decode(),
        ok=outcome.verdict == "delivered",
        http_status=outcome.http_status,
        ms=outcome.ms,
        response=outcome.response,
        error=outcome.error,
    )


def _delivery(ctx: Ctx, endpoint: Endpoint, bot_id: int) -> Delivery:
    name = delivery_id(ctx.now)
    text = i18n.text(ctx.actor.language, "channels.test_text")
    event = OutEvent(
        name="test",
        bot_id=bot_id,
        chat_id=CHAT,
        user_id=CHAT,
        at=clock.epoch_ms(ctx.now),
        data={"text": text},
    )
    (call,) = CHANNELS[service.KEY].render_event(event)
    return Delivery(
        id=name,
        endpoint_id=endpoint.id,
        lane=CHAT,
        sequence=None,
        kind=service.KEY,
        event_name="test",
        webhook_id=name,
        bot_id=bot_id,
        chat_id=CHAT,
        message_id=None,
        epoch=None,
        body=call.body(None, name),
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


def _headers(endpoint: Endpoint, delivery: Delivery) -> dict[str, str]:
    now = clock.now()
    signed = signing.headers(endpoint.keys(now), delivery.webhook_id, now, delivery.body)
    shown = {"Content-Type": "application/json", **endpoint.headers, **signed}
    return shown | ({"x-access-token": "***"} if endpoint.access_token else {})


def _unsent(reason: str) -> TestCall:
    return TestCall(
        url="", headers={}, body="", ok=False, http_status=None, ms=0, response=None, error=reason
    )

"""Speaks to a bot as the outside system does: a signed POST to its input_url, through egress."""

import secrets
from typing import Any

import msgspec

from connective.kit import clock, crypto, egress
from connective.kit.http import Edge
from connective.kit.senders import signing
from connective.modules.messenger import service
from connective.modules.messenger.schemas import SendIn, Sent, SentAnswer, SentRequest

TIMEOUT_S = 15.0
SHOWN_BYTES = 64 * 1024


async def send(edge: Edge, given: SendIn) -> Sent:
    """Make the call; whatever the door answers, and why there is no answer, is the result."""
    async with edge.work() as ctx:
        url, secret, token = await service.proofs(ctx, given.bot_id)
    body = msgspec.json.encode(_update(given))
    now = clock.now()
    name = f"t_{crypto.timed_id(clock.epoch_ms(now))}"
    headers = {"Content-Type": "application/json"}
    headers |= signing.headers([signing.key_of(secret)], name, now, body)
    shown = headers | ({"x-access-token": "***"} if token else {})
    request = SentRequest(url, shown, body.decode())
    if token:
        headers["x-access-token"] = token
    started = clock.monotonic()
    answer, error = None, None
    try:
        got = await egress.default().request(
            "POST",
            url,
            headers=headers,
            body=body,
            timeout_s=TIMEOUT_S,
            max_bytes=SHOWN_BYTES,
            cut=True,
            breaker=False,
        )
        answer = SentAnswer(got.status, got.body.decode(errors="replace"))
    except egress.EgressError as failure:
        error = str(failure)
    ms = int((clock.monotonic() - started) * 1000)
    return Sent(request=request, answer=answer, error=error, ms=ms)


def _update(given: SendIn) -> dict[str, Any]:
    """A whole update as it was given, or a client's text in the shape of one."""
    number = secrets.randbelow(900_000_000) + 100_000_000
    if given.update is not None:
        return {"update_id": number} | given.update
    return {
        "update_id": number,
        "message": {
            "from": {"id": given.chat_id, "first_name": given.first_name},
            "chat": {"id": given.chat_id},
            "date": clock.epoch_ms(clock.now()),
            "type": "text",
            "text": given.text,
        },
    }

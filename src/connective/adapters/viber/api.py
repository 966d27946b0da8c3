"""Calls of the Viber REST API that concern the account. Any refusal comes as HTTP 200."""

from typing import Any

import msgspec

from connective.contracts.provider import (
    Connection,
    CredentialsRefused,
    Identity,
    ProviderFailed,
)
from connective.kit import outside_json
from connective.kit.egress import Answer, Egress, EgressError

TIMEOUT_S = 10.0
READ_BYTES = 64 * 1024
BAD_TOKEN = 2
EVENTS = (
    "delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started",
)  # fmt: skip


class Said(msgspec.Struct):
    """What every answer begins with; `status` 0 is a success."""

    status: int
    status_message: str = ""
    message_token: int | None = None
    id: str = ""
    name: str = ""
    uri: str = ""
    icon: str | None = ""


_said = msgspec.json.Decoder(Said)


def said(answer: Answer) -> Said | None:
    """The answer's own words; None where it is none of Viber's."""
    try:
        return _said.decode(answer.body)
    except outside_json.FAULTS:
        return None


async def call(connection: Connection, egress: Egress, method: str, body: bytes) -> Answer:
    """One call with the account's token."""
    headers = {
        "X-Viber-Auth-Token": connection.credentials["token"],
        "Content-Type": "application/json",
    }
    return await egress.request(
        "POST",
        f"{connection.api_base}/{method}",
        headers=headers,
        body=body,
        timeout_s=TIMEOUT_S,
        max_bytes=READ_BYTES,
    )


async def who(connection: Connection, egress: Egress) -> Identity:
    """The bot that the token belongs to."""
    found = await _ask(connection, egress, "get_account_info", {})
    return Identity(id=found.id, name=found.name, uri=found.uri, picture=found.icon or "")


async def set_webhook(connection: Connection, egress: Egress) -> None:
    """Have events sent to us; Viber tries the address before it answers."""
    asked = {
        "url": connection.hook_url,
        "event_types": EVENTS,
        "send_name": True,
        "send_photo": True,
    }
    await _ask(connection, egress, "set_webhook", asked)


async def remove_webhook(connection: Connection, egress: Egress) -> None:
    await _ask(connection, egress, "set_webhook", {"url": ""})


async def _ask(connection: Connection, egress: Egress, method: str, asked: dict[str, Any]) -> Said:
    try:
        answer = await call(connection, egress, method, msgspec.json.encode(asked))
    except EgressError as failure:
        raise ProviderFailed(failure.kind, str(failure)) from None
    found = said(answer)
    if found is None:
        raise ProviderFailed(f"http_{answer.status}", answer.body[:300].decode("utf-8", "replace"))
    if found.status == BAD_TOKEN:
        raise CredentialsRefused("token", found.status_message)
    if found.status:
        raise ProviderFailed(str(found.status), found.status_message, lasting=True)
    return found

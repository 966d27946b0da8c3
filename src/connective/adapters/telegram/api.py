"""One call of the Bot API, and what its answer means.

Source: https://core.telegram.org/bots/api ("Making requests", "Response parameters").
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from connective.contracts.provider import Connection, CredentialsRefused, ProviderFailed
from connective.kit import outside_json
from connective.kit.egress import Answer, Egress, EgressError, Part

READ_BYTES = 1024 * 1024
TIMEOUT_S = 15.0
# What the API says to a token that it does not know, and to none at all.
NO_TOKEN = (401, 404)


class Hints(msgspec.Struct, frozen=True):
    """What an error asks for."""

    retry_after: float | None = None
    migrate_to_chat_id: int | None = None


class Said(msgspec.Struct, frozen=True):
    """An answer of the API."""

    ok: bool
    result: Any = None
    error_code: int = 0
    description: str = ""
    parameters: Hints = Hints()


_said = msgspec.json.Decoder(Said)
_encode = msgspec.json.Encoder().encode


def url(connection: Connection, method: str) -> str:
    return f"{connection.api_base}/bot{connection.credentials['token']}/{method}"


async def post(
    connection: Connection,
    method: str,
    params: Mapping[str, Any],
    egress: Egress,
    *,
    files: Sequence[Part] = (),
    timeout_s: float = TIMEOUT_S,
    max_bytes: int = READ_BYTES,
) -> tuple[Answer, Said | None]:
    """The answer, and what it says; None for one that is not the API's. Raises EgressError."""
    if files:
        body: Any = [*(_part(name, value) for name, value in params.items()), *files]
        headers: dict[str, str] = {}
    else:
        body, headers = _encode(dict(params)), {"Content-Type": "application/json"}
    answer = await egress.request(
        "POST",
        url(connection, method),
        headers=headers,
        body=body,
        timeout_s=timeout_s,
        max_bytes=max_bytes,
    )
    try:
        return answer, _said.decode(answer.body)
    except outside_json.FAULTS:
        return answer, None


def _part(name: str, value: Any) -> Part:
    text = value if isinstance(value, str) else _encode(value).decode()
    return Part(name=name, content=text.encode())


async def ask(
    connection: Connection,
    method: str,
    params: Mapping[str, Any],
    egress: Egress,
    *,
    timeout_s: float = TIMEOUT_S,
    max_bytes: int = READ_BYTES,
) -> Any:
    """The result of a call about the account itself; else CredentialsRefused or ProviderFailed."""
    try:
        answer, said = await post(
            connection, method, params, egress, timeout_s=timeout_s, max_bytes=max_bytes
        )
    except EgressError as failure:
        raise ProviderFailed(failure.kind, str(failure.detail or failure.reason)) from None
    if said is None:
        raise ProviderFailed(str(answer.status), "this is no answer of the Bot API")
    if said.ok:
        return said.result
    if said.error_code in NO_TOKEN:
        raise CredentialsRefused("token", said.description)
    raise ProviderFailed(
        str(said.error_code), said.description, lasting=400 <= said.error_code < 429
    )

"""Checks the Standard Webhooks signature of an inbound call that carries one."""

import base64
import binascii
import hmac
from collections.abc import Mapping, Sequence

from connective.contracts.channel import Unverified
from connective.kit import clock

TOLERANCE_S = 300


def verify(secrets: Sequence[str], headers: Mapping[str, str], body: bytes) -> None:
    """Raise Unverified unless one of the `whsec_` secrets signed `id.timestamp.body` lately."""
    name, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not name or not moment.isdigit():
        raise Unverified("webhook-id, webhook-timestamp")
    if abs(clock.now().timestamp() - int(moment)) > TOLERANCE_S:
        raise Unverified("webhook-timestamp")
    signed = f"{name}.{moment}.".encode() + body
    given = [part.partition(",") for part in headers["webhook-signature"].split()]
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        own = hmac.digest(key, signed, "sha256")
        if any(version == "v1" and _same(value, own) for version, _, value in given):
            return
    raise Unverified("webhook-signature")


def _same(value: str, own: bytes) -> bool:
    try:
        return hmac.compare_digest(base64.b64decode(value, validate=True), own)
    except (binascii.Error, ValueError):
        return False

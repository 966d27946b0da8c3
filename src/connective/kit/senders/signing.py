"""Signatures of outgoing calls by the Standard Webhooks scheme (symmetric, `v1`)."""

import base64
import hmac
from collections.abc import Sequence
from datetime import datetime

PREFIX = "whsec_"


def key_of(secret: str) -> bytes:
    """The bytes that sign, from `whsec_` and padded base64."""
    return base64.b64decode(secret.removeprefix(PREFIX), validate=True)


def headers(keys: Sequence[bytes], message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers; during a rotation each key adds its signature to the list."""
    if "." in message_id:
        raise ValueError("a dot in the id would make the signed text ambiguous")
    timestamp = str(int(at.timestamp()))
    signed = f"{message_id}.{timestamp}.".encode() + body
    signatures = [base64.b64encode(hmac.digest(key, signed, "sha256")).decode() for key in keys]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }

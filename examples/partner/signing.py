"""Standard Webhooks signatures: checks those of envelopes, makes those of updates."""

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping

TOLERANCE_S = 300


def _signature(secret: str, name: str, moment: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{name}.{moment}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def recent(headers: Mapping[str, str]) -> bool:
    """Whether the call, if it tells a time, was signed within five minutes of now."""
    moment = headers.get("webhook-timestamp")
    return not moment or abs(time.time() - float(moment)) <= TOLERANCE_S


def verified(secret: str, headers: Mapping[str, str], body: bytes, *, stale: bool = False) -> bool:
    """Whether one of the signatures fits and its time is near; `stale` lets any time pass."""
    name, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not name or not moment.isdecimal() or not (stale or recent(headers)):
        return False
    own = _signature(secret, name, moment, body).encode()
    given = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest(own, one.encode()) for one in given)


def signed(secret: str, name: str, body: bytes) -> dict[str, str]:
    """The three headers of an update of ours."""
    moment = str(int(time.time()))
    return {
        "webhook-id": name,
        "webhook-timestamp": moment,
        "webhook-signature": _signature(secret, name, moment, body),
    }

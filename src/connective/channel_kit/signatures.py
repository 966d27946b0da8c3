"""Signatures by the Standard Webhooks scheme: made right, made wrong, and verified."""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from connective.kit import clock
from connective.kit.senders import signing

NAMES = ("webhook-id", "webhook-timestamp", "webhook-signature")
TOLERANCE_S = 300
STALE_S = 3600


def headers(secret: str, name: str, body: bytes, *, age_s: int = 0) -> dict[str, str]:
    """The three headers; none where there is no secret."""
    if not secret:
        return {}
    at = clock.now() - timedelta(seconds=age_s)
    return signing.headers([signing.key_of(secret)], name, at, body)


def fault(secret: str, given: Mapping[str, str], body: bytes) -> str:
    """What is wrong with a signature: `missing NAME`, `timestamp`, `signature`; else empty."""
    lost = next((name for name in NAMES if not given.get(name)), None)
    if lost:
        return f"missing {lost}"
    name, moment, signatures = (given[each] for each in NAMES)
    if not moment.isascii() or not moment.isdigit() or len(moment) > 11 or "." in name:
        return "timestamp"
    at = datetime.fromtimestamp(int(moment), clock.now().tzinfo)
    own = signing.headers([signing.key_of(secret)], name, at, body)["webhook-signature"]
    if not any(hmac.compare_digest(own.encode(), one.encode()) for one in signatures.split()):
        return "signature"
    return "" if abs((clock.now() - at).total_seconds()) <= TOLERANCE_S else "timestamp"

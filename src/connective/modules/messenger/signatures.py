"""Whether a caught request is signed by whom it should be."""

import hmac
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from connective.kit.senders import signing
from connective.modules.messenger.schemas import Signature

NAMES = ("webhook-id", "webhook-timestamp", "webhook-signature")
TOLERANCE_S = 300
LATEST = 253_402_300_799  # the end of the year 9999


def judge(
    secrets: Sequence[str], headers: Mapping[str, str], body: bytes, *, now: datetime
) -> Signature:
    """By the Standard Webhooks scheme; `secrets` are `whsec_` texts."""
    if not all(name in headers for name in NAMES):
        return "unsigned"
    if not secrets:
        return "unknown"
    name, moment, given = (headers[n] for n in NAMES)
    signed_at = int(moment) if moment.isascii() and moment.isdigit() and len(moment) < 13 else -1
    if "." in name or not 0 <= signed_at <= LATEST:
        return "wrong"
    keys = [signing.key_of(secret) for secret in secrets]
    own = signing.headers(keys, name, datetime.fromtimestamp(signed_at, UTC), body)
    expected = own["webhook-signature"].split()
    if not any(
        hmac.compare_digest(a.encode(), b.encode()) for a in expected for b in given.split()
    ):
        return "wrong"
    return "valid" if abs(now.timestamp() - signed_at) <= TOLERANCE_S else "stale"

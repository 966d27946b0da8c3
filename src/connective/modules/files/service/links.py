"""Links to files: signed, with an end. The signature stands in the path, never in the query."""

import base64
import hmac
from datetime import datetime
from typing import Any
from urllib.parse import quote

import msgspec

from connective.kit import clock, errors, instance
from connective.modules.files.schemas import File

HOUR_S = 3600
WEEK_S = 7 * 86400
ROUNDED_S = 300
LASTING = "public"  # stands where the signature of other links does


class Link(msgspec.Struct, frozen=True):
    """An absolute address and the moment it ends."""

    url: str
    expires_at: datetime


def link(file: File, *, now: datetime, ttl_s: int = HOUR_S) -> Link:
    """A link for at least `ttl_s`; the same one for a few minutes, so that it can be cached."""
    ends = -(-(int(now.timestamp()) + ttl_s) // ROUNDED_S) * ROUNDED_S
    signature = _sign(file.public_id, ends, instance.vault().keys("file links")[0])
    path = f"/files/{file.public_id}/{ends}.{signature}/{quote(file.name, safe='')}"
    return Link(instance.settings().base_url + path, clock.from_epoch_ms(ends * 1000))


def lasting(public_id: str, name: str) -> str:
    """The address of a public file: without an end, and found by nobody who was not told it."""
    return f"{instance.settings().base_url}/files/{public_id}/{LASTING}/{quote(name, safe='')}"


def sent_out(file: File, *, name: str = "", now: datetime) -> dict[str, Any]:
    """`{url, mime, name, size, expires_at}` of a file in a message: readable outside for a week."""
    made = link(file, now=now, ttl_s=WEEK_S)
    return {
        "url": made.url,
        "mime": file.mime,
        "name": name or file.name,
        "size": file.size,
        "expires_at": clock.rfc3339(made.expires_at),
    }


def ends_at(public_id: str, seal: str, *, now: datetime) -> int:
    """When a link ends (epoch seconds): 404 unless we signed it, 410 after its end."""
    ends, _, signature = seal.partition(".")
    if not (ends.isascii() and ends.isdigit() and len(ends) <= 12 and signature.isascii()):
        raise errors.NotFound("not_found")
    keys = instance.vault().keys("file links")
    if not any(hmac.compare_digest(_sign(public_id, int(ends), key), signature) for key in keys):
        raise errors.NotFound("not_found")
    if int(ends) <= now.timestamp():
        raise errors.Gone("link_expired")
    return int(ends)


def named(url: str, *, now: datetime) -> str | None:
    """The public id behind one of our links; None for an address that is none, or has ended."""
    base = instance.settings().base_url + "/files/"
    public_id, _, rest = url.removeprefix(base).partition("/")
    if not url.startswith(base) or not rest:
        return None
    try:
        ends_at(public_id, rest.partition("/")[0], now=now)
    except errors.Problem:
        return None
    return public_id


def _sign(public_id: str, ends: int, key: bytes) -> str:
    made = hmac.digest(key, f"{public_id}:{ends}".encode(), "sha256")
    return base64.urlsafe_b64encode(made[:20]).decode().rstrip("=")

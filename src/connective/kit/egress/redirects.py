"""Where a redirect leads and what may travel with it."""

from __future__ import annotations

from collections.abc import AsyncIterable

import msgspec

from connective.kit.egress.errors import AddressNotAllowed, BadAnswer
from connective.kit.egress.hosts import DEFAULT_PORTS, Target

STATUSES = frozenset({301, 302, 303, 307, 308})
# A credential may hide in a header of any name, so another host gets these and nothing else.
TRAVELLING_HEADERS = frozenset({"accept", "accept-language", "content-type", "user-agent"})
_BODY_HEADERS = frozenset({"content-type", "content-encoding", "content-language"})


class Hop(msgspec.Struct, frozen=True, kw_only=True):
    """One request of a call."""

    method: str
    target: Target
    headers: dict[str, str]
    body: bytes | AsyncIterable[bytes] | None


def after(hop: Hop, status: int, location: str) -> Hop:
    """The request that a redirect asks for; a body that was streamed cannot be sent again."""
    method = _method_after(status, hop.method)
    target = hop.target.join(location)
    if hop.target.scheme == "https" and target.scheme != "https":
        raise AddressNotAllowed("redirect_downgrade", detail=target.host)
    body = hop.body if method == hop.method else None
    if body is not None and not isinstance(body, bytes):
        raise BadAnswer("redirect_of_stream", detail=target.host)
    headers = _headers_after(hop, target, keeps_body=body is not None)
    return Hop(method=method, target=target, headers=headers, body=body)


def _method_after(status: int, method: str) -> str:
    """303 asks for GET; after 301 and 302 browsers turn POST into GET, which partners rely on."""
    if status == 303 and method != "HEAD":
        return "GET"
    if status in (301, 302) and method == "POST":
        return "GET"
    return method


def _headers_after(hop: Hop, target: Target, *, keeps_body: bool) -> dict[str, str]:
    kept = hop.headers
    if not _same_place(hop.target, target):
        kept = {name: value for name, value in kept.items() if name.lower() in TRAVELLING_HEADERS}
    if not keeps_body:
        kept = {name: value for name, value in kept.items() if name.lower() not in _BODY_HEADERS}
    return kept


def _same_place(current: Target, following: Target) -> bool:
    """The same origin, or its https form at the default ports."""
    if current.host != following.host:
        return False
    upgrade = current.port == DEFAULT_PORTS["http"] and following.port == DEFAULT_PORTS["https"]
    return current.port == following.port or (upgrade and following.scheme == "https")

"""Access tokens: short-lived JWTs that name a session, signed under the instance's secret key."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from connective.kit import clock, instance

ALGORITHM = "HS256"


def _keys() -> list[OctKey]:
    return [OctKey.import_key(raw) for raw in instance.vault().keys("jwt")]


class Named(msgspec.Struct, frozen=True):
    """What a valid token says: a session, its end, and for a page within another its place.

    `origin` is the parent page's, `context` whom that page shows.
    """

    session_id: int
    ends: datetime
    origin: str | None = None
    context: dict[str, Any] = {}


def make(user_id: int, session_id: int, *, minutes: int = 15) -> str:
    """A token for some minutes."""
    return _signed(user_id, session_id, clock.now() + timedelta(minutes=minutes))


def make_for_frame(user_id: int, session_id: int, named: Named) -> str:
    """A token for our page within a page of `named.origin`."""
    place = {"origin": named.origin, "context": named.context}
    return _signed(user_id, session_id, named.ends, **place)


def _signed(user_id: int, session_id: int, ends: datetime, **more: Any) -> str:
    claims = {
        "sub": str(user_id),
        "sid": session_id,
        "use": "access",
        "iat": int(clock.now().timestamp()),
        "exp": int(ends.timestamp()),
        **more,
    }
    return jwt.encode({"alg": ALGORITHM}, claims, _keys()[0])


def read(token: str) -> Named | None:
    """What a valid, unexpired token says."""
    for key in _keys():
        try:
            claims = jwt.decode(token, key, algorithms=[ALGORITHM]).claims
        except (JoseError, ValueError):
            continue
        expires, session_id = claims.get("exp"), claims.get("sid")
        if claims.get("use") != "access" or not isinstance(expires, int):
            return None
        fresh = clock.now().timestamp() < expires
        if not fresh or not isinstance(session_id, int):
            return None
        ends = datetime.fromtimestamp(expires, UTC)
        return Named(session_id, ends, claims.get("origin"), claims.get("context") or {})
    return None

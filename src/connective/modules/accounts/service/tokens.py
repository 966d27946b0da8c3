"""Access tokens: short-lived JWTs that name a session, signed under the instance's secret key."""

from datetime import UTC, datetime, timedelta

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from connective.kit import clock, instance

ALGORITHM = "HS256"


def _keys() -> list[OctKey]:
    return [OctKey.import_key(raw) for raw in instance.vault().keys("jwt")]


def make(user_id: int, session_id: int, *, minutes: int = 15) -> str:
    """A token for some minutes."""
    issued = clock.now()
    claims = {
        "sub": str(user_id),
        "sid": session_id,
        "use": "access",
        "iat": int(issued.timestamp()),
        "exp": int((issued + timedelta(minutes=minutes)).timestamp()),
    }
    return jwt.encode({"alg": ALGORITHM}, claims, _keys()[0])


def session_of(token: str) -> int | None:
    """The session that a valid, unexpired token names."""
    found = read(token)
    return found and found[0]


def read(token: str) -> tuple[int, datetime] | None:
    """The session that a valid, unexpired token names, and when the token ends."""
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
        return session_id, datetime.fromtimestamp(expires, UTC)
    return None

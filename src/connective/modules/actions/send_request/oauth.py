"""Access tokens by client credentials, kept as long as they are good."""

import hashlib
from collections import OrderedDict
from typing import Any, Final
from urllib.parse import urlencode

import msgspec

from connective.engine.values import number
from connective.kit import clock, outside_json
from connective.kit.egress import Answer, Egress, EgressError
from connective.modules.actions.send_request.config import OAuth2
from connective.modules.actions.send_request.problems import Failed

MAX_TOKENS: Final = 1000
DEFAULT_LIFE_S: Final = 300
# A token about to end is not used: the call itself takes time.
EARLY_S: Final = 30
MAX_BYTES: Final = 64 * 1024


class Tokens:
    """Tokens of this process by server, client, scope and (hashed) secret."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, tuple[str, float]] = OrderedDict()

    async def get(self, egress: Egress, oauth2: OAuth2, *, timeout_s: float) -> str:
        key = _key(oauth2)
        kept = self._kept.get(key)
        if kept is not None and kept[1] > clock.monotonic():
            return kept[0]
        token, lives_s = await _ask(egress, oauth2, timeout_s)
        self._kept[key] = (token, clock.monotonic() + lives_s - EARLY_S)
        while len(self._kept) > MAX_TOKENS:
            self._kept.popitem(last=False)
        return token

    def forget(self, oauth2: OAuth2) -> bool:
        """Drops a token that the partner refused; says whether there was one."""
        return self._kept.pop(_key(oauth2), None) is not None


def _key(oauth2: OAuth2) -> bytes:
    return hashlib.sha256(msgspec.json.encode(oauth2)).digest()


async def _ask(egress: Egress, oauth2: OAuth2, timeout_s: float) -> tuple[str, float]:
    form = {
        "grant_type": "client_credentials",
        "client_id": oauth2.client_id,
        "client_secret": oauth2.client_secret,
    }
    if oauth2.scope:
        form["scope"] = oauth2.scope
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        answer = await egress.request(
            "POST",
            oauth2.token_url,
            headers=headers,
            body=urlencode(form).encode(),
            timeout_s=timeout_s,
            max_bytes=MAX_BYTES,
        )
    except EgressError as error:
        raise Failed("oauth2_failed", f"token server: {error}") from error
    return _read(answer)


def _read(answer: Answer) -> tuple[str, float]:
    try:
        given: Any = outside_json.read(answer.body)
    except outside_json.NotJson:
        given = None
    token = given.get("access_token") if isinstance(given, dict) else None
    if answer.status >= 300 or not isinstance(token, str) or not token:
        raise Failed("oauth2_failed", f"token server answered {answer.status} without a token")
    return token, number(given.get("expires_in")) or DEFAULT_LIFE_S

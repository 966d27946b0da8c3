"""Zoho's OAuth: the address where access is asked for, the state it brings back, and tokens.

Source: https://www.zoho.com/crm/developer/docs/api/v8/oauth-overview.html ("Authorization
Request", "Access Token", "Refresh Token"): a refusal is an object with `error` and status 200.
"""

import base64
import hmac
from typing import Final
from urllib.parse import urlencode

import msgspec

from connective.kit import clock, crypto, egress, instance, outside_json
from connective.kit.egress import EgressError
from connective.modules.zoho.crm.call import decoded
from connective.modules.zoho.crm.problems import Reconnect, Unreachable, ZohoProblem

SCOPE: Final = "ZohoCRM.modules.ALL"
PURPOSE: Final = "zoho state"
STATE_S: Final = 600
TIMEOUT_S: Final = 10.0
LIVES_S: Final = 3600
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
# Data centres whose addresses do not follow the rule.
_ACCOUNTS: Final = {"ca": "https://accounts.zohocloud.ca"}


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """Our application as Zoho knows it."""

    accounts_base: str
    client_id: str
    client_secret: str


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """What was granted; a refresh gives no new refresh token."""

    access: str
    lives_s: float
    refresh: str = ""


class _State(msgspec.Struct, array_like=True):
    user_id: int
    until: float
    once: str


def api_base(dc: str) -> str:
    return f"https://www.zohoapis.{dc}"


def accounts_base(dc: str) -> str:
    return _ACCOUNTS.get(dc, f"https://accounts.zoho.{dc}")


def consent_url(client: Client, redirect_uri: str, user_id: int) -> str:
    """Where the person is asked; what comes back is good for ten minutes and for him only."""
    asked = {
        "scope": SCOPE,
        "client_id": client.client_id,
        "response_type": "code",
        "access_type": "offline",
        "prompt": "consent",
        "redirect_uri": redirect_uri,
        "state": _signed(user_id),
    }
    return f"{client.accounts_base}/oauth/v2/auth?{urlencode(asked)}"


def is_state_of(given: str, user_id: int) -> bool:
    """Whether we gave this state to that person within the last ten minutes."""
    try:
        body, signature = given.split(".")
        state = msgspec.json.decode(_bytes(body), type=_State)
        keys = instance.vault().keys(PURPOSE)
        signed = any(hmac.compare_digest(_sign(key, body), _bytes(signature)) for key in keys)
    except (ValueError, *outside_json.FAULTS):
        return False
    return signed and state.user_id == user_id and clock.now().timestamp() < state.until


def _signed(user_id: int) -> str:
    until = clock.now().timestamp() + STATE_S
    body = _text(msgspec.json.encode(_State(user_id, until, crypto.token(128))))
    return f"{body}.{_text(_sign(instance.vault().keys(PURPOSE)[0], body))}"


def _sign(key: bytes, body: str) -> bytes:
    return hmac.digest(key, body.encode(), "sha256")


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode("ascii") + b"==")


async def exchanged(client: Client, *, code: str, redirect_uri: str) -> Tokens:
    """The tokens of a code that was brought back."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
    tokens = await _ask(client, form)
    if not tokens.refresh:
        raise ZohoProblem("no refresh token", code="zoho_no_refresh_token")
    return tokens


async def renewed(client: Client, refresh: str) -> Tokens:
    """A new access token; Reconnect when the grant is no more."""
    return await _ask(client, {"grant_type": "refresh_token", "refresh_token": refresh})


async def _ask(client: Client, form: dict[str, str]) -> Tokens:
    sent = {**form, "client_id": client.client_id, "client_secret": client.client_secret}
    try:
        answer = await egress.default().request(
            "POST",
            f"{client.accounts_base}/oauth/v2/token",
            headers=_FORM,
            body=urlencode(sent).encode(),
            timeout_s=TIMEOUT_S,
        )
    except EgressError as error:
        raise Unreachable(str(error)) from error
    found = decoded(answer.body)
    token, refusal = found.get("access_token"), found.get("error")
    if isinstance(token, str) and token:
        lives = found.get("expires_in")
        seconds = float(lives) if isinstance(lives, int | float) else float(LIVES_S)
        return Tokens(access=token, lives_s=seconds, refresh=str(found.get("refresh_token") or ""))
    if answer.status == 429 or answer.status >= 500 or refusal is None:
        raise Unreachable(f"{answer.status} of the token server", status=answer.status)
    # `Access Denied` stands for too many requests of tokens within ten minutes
    if str(refusal).lower() == "access denied":
        raise Unreachable("too many requests of tokens", status=answer.status)
    raise Reconnect(str(refusal), status=answer.status)

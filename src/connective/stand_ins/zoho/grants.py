"""Who may call: consent, codes, and the tokens that they are changed for."""

import itertools
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from connective.kit import clock

LIVES_S: Final = 3600
_PAGE: Final = """<!doctype html><html lang="en"><meta charset="utf-8">
<title>Zoho (stand-in)</title>
<body style="font:16px sans-serif;max-width:32rem;margin:4rem auto">
<h1>Zoho (stand-in)</h1><p>An application asks for access to your CRM.</p>
<p><a id="accept" href="{accept}">Accept</a> &nbsp; <a id="reject" href="{reject}">Reject</a></p>
</body></html>"""


class Grants:
    """One client that people may let in. `issued` is every token that was given out."""

    def __init__(self, client_id: str, client_secret: str) -> None:
        self.client_id, self.client_secret = client_id, client_secret
        self.issued: list[str] = []
        self.refreshes = 0
        self._codes: dict[str, str] = {}
        self._refresh: set[str] = set()
        self._access: dict[str, float] = {}
        self._numbers = itertools.count(1)

    def grant(self, redirect_uri: str) -> str:
        """The code of a person who has accepted."""
        code = f"1000.code{next(self._numbers)}"
        self._codes[code] = redirect_uri
        return code

    def revoke(self) -> None:
        """The person took the grant back in his account."""
        self._refresh.clear()
        self._access.clear()

    def expire(self) -> None:
        """Every access token is over; the grant stands."""
        self._access.clear()

    def takes(self, authorization: str) -> bool:
        """Whether the header carries an access token that is not over."""
        scheme, _, token = authorization.partition(" ")
        return scheme == "Zoho-oauthtoken" and self._access.get(token, 0) > clock.monotonic()

    async def consent(self, request: Request) -> Response:
        asked = request.query_params
        if asked.get("client_id") != self.client_id or asked.get("response_type") != "code":
            return HTMLResponse("<h1>Invalid client</h1>", 400)
        back = asked.get("redirect_uri", "")
        state = {"state": asked["state"]} if "state" in asked else {}
        accepted = {"code": self.grant(back), "location": "us", **state}
        rejected = {"error": "access_denied", **state}
        return HTMLResponse(_PAGE.format(accept=_to(back, accepted), reject=_to(back, rejected)))

    async def token(self, request: Request) -> Response:
        given = {**request.query_params, **dict(parse_qsl((await request.body()).decode()))}
        client = (given.get("client_id"), given.get("client_secret"))
        if client != (self.client_id, self.client_secret):
            return JSONResponse({"error": "invalid_client"})
        if given.get("grant_type") == "refresh_token":
            self.refreshes += 1
            if given.get("refresh_token") not in self._refresh:
                return JSONResponse({"error": "invalid_code"})
            return JSONResponse(self._access_token())
        if self._codes.pop(given.get("code", ""), None) != given.get("redirect_uri"):
            return JSONResponse({"error": "invalid_code"})
        refresh = self._new("refresh")
        self._refresh.add(refresh)
        return JSONResponse({**self._access_token(), "refresh_token": refresh})

    async def revoked(self, request: Request) -> Response:
        self._refresh.discard(request.query_params.get("token", ""))
        return JSONResponse({"status": "success"})

    def _access_token(self) -> dict[str, Any]:
        token = self._new("access")
        self._access[token] = clock.monotonic() + LIVES_S
        return {
            "access_token": token,
            "api_domain": "https://www.zohoapis.com",
            "token_type": "Bearer",
            "expires_in": LIVES_S,
        }

    def _new(self, kind: str) -> str:
        token = f"1000.{kind}{next(self._numbers)}"
        self.issued.append(token)
        return token


def _to(address: str, query: dict[str, str]) -> str:
    return f"{address}?{urlencode(query)}".replace("&", "&amp;")

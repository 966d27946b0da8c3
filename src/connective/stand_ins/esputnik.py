"""A stand-in for eSputnik: takes tokens of Telegram bots and contacts, as strictly as it says.

Source: "Integrating with Telegram Bot" (https://docs.esputnik.com/docs/integrating-with-telegram-bot:
`/v1/apps/{app_uuid}/tokens`) and "Add/update contacts", "Account info" of eSputnik's API reference,
https://docs.esputnik.com/reference; HTTP Basic with any user name and the API key.
"""

import base64
import binascii
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from connective.kit import clock

HELP: Final = "eSputnik: API key `demo`, application `5f1b0e8c-0000-4000-8000-000000000001`."
APP: Final = "5f1b0e8c-0000-4000-8000-000000000001"
IDENTIFIERS: Final = ("contactId", "externalCustomerId", "phone", "email")
MOST_CONTACTS: Final = 3000


class Esputnik:
    """`script` holds statuses of the next calls; `tokens` and `contacts` are calls with a time."""

    def __init__(self, api_key: str = "demo", app_uuid: str = APP) -> None:
        self.api_key, self.app_uuid = api_key, app_uuid
        self.tokens: list[tuple[float, list[dict[str, Any]]]] = []
        self.contacts: list[tuple[float, dict[str, Any]]] = []
        self.script: list[int] = []
        self.refused = 0

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/v1/account/info", self._info),
                Route("/api/v1/apps/{app_uuid}/tokens", self._tokens, methods=["POST"]),
                Route("/api/v1/contacts", self._contacts, methods=["POST"]),
                Route("/control/state", self._state),
                Route("/control/next", self._next, methods=["POST"]),
            ]
        )

    @property
    def pushed(self) -> list[str]:
        """Every token that came, in order."""
        return [token["token"] for _, batch in self.tokens for token in batch]

    def _refusal(self, request: Request) -> Response | None:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        try:
            _, _, key = base64.b64decode(given, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            key = ""
        if scheme != "Basic" or key != self.api_key:
            self.refused += 1
            return PlainTextResponse("Unauthorized", 401)
        if self.script:
            status = self.script.pop(0)
            if status != 200:
                self.refused += 1
                return PlainTextResponse(f"scripted {status}", status)
        return None

    async def _info(self, request: Request) -> Response:
        if refused := self._refusal(request):
            return refused
        return JSONResponse({"organisationName": "Stand-in", "userEmail": "owner@example.com"})

    async def _tokens(self, request: Request) -> Response:
        if refused := self._refusal(request):
            return refused
        if request.path_params["app_uuid"] != self.app_uuid:
            return PlainTextResponse("Application not found", 404)
        batch = (await request.json())["tokens"]
        for token in batch:
            if not token.get("token") or not any(token.get(name) for name in IDENTIFIERS):
                return PlainTextResponse("At least one identifier is required", 400)
        self.tokens.append((clock.now().timestamp(), batch))
        return JSONResponse({"requestId": f"r{len(self.tokens)}"})

    async def _contacts(self, request: Request) -> Response:
        if refused := self._refusal(request):
            return refused
        body = await request.json()
        if not body.get("dedupeOn") or not 0 < len(body.get("contacts", ())) <= MOST_CONTACTS:
            return PlainTextResponse("dedupeOn and 1 to 3000 contacts are required", 400)
        self.contacts.append((clock.now().timestamp(), body))
        return JSONResponse({"asyncSessionId": f"s{len(self.contacts)}"})

    async def _state(self, _: Request) -> Response:
        shown = {"tokens": [batch for _, batch in self.tokens]}
        return JSONResponse({**shown, "contacts": [body for _, body in self.contacts]})

    async def _next(self, request: Request) -> Response:
        """`?status=500&times=3`: what the next calls get."""
        asked = request.query_params
        self.script += [int(asked.get("status", "500"))] * int(asked.get("times", "1"))
        return JSONResponse({"script": self.script})


def create() -> Starlette:
    """The stand-in as it is started by hand."""
    return Esputnik().app()

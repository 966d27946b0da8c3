"""The stand-in's door: the records API behind its tokens, and what people and tests turn."""

import re
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from connective.stand_ins.zoho.answers import each, error, found
from connective.stand_ins.zoho.grants import Grants
from connective.stand_ins.zoho.records import FIELDS, Record, Records

MOST: Final = 100
_CRITERION: Final = re.compile(r"\(?(\w+):(equals|starts_with):(.*?)\)?$")


class Zoho(Grants):
    """What the other side knows; `busy` answers 429 so many times, `calls` is what it was asked."""

    def __init__(self, client_id: str = "demo", client_secret: str = "demo") -> None:
        super().__init__(client_id, client_secret)
        self.kept = Records()
        self.calls: list[tuple[str, str, Any]] = []
        self.busy = 0
        self.down = 0

    @property
    def records(self) -> dict[str, dict[str, Record]]:
        return self.kept.of

    @property
    def notes(self) -> list[Record]:
        return self.kept.notes

    def app(self) -> Starlette:
        module = "/crm/v8/{module}"
        routes = [
            Route("/oauth/v2/auth", self.consent),
            Route("/oauth/v2/token", self.token, methods=["POST"]),
            Route("/oauth/v2/token/revoke", self.revoked, methods=["POST"]),
            Route("/crm/v8/Notes", self._add_notes, methods=["POST"]),
            Route(module, self._list),
            Route(module, self._insert, methods=["POST"]),
            Route(f"{module}/upsert", self._upsert, methods=["POST"]),
            Route(f"{module}/search", self._search),
            Route(f"{module}/{{id}}/Notes", self._notes_of),
            Route("/control/state", self._state),
            Route("/control/{what}", self._control, methods=["POST"]),
        ]
        return Starlette(routes=routes)

    def _refusal(self, request: Request, body: Any = None) -> Response | None:
        """What the API says before it looks at what is asked."""
        self.calls.append((request.method, request.url.path.removeprefix("/crm/v8/"), body))
        if not self.takes(request.headers.get("authorization", "")):
            return error(401, "INVALID_TOKEN", "invalid oauth token")
        if self.busy:
            self.busy -= 1
            return error(429, "TOO_MANY_REQUESTS", "too many requests fired in a given time")
        if self.down:
            self.down -= 1
            return error(500, "INTERNAL_ERROR", "internal server error")
        module = request.path_params.get("module")
        if module is not None and module not in FIELDS:
            return error(400, "INVALID_MODULE", "the module name given seems to be invalid")
        return None

    async def _upsert(self, request: Request) -> Response:
        body = await request.json()
        if refused := self._refusal(request, body):
            return refused
        if len(body["data"]) > MOST:
            return error(400, "LIMIT_EXCEEDED", "more than 100 records")
        module = request.path_params["module"]
        checks = body.get("duplicate_check_fields") or ["Email"]
        written = (
            self.kept.write(module, record, at=at, checks=checks)
            for at, record in enumerate(body["data"])
        )
        return each(list(written), well=200)

    async def _insert(self, request: Request) -> Response:
        body = await request.json()
        if refused := self._refusal(request, body):
            return refused
        module = request.path_params["module"]
        written = (self.kept.write(module, r, at=at) for at, r in enumerate(body["data"]))
        return each(list(written), well=201)

    async def _list(self, request: Request) -> Response:
        if refused := self._refusal(request):
            return refused
        if "fields" not in request.query_params:
            details = {"param_name": "fields"}
            return error(400, "REQUIRED_PARAM_MISSING", "fields is missing", details)
        return found(self.kept.matching(request.path_params["module"]))

    async def _search(self, request: Request) -> Response:
        asked = request.query_params
        if refused := self._refusal(request, dict(asked)):
            return refused
        wanted = _wanted(dict(asked))
        if wanted is None:
            return error(400, "INVALID_QUERY", "invalid query formed")
        field, value = wanted
        module = request.path_params["module"]
        return found(self.kept.matching(module, lambda record: record.get(field) == value))

    async def _add_notes(self, request: Request) -> Response:
        body = await request.json()
        if refused := self._refusal(request, body):
            return refused
        return each([self.kept.add_note(note) for note in body["data"]], well=201)

    async def _notes_of(self, request: Request) -> Response:
        if refused := self._refusal(request):
            return refused
        parent = request.path_params["id"]
        return found([note for note in self.notes if note["Parent_Id"]["id"] == parent])

    async def _state(self, _: Request) -> Response:
        return JSONResponse({"records": self.records, "notes": self.notes, "busy": self.busy})

    async def _control(self, request: Request) -> Response:
        what = request.path_params["what"]
        if what == "revoke":
            self.revoke()
        elif what == "expire":
            self.expire()
        elif what == "busy":
            self.busy = int(request.query_params.get("times", "1"))
        else:
            return RedirectResponse("/control/state", 303)
        return JSONResponse({"done": what})


def _wanted(asked: dict[str, str]) -> tuple[str, str] | None:
    """The field that is searched, and for what; None where that cannot be read."""
    for field in ("Phone", "Email"):
        if field.lower() in asked:
            return field, asked[field.lower()]
    criterion = _CRITERION.fullmatch(asked.get("criteria", ""))
    return criterion and (criterion[1], re.sub(r"\\(.)", r"\1", criterion[3]))

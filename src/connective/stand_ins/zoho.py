"""A stand-in for Zoho CRM: grants access and keeps leads, contacts, deals, products and notes.

Source: "OAuth" and "Records API" of Zoho's developer documentation for CRM, version 8,
https://www.zoho.com/crm/developer/docs/api/v8/ (authorisation request, token request, upsert,
insert, search, related records, notes; status codes and error objects of each).
"""

import itertools
import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from connective.kit import clock

HELP: Final = "Zoho CRM: consent page, tokens, records, notes; client id `demo`, secret `demo`."
LIVES_S: Final = 3600
MOST: Final = 100
FIELDS: Final[Mapping[str, frozenset[str]]] = {
    "Leads": frozenset(
        {"First_Name", "Last_Name", "Phone", "Mobile", "Email", "Lead_Source", "Description"}
        | {"Company", "City", "Product_Name", "Product"}
    ),
    "Contacts": frozenset(
        {"First_Name", "Last_Name", "Phone", "Mobile", "Email", "Lead_Source", "Description"}
        | {"Mailing_City", "Product_Name", "Product"}
    ),
    "Deals": frozenset(
        {"Deal_Name", "Stage", "Amount", "Closing_Date", "Contact_Name", "Lead_Source"}
        | {"Description", "Pipeline", "Product"}
    ),
    "Products": frozenset({"Product_Name", "Product_Code", "Unit_Price", "Description"}),
}
MANDATORY: Final = {
    "Leads": "Last_Name",
    "Contacts": "Last_Name",
    "Deals": "Deal_Name",
    "Products": "Product_Name",
}
LOOKUPS: Final = frozenset({"Product", "Contact_Name"})
_CRITERION: Final = re.compile(r"\(?(\w+):(equals|starts_with):(.*?)\)?$")
_PAGE: Final = """<!doctype html><html lang="en"><meta charset="utf-8">
<title>Zoho (stand-in)</title>
<body style="font:16px sans-serif;max-width:32rem;margin:4rem auto">
<h1>Zoho (stand-in)</h1><p>An application asks for access to your CRM.</p>
<p><a id="accept" href="{accept}">Accept</a> &nbsp; <a id="reject" href="{reject}">Reject</a></p>
</body></html>"""


class Zoho:
    """What the other side knows; `busy` answers 429 so many times, `calls` is what it was asked."""

    def __init__(self, client_id: str = "demo", client_secret: str = "demo") -> None:
        self.client_id, self.client_secret = client_id, client_secret
        self.records: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in FIELDS}
        self.notes: list[dict[str, Any]] = []
        self.calls: list[tuple[str, str, Any]] = []
        self.refreshes = 0
        self.busy = 0
        self.down = 0
        self._codes: dict[str, str] = {}
        self._refresh: set[str] = set()
        self._access: dict[str, float] = {}
        self.issued: list[str] = []  # every token that was given out
        self._ids = itertools.count(5_725_767_000_000_001)

    def app(self) -> Starlette:
        module = "/crm/v8/{module}"
        routes = [
            Route("/oauth/v2/auth", self._consent),
            Route("/oauth/v2/token", self._token, methods=["POST"]),
            Route("/oauth/v2/token/revoke", self._revoked, methods=["POST"]),
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

    def grant(self, redirect_uri: str) -> str:
        """The code of a person who has accepted."""
        code = f"1000.code{next(self._ids)}"
        self._codes[code] = redirect_uri
        return code

    def revoke(self) -> None:
        """The person took the grant back in his account."""
        self._refresh.clear()
        self._access.clear()

    def expire(self) -> None:
        """Every access token is over; the grant stands."""
        self._access.clear()

    # --- OAuth

    async def _consent(self, request: Request) -> Response:
        asked = request.query_params
        if asked.get("client_id") != self.client_id or asked.get("response_type") != "code":
            return HTMLResponse("<h1>Invalid client</h1>", 400)
        code = self.grant(asked.get("redirect_uri", ""))
        state = {"state": asked["state"]} if "state" in asked else {}
        accepted = {"code": code, "location": "us", **state}
        back = asked.get("redirect_uri", "")
        page = _PAGE.format(
            accept=f"{back}?{urlencode(accepted)}".replace("&", "&amp;"),
            reject=f"{back}?{urlencode({'error': 'access_denied', **state})}".replace("&", "&amp;"),
        )
        return HTMLResponse(page)

    async def _token(self, request: Request) -> Response:
        given = {**request.query_params, **dict(parse_qsl((await request.body()).decode()))}
        if (given.get("client_id"), given.get("client_secret")) != (
            self.client_id,
            self.client_secret,
        ):
            return JSONResponse({"error": "invalid_client"})
        if given.get("grant_type") == "refresh_token":
            self.refreshes += 1
            if given.get("refresh_token") not in self._refresh:
                return JSONResponse({"error": "invalid_code"})
            return JSONResponse(self._granted())
        if self._codes.pop(given.get("code", ""), None) != given.get("redirect_uri"):
            return JSONResponse({"error": "invalid_code"})
        refresh = f"1000.refresh{next(self._ids)}"
        self._refresh.add(refresh)
        self.issued.append(refresh)
        return JSONResponse({**self._granted(), "refresh_token": refresh})

    def _granted(self) -> dict[str, Any]:
        token = f"1000.access{next(self._ids)}"
        self._access[token] = clock.monotonic() + LIVES_S
        self.issued.append(token)
        return {
            "access_token": token,
            "api_domain": "https://www.zohoapis.com",
            "token_type": "Bearer",
            "expires_in": LIVES_S,
        }

    async def _revoked(self, request: Request) -> Response:
        self._refresh.discard(request.query_params.get("token", ""))
        return JSONResponse({"status": "success"})

    async def _refusal(self, request: Request, body: Any = None) -> Response | None:
        """What the API says before it looks at what is asked."""
        path = request.url.path.removeprefix("/crm/v8/")
        self.calls.append((request.method, path, body))
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Zoho-oauthtoken" or self._access.get(token, 0) <= clock.monotonic():
            return _error(401, "INVALID_TOKEN", "invalid oauth token")
        if self.busy:
            self.busy -= 1
            return _error(429, "TOO_MANY_REQUESTS", "too many requests fired in a given time")
        if self.down:
            self.down -= 1
            return _error(500, "INTERNAL_ERROR", "internal server error")
        module = request.path_params.get("module")
        if module is not None and module not in FIELDS:
            return _error(400, "INVALID_MODULE", "the module name given seems to be invalid")
        return None

    # --- records

    async def _upsert(self, request: Request) -> Response:
        body = await request.json()
        if refused := await self._refusal(request, body):
            return refused
        if len(body["data"]) > MOST:
            return _error(400, "LIMIT_EXCEEDED", "more than 100 records")
        module = request.path_params["module"]
        checks = body.get("duplicate_check_fields") or ["Email"]
        done = [self._write(module, r, index, checks) for index, r in enumerate(body["data"])]
        return JSONResponse({"data": done}, _status(done, 200))

    async def _insert(self, request: Request) -> Response:
        body = await request.json()
        if refused := await self._refusal(request, body):
            return refused
        module = request.path_params["module"]
        done = [self._write(module, r, index, []) for index, r in enumerate(body["data"])]
        return JSONResponse({"data": done}, _status(done, 201))

    def _write(
        self, module: str, record: dict[str, Any], index: int, checks: list[str]
    ) -> dict[str, Any]:
        for name, value in record.items():
            if name not in FIELDS[module] or (name in LOOKUPS and not isinstance(value, dict)):
                details = {"api_name": name, "json_path": f"$.data[{index}].{name}"}
                return _item("INVALID_DATA", "invalid data", details)
        needed = MANDATORY[module]
        if not record.get(needed):
            details = {"api_name": needed, "json_path": f"$.data[{index}].{needed}"}
            return _item("MANDATORY_NOT_FOUND", "required field not found", details)
        known = self._known(module, record, checks)
        number = known or str(next(self._ids))
        self.records[module].setdefault(number, {}).update(record)
        return {
            "code": "SUCCESS",
            "action": "update" if known else "insert",
            "duplicate_field": None,
            "details": {"id": number},
            "message": "record updated" if known else "record added",
            "status": "success",
        }

    def _known(self, module: str, record: dict[str, Any], checks: list[str]) -> str | None:
        for field in checks:
            for number, kept in self.records[module].items():
                if record.get(field) and kept.get(field) == record[field]:
                    return number
        return None

    async def _list(self, request: Request) -> Response:
        if refused := await self._refusal(request):
            return refused
        if "fields" not in request.query_params:
            details = {"param_name": "fields"}
            return _error(400, "REQUIRED_PARAM_MISSING", "fields is missing", details)
        return _found(self.records[request.path_params["module"]])

    async def _search(self, request: Request) -> Response:
        asked = request.query_params
        if refused := await self._refusal(request, dict(asked)):
            return refused
        kept = self.records[request.path_params["module"]]
        for field, name in (("Phone", "phone"), ("Email", "email")):
            if name in asked:
                return _found({k: r for k, r in kept.items() if r.get(field) == asked[name]})
        criterion = _CRITERION.fullmatch(asked.get("criteria", ""))
        if criterion is None:
            return _error(400, "INVALID_QUERY", "invalid query formed")
        field, _, value = criterion.groups()
        wanted = re.sub(r"\\(.)", r"\1", value)
        return _found({k: r for k, r in kept.items() if r.get(field) == wanted})

    # --- notes

    async def _add_notes(self, request: Request) -> Response:
        body = await request.json()
        if refused := await self._refusal(request, body):
            return refused
        done = []
        for note in body["data"]:
            parent = note["Parent_Id"]
            module = parent["module"]["api_name"]
            if parent["id"] not in self.records.get(module, {}):
                details = {"api_name": "Parent_Id", "json_path": "$.data[0].Parent_Id.id"}
                done.append(_item("INVALID_DATA", "the related id is invalid", details))
                continue
            number = str(next(self._ids))
            self.notes.append({"id": number, **note})
            done.append(
                {
                    "code": "SUCCESS",
                    "details": {"id": number},
                    "message": "record added",
                    "status": "success",
                }
            )
        return JSONResponse({"data": done}, _status(done, 201))

    async def _notes_of(self, request: Request) -> Response:
        if refused := await self._refusal(request):
            return refused
        parent = request.path_params["id"]
        mine = [note for note in self.notes if note["Parent_Id"]["id"] == parent]
        return JSONResponse({"data": mine}) if mine else Response(status_code=204)

    # --- for people and tests

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


def _item(code: str, message: str, details: dict[str, Any]) -> dict[str, Any]:
    return {"code": code, "details": details, "message": message, "status": "error"}


def _error(
    status: int, code: str, message: str, details: dict[str, Any] | None = None
) -> JSONResponse:
    return JSONResponse(_item(code, message, details or {}), status)


def _status(done: list[dict[str, Any]], well: int) -> int:
    """One refused record alone is a 400; some among others are a 207."""
    refused = sum(item["status"] == "error" for item in done)
    return well if not refused else 400 if refused == len(done) else 207


def _found(records: Mapping[str, dict[str, Any]]) -> Response:
    if not records:
        return Response(status_code=204)
    return JSONResponse({"data": [{"id": number, **record} for number, record in records.items()]})


def create() -> Starlette:
    """The stand-in as it is started by hand."""
    return Zoho().app()

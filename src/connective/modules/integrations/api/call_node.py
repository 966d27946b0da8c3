"""`/kw/api/call_node`: starts a scenario at an entry point, by GET or POST."""

from typing import Any

from fastapi import Request
from starlette.responses import Response

from connective.kit.http import Router, answers, reply
from connective.kit.http.params import BIGINT
from connective.modules.integrations.call_node import access, asked, body, door, plans
from connective.modules.integrations.call_node.schemas import Launched

ROOT = "/kw/api/call_node"
AT_NODE = f"{ROOT}/{{bot_id}}/{{node_id}}"
AT_CHAT = f"{AT_NODE}/{{channel}}/{{chat_id:path}}"
BODY_LIMITS = {ROOT: 1024 * 1024}
PROBLEMS = (400, 401, 403, 404, 405, 409, 413, 415, 422)

router = Router(tags=["call_node"])


async def call_node(request: Request) -> Response:
    """Start a scenario at an entry point, now or later."""
    given = asked.Given(
        path=request.path_params,
        body=await body.read(request),
        query=dict(request.query_params),
    )
    return reply(await door.launch(request, given))


def _parameter(name: str, kind: str, *, place: str = "query", **more: Any) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": kind} | more
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


_QUERY = [
    _parameter("phone", "string"),
    _parameter("external_id", "string", maxLength=128),
    _parameter("wait", "boolean"),
    _parameter("delay_s", "number", minimum=0, maximum=asked.LONGEST_DELAY_S),
    _parameter("at", "string", format="date-time"),
    _parameter("dedupe", "string", minLength=1, maxLength=255),
    _parameter("on_busy", "string", enum=list(asked.ON_BUSY)),
    _parameter("key", "string"),
]
_PLACE = [
    _parameter("bot_id", "integer", minimum=1, maximum=BIGINT),
    _parameter("node_id", "integer", minimum=1, maximum=plans.NODE_IDS - 1),
    _parameter("connector_alias", "string", maxLength=128),
    _parameter("channel", "string", minLength=1, maxLength=64),
    _parameter("chat_id", "string", minLength=1, maxLength=128),
]
_ANY_OBJECT = {"type": "object", "additionalProperties": True}
_EXAMPLE = {
    "chat_id": "398866372",
    "channel": "telegram",
    "bot_id": 1,
    "connector_alias": "crm_entry_point",
    "data": {"phone": "380961234567", "name": "Sergey"},
}
BODY: dict[str, Any] = {
    "type": "object",
    "additionalProperties": True,
    "properties": {p["name"]: p["schema"] for p in (*_PLACE, *_QUERY[:-1])} | {"data": _ANY_OBJECT},
    "examples": [_EXAMPLE],
}


def _example_of(name: str) -> dict[str, Any]:
    """Who names no chat begins in a new one."""
    return {"example": _EXAMPLE[name]} if name in ("bot_id", "connector_alias") else {}


def _described(path: str, method: str) -> dict[str, Any]:
    in_path = [p for p in _PLACE if f"{{{p['name']}" in path]
    rest = [] if in_path else [p | _example_of(p["name"]) for p in _PLACE]
    found: dict[str, Any] = {
        "x-action": access.START,
        "parameters": [p | {"in": "path", "required": True} for p in in_path] + rest + _QUERY,
    }
    if method == "POST":
        kinds = ("application/json", *body.FORMS[:1])
        found["requestBody"] = {"content": {kind: {"schema": BODY} for kind in kinds}}
    return found


for _path, _name in ((AT_CHAT, "chat"), (AT_NODE, "node"), (f"{ROOT}/", "body"), (ROOT, "bare")):
    for _method in ("GET", "POST"):
        router.add_api_route(
            _path,
            call_node,
            methods=[_method],
            operation_id=f"call_node_{_name}_{_method.lower()}",
            summary="Start a scenario",
            responses=answers(Launched, problems=PROBLEMS, compat=True),
            openapi_extra=_described(_path, _method),
        )

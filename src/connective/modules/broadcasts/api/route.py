"""`POST /kw/api/broadcast/route`: one message by template to a phone number."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import ValidationError
from starlette.responses import Response

from connective.kit import auth_policy, errors, outside_json
from connective.kit.context import Ctx
from connective.kit.errors import FieldError
from connective.kit.http import Router, answers, public, reply, usual
from connective.kit.http.problem import validation_errors
from connective.kit.http.router import Authenticate
from connective.modules.broadcasts import service
from connective.modules.broadcasts.schemas import BroadcastScheduled, RouteIn

ROUTE = "/kw/api/broadcast/route"
SEND = "broadcasts.send"
BODY_LIMITS = {ROUTE: 1024 * 1024}
_REF = {"$ref": "#/components/schemas/RouteIn"}
_EXAMPLE = {"phone": "380662094811", "bot_id": 69, "template_id": 1}

router = Router(tags=["broadcasts"])


async def sender(request: Request, ctx: Annotated[Ctx, Depends(public())]) -> Ctx:
    """Whoever may send. The documented refusal of a wrong token is that of a wrong body."""
    authenticate: Authenticate = request.app.state.authenticate
    try:
        ctx.actor = await authenticate(request, ctx)
        auth_policy.allow(ctx.actor, SEND)
    except (errors.Unauthorized, errors.Forbidden) as refusal:
        raise _refused(FieldError("x-auth-token", refusal.code, refusal.params)) from None
    request.state.caller = ctx.actor
    return ctx


@router.post(
    ROUTE,
    operation_id="broadcast_route",
    summary="Send a template to a phone number",
    responses=answers(BroadcastScheduled, problems=(404, 413, 422), compat=True),
    openapi_extra={
        "x-action": SEND,
        usual.OWN: True,
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": RouteIn.model_json_schema(), "example": _EXAMPLE}
            },
        },
    },
)
async def broadcast_route(request: Request, ctx: Annotated[Ctx, Depends(sender)]) -> Response:
    """The owner of the number must be known to the bot and subscribed."""
    return reply(await service.route(ctx, _asked(await request.body())))


def _asked(raw: bytes) -> RouteIn:
    try:
        given: Any = outside_json.read(raw)
        if not isinstance(given, Mapping):
            raise _refused(FieldError("body", "dict_type"))
        return RouteIn.model_validate(given)
    except ValidationError as failure:
        raise _refused(*validation_errors(failure.errors(include_url=False))) from None
    except outside_json.NotJson as failure:
        raise _refused(FieldError("body", "bad_json", {"reason": str(failure)})) from None


def _refused(*found: FieldError) -> errors.Invalid:
    return errors.Invalid("route_refused", errors=found)

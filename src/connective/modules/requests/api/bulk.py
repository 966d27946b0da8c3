"""One action for many requests."""

from fastapi import Request
from starlette.responses import Response

from connective.kit.auth_policy import Actor
from connective.kit.context import unit_of_work
from connective.kit.http import Router, answers, reply
from connective.kit.http.router import Authenticate, begin
from connective.kit.idempotency import keeper as idempotency
from connective.modules.requests import many
from connective.modules.requests.bulk.schemas import Bulk, BulkDone

router = Router(tags=["requests"])
# Which right is asked for stands in the body.
ASKED = {"x-action": ""}


async def admitted(request: Request) -> Actor:
    """Whoever is signed in, asked in a transaction that ends before those of the requests begin.

    Only a key for repeats is held in one of its own meanwhile.
    """
    authenticate: Authenticate = request.app.state.authenticate
    async with unit_of_work(request_id=request.state.request_id) as ctx:
        actor = await authenticate(request, ctx)
    request.state.language = actor.language
    if idempotency.asked(request):
        holding = await begin(request)
        holding.actor = actor
        request.state.claim = await idempotency.claim(request, holding)
    return actor


@router.post("/bulk", responses=answers(BulkDone, problems=(401, 403)), openapi_extra=ASKED)
async def change_requests(request: Request, body: Bulk) -> Response:
    """Take, assign, topic, tags, close, read or unread for up to 1,000 requests.

    Each takes the permission of the single action and is done, or refused, by itself: what was
    done stays done. `unchanged`: it was so already.
    """
    actor = await admitted(request)
    done = await many.change_many(actor, body, request_id=request.state.request_id)
    return reply(done)

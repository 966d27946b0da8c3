"""`POST /api/v1/runs` and `/runs/bulk`: call_node by JSON, for one chat or for many."""

from fastapi import Request
from starlette.responses import Response

from connective.kit.http import Router, answers, reply, usual
from connective.modules.integrations.api.call_node import BODY, PROBLEMS
from connective.modules.integrations.call_node import access, asked, body, bulk, door
from connective.modules.integrations.call_node.schemas import BulkIn, BulkOut, Launched

router = Router(prefix="/api/v1/runs", tags=["runs"])
_ACTION = {"x-action": access.START, usual.KEYED: True}
_PROBLEMS = tuple(problem for problem in PROBLEMS if problem != 415)  # its body is JSON, always
_JSON = _ACTION | {
    "requestBody": {"required": True, "content": {"application/json": {"schema": BODY}}}
}


@router.post("", responses=answers(Launched, problems=_PROBLEMS), openapi_extra=_JSON)
async def start_run(request: Request) -> Response:
    """Start a scenario at an entry point, now or later: the JSON form of call_node."""
    given = asked.Given(body=body.parsed(await request.body()))
    return reply(await door.launch(request, given, strict=True))


@router.post(
    "/bulk",
    responses=answers(BulkOut, problems=(400, 401, 403, 409, 413)),
    openapi_extra=_ACTION,
)
async def start_runs(request: Request, given: BulkIn) -> Response:
    """Start up to 1,000 runs; what stands beside `targets` holds for each of them."""
    return reply(await bulk.launch(request, given))

"""Replies that are sent later: kept, moved, sent at once, cancelled."""

from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, etag, matching, permit, reply
from connective.kit.http.params import Id
from connective.kit.realtime import EventId
from connective.modules.requests import service
from connective.modules.requests.scheduled import reading
from connective.modules.requests.scheduled.schemas import (
    NewScheduled,
    ScheduledMessage,
    ScheduledMessages,
    ScheduledPatch,
)

router = Router(tags=["requests"])
View = Annotated[Ctx, Depends(permit("requests.view"))]
Reply = Annotated[Ctx, Depends(permit("requests.reply"))]
PROBLEMS = (401, 403, 404, 409)
PATH = "/{request_id}/scheduled-messages"
ONE = f"{PATH}/{{scheduled_id}}"


@router.get(PATH, responses=answers(ScheduledMessages, problems=(401, 403, 404)))
async def list_scheduled_messages(seen: EventId, ctx: View, request_id: Id) -> Response:
    """What waits in a request, and what was not sent though its time had come."""
    return reply(await reading.listed(ctx, request_id), headers=seen)


@router.post(
    PATH,
    status_code=201,
    responses=answers(ScheduledMessage, problems=PROBLEMS)
    | answers(ScheduledMessage, 201, problems=PROBLEMS),
)
async def schedule_message(ctx: Reply, request_id: Id, body: NewScheduled) -> Response:
    """A reply that is sent at `send_at`, else after the delay in which it can be taken back.

    The same `client_msg_id` again gives the same message with 200. What cannot be sent when its
    time has come stays, with the reason. At most 20 wait in a request. Keys cannot schedule.
    """
    scheduled, is_new = await service.schedule_message(ctx, request_id, body)
    return reply(scheduled, 201 if is_new else 200)


@router.get(ONE, responses=answers(ScheduledMessage, problems=(401, 403, 404)))
async def get_scheduled_message(ctx: View, request_id: Id, scheduled_id: Id) -> Response:
    """One of them, also when it is sent or cancelled, then without its words."""
    found = await reading.one(ctx, request_id, scheduled_id)
    return reply(found, headers=etag(_settled(found)))


@router.patch(ONE, responses=answers(ScheduledMessage, problems=(*PROBLEMS, 412)))
async def move_scheduled_message(
    ctx: Reply, request: Request, request_id: Id, scheduled_id: Id, body: ScheduledPatch
) -> Response:
    """Another moment, also for what was not sent."""
    await _require_current(ctx, request, request_id, scheduled_id)
    moved = await service.move_scheduled(ctx, request_id, scheduled_id, body)
    return reply(moved, headers=etag(_settled(moved)))


@router.post(
    f"{PATH}/{{scheduled_id}}/send", responses=answers(ScheduledMessage, problems=PROBLEMS)
)
async def send_scheduled_message(ctx: Reply, request_id: Id, scheduled_id: Id) -> Response:
    """Sends it now, in the name of whoever asks; also what was not sent."""
    return reply(await service.send_scheduled(ctx, request_id, scheduled_id))


@router.delete(ONE, responses=answers(ScheduledMessage, problems=(*PROBLEMS, 412)))
async def cancel_scheduled_message(
    ctx: Reply, request: Request, request_id: Id, scheduled_id: Id
) -> Response:
    """It is never sent; the answer has its words once more."""
    await _require_current(ctx, request, request_id, scheduled_id)
    return reply(await service.cancel_scheduled(ctx, request_id, scheduled_id))


async def _require_current(ctx: Ctx, request: Request, request_id: int, scheduled_id: int) -> None:
    if "if-match" in request.headers:
        matching(request, _settled(await reading.one(ctx, request_id, scheduled_id)))


def _settled(found: ScheduledMessage) -> list[Any]:
    return [found.id, found.state, found.text, found.send_at]

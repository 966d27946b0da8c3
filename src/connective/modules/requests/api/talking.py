"""What is said in a request: replies and notes, corrected, sent again, read."""

from typing import Annotated, Any

from fastapi import Depends, Query, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, etag, matching, permit, reply
from connective.kit.http.params import Id
from connective.modules.requests import service
from connective.modules.requests.reading.service import changed, message
from connective.modules.requests.schemas.shown import RequestOut
from connective.modules.requests.schemas.talk import (
    EditMessage,
    Mentioned,
    NewMessage,
    ReadUpTo,
    RequestMessage,
)

router = Router(tags=["requests"])
# A note takes another right than a reply: which of them is asked for stands in the body.
SignedIn = Annotated[Ctx, Depends(permit())]
View = Annotated[Ctx, Depends(permit("requests.view"))]
Note = Annotated[Ctx, Depends(permit("requests.note"))]
SPOKEN = {"x-action": "requests.reply"}
PROBLEMS = (401, 403, 404, 409)


@router.post(
    "/{request_id}/messages",
    status_code=201,
    responses=answers(RequestMessage, problems=PROBLEMS)
    | answers(RequestMessage, 201, problems=PROBLEMS),
    openapi_extra=SPOKEN,
)
async def send_message(ctx: SignedIn, request_id: Id, body: NewMessage) -> Response:
    """A reply to the client or, of the kind `note`, a note that stays in the panel.

    The same `client_msg_id` again gives the same message with 200. A note takes the permission
    `requests.note`. The first reply takes a request that nobody has.
    """
    message, is_new = await service.reply(ctx, request_id, body)
    return reply(message, 201 if is_new else 200)


@router.get(
    "/{request_id}/messages/{message_id}",
    responses=answers(RequestMessage, problems=(401, 403, 404)),
)
async def get_message(ctx: View, request_id: Id, message_id: Id) -> Response:
    """`ETag` names its words, not how its delivery goes on."""
    found = await message(ctx, request_id, message_id)
    return reply(found, headers=etag(_words(found)))


@router.patch(
    "/{request_id}/messages/{message_id}",
    responses=answers(RequestMessage, problems=(*PROBLEMS, 412)),
    openapi_extra=SPOKEN,
)
async def edit_message(
    ctx: SignedIn, request: Request, request_id: Id, message_id: Id, body: EditMessage
) -> Response:
    """Other words for one's own message."""
    await _require_current(ctx, request, request_id, message_id)
    edited = await service.edit_message(ctx, request_id, message_id, body)
    return reply(edited, headers=etag(_words(edited)))


@router.delete(
    "/{request_id}/messages/{message_id}",
    responses=answers(RequestMessage, problems=(*PROBLEMS, 412)),
    openapi_extra=SPOKEN,
)
async def delete_message(
    ctx: SignedIn, request: Request, request_id: Id, message_id: Id
) -> Response:
    """Takes one's own message back; another's takes the right to assign."""
    await _require_current(ctx, request, request_id, message_id)
    return reply(await service.delete_message(ctx, request_id, message_id))


async def _require_current(ctx: Ctx, request: Request, request_id: int, message_id: int) -> None:
    if "if-match" in request.headers:
        matching(request, _words(await message(ctx, request_id, message_id)))


def _words(found: RequestMessage) -> list[Any]:
    return [found.id, found.text, found.edited_at, found.deleted_at]


@router.post(
    "/{request_id}/messages/{message_id}/retry",
    responses=answers(RequestMessage, problems=PROBLEMS),
    openapi_extra=SPOKEN,
)
async def retry_message(ctx: SignedIn, request_id: Id, message_id: Id) -> Response:
    """Sends a message again that did not arrive."""
    return reply(await service.retry_message(ctx, request_id, message_id))


@router.get(
    "/{request_id}/mentionable", responses=answers(list[Mentioned], problems=(401, 403, 404))
)
async def list_mentionable(
    ctx: Note, request_id: Id, q: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """The first 20 colleagues, by name, whom a note of the request may mention."""
    return reply(await service.mentionable(ctx, request_id, q))


@router.post("/{request_id}/read", responses=answers(RequestOut, problems=(401, 403, 404)))
async def read_request(ctx: View, request_id: Id, body: ReadUpTo) -> Response:
    """Its operator has seen everything up to `seq`; of others no trace is kept."""
    await service.read_up_to(ctx, request_id, body.seq)
    return reply(await changed(ctx, request_id))

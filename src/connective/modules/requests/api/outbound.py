"""Chats that operators and programs begin, and whom they may write to."""

from typing import Annotated

from fastapi import Depends, Query
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, permit, reply
from connective.modules.requests import service
from connective.modules.requests.outbound.schemas import Addressees, NewChat, OutboundRules
from connective.modules.requests.outbound.service import addressees
from connective.modules.requests.reading.service import changed
from connective.modules.requests.schemas.shown import RequestOut

router = Router(tags=["requests"])
beside = Router(prefix="/api/v1", tags=["requests"])
Begin = Annotated[Ctx, Depends(permit("requests.outbound"))]


@router.post("", status_code=201, responses=answers(RequestOut, 201, problems=(401, 403, 409)))
async def start_chat(ctx: Begin, body: NewChat) -> Response:
    """A chat with a client whom a bot knows, led by whoever asks, with its first message.

    A chat that goes on with him already is a conflict that names its number.
    """
    chat = await service.start(ctx, body)
    return reply(await changed(ctx, chat.id), 201)


@beside.get("/addressees", responses=answers(Addressees, problems=(401, 403)))
async def list_addressees(ctx: Begin, q: Annotated[str, Query(max_length=100)]) -> Response:
    """Whom one may write to, by name or number: at most 20 contacts, the latest spoken with first.

    `refusal` says why nobody can write there now.
    """
    return reply(await addressees(ctx, q))


@beside.get("/outbound-rules", responses=answers(OutboundRules, problems=(401, 403)))
async def get_outbound_rules(ctx: Begin) -> Response:
    """Whether the instance lets whoever asks begin chats, and what they need."""
    return reply(await service.outbound_rules(ctx))

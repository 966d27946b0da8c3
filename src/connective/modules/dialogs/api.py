"""`/api/v1/dialogs`: the list, one dialog, its messages and variables."""

from typing import Annotated, Literal

from fastapi import Depends, Query
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, page_query, permit, reply
from connective.kit.http.params import BIGINT, Id, Number
from connective.kit.paging import Page, PageQuery
from connective.kit.realtime import EventId
from connective.modules.dialogs import service
from connective.modules.dialogs.schemas import DialogOut, DialogState, Messages

router = Router(prefix="/api/v1/dialogs", tags=["dialogs"])
View = Annotated[Ctx, Depends(permit("dialogs.view"))]
Asked = Annotated[PageQuery, Depends(page_query())]
Tag = Annotated[str | None, Query(max_length=256)]
Seq = Annotated[int | None, Query(ge=0, le=BIGINT)]


@router.get("", responses=answers(Page[DialogOut], problems=(401, 403)))
async def list_dialogs(
    seen: EventId,
    ctx: View,
    asked: Asked,
    bot_id: Number = None,
    waiting: Annotated[str | None, Query(max_length=20)] = None,
    owner: Literal["bot", "queue", "operator", "none"] | None = None,
    hours: Annotated[int | None, Query(ge=1, le=8784)] = None,
    q: Annotated[str | None, Query(max_length=100)] = None,
    utm_source: Tag = None,
    utm_campaign: Tag = None,
) -> Response:
    """Dialogs, the latest spoken in first; `hours`: spoken in within so many of them.

    The tags are those of what the client last came to the chat by.
    """
    tags = {"utm_source": utm_source, "utm_campaign": utm_campaign}
    found = await service.listed(
        ctx, asked, bot_id=bot_id, waiting=waiting, owner=owner, hours=hours, search=q, tags=tags
    )
    return reply(found, headers=seen)


@router.get("/{dialog_id}", responses=answers(DialogOut, problems=(401, 403, 404)))
async def get_dialog(seen: EventId, ctx: View, dialog_id: Id) -> Response:
    return reply(await service.dialog(ctx, dialog_id), headers=seen)


@router.get("/{dialog_id}/messages", responses=answers(Messages, problems=(401, 403, 404)))
async def list_messages(
    seen: EventId,
    ctx: View,
    dialog_id: Id,
    before: Seq = None,
    after: Seq = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    items = await service.messages_of(ctx, dialog_id, before=before, after=after, limit=limit)
    return reply(Messages(items), headers=seen)


@router.get("/{dialog_id}/state", responses=answers(DialogState, problems=(401, 403, 404)))
async def get_state(seen: EventId, ctx: View, dialog_id: Id) -> Response:
    return reply(await service.dialog_state(ctx, dialog_id), headers=seen)

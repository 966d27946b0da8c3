"""`/api/v1/channels`: a bot's accounts at providers, and the channels there are."""

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import (
    Edge,
    Router,
    answers,
    empty,
    etag,
    matching,
    page_query,
    permit,
    permit_apart,
    reply,
)
from connective.kit.http.params import Id, Number
from connective.kit.paging import Page, PageQuery
from connective.modules.channels.accounts import connecting, events, service, shown, trying
from connective.modules.channels.accounts.schemas import (
    ChannelAccount,
    ChannelEvents,
    ChannelPatch,
    ChannelType,
    NewChannel,
    Pause,
    TestMessage,
    TestSent,
)

router = Router(prefix="/api/v1/channels", tags=["channels"])
View = Annotated[Ctx, Depends(permit("channels.view"))]
Edit = Annotated[Ctx, Depends(permit("channels.edit"))]
# Whoever has the provider asked: see accounts/connecting.py.
Apart = Annotated[Edge, Depends(permit_apart("channels.edit"))]
Asked = Annotated[PageQuery, Depends(page_query())]
PROBLEMS = (401, 403, 404)


@router.get("", responses=answers(Page[ChannelAccount], problems=(401, 403)))
async def list_channels(
    ctx: View,
    asked: Asked,
    bot_id: Number = None,
    channel: Annotated[str | None, Query(alias="type", max_length=40)] = None,
) -> Response:
    return reply(await service.listed(ctx, asked, bot_id=bot_id, channel=channel))


@router.post("", status_code=201, responses=answers(ChannelAccount, 201, problems=(*PROBLEMS, 409)))
async def connect_channel(edge: Apart, body: NewChannel) -> Response:
    return reply(await connecting.create(edge, body), 201)


@router.get("/types", responses=answers(list[ChannelType], problems=(401, 403)))
async def list_channel_types(ctx: View) -> Response:
    """What a bot can be connected to, and what each channel wants to know for it."""
    return reply(shown.types(ctx.actor.language))


@router.get("/{channel_id}", responses=answers(ChannelAccount, problems=PROBLEMS))
async def get_channel(ctx: View, channel_id: Id) -> Response:
    found = await service.get(ctx, channel_id)
    return reply(found, headers=etag(found))


@router.patch("/{channel_id}", responses=answers(ChannelAccount, problems=(*PROBLEMS, 409, 412)))
async def change_channel(
    edge: Apart, request: Request, channel_id: Id, body: ChannelPatch
) -> Response:
    await _at_hand(edge, request, channel_id)
    changed = await connecting.change(edge, channel_id, body)
    return reply(changed, headers=etag(changed))


@router.delete(
    "/{channel_id}", status_code=204, responses=answers(None, 204, problems=(*PROBLEMS, 412))
)
async def delete_channel(edge: Apart, request: Request, channel_id: Id) -> Response:
    await _at_hand(edge, request, channel_id)
    await connecting.remove(edge, channel_id)
    return empty()


async def _at_hand(edge: Edge, request: Request, channel_id: int) -> None:
    """412 for somebody who has seen another state of the account."""
    async with edge.work() as ctx:
        matching(request, await service.get(ctx, channel_id))


@router.post("/{channel_id}/check", responses=answers(ChannelAccount, problems=PROBLEMS))
async def check_channel(edge: Apart, channel_id: Id) -> Response:
    """Ask the provider now whether the account works; the answer is the account's state."""
    return reply(await connecting.check(edge, channel_id))


@router.post("/{channel_id}/connect", responses=answers(ChannelAccount, problems=(*PROBLEMS, 409)))
async def reconnect_channel(edge: Apart, channel_id: Id) -> Response:
    """Have the provider send its events to us anew, with the credentials that are kept."""
    return reply(await connecting.connect(edge, channel_id))


@router.post("/{channel_id}/disconnect", responses=answers(ChannelAccount, problems=PROBLEMS))
async def disconnect_channel(edge: Apart, channel_id: Id) -> Response:
    return reply(await connecting.disconnect(edge, channel_id))


@router.post("/{channel_id}/pause", responses=answers(ChannelAccount, problems=(*PROBLEMS, 409)))
async def pause_channel(ctx: Edit, channel_id: Id, body: Pause | None = None) -> Response:
    return reply(await service.pause(ctx, channel_id, paused=(body or Pause()).paused))


@router.post("/{channel_id}/test-message", responses=answers(TestSent, problems=(*PROBLEMS, 409)))
async def send_channel_test(ctx: Edit, channel_id: Id, body: TestMessage | None = None) -> Response:
    return reply(await trying.send(ctx, channel_id, body or TestMessage()))


@router.get("/{channel_id}/events", responses=answers(ChannelEvents, problems=PROBLEMS))
async def list_channel_events(ctx: Edit, channel_id: Id) -> Response:
    """The last 200 calls between us and the provider, without secrets."""
    return reply(await events.last(ctx, channel_id))

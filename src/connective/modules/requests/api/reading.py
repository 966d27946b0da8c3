"""Requests as the panel reads them. `/chats` is the same resource narrowed to chats."""

from typing import Annotated, Any

from fastapi import Depends, Query, Request
from pydantic import AwareDatetime
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, page_query, permit, reply, revision
from connective.kit.http.params import BIGINT, Id, Number
from connective.kit.paging import Page, PageQuery
from connective.kit.realtime import EventId
from connective.modules.requests.conversation.place import Place
from connective.modules.requests.reading import service
from connective.modules.requests.reading.asked import SORTS, Asked
from connective.modules.requests.schemas.fields import Folder, State
from connective.modules.requests.schemas.shown import Counters, RequestDetails, RequestOut
from connective.modules.requests.schemas.talk import LogLine, MessageHits, RequestMessages

router = Router(tags=["requests"])
View = Annotated[Ctx, Depends(permit("requests.view"))]
AskedPage = Annotated[PageQuery, Depends(page_query(*SORTS))]
Tag = Annotated[str | None, Query(max_length=256)]
Seq = Annotated[int | None, Query(ge=0, le=BIGINT)]


async def of_programs(
    status: State | None = None,
    operator_id: Number = None,
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
    until: Annotated[AwareDatetime | None, Query(alias="to")] = None,
) -> dict[str, Any]:
    """What programs ask for: when a chat began; `state` and `assignee_id` by other names."""
    return {"state": status, "assignee_id": operator_id, "since": since, "until": until}


async def asked(
    more: Annotated[dict[str, Any], Depends(of_programs)],
    folder: Folder | None = None,
    state: State | None = None,
    subject_id: Number = None,
    assignee_id: Number = None,
    bot_id: Number = None,
    client_id: Number = None,
    channel: Annotated[str | None, Query(max_length=64)] = None,
    q: Annotated[str | None, Query(max_length=100)] = None,
    utm_source: Tag = None,
    utm_campaign: Tag = None,
) -> Asked:
    """What a list is narrowed to."""
    return Asked(
        folder=folder,
        state=state or more["state"],
        subject_id=subject_id,
        assignee_id=assignee_id or more["assignee_id"],
        since=more["since"],
        until=more["until"],
        bot_id=bot_id,
        client_id=client_id,
        channel=channel,
        search=q,
        utm_source=utm_source,
        utm_campaign=utm_campaign,
    )


Narrowed = Annotated[Asked, Depends(asked)]
PROBLEMS = (401, 403, 404)


async def of_kind(request: Request) -> str | None:
    """The type that the address narrows to: `/chats` knows chats only."""
    return "chat" if request.scope["path"].startswith("/api/v1/chats") else None


Kind = Annotated[str | None, Depends(of_kind)]


@router.get("", responses=answers(Page[RequestOut], problems=(401, 403)))
async def list_requests(
    seen: EventId, ctx: View, page: AskedPage, narrowed: Narrowed, kind: Kind
) -> Response:
    """Requests: the newest first, with `sort=waiting` whose client waits longest first.

    `q` finds a number, a name, a username, an e-mail, a phone; words of messages in the 2,000
    requests that were spoken in last, and names of their files.
    """
    return reply(await service.listed(ctx, page, narrowed, kind), headers=seen)


@router.get("/counters", responses=answers(Counters, problems=(401, 403)))
async def get_counters(seen: EventId, ctx: View) -> Response:
    """How many unclosed requests each folder holds; dialogs with the bot of the last day."""
    return reply(await service.counters(ctx), headers=seen)


@router.get("/{request_id}", responses=answers(RequestDetails, problems=PROBLEMS))
async def get_request(seen: EventId, ctx: View, request_id: Id, kind: Kind) -> Response:
    """One request with its client; `may` names what the reader may do now."""
    found = await service.details(ctx, request_id, kind)
    return reply(found, headers=seen | revision(found.request.rev))


async def place(
    before: Seq = None,
    after: Seq = None,
    around: Seq = None,
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
) -> Place:
    """Which piece of a conversation is asked for."""
    return Place(before=before, after=after, around=around, since=since)


@router.get("/{request_id}/messages", responses=answers(RequestMessages, problems=PROBLEMS))
async def list_request_messages(
    seen: EventId,
    ctx: View,
    request_id: Id,
    kind: Kind,
    at: Annotated[Place, Depends(place)],
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """The whole conversation with the client; `request_id` tells whose part a message is.

    Without a place its last messages; `around` a `seq`, half of them before it; `from` a moment,
    the same around the first message since.
    """
    found = await service.messages_of(ctx, request_id, at, limit=limit, kind=kind)
    return reply(found, headers=seen)


@router.get("/{request_id}/messages/search", responses=answers(MessageHits, problems=PROBLEMS))
async def search_request_messages(
    ctx: View,
    request_id: Id,
    kind: Kind,
    q: Annotated[str, Query(max_length=100)],
) -> Response:
    """Where in the conversation the words stand, at most 200 places, the latest first."""
    return reply(await service.found_in(ctx, request_id, q, kind=kind))


@router.get("/{request_id}/log", responses=answers(Page[LogLine], problems=PROBLEMS))
async def get_request_log(
    seen: EventId,
    ctx: View,
    page: Annotated[PageQuery, Depends(page_query())],
    request_id: Id,
    kind: Kind,
) -> Response:
    """What was done to the request, the latest first."""
    return reply(await service.log(ctx, request_id, page, kind), headers=seen)

"""`/api/v1/topics` and `/api/v1/tags`: what conversations are about."""

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, empty, etag, matching, page_query, permit, reply
from connective.kit.http.params import Id
from connective.kit.paging import Page, PageQuery
from connective.kit.realtime import EventId
from connective.modules.topics import queries, service
from connective.modules.topics.schemas import NewTag, NewTopic, Tag, TagPatch, Topic, TopicPatch

router = Router(prefix="/api/v1", tags=["topics and tags"])
View = Annotated[Ctx, Depends(permit("topics.view"))]
Edit = Annotated[Ctx, Depends(permit("topics.edit"))]
ViewTags = Annotated[Ctx, Depends(permit("tags.view"))]
CreateTags = Annotated[Ctx, Depends(permit("tags.create"))]
EditTags = Annotated[Ctx, Depends(permit("tags.edit"))]
Search = Annotated[str | None, Query(max_length=100)]
AskedTopics = Annotated[PageQuery, Depends(page_query(*queries.TOPIC_SORTS, default="name"))]
AskedTags = Annotated[PageQuery, Depends(page_query(*queries.TAG_SORTS, default="name"))]


@router.get("/topics", responses=answers(Page[Topic], problems=(401, 403)))
async def list_topics(
    seen: EventId, ctx: View, asked: AskedTopics, q: Search = None, active: bool | None = None
) -> Response:
    return reply(await service.list_topics(ctx, asked, search=q, active=active), headers=seen)


@router.post("/topics", status_code=201, responses=answers(Topic, 201, problems=(401, 403, 409)))
async def create_topic(ctx: Edit, body: NewTopic) -> Response:
    return reply(await service.create_topic(ctx, body), 201)


@router.get("/topics/{topic_id}", responses=answers(Topic, problems=(401, 403, 404)))
async def get_topic(ctx: View, topic_id: Id) -> Response:
    found = await service.get_topic(ctx, topic_id)
    return reply(found, headers=etag(found))


@router.patch("/topics/{topic_id}", responses=answers(Topic, problems=(401, 403, 404, 409, 412)))
async def change_topic(ctx: Edit, request: Request, topic_id: Id, body: TopicPatch) -> Response:
    matching(request, await service.get_topic(ctx, topic_id, action="topics.edit"))
    changed = await service.change_topic(ctx, topic_id, body)
    return reply(changed, headers=etag(changed))


@router.delete(
    "/topics/{topic_id}",
    status_code=204,
    responses=answers(None, 204, problems=(401, 403, 404, 409, 412)),
)
async def delete_topic(ctx: Edit, request: Request, topic_id: Id) -> Response:
    """Delete a topic that nothing refers to; 409 names where it is in use."""
    matching(request, await service.get_topic(ctx, topic_id, action="topics.edit"))
    await service.delete_topic(ctx, topic_id)
    return empty()


@router.get("/tags", responses=answers(Page[Tag], problems=(401, 403)))
async def list_tags(
    seen: EventId, ctx: ViewTags, asked: AskedTags, q: Search = None, active: bool | None = None
) -> Response:
    return reply(await service.list_tags(ctx, asked, search=q, active=active), headers=seen)


@router.post("/tags", status_code=201, responses=answers(Tag, 201, problems=(401, 403, 409)))
async def create_tag(ctx: CreateTags, body: NewTag) -> Response:
    return reply(await service.create_tag(ctx, body), 201)


@router.get("/tags/{tag_id}", responses=answers(Tag, problems=(401, 403, 404)))
async def get_tag(ctx: ViewTags, tag_id: Id) -> Response:
    found = await service.get_tag(ctx, tag_id)
    return reply(found, headers=etag(found))


@router.patch("/tags/{tag_id}", responses=answers(Tag, problems=(401, 403, 404, 409, 412)))
async def change_tag(ctx: EditTags, request: Request, tag_id: Id, body: TagPatch) -> Response:
    matching(request, await service.get_tag(ctx, tag_id, action="tags.edit"))
    changed = await service.change_tag(ctx, tag_id, body)
    return reply(changed, headers=etag(changed))


@router.delete(
    "/tags/{tag_id}", status_code=204, responses=answers(None, 204, problems=(401, 403, 404, 412))
)
async def archive_tag(ctx: EditTags, request: Request, tag_id: Id) -> Response:
    """Take the tag out of use; requests that have it keep it."""
    matching(request, await service.get_tag(ctx, tag_id, action="tags.edit"))
    await service.archive_tag(ctx, tag_id)
    return empty()

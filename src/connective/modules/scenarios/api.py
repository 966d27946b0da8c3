"""`/api/v1/bots/{id}/scenario` and `/api/v1/bots/{id}/entry-points`."""

from typing import Annotated

from fastapi import Body, Depends, Path, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, etag, matching, page_query, permit, reply
from connective.kit.http.params import Id
from connective.kit.paging import Page, PageQuery
from connective.modules.bots.schemas import BotCreated
from connective.modules.scenarios import service
from connective.modules.scenarios.schemas import (
    Checked,
    CheckIn,
    CopyBot,
    Diff,
    DraftIn,
    EntryPoint,
    EntryPointPatch,
    Publish,
    Restore,
    Saved,
    Scenario,
    Translation,
    Version,
    VersionPatch,
    VersionWithGraph,
)

router = Router(prefix="/api/v1/bots/{bot_id}", tags=["scenarios"])
View = Annotated[Ctx, Depends(permit("scenarios.view"))]
Make = Annotated[Ctx, Depends(permit("bots.edit"))]
Edit = Annotated[Ctx, Depends(permit("scenarios.edit"))]
Activate = Annotated[Ctx, Depends(permit("scenarios.activate"))]
Open = Annotated[Ctx, Depends(permit("entry_points.edit"))]
Asked = Annotated[PageQuery, Depends(page_query())]
Number = Annotated[int, Path(ge=1, le=2_147_483_647)]
Side = Annotated[str, Path(pattern=r"^(draft|[1-9][0-9]{0,8})$")]
SEEN = (401, 403, 404)


@router.post("/copy", status_code=201, responses=answers(BotCreated, 201, problems=(*SEEN, 409)))
async def copy_bot(ctx: Make, bot_id: Id, body: CopyBot) -> Response:
    """A new bot with the settings and the draft of this one; secret values stay behind."""
    return reply(await service.copying.copy(ctx, bot_id, body), 201)


@router.get("/scenario", responses=answers(Scenario, problems=SEEN))
async def get_scenario(ctx: View, bot_id: Id) -> Response:
    return reply(await service.drafts.get(ctx, bot_id))


@router.get("/scenario/translations", responses=answers(Page[Translation], problems=SEEN))
async def list_translations(ctx: View, bot_id: Id) -> Response:
    """How complete the draft is in each language of the bot."""
    return reply(Page(await service.languages.translations(ctx, bot_id), None))


@router.put("/scenario/draft", responses=answers(Saved, problems=(*SEEN, 409)))
async def put_draft(ctx: Edit, bot_id: Id, body: DraftIn) -> Response:
    return reply(await service.drafts.put(ctx, bot_id, rev=body.rev, graph=body.graph))


@router.post("/scenario/validate", responses=answers(Checked, problems=SEEN))
async def validate(
    ctx: View, bot_id: Id, body: Annotated[CheckIn | None, Body()] = None
) -> Response:
    graph = body.graph if body is not None else None
    return reply(await service.checks.validate(ctx, bot_id, graph))


@router.get("/scenario/versions", responses=answers(Page[Version], problems=SEEN))
async def list_versions(ctx: View, bot_id: Id, asked: Asked) -> Response:
    return reply(await service.versions.listed(ctx, bot_id, asked))


@router.post(
    "/scenario/versions", status_code=201, responses=answers(Version, 201, problems=(*SEEN, 409))
)
async def publish(ctx: Edit, bot_id: Id, body: Publish) -> Response:
    return reply(await service.versions.publish(ctx, bot_id, body), 201)


@router.get("/scenario/versions/{number}", responses=answers(VersionWithGraph, problems=SEEN))
async def get_version(ctx: View, bot_id: Id, number: Number) -> Response:
    version = await service.versions.get(ctx, bot_id, number)
    return reply(version, headers=etag(version))


@router.patch("/scenario/versions/{number}", responses=answers(Version, problems=(*SEEN, 412)))
async def describe_version(
    ctx: Edit, request: Request, bot_id: Id, number: Number, body: VersionPatch
) -> Response:
    matching(request, await service.versions.get(ctx, bot_id, number, action="scenarios.edit"))
    return reply(await service.versions.describe(ctx, bot_id, number, body))


@router.post(
    "/scenario/versions/{number}/activate", responses=answers(Version, problems=(*SEEN, 409))
)
async def activate_version(ctx: Activate, bot_id: Id, number: Number) -> Response:
    return reply(await service.versions.activate(ctx, bot_id, number))


@router.post(
    "/scenario/versions/{number}/restore",
    status_code=201,
    responses=answers(Version, 201, problems=(*SEEN, 409)),
)
async def restore_version(
    ctx: Activate, bot_id: Id, number: Number, body: Annotated[Restore | None, Body()] = None
) -> Response:
    confirm = body is not None and body.confirm
    return reply(await service.versions.restore(ctx, bot_id, number, confirm=confirm), 201)


@router.get("/scenario/versions/{left}/diff/{right}", responses=answers(Diff, problems=SEEN))
async def diff_versions(ctx: View, bot_id: Id, left: Side, right: Side) -> Response:
    return reply(await service.versions.compare(ctx, bot_id, left, right))


@router.get("/entry-points", responses=answers(Page[EntryPoint], problems=SEEN))
async def list_entry_points(ctx: View, bot_id: Id) -> Response:
    return reply(Page(await service.entry_points.listed(ctx, bot_id), None))


@router.patch("/entry-points/{node_id}", responses=answers(EntryPoint, problems=(*SEEN, 412)))
async def change_entry_point(
    ctx: Open, request: Request, bot_id: Id, node_id: Number, body: EntryPointPatch
) -> Response:
    matching(request, await service.entry_points.get(ctx, bot_id, node_id))
    point = await service.entry_points.change(ctx, bot_id, node_id, body)
    return reply(point, headers=etag(point))

"""Users, roles and the catalogue of permissions."""

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from connective.kit import i18n
from connective.kit.context import Ctx
from connective.kit.http import Router, answers, empty, etag, matching, page_query, permit, reply
from connective.kit.http.params import Id
from connective.kit.paging import Page, PageQuery
from connective.modules.accounts.permissions import SECTIONS
from connective.modules.accounts.schemas.people import (
    Deactivation,
    PermissionOut,
    RoleOut,
    UserIn,
    UserOut,
    UserPatch,
)
from connective.modules.accounts.schemas.signing import ResetLinkOut, SessionOut
from connective.modules.accounts.service import open_sessions, reset, second_factor
from connective.modules.accounts.service import users as people

router = Router(tags=["users"])
Viewer = Annotated[Ctx, Depends(permit("users.view"))]
Editor = Annotated[Ctx, Depends(permit("users.edit"))]
Paged = Annotated[PageQuery, Depends(page_query("name", "email", "created_at"))]
_REFUSALS = (401, 403, 404)


@router.get("/users", responses=answers(Page[UserOut], problems=(401, 403)))
async def list_users(
    page: Paged,
    ctx: Viewer,
    q: Annotated[str | None, Query(max_length=200)] = None,
    role: Annotated[str | None, Query(max_length=100)] = None,
    active: bool | None = None,
) -> Response:
    """Users by name or e-mail, role and state."""
    return reply(await people.listed(ctx, page, q=q, role_alias=role, active=active))


@router.post("/users", status_code=201, responses=answers(UserOut, 201, problems=(401, 403, 409)))
async def create_user(body: UserIn, ctx: Editor) -> Response:
    """Add a user. Without a password, make a reset link for him."""
    made = await people.create(ctx, body.model_dump())
    return reply(made, 201, {"Location": f"/api/v1/users/{made.id}"} | etag(made))


@router.get("/users/{user_id}", responses=answers(UserOut, problems=_REFUSALS))
async def get_user(user_id: Id, ctx: Viewer) -> Response:
    """One user."""
    found = await people.get(ctx, user_id)
    return reply(found, headers=etag(found))


@router.patch("/users/{user_id}", responses=answers(UserOut, problems=(*_REFUSALS, 409, 412)))
async def change_user(request: Request, user_id: Id, body: UserPatch, ctx: Editor) -> Response:
    """Change a user."""
    matching(request, await people.get(ctx, user_id))
    changes = body.model_dump(exclude_unset=True, exclude_none=True)
    changed = await people.change(ctx, user_id, changes)
    return reply(changed, headers=etag(changed))


@router.post("/users/{user_id}/activate", responses=answers(UserOut, problems=_REFUSALS))
async def activate(user_id: Id, ctx: Editor) -> Response:
    """Let a deactivated user in again."""
    return reply(await people.activate(ctx, user_id))


@router.post("/users/{user_id}/deactivate", responses=answers(UserOut, problems=(*_REFUSALS, 409)))
async def deactivate(user_id: Id, ctx: Editor, body: Deactivation | None = None) -> Response:
    """Shut a user out; his sessions end at once, his unclosed chats go to others."""
    to = body.open_chats_to if body else None
    return reply(await people.deactivate(ctx, user_id, open_chats_to=to))


@router.delete(
    "/users/{user_id}",
    status_code=204,
    responses=answers(status=204, problems=(*_REFUSALS, 409, 412)),
)
async def delete_user(request: Request, user_id: Id, ctx: Editor) -> Response:
    """Shut a user out: what he said and did keeps his name, so nobody is removed for good."""
    matching(request, await people.get(ctx, user_id))
    await people.deactivate(ctx, user_id)
    return empty()


@router.post(
    "/users/{user_id}/reset-link",
    status_code=201,
    responses=answers(ResetLinkOut, 201, problems=(*_REFUSALS, 409)),
)
async def make_reset_link(user_id: Id, ctx: Editor) -> Response:
    """A link by which the user sets a password himself; single use, half an hour."""
    people.own_id(ctx)
    return reply(await reset.make_link(ctx, user_id), 201)


@router.post(
    "/users/{user_id}/totp/disable",
    status_code=204,
    responses=answers(status=204, problems=_REFUSALS),
)
async def disable_totp(user_id: Id, ctx: Editor) -> Response:
    """Take the second factor off a user who lost it."""
    people.own_id(ctx)
    await people.manageable(ctx, user_id)
    await second_factor.switch_off(ctx, user_id)
    return empty()


@router.get("/users/{user_id}/sessions", responses=answers(Page[SessionOut], problems=_REFUSALS))
async def list_sessions(user_id: Id, ctx: Viewer) -> Response:
    """Where a user is signed in."""
    await people.existing(ctx, user_id)
    return reply(Page(await open_sessions.sessions_of(ctx, user_id), None))


@router.delete(
    "/users/{user_id}/sessions", status_code=204, responses=answers(status=204, problems=_REFUSALS)
)
async def end_sessions(user_id: Id, ctx: Editor) -> Response:
    """Sign a user out everywhere."""
    await people.manageable(ctx, user_id)
    await open_sessions.end_all_sessions(ctx, user_id)
    return empty()


@router.delete(
    "/users/{user_id}/sessions/{session_id}",
    status_code=204,
    responses=answers(status=204, problems=_REFUSALS),
)
async def end_session(user_id: Id, session_id: Id, ctx: Editor) -> Response:
    """End one session of a user."""
    await people.manageable(ctx, user_id)
    await open_sessions.end_one_session(ctx, user_id, session_id)
    return empty()


@router.get("/roles", responses=answers(Page[RoleOut], problems=(401, 403)))
async def list_roles(ctx: Annotated[Ctx, Depends(permit("roles.view"))]) -> Response:
    """Roles with their permissions."""
    return reply(Page(await people.roles(ctx), None))


@router.get("/permissions", responses=answers(Page[PermissionOut], problems=(401,)))
async def list_permissions(ctx: Annotated[Ctx, Depends(permit())]) -> Response:
    """Every permission there is, with its label."""
    language = ctx.actor.language
    return reply(
        Page(
            [
                PermissionOut(
                    f"{section}.{verb}",
                    section,
                    verb,
                    i18n.text(language, f"permissions.{section}_{verb}"),
                )
                for section, verbs in SECTIONS.items()
                for verb in verbs
            ],
            None,
        )
    )

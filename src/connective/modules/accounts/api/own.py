"""One's own account: profile, password, second factor, sessions, permissions."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx, unit_of_work
from connective.kit.http import Router, answers, empty, etag, matching, permit, reply
from connective.kit.http.params import Id
from connective.kit.paging import Page
from connective.modules.accounts.api.proof import right_password
from connective.modules.accounts.schemas.people import Me, MePatch, PermissionsOut
from connective.modules.accounts.schemas.signing import (
    CodeIn,
    PasswordIn,
    ProofIn,
    RecoveryCodesOut,
    SessionOut,
    TotpOut,
)
from connective.modules.accounts.service import (
    open_sessions,
    own,
    passwords,
    second_factor,
    sign_in,
)
from connective.modules.accounts.service import users as people
from connective.modules.accounts.service.authentication import authenticate

router = Router(prefix="", tags=["own account"])
# for the document: they ask in transactions of their own who is signed in
_OWN = {"x-action": ""}
SignedIn = Annotated[Ctx, Depends(permit())]
_ME = answers(Me, problems=(401,))
_PERMISSIONS = answers(PermissionsOut, problems=(401,))


@router.get("/auth/me", responses=_ME)
@router.get("/me", responses=_ME)
async def me(ctx: SignedIn) -> Response:
    """Who I am, with my permissions."""
    found = await own.me(ctx)
    return reply(found, headers=etag(found))


@router.patch("/me", responses=answers(Me, problems=(401, 412)))
async def change_me(request: Request, body: MePatch, ctx: SignedIn) -> Response:
    """Change my name, language or time zone."""
    matching(request, await own.me(ctx))
    changed = await own.change_me(ctx, body.model_dump(exclude_unset=True, exclude_none=True))
    return reply(changed, headers=etag(changed))


@router.get("/auth/me/permissions", responses=_PERMISSIONS)
@router.get("/me/permissions", responses=_PERMISSIONS)
async def permissions(ctx: SignedIn) -> Response:
    """What the caller, a person or a key, may do."""
    return reply(own.rights(ctx.actor))


@router.get("/me/sessions", responses=answers(Page[SessionOut], problems=(401,)))
async def sessions(request: Request, ctx: SignedIn) -> Response:
    """Where I am signed in."""
    current = getattr(request.state, "session_id", None)
    found = await open_sessions.sessions_of(ctx, people.own_id(ctx), current=current)
    return reply(Page(found, None))


@router.delete("/me/sessions", status_code=204, responses=answers(status=204, problems=(401,)))
async def end_sessions(ctx: SignedIn) -> Response:
    """Sign out everywhere, here too."""
    await open_sessions.end_all_sessions(ctx, people.own_id(ctx))
    return empty()


@router.delete(
    "/me/sessions/{session_id}",
    status_code=204,
    responses=answers(status=204, problems=(401, 404)),
)
async def end_session(session_id: Id, ctx: SignedIn) -> Response:
    """End one of my sessions."""
    await open_sessions.end_one_session(ctx, people.own_id(ctx), session_id)
    return empty()


@router.post(
    "/auth/password",
    status_code=204,
    responses=answers(status=204, problems=(401,)),
    openapi_extra=_OWN,
)
async def change_password(request: Request, body: PasswordIn) -> Response:
    """Change my password; my other sessions end."""
    async with unit_of_work(request_id=request.state.request_id) as ctx:
        ctx.actor = await authenticate(request, ctx)
        asked = await sign_in.asked(ctx, await people.existing(ctx, people.own_id(ctx)))
    passwords.check(body.new_password, asked.email, asked.rules, field="new_password")
    attempt = await right_password(
        request, asked.email, password=body.current_password, otp=body.otp
    )
    await passwords.refuse_used(body.new_password, asked.used, asked.rules, field="new_password")
    new_hash = await passwords.make_hash(body.new_password)
    async with unit_of_work(request_id=request.state.request_id) as ctx:
        ctx.actor = await authenticate(request, ctx)
        user = await sign_in.prove(ctx, attempt, otp=body.otp)
        await sign_in.set_password(ctx, user.id, new_hash, keep=request.state.session_id)
    return empty()


@router.post("/auth/totp", responses=answers(TotpOut, problems=(401, 409)))
async def begin_totp(ctx: SignedIn) -> Response:
    """Begin a second factor: a secret for the authenticator app."""
    return reply(await second_factor.begin(ctx))


@router.post("/auth/totp/confirm", responses=answers(RecoveryCodesOut, problems=(401, 409)))
async def confirm_totp(body: CodeIn, ctx: SignedIn) -> Response:
    """Switch the second factor on by its first code; gives the recovery codes."""
    return reply(await second_factor.confirm(ctx, body.code))


@router.post(
    "/auth/totp/recovery-codes",
    responses=answers(RecoveryCodesOut, problems=(401, 409)),
    openapi_extra=_OWN,
)
async def renew_recovery_codes(request: Request, body: ProofIn) -> Response:
    """Ten new recovery codes; the old ones end."""
    async with unit_of_work(request_id=request.state.request_id) as ctx:
        await _prove_again(request, body, ctx)
        codes = await second_factor.renew_recovery_codes(ctx)
    return reply(codes)


@router.post(
    "/auth/totp/disable",
    status_code=204,
    responses=answers(status=204, problems=(401,)),
    openapi_extra=_OWN,
)
async def disable_totp(request: Request, body: ProofIn) -> Response:
    """Switch the second factor off; takes the password and a code."""
    async with unit_of_work(request_id=request.state.request_id) as ctx:
        await _prove_again(request, body, ctx)
        await second_factor.switch_off(ctx, people.own_id(ctx))
    return empty()


async def _own_email(request: Request) -> str:
    async with unit_of_work(request_id=request.state.request_id) as ctx:
        ctx.actor = await authenticate(request, ctx)
        return (await people.existing(ctx, people.own_id(ctx))).email  # type: ignore[no-any-return]


async def _prove_again(request: Request, body: ProofIn, ctx: Ctx) -> None:
    """Password and code of the signed-in user, checked like a login."""
    email = await _own_email(request)
    attempt = await right_password(request, email, password=body.password, otp=body.otp)
    ctx.actor = await authenticate(request, ctx)
    await sign_in.prove(ctx, attempt, otp=body.otp)
